"""What our mails say around people's own words, in each language."""

from collections.abc import Mapping
from dataclasses import dataclass

from engage.kit.languages import Language


@dataclass(frozen=True)
class MailWords:
    #: above what the customer wrote
    wrote: str
    #: in the place of his name
    you: str
    #: the customer left a chat; above the answers that he missed
    missed: str
    missed_subject: str
    #: below: his answer comes into the same conversation
    go_on: str
    unsubscribe: str
    #: above a message that is passed on, and the names of its facts
    forwarded: str
    sender: str
    date: str
    subject: str
    to: str
    copies: str


WORDS: Mapping[Language, MailWords] = {
    "en": MailWords(
        wrote="On {date} at {time}, {name} wrote:",
        you="you",
        missed="You left our chat before this answer came:",
        missed_subject="An answer to your chat with {site}",
        go_on="Simply answer this mail: we go on where we left off.",
        unsubscribe="No more mails of this kind",
        forwarded="Forwarded message",
        sender="From",
        date="Date",
        subject="Subject",
        to="To",
        copies="Cc",
    ),
    "de": MailWords(
        wrote="Am {date} um {time} schrieb {name}:",
        you="Sie",
        missed="Diese Antwort kam, nachdem Sie unseren Chat verlassen hatten:",
        missed_subject="Eine Antwort auf Ihren Chat mit {site}",
        go_on="Antworten Sie einfach auf diese E-Mail: Wir machen dort weiter, wo wir aufgehört haben.",
        unsubscribe="Keine E-Mails dieser Art mehr",
        forwarded="Weitergeleitete Nachricht",
        sender="Von",
        date="Datum",
        subject="Betreff",
        to="An",
        copies="Kopie",
    ),
}
