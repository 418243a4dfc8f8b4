"""Nodes in one process: the usual one, which is alone, and several in a test."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from engage.realtime.bus import Node
from engage.realtime.messages import Message, audience


class Hub:
    """Joins the memory buses that share it."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []


class MemoryBus:
    """Delivers at once and in order; without a hub of its own to share it is alone."""

    def __init__(self, hub: Hub | None = None) -> None:
        self._hub = hub or Hub()
        self._node: Node | None = None

    @asynccontextmanager
    async def running(self, node: Node) -> AsyncIterator[None]:
        self._node = node
        self._hub.nodes.append(node)
        try:
            yield
        finally:
            self._hub.nodes.remove(node)

    def publish(self, message: Message) -> None:
        rooms = audience(message)
        for node in self._hub.nodes:
            if node is not self._node and any(node.is_occupied(room) for room in rooms):
                node.receive(message)

    def register(self, room: str) -> None:
        """The hub looks into the nodes themselves."""

    def unregister(self, room: str) -> None:
        """The hub looks into the nodes themselves."""

    async def settled(self) -> None:
        return None

    def problem(self) -> str | None:
        return None
