"""By what a mail is known when it comes again. Pure.

The first half names the mail, the second one what it says: so the same mail is filed once, and another text under the
same Message-ID is seen for what it is.
"""

import hashlib
from collections.abc import Iterable

from engage.channels.email.parsed import ParsedMail, Person

HALF = 32


def name_of(mail: ParsedMail) -> str:
    """64 characters. A mail without a Message-ID is known by its own headers: those of its way differ each time."""
    if mail.message_id:
        return _hash([mail.message_id]) + _content(mail)
    people = ((mail.sender,) if mail.sender else ()) + mail.to + mail.cc
    dated = mail.dated.isoformat() if mail.dated else ""
    return _hash(["", mail.subject, dated, *map(_address, people)]) + _content(mail)


def same_id(filed_as: str) -> tuple[str, str]:
    """All mails of this name lie from the first up to the last: a range, which the index of every database knows."""
    begin = filed_as[:HALF]
    return begin, f"{begin}g"


def _content(mail: ParsedMail) -> str:
    files = (hashlib.sha256(each.content).hexdigest() for each in mail.files)
    return _hash([" ".join(mail.text.split()), mail.html or "", *files])


def _address(person: Person) -> str:
    return person.address


def _hash(parts: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return whole.hexdigest()[:HALF]
