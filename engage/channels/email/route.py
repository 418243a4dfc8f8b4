"""To which address of a mailbox a mail was sent, and so to which queue; and the conversation its address names. Pure.

The envelope comes first, for `To` says nothing about blind copies, aliases and lists.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import getaddresses
from uuid import UUID

from engage.channels.email import reply_token
from engage.channels.email.mail_keys import Keys

#: who brought it wrote these, in the order in which they are believed
ROUTE_HEADERS = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-forwarded-to")
MOST = 200


@dataclass(frozen=True)
class Route:
    """Where a mail belongs."""

    #: the address of ours that it was sent to
    address: str
    #: of an alias; none is the mailbox's own queue
    queue_id: UUID | None
    #: that a signed address of ours names
    conversation_id: UUID | None


def route(
    envelope_to: str | None, headers: Iterable[tuple[str, str]], shown: Iterable[str], *,
    mailbox: str, aliases: Mapping[str, UUID | None], keys: Keys,
) -> Route:  # fmt: skip
    """`shown` are the addresses in To and Cc; `aliases` the mailbox's further addresses with their queues."""
    addresses = list(dict.fromkeys(_in_order(envelope_to, headers, shown)))
    ours = [each for each in addresses if _known(each, mailbox, aliases) is not None]
    named = (reply_token.find(keys, each) for each in ours)
    conversation_id = next((each for each in named if each is not None), None)
    by_alias = next((each for each in ours if _known(each, mailbox, aliases) in aliases), None)
    address = by_alias or (reply_token.without(ours[0]) if ours else mailbox)
    known = _known(address, mailbox, aliases) or mailbox
    return Route(known, aliases.get(known), conversation_id)


def _in_order(envelope_to: str | None, headers: Iterable[tuple[str, str]], shown: Iterable[str]) -> Iterator[str]:
    if envelope_to:
        yield envelope_to.strip().lower()
    by_name: dict[str, list[str]] = {}
    for name, value in headers:
        if name in ROUTE_HEADERS:
            by_name.setdefault(name, []).append(value[:2000])
    for name in ROUTE_HEADERS:
        for _, address in getaddresses(by_name.get(name, [])[:MOST]):
            if address:
                yield address.strip().lower()
    yield from (each.lower() for each in list(shown)[:MOST])


def _known(address: str, mailbox: str, aliases: Mapping[str, UUID | None]) -> str | None:
    """The mailbox or the alias that this address is, with or without what stands behind a plus."""
    for each in (address, reply_token.without(address), _without_plus(address)):
        if each in aliases or each == mailbox:
            return each
    return None


def _without_plus(address: str) -> str:
    local, at, domain = address.rpartition("@")
    return local.split("+", 1)[0] + at + domain
