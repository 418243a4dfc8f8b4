"""What a client may say over a websocket (Engine.IO protocol 4, Socket.IO protocol 5). Pure.

Text only: nothing on this path is binary, and acknowledgements to the server are never asked for.
"""

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import orjson

Said: TypeAlias = Literal["connect", "disconnect", "event"]

#: an Engine.IO message with a Socket.IO packet of one of these kinds
_KINDS: dict[str, Said] = {"40": "connect", "41": "disconnect", "42": "event"}
#: names that would call something else than a signal's handler
RESERVED = frozenset({"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
_DIGITS = frozenset("0123456789")
_LONGEST_ID = 15


class Malformed(Exception):
    """A client that speaks another language."""


@dataclass(frozen=True, slots=True)
class Packet:
    said: Said
    namespace: str
    data: Any
    #: its answer is wanted under this number
    ack: int | None = None

    @property
    def name(self) -> str:
        return str(self.data[0])

    @property
    def payload(self) -> object:
        return self.data[1] if len(self.data) > 1 else None


def parse(text: str) -> Packet:
    """Raises Malformed."""
    said = _KINDS.get(text[:2])
    if said is None:
        raise Malformed
    namespace, at = _namespace(text)
    start = at
    while at < len(text) and text[at] in _DIGITS:
        at += 1
    if at - start > _LONGEST_ID:
        raise Malformed
    ack = int(text[start:at]) if at > start else None
    try:
        data = orjson.loads(text[at:]) if at < len(text) else None
    except ValueError as problem:
        raise Malformed from problem
    if said == "event" and not _is_event(data):
        raise Malformed
    return Packet(said, namespace, data, ack)


def _namespace(text: str) -> tuple[str, int]:
    """The namespace, without the query that a client may add, and where the rest begins."""
    if text[2:3] != "/":
        return "/", 2
    end = text.find(",", 2)
    name = text[2:] if end < 0 else text[2:end]
    return name.partition("?")[0], len(text) if end < 0 else end + 1


def _is_event(data: object) -> bool:
    return isinstance(data, list) and bool(data) and isinstance(data[0], str) and data[0] not in RESERVED


def opening(sid: str, *, ping_seconds: float, pong_seconds: float, max_bytes: int) -> bytes:
    """The first packet of a connection."""
    facts = {
        "sid": sid,
        "upgrades": [],
        "pingInterval": round(ping_seconds * 1000),
        "pingTimeout": round(pong_seconds * 1000),
        "maxPayload": max_bytes,
    }
    return b"0" + orjson.dumps(facts)


def connected(namespace: str, sid: str) -> bytes:
    return b"40%s%s" % (_prefix(namespace), orjson.dumps({"sid": sid}))


def refused(namespace: str, message: str, code: str) -> bytes:
    """In the browser: `connect_error` with err.message and err.data.code."""
    return b"44%s%s" % (_prefix(namespace), orjson.dumps({"message": message, "data": {"code": code}}))


def disconnected(namespace: str) -> bytes:
    """The client stays away."""
    return b"41" + _prefix(namespace)


def answered(namespace: str, ack: int, answer: object) -> bytes:
    return b"43%s%d%s" % (_prefix(namespace), ack, orjson.dumps([answer]))


def _prefix(namespace: str) -> bytes:
    return b"" if namespace == "/" else namespace.encode() + b","
