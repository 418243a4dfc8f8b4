"""What mails and the page of a call-back say, in each language."""

from collections.abc import Mapping
from dataclasses import dataclass

from engage.channels.callback.events import Notice
from engage.kit.languages import Language


@dataclass(frozen=True)
class Letter:
    #: `{site}`, `{time}` and `{number}` are filled in
    subject: str
    lines: tuple[str, ...]
    #: the call-back can still be changed
    has_link: bool = True


@dataclass(frozen=True)
class Frame:
    """What stands around every letter."""

    greeting: str
    button: str
    address: str
    #: a moment: `{day}` and `{clock}`, with the place whose clock it is
    time: str


FRAMES: Mapping[Language, Frame] = {
    "en": Frame(
        "Hello,",
        "Change or cancel",
        "If the button does not work, open this address:",
        "{day} at {clock} (time of {place})",
    ),
    "de": Frame(
        "Guten Tag,",
        "Ändern oder absagen",
        "Wenn der Knopf nicht geht, öffnen Sie diese Adresse:",
        "{day} um {clock} Uhr (Zeit von {place})",
    ),
}
ENGLISH: Mapping[Notice, Letter] = {
    "planned": Letter(
        "{site} calls you back", ("We call you on {number}: {time}.", "Another time, or no call at all? Tell us here:")
    ),
    "reminder": Letter("{site} calls you soon", ("We call you on {number}: {time}.", "Please keep your phone near.")),
    "missed": Letter(
        "{site} could not reach you", ("We called {number} and did not reach you. We try again: {time}.",)
    ),
    "given_up": Letter(
        "{site} could not reach you",
        ("We called {number} and did not reach you. We do not try again; please ask for another call or write to us.",),
        has_link=False,
    ),
    "expired": Letter(
        "{site} did not get to call you",
        ("We are sorry: nobody was free to call {number} in time. Please ask for another call or write to us.",),
        has_link=False,
    ),
    "cancelled": Letter("Your call-back is cancelled", ("We do not call {number}.",), has_link=False),
}
GERMAN: Mapping[Notice, Letter] = {
    "planned": Letter(
        "{site} ruft Sie zurück",
        ("Wir rufen Sie unter {number} an: {time}.", "Lieber zu einer anderen Zeit oder gar nicht? Sagen Sie es uns:"),
    ),
    "reminder": Letter(
        "{site} ruft Sie bald an", ("Wir rufen Sie unter {number} an: {time}.", "Bitte halten Sie Ihr Telefon bereit.")
    ),
    "missed": Letter(
        "{site} hat Sie nicht erreicht",
        ("Wir haben {number} angerufen und Sie nicht erreicht. Wir versuchen es noch einmal: {time}.",),
    ),
    "given_up": Letter(
        "{site} hat Sie nicht erreicht",
        (
            (
                "Wir haben {number} angerufen und Sie nicht erreicht. Wir versuchen es nicht noch einmal."
                " Fordern Sie gern einen neuen Rückruf an oder schreiben Sie uns."
            ),
        ),
        has_link=False,
    ),
    "expired": Letter(
        "{site} konnte Sie nicht anrufen",
        (
            (
                "Es tut uns leid: Niemand war rechtzeitig frei, um {number} anzurufen. Fordern Sie gern einen neuen"
                " Rückruf an oder schreiben Sie uns."
            ),
        ),
        has_link=False,
    ),
    "cancelled": Letter("Ihr Rückruf ist abgesagt", ("Wir rufen {number} nicht an.",), has_link=False),
}
LETTERS: Mapping[Language, Mapping[Notice, Letter]] = {"en": ENGLISH, "de": GERMAN}

PAGE: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "title": "Your call-back",
        "loading": "One moment …",
        "gone": "This link is not good any more.",
        "failed": "This did not work. Please try again.",
        "planned": "We call you on {number}: {time}.",
        "missed": "We could not reach you. We try {number} again: {time}.",
        "queued": "We call you on {number} as soon as somebody is free.",
        "soon": "We are about to call you on {number}.",
        "calling": "We are calling you on {number}.",
        "done": "We have spoken.",
        "failed_state": "We could not reach you on {number}.",
        "cancelled": "This call-back is cancelled.",
        "expired": "Nobody was free in time. We are sorry.",
        "choose": "Another time",
        "at_once": "As soon as possible",
        "move": "Save the time",
        "cancel": "Cancel the call",
        "never": "Never call this number",
        "listed": "This number is not called any more.",
        "moved": "The time is saved.",
        "no_script": "This page needs JavaScript.",
    },
    "de": {
        "title": "Ihr Rückruf",
        "loading": "Einen Moment …",
        "gone": "Dieser Link gilt nicht mehr.",
        "failed": "Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.",
        "planned": "Wir rufen Sie unter {number} an: {time}.",
        "missed": "Wir haben Sie nicht erreicht. Wir versuchen {number} noch einmal: {time}.",
        "queued": "Wir rufen Sie unter {number} an, sobald jemand frei ist.",
        "soon": "Wir rufen Sie gleich unter {number} an.",
        "calling": "Wir rufen Sie gerade unter {number} an.",
        "done": "Wir haben miteinander gesprochen.",
        "failed_state": "Wir haben Sie unter {number} nicht erreicht.",
        "cancelled": "Dieser Rückruf ist abgesagt.",
        "expired": "Niemand war rechtzeitig frei. Es tut uns leid.",
        "choose": "Andere Zeit",
        "at_once": "So bald wie möglich",
        "move": "Zeit speichern",
        "cancel": "Anruf absagen",
        "never": "Diese Nummer nie mehr anrufen",
        "listed": "Diese Nummer wird nicht mehr angerufen.",
        "moved": "Die Zeit ist gespeichert.",
        "no_script": "Diese Seite benötigt JavaScript.",
    },
}
