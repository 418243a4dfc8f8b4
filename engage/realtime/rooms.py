"""Which sockets are in which rooms. Pure: it knows no network."""

from collections import defaultdict
from collections.abc import Iterable

from engage.realtime.port import Socket


class Rooms:
    """The sockets of this node."""

    def __init__(self) -> None:
        self._sockets: dict[str, set[Socket]] = {}
        self._rooms: defaultdict[Socket, set[str]] = defaultdict(set)

    def join(self, socket: Socket, room: str) -> bool:
        """True when the room had nobody before."""
        members = self._sockets.setdefault(room, set())
        was_empty = not members
        members.add(socket)
        self._rooms[socket].add(room)
        return was_empty

    def leave(self, socket: Socket, room: str) -> bool:
        """True when the last one has left."""
        members = self._sockets.get(room, set())
        if socket not in members:
            return False
        members.discard(socket)
        self._rooms[socket].discard(room)
        if members:
            return False
        del self._sockets[room]
        return True

    def remove(self, socket: Socket) -> list[str]:
        """Takes the socket out of all its rooms; the answer is those that are empty now."""
        emptied = [room for room in self.rooms_of(socket) if self.leave(socket, room)]
        self._rooms.pop(socket, None)
        return emptied

    def sockets_in(self, room: str) -> frozenset[Socket]:
        return frozenset(self._sockets.get(room, ()))

    def union(self, rooms: Iterable[str]) -> set[Socket]:
        """Everybody who is in at least one of the rooms, each once."""
        found = [self._sockets[room] for room in rooms if room in self._sockets]
        return set().union(*found)

    def rooms_of(self, socket: Socket) -> frozenset[str]:
        return frozenset(self._rooms.get(socket, ()))

    def occupied(self) -> tuple[str, ...]:
        return tuple(self._sockets)

    def is_occupied(self, room: str) -> bool:
        return room in self._sockets
