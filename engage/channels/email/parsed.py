"""What the parser's child makes of a mail: a plain record that the rest of the channel reads.

All texts are clean (no NUL, no lone surrogates) and bounded; all that was too much is cut and said so in `faults`.
"""

from dataclasses import dataclass, field
from datetime import datetime

from engage.channels.email.quotes import Spans


@dataclass(frozen=True)
class Person:
    """An address with the name that stands beside it, as decoded (RFC 2047)."""

    #: in small letters; empty if there is none that could be written to
    address: str
    name: str = ""


@dataclass(frozen=True)
class Part:
    """A file of a mail."""

    #: cleaned: no path, no direction marks, at most 200 characters
    name: str
    content_type: str
    content: bytes
    #: by which the HTML names it; without its brackets
    content_id: str | None = None
    inline: bool = False


@dataclass(frozen=True)
class DeliveryStatus:
    """What a report says of one addressee (RFC 3464)."""

    recipient: str
    action: str
    #: as 5.1.1
    status: str
    diagnostic: str = ""


@dataclass(frozen=True)
class Invitation:
    """What a calendar part says (RFC 5545); nothing of it is ever accepted by itself."""

    method: str
    summary: str
    starts_at: datetime | None
    ends_at: datetime | None
    location: str
    organizer: str


@dataclass(frozen=True)
class ParsedMail:
    """One mail, taken apart."""

    #: names in small letters, values unfolded and decoded, in the order in which they stand; all of a name
    headers: tuple[tuple[str, str], ...]
    #: without brackets; None if it has none
    message_id: str | None
    #: first those of In-Reply-To, then References from the newest to the oldest; without brackets, at most 20
    answers_to: tuple[str, ...]
    sender: Person | None
    reply_to: tuple[Person, ...]
    to: tuple[Person, ...]
    cc: tuple[Person, ...]
    subject: str
    #: what the mail itself claims
    dated: datetime | None
    #: the whole text; made from the HTML if there is no text part
    text: str
    #: what is new in it
    shown: Spans
    #: sanitised: `cid:` names of `files`, remote sources stand in `data-remote-src` and are not loaded
    html: str | None
    files: tuple[Part, ...] = ()
    invitation: Invitation | None = None
    report: tuple[DeliveryStatus, ...] = ()
    #: headers of the mail that a report or a forward carries inside
    inner_headers: tuple[tuple[str, str], ...] = ()
    #: opaque or clear S/MIME, PGP: kept as it is, not shown as files
    is_signed: bool = False
    is_encrypted: bool = False
    #: what was wrong or too much with it, in words for agents
    faults: tuple[str, ...] = field(default=())
    #: by which it is known when it comes again; see `filed_as`
    name: str = ""

    def all(self, name: str) -> list[str]:
        """Every value of a header, the topmost first."""
        return [value for each, value in self.headers if each == name]
