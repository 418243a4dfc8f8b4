"""Signed addresses: to which conversation an answer belongs, and which mail came back. Pure.

`support+r.<conversation>.<signature>@host` stands in Reply-To and survives clients that drop References and providers
that rewrite Message-IDs; `support+b.<mail>.<signature>@host` is the MAIL FROM, to which bounces return (VERP).
"""

import re
from uuid import UUID

from engage.channels.email.mail_keys import Key, Keys, from_base32, in_base32, is_genuine, signature

REPLY, BOUNCE = "r", "b"
#: of a local part (RFC 5321, 4.5.3.1.1)
LONGEST_LOCAL = 64
#: an id has 26 characters, a signature 17
SIGNED = re.compile(r"\+([rb])\.([a-z2-7]{26})\.([a-z2-7]{17})$")


def token_address(key: Key, mailbox: str, conversation_id: UUID) -> str:
    """Where an answer in this conversation is to be sent."""
    return _signed(key, REPLY, mailbox, conversation_id)


def bounce_address(key: Key, mailbox: str, mail_id: UUID) -> str:
    """Where a mail that cannot be delivered is to return."""
    return _signed(key, BOUNCE, mailbox, mail_id)


def _signed(key: Key, purpose: str, mailbox: str, subject: UUID) -> str:
    """The mailbox itself where the local part would become too long: then Message-IDs have to do."""
    local, _, domain = mailbox.rpartition("@")
    signed = f"{local}+{purpose}.{in_base32(subject.bytes)}.{signature(key, purpose, subject)}"
    return f"{signed}@{domain}" if len(signed) <= LONGEST_LOCAL else mailbox


def find(keys: Keys, address: str) -> UUID | None:
    """The conversation that the address names; None if it names none, or was not made by us."""
    return _found(keys, REPLY, address)


def find_bounced(keys: Keys, address: str) -> UUID | None:
    """The mail that the address names."""
    return _found(keys, BOUNCE, address)


def _found(keys: Keys, purpose: str, address: str) -> UUID | None:
    signed = SIGNED.search(_local(address))
    if signed is None or signed[1] != purpose:
        return None
    subject = UUID(bytes=from_base32(signed[2])[:16])
    # 26 letters hold two bits more than an id: one way of writing it only
    if in_base32(subject.bytes) != signed[2]:
        return None
    return subject if is_genuine(keys, purpose, subject, signed[3]) else None


def without(address: str) -> str:
    """The mailbox behind a signed address, forged or not; any other address as it is."""
    local, _, domain = address.strip().lower().rpartition("@")
    return f"{SIGNED.sub('', local)}@{domain}"


def _local(address: str) -> str:
    return address.strip().lower().rpartition("@")[0]
