"""Delivery reports (RFC 3464)."""

from engage.channels.email.mime import prescan, words
from engage.channels.email.parsed import DeliveryStatus

MOST = 50
MOST_BLOCKS = 500


def read(raw: bytes) -> list[DeliveryStatus]:
    """What is said of each addressee; the first block is of the mail as a whole."""
    found: list[DeliveryStatus] = []
    at = 0
    for _ in range(MOST_BLOCKS):
        if at >= len(raw) or len(found) == MOST:
            break
        headers, after = prescan.read_headers(raw, at, len(raw), [])
        # a line that is no header ends a block, too: it is passed over
        at = after if after > at else (raw.find(b"\n", at) + 1 or len(raw))
        status = _status(dict(reversed(headers)))
        if status is not None:
            found.append(status)
    return found


def _status(block: dict[str, bytes]) -> DeliveryStatus | None:
    who = _value(block, "final-recipient") or _value(block, "original-recipient")
    if not who and "action" not in block:
        return None
    return DeliveryStatus(
        recipient=who.strip("<> ").lower()[:320],
        action=words.text(block.get("action", b""), most=40).lower(),
        status=words.text(block.get("status", b""), most=200).partition(" ")[0][:20],
        diagnostic=_value(block, "diagnostic-code")[:1000],
    )


def _value(block: dict[str, bytes], name: str) -> str:
    """Behind the kind of it, as in `rfc822; anna@carrier.example`."""
    text = words.text(block.get(name, b""))
    return text.partition(";")[2].strip() or text.strip()
