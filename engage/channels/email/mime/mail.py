"""A whole mail: bytes in, the plain record out. Never raises for what is in it, and says in `faults` what was wrong."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from engage.channels.email import filed_as, forwarded, quotes
from engage.channels.email.mime import people, prescan, words
from engage.channels.email.mime.bodies import collected
from engage.channels.email.parsed import ParsedMail, Person

MOST_HEADER_CHARACTERS = 10_000
MOST_IDS = 20
BRACKETED = re.compile(r"<([^<>]{1,1000})>")
BARE = re.compile(r"[^\s,<>;\"]+@[^\s,<>;\"]+")


def parse(data: bytes) -> ParsedMail:
    scanned = prescan.scan(data)
    faults, root = scanned.faults, scanned.root
    content = collected(scanned)
    senders = people.read(root.all("from"), faults)
    subject = words.text(next(iter(root.all("subject")), b""), most=1000)
    parsed = ParsedMail(
        headers=headers_of(root.headers),
        message_id=next(iter(ids(root.all("message-id"))), None),
        answers_to=_answers_to(root),
        sender=_sender(senders),
        reply_to=people.read(root.all("reply-to"), faults),
        to=people.read(root.all("to"), faults),
        cc=people.read(root.all("cc"), faults),
        subject=subject,
        dated=_moment(root.first("date")),
        text=content.text,
        shown=quotes.everything(content.text) if forwarded.is_forward(subject) else quotes.new_in(content.text),
        html=content.html,
        files=tuple(content.files),
        invitation=content.invitation,
        report=tuple(content.report),
        inner_headers=headers_of(content.inner_headers),
        is_signed=content.is_signed,
        is_encrypted=content.is_encrypted,
        faults=tuple(dict.fromkeys(faults)),
    )
    return replace(parsed, name=filed_as.name_of(parsed, _own(scanned)))


def _own(scanned: prescan.Scanned) -> str:
    """Headers that are more than we read may be its own: then all of it is."""
    is_whole = prescan.LONG_HEADERS not in scanned.faults
    body = memoryview(scanned.data)[scanned.root.start if is_whole else 0 :]
    return filed_as.own_of(scanned.root.headers if is_whole else (), body)


def headers_of(headers: list[prescan.Header]) -> tuple[tuple[str, str], ...]:
    return tuple((name, words.text(value, most=MOST_HEADER_CHARACTERS)) for name, value in headers)


def _sender(senders: tuple[Person, ...]) -> Person | None:
    """The first one who can be written to; RFC 5322 allows several."""
    return next((each for each in senders if each.address), next(iter(senders), None))


def _answers_to(root: prescan.Entity) -> tuple[str, ...]:
    answered = ids(root.all("in-reply-to"))
    named = ids(root.all("references"))
    return tuple(dict.fromkeys([*answered, *reversed(named)]))[:MOST_IDS]


def ids(values: list[bytes]) -> list[str]:
    """Message-IDs without brackets; brackets may be missing, and a fold may have put blanks inside."""
    found: list[str] = []
    for value in values:
        text = words.as_it_stands(value)[:64_000]
        bracketed = ["".join(each.split()) for each in BRACKETED.findall(text)]
        found += bracketed or BARE.findall(text) or text.split()[:1]
    return [each[:990] for each in found if each]


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text[:200])
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
