"""The names of mails (RFC 5322, 3.6.4): our own, which are signed, and foreign ones as they come. Pure."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from uuid import UUID

from engage.channels.email.mail_keys import Key, Keys, is_genuine, signature

PURPOSE = "message"
#: so many names of earlier mails are looked at, the nearest ones
MOST = 20
#: what the table holds; a longer one is cut and keeps a hash of the whole
LONGEST = 255
OWN = re.compile(r"([0-9a-f]{32})\.([a-z2-7]{17})@")
#: names stand in brackets and between blanks; some programs set commas or forget the brackets
BETWEEN = re.compile(r"[\s,;<>\"'\0]+")


def own(key: Key, mail_id: UUID, domain: str) -> str:
    """The Message-ID of a mail of ours, in its brackets; the same at each try of sending it."""
    return f"<{mail_id.hex}.{signature(key, PURPOSE, mail_id)}@{domain}>"


def find_own(keys: Keys, message_id: str) -> UUID | None:
    """The mail of ours that has this name; None if we never gave it. The domain may have been rewritten."""
    named = OWN.match(message_id.strip().strip("<>").lower())
    if named is None:
        return None
    mail_id = UUID(hex=named[1])
    return mail_id if is_genuine(keys, PURPOSE, mail_id, named[2]) else None


def normal(value: str) -> str | None:
    """The first name of a header's value, as it is kept and compared; None if there is none."""
    return next(_names([value]), None)


def normal_all(values: Iterable[str]) -> tuple[str, ...]:
    """All names of these values, each once, in their order, at most twenty."""
    return tuple(islice(dict.fromkeys(_names(values)), MOST))


def _names(values: Iterable[str]) -> Iterator[str]:
    for value in values:
        for name in BETWEEN.split(value):
            if name:
                yield _fitted(name)


def _fitted(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    whole = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{name[: LONGEST - len(whole) - 1]}#{whole}"
