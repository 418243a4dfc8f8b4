"""The port between nodes: what one process says, the others hear, or the heads mend it."""

from collections.abc import Collection
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from engage.realtime.messages import Message


class Node(Protocol):
    """What the bus asks of the node that it serves."""

    def receive(self, message: Message) -> None:
        """Another node said this."""
        ...

    def occupied_rooms(self) -> Collection[str]:
        """For the registry, when it is to be written anew."""
        ...

    def is_occupied(self, room: str) -> bool: ...

    def hasten_heads(self) -> None:
        """Something may have been missed: tell all sockets their heads soon."""
        ...


class NodeBus(Protocol):
    """Nothing here waits or raises, except `settled`."""

    def running(self, node: Node) -> AbstractAsyncContextManager[None]:
        """Connects the node for the life of the block, and heals by itself all that time."""
        ...

    def publish(self, message: Message) -> None:
        """For the other nodes only: the own one has it already."""
        ...

    def register(self, room: str) -> None:
        """The room has somebody on this node now."""
        ...

    def unregister(self, room: str) -> None:
        """The last one has left."""
        ...

    async def settled(self) -> None:
        """Returns when the others see what was registered until now: after a second at the latest, and at once
        while the bus is away. Who reads a snapshot after this misses nothing that is said later."""
        ...

    def problem(self) -> str | None:
        """None when others are heard; else a line that a person understands."""
        ...
