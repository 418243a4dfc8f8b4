"""What the help centre says, in each language. The words of articles and categories are the site's own."""

from collections.abc import Mapping
from dataclasses import dataclass

from engage.kit.languages import Language


@dataclass(frozen=True)
class HelpWords:
    """Each field is a sentence or a label; names in braces are filled in."""

    help: str
    help_centre: str
    help_centre_of: str
    page_title: str
    description: str
    skip: str
    you_are_here: str
    search_label: str
    search_here: str
    search_placeholder: str
    search: str

    hello: str
    often_needed: str
    no_articles: str

    one_answer: str
    many_answers: str
    corrected: str
    nothing_found: str
    nothing_found_hint: str
    below: str

    updated: str
    was_helpful: str
    yes: str
    no: str
    say_more: str
    what_was_missing: str
    thanks: str
    thanks_hint: str
    more_about: str
    on_this_page: str

    still_need_help: str
    open_now: str
    open_hint: str
    closed: str
    closed_hint: str
    write_to_us: str
    start_chat: str
    leave_message: str
    write_mail: str
    needs_script: str
    switch_script_on: str
    privacy: str

    today_at: str
    tomorrow_at: str
    weekday_at: str
    date_at: str
    your_time: str

    not_found: str
    not_found_title: str
    failed: str
    go_back: str
    all_answers: str
    #: what went wrong, by the code of the error
    problems: Mapping[str, str]


EN = HelpWords(
    help="Help",
    help_centre="Help centre",
    help_centre_of="{site} help centre",
    page_title="{title} – {site} help",
    description="Answers from {site} to what people ask most.",
    skip="Skip to the content",
    you_are_here="You are here",
    search_label="Search the help centre",
    search_here="Type your question",
    search_placeholder="Search",
    search="Search",
    hello="How can we help?",
    often_needed="Often needed",
    no_articles="There are no articles yet. They appear here as soon as the first one is published.",
    one_answer="1 answer for “{query}”",
    many_answers="{count} answers for “{query}”",
    corrected="Nothing has the words “{query}”, so this is for <strong>{corrected}</strong>.",
    nothing_found="Nothing found for “{query}”",
    nothing_found_hint="Try fewer or other words. Or ask a person: the ways to reach one are {below}.",
    below="below",
    updated="Updated {date}",
    was_helpful="Was this helpful?",
    yes="Yes",
    no="No",
    say_more="Say more before you answer",
    what_was_missing="What was missing or wrong? Please leave out names and numbers.",
    thanks="Thank you",
    thanks_hint="Your answer helps us to write better ones.",
    more_about="More about {category}",
    on_this_page="On this page",
    still_need_help="Still need help? Talk to a person",
    open_now="Open now",
    open_hint="Somebody answers in the chat.",
    closed="Closed",
    closed_hint="The chat opens {opens}. Write now, and we answer by e-mail.",
    write_to_us="Write to us, and we answer by e-mail.",
    start_chat="Start a chat",
    leave_message="Leave a message",
    write_mail="Write an e-mail",
    needs_script="The chat needs JavaScript.",
    switch_script_on="Please switch it on to write to us.",
    privacy="Privacy",
    today_at="today at {time}",
    tomorrow_at="tomorrow at {time}",
    weekday_at="{weekday} at {time}",
    date_at="{weekday}, {day} at {time}",
    your_time="{time} your time",
    not_found="Not found",
    not_found_title="This page is not here",
    failed="That did not work",
    go_back="Search above, or go back to {all_answers}.",
    all_answers="all answers",
    problems={},
)

DE = HelpWords(
    help="Hilfe",
    help_centre="Hilfe",
    help_centre_of="Hilfe von {site}",
    page_title="{title} – Hilfe von {site}",
    description="Antworten von {site} auf das, was am häufigsten gefragt wird.",
    skip="Zum Inhalt springen",
    you_are_here="Sie sind hier",
    search_label="Hilfe durchsuchen",
    search_here="Ihre Frage",
    search_placeholder="Suchen",
    search="Suchen",
    hello="Wie können wir helfen?",
    often_needed="Häufig gefragt",
    no_articles="Noch gibt es keine Artikel. Sie erscheinen hier, sobald der erste veröffentlicht ist.",
    one_answer="1 Antwort zu „{query}“",
    many_answers="{count} Antworten zu „{query}“",
    corrected="Zu „{query}“ gibt es nichts. Hier stehen die Antworten zu <strong>{corrected}</strong>.",
    nothing_found="Nichts gefunden zu „{query}“",
    nothing_found_hint="Versuchen Sie weniger oder andere Wörter. Oder fragen Sie uns; wie das geht, steht {below}.",
    below="weiter unten",
    updated="Aktualisiert am {date}",
    was_helpful="War das hilfreich?",
    yes="Ja",
    no="Nein",
    say_more="Etwas dazu anmerken",
    what_was_missing="Was fehlte oder war falsch? Bitte nennen Sie keine Namen oder Nummern.",
    thanks="Danke",
    thanks_hint="Ihre Antwort hilft uns, bessere zu schreiben.",
    more_about="Mehr zu {category}",
    on_this_page="Auf dieser Seite",
    still_need_help="Noch Fragen? Sprechen Sie mit uns",
    open_now="Jetzt geöffnet",
    open_hint="Im Chat antwortet Ihnen jemand.",
    closed="Geschlossen",
    closed_hint="Der Chat öffnet {opens}. Schreiben Sie jetzt, wir antworten per E-Mail.",
    write_to_us="Schreiben Sie uns, wir antworten per E-Mail.",
    start_chat="Chat beginnen",
    leave_message="Nachricht hinterlassen",
    write_mail="E-Mail schreiben",
    needs_script="Der Chat braucht JavaScript.",
    switch_script_on="Bitte schalten Sie es ein, um uns zu schreiben.",
    privacy="Datenschutz",
    today_at="heute um {time} Uhr",
    tomorrow_at="morgen um {time} Uhr",
    weekday_at="am {weekday} um {time} Uhr",
    date_at="am {weekday}, {day}, um {time} Uhr",
    your_time="{time} Uhr Ihrer Zeit",
    not_found="Nicht gefunden",
    not_found_title="Diese Seite gibt es hier nicht",
    failed="Das ist fehlgeschlagen",
    go_back="Suchen Sie oben, oder gehen Sie zurück zu {all_answers}.",
    all_answers="allen Antworten",
    problems={
        "no_such_article": "Diesen Artikel gibt es nicht, oder er wurde zurückgezogen.",
        "cross_site": "Dieses Formular kam nicht von unserer Seite. Bitte öffnen Sie den Artikel noch einmal.",
        "too_many_requests": "Zu viele Anfragen. Bitte warten Sie einen Moment und versuchen Sie es noch einmal.",
        "not_found": "Das gibt es nicht.",
    },
)

WORDS: Mapping[Language, HelpWords] = {"en": EN, "de": DE}
