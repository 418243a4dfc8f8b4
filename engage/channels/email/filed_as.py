"""By what a mail is known when it comes again. Pure, and for the parser's child: it reads all that the mail holds.

The first half names the mail, the second one what it says: so the same mail is filed once, and another text under the
same Message-ID is seen for what it is.
"""

import hashlib
from collections.abc import Iterable

from engage.channels.email.parsed import ParsedMail

HALF = 32
#: written on its way, and so another time each time; all that begins with x- is so too
TRACE = frozenset({
    "arc-authentication-results", "arc-message-signature", "arc-seal", "authentication-results", "delivered-to",
    "dkim-signature", "envelope-to", "lines", "received", "received-spf", "return-path", "status",
})  # fmt: skip


def name_of(mail: ParsedMail, own: str) -> str:
    """64 characters. A mail without a Message-ID is known by all that is its own, and so is one that was cut."""
    first = [mail.message_id] if mail.message_id else ["", own]
    return _hash(first) + _content(mail, own)


def own_of(headers: Iterable[tuple[str, bytes]], body: memoryview) -> str:
    """What its writer made, not those who brought it."""
    whole = hashlib.sha256()
    for name, value in headers:
        if name not in TRACE and not name.startswith("x-"):
            whole.update(b"%s:%s\0" % (name.encode(), value))
    whole.update(body)
    return whole.hexdigest()


def same_id(filed_as: str) -> tuple[str, str]:
    """All mails of this name lie from the first up to the last: a range, which the index of every database knows."""
    begin = filed_as[:HALF]
    return begin, f"{begin}g"


def _content(mail: ParsedMail, own: str) -> str:
    files = (hashlib.sha256(each.content).hexdigest() for each in mail.files)
    return _hash([" ".join(mail.text.split()), mail.html or "", *files, *([own] if mail.faults else [])])


def _hash(parts: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return whole.hexdigest()[:HALF]
