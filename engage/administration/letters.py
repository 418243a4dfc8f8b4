"""What the mails about accounts say, in each language."""

from collections.abc import Mapping
from dataclasses import dataclass

from engage.kit.languages import Language


@dataclass(frozen=True)
class Letter:
    #: `{site}` is the site's name
    subject: str
    lines: tuple[str, ...]
    button: str = ""


@dataclass(frozen=True)
class Frame:
    """What stands around every letter."""

    greeting: str
    greeting_by_name: str
    #: beside the button, for mail programs that show none
    address: str


FRAMES: Mapping[Language, Frame] = {
    "en": Frame("Hello,", "Hello {name},", "If the button does not work, open this address:"),
    "de": Frame(
        "Guten Tag,", "Guten Tag {name},", "Falls die Schaltfläche nicht funktioniert, öffnen Sie diese Adresse:"
    ),
}
ENGLISH: Mapping[str, Letter] = {
    "invitation": Letter(
        "You are invited to {site}",
        (
            "You are invited to answer the customers of {site}.",
            "Choose a name and a password to begin. The link works once, within three days.",
        ),
        "Accept the invitation",
    ),
    "reset": Letter(
        "Set a new password",
        (
            "Somebody, most likely you, asked for a new password for your account at {site}.",
            "The link works once, within 30 minutes. If it was not you, do nothing: your password stays as it is.",
        ),
        "Set a new password",
    ),
    "joined": Letter(
        "You now work for {site} too",
        ("Your account was given access to {site}. Sign in as always.",),
        "Open the console",
    ),
    "password": Letter(
        "Your password was changed",
        (
            "The password of your account was changed, and all other browsers were signed out.",
            "If it was not you, set a new password at once with “Forgot your password?” and tell your admin.",
        ),
    ),
    "second_factor_on": Letter(
        "Two-step sign-in is on",
        ("From now on signing in asks for a code of your authenticator app.", "If it was not you, tell your admin."),
    ),
    "second_factor_off": Letter(
        "Two-step sign-in is off",
        (
            "Signing in asks for your password alone from now on.",
            "If it was not you, change your password at once and tell your admin.",
        ),
    ),
}
GERMAN: Mapping[str, Letter] = {
    "invitation": Letter(
        "Einladung zu {site}",
        (
            "Sie sind eingeladen, die Anfragen der Kunden von {site} zu beantworten.",
            "Wählen Sie zuerst einen Namen und ein Passwort. Der Link gilt einmal und drei Tage lang.",
        ),
        "Einladung annehmen",
    ),
    "reset": Letter(
        "Neues Passwort setzen",
        (
            "Jemand, wahrscheinlich Sie, hat ein neues Passwort für Ihr Konto bei {site} angefordert.",
            "Der Link gilt einmal und 30 Minuten lang. Waren Sie es nicht, müssen Sie nichts tun: Ihr Passwort bleibt.",
        ),
        "Neues Passwort setzen",
    ),
    "joined": Letter(
        "Sie arbeiten jetzt auch für {site}",
        ("Ihr Konto hat jetzt Zugang zu {site}. Melden Sie sich an wie immer.",),
        "Konsole öffnen",
    ),
    "password": Letter(
        "Ihr Passwort wurde geändert",
        (
            "Das Passwort Ihres Kontos wurde geändert, und alle anderen Browser wurden abgemeldet.",
            "Waren Sie es nicht, setzen Sie sofort mit „Passwort vergessen?“ ein neues und informieren Sie den Admin.",
        ),
    ),
    "second_factor_on": Letter(
        "Die Anmeldung in zwei Schritten ist eingeschaltet",
        (
            "Von jetzt an fragt die Anmeldung nach einem Code Ihrer Authenticator-App.",
            "Waren Sie es nicht, informieren Sie Ihren Admin.",
        ),
    ),
    "second_factor_off": Letter(
        "Die Anmeldung in zwei Schritten ist ausgeschaltet",
        (
            "Die Anmeldung fragt von jetzt an nur noch nach Ihrem Passwort.",
            "Waren Sie es nicht, ändern Sie sofort Ihr Passwort, und informieren Sie Ihren Admin.",
        ),
    ),
}
LETTERS: Mapping[Language, Mapping[str, Letter]] = {"en": ENGLISH, "de": GERMAN}
