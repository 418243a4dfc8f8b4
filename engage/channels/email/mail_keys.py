"""The keys that sign what our mails carry: reply addresses, bounce addresses and Message-IDs. Pure.

A signature is short, for a local part has 64 characters: HMAC-SHA256 cut to 80 bits, in base32, in small letters,
because many servers forget the case of a local part. Before it stands one letter that names the key.
"""

import base64
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from aiohttp import web

MAC_BYTES = 10


@dataclass(frozen=True)
class Key:
    """One key with the letter by which it is known."""

    id: str
    secret: bytes


#: the first one signs, all of them verify
Keys = Sequence[Key]


def key_of(secret: str) -> Key:
    """Derived from the program's secret; the letter follows from the key, so nobody has to number them."""
    derived = hmac.digest(secret.encode(), b"engage mail keys", "sha256")
    return Key(id=in_base32(hmac.digest(derived, b"id", "sha256"))[0], secret=derived)


def keys_of(secret: str, *old: str) -> Keys:
    return tuple(key_of(each) for each in (secret, *old))


def signature(key: Key, purpose: str, subject: UUID) -> str:
    """17 characters: the key's letter and the MAC."""
    mac = hmac.digest(key.secret, f"{purpose}|{subject.hex}".encode(), "sha256")
    return key.id + in_base32(mac[:MAC_BYTES])


def is_genuine(keys: Keys, purpose: str, subject: UUID, claimed: str) -> bool:
    return any(hmac.compare_digest(signature(key, purpose, subject), claimed) for key in keys if key.id == claimed[:1])


def in_base32(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=").lower()


def from_base32(text: str) -> bytes:
    """Raises ValueError."""
    return base64.b32decode(text.upper() + "=" * (-len(text) % 8))


MAIL_KEYS: web.AppKey[Keys] = web.AppKey("mail_keys")
