"""What nodes tell each other, as values and as bytes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

import orjson

from engage.realtime.frames import Frame


@dataclass(frozen=True)
class Delivery:
    """A frame for everybody who is in one of the rooms."""

    rooms: frozenset[str]
    frame: Frame


@dataclass(frozen=True)
class Join:
    """Whoever is in `of_room` joins `room`."""

    of_room: str
    room: str


@dataclass(frozen=True)
class Leave:
    """Whoever is in `of_room` leaves `room`."""

    of_room: str
    room: str


@dataclass(frozen=True)
class Disconnect:
    """Whoever is in the room loses the connection and is told to stay away."""

    room: str


Message: TypeAlias = Delivery | Join | Leave | Disconnect


def audience(message: Message) -> frozenset[str]:
    """The rooms whose nodes are to hear of it."""
    match message:
        case Delivery(rooms=rooms):
            return rooms
        case Join(of_room=room) | Leave(of_room=room) | Disconnect(room=room):
            return frozenset((room,))
        case _:
            assert_never(message)


def size(message: Message) -> int:
    """About what it takes on the way."""
    return 100 + (message.frame.size if isinstance(message, Delivery) else 0)


def is_volatile(message: Message) -> bool:
    return isinstance(message, Delivery) and message.frame.volatile


def encode(messages: Iterable[Message]) -> bytes:
    """Each message is an envelope and a body, both with their length: the receiver never reads the body."""
    return b"".join(_encoded(message) for message in messages)


def decode(batch: bytes) -> Iterator[Message]:
    """Raises ValueError when the bytes are not ours."""
    at = 0
    while at < len(batch):
        envelope, at = _part(batch, at)
        body, at = _part(batch, at)
        yield _decoded(orjson.loads(envelope), body)


def _encoded(message: Message) -> bytes:
    envelope, body = _envelope(message)
    header = orjson.dumps(envelope)
    return b"".join((len(header).to_bytes(4, "big"), header, len(body).to_bytes(4, "big"), body))


def _envelope(message: Message) -> tuple[tuple[object, ...], bytes]:
    match message:
        case Delivery(rooms=rooms, frame=frame):
            return ("d", sorted(rooms), frame.namespace, frame.name, frame.volatile), frame.data
        case Join(of_room=of_room, room=room):
            return ("j", of_room, room), b""
        case Leave(of_room=of_room, room=room):
            return ("l", of_room, room), b""
        case Disconnect(room=room):
            return ("x", room), b""
        case _:
            assert_never(message)


def _decoded(envelope: list[object], body: bytes) -> Message:
    match envelope:
        case ["d", list(rooms), str(namespace), str(name), bool(volatile)]:
            return Delivery(frozenset(map(str, rooms)), Frame(namespace, name, body, volatile))
        case ["j", str(of_room), str(room)]:
            return Join(of_room, room)
        case ["l", str(of_room), str(room)]:
            return Leave(of_room, room)
        case ["x", str(room)]:
            return Disconnect(room)
        case _:
            raise ValueError("an envelope of another version")


def _part(batch: bytes, at: int) -> tuple[bytes, int]:
    start = at + 4
    end = start + int.from_bytes(batch[at:start], "big")
    if end > len(batch):
        raise ValueError("a batch that was cut off")
    return batch[start:end], end
