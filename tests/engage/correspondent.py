"""A person who goes on talking whatever happens to his line: retries with the same id, and closes gaps by number."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import socketio

from tests.people import TestAgent, TestVisitor
from tests.people.screen import PATIENCE_SECONDS
from tests.people.visitor import Refused

#: whatever a cut line or a dead server looks like from here
CUT = (aiohttp.ClientError, OSError, TimeoutError, socketio.exceptions.SocketIOError)
#: the answers of a server that goes away
GOING = (502, 503)


class Correspondent:
    """One side of a conversation, with the screen that he sees."""

    def __init__(self, person: TestVisitor | TestAgent, side: str, conversation_id: str, is_up: asyncio.Event) -> None:
        self.person = person
        self.side = side
        self.conversation_id = conversation_id
        #: cleared while the server is known to be dead
        self._is_up = is_up
        self._behind = asyncio.Event()
        self._folded = asyncio.Event()
        self.is_connected = asyncio.Event()
        #: the entries as his screen has folded them
        self.shown: list[dict[str, Any]] = []

    async def says(self, text: str) -> None:
        """Until the server says that it is stored."""
        client_id = f"{self.side}-{text}".replace(" ", "-")
        await self._insists(lambda: self.person.says(self.conversation_id, text, client_id=client_id))

    async def catches_up(self) -> None:
        """Everything after the last number that his screen shows."""
        for entry in await self._after(len(self.shown)):
            self._fold(entry)

    async def timeline(self) -> list[dict[str, Any]]:
        """As the server has it."""
        return await self._after(0)

    async def _after(self, seq: int) -> list[dict[str, Any]]:
        path = f"/{self.side}/conversations/{self.conversation_id}/entries?after_seq={seq}&limit=200"
        page = await self._insists(lambda: self.person.get(path))
        return page["items"]  # type: ignore[no-any-return]  # JSON

    async def shows(self, text: str) -> None:
        """Waits until his screen does."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while text not in [entry["text"] for entry in self.shown]:
                self._folded.clear()
                await self._folded.wait()

    @asynccontextmanager
    async def at_his_screen(self) -> AsyncIterator[None]:
        """Connected again and again, and never behind for long."""
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._stays_connected()), group.create_task(self._closes_gaps())]
            yield
            for task in tasks:
                task.cancel()

    async def _insists(self, ask: Callable[[], Awaitable[Any]]) -> Any:
        while True:
            await self._is_up.wait()
            try:
                return await ask()
            except CUT:
                continue
            except Refused as refusal:
                if refusal.status not in GOING:
                    raise

    async def _stays_connected(self) -> None:
        while True:
            screen = self.person.new_screen()
            screen.listener = self._hears
            await self._insists(self.person.shows)
            await self.catches_up()
            self.is_connected.set()
            await screen.gone.wait()
            self.is_connected.clear()

    async def _closes_gaps(self) -> None:
        while True:
            await self._behind.wait()
            self._behind.clear()
            await self.catches_up()

    def _hears(self, name: str, told: dict[str, Any]) -> None:
        if name == "entry_added" and told["entry"]["conversation_id"] == self.conversation_id:
            self._fold(told["entry"])
        elif name == "heads" and told["heads"].get(self.conversation_id, 0) > len(self.shown):
            self._behind.set()

    def _fold(self, entry: dict[str, Any]) -> None:
        """The next number is shown; a later one means a gap; an earlier one is known."""
        if entry["seq"] == len(self.shown) + 1:
            self.shown.append(entry)
            self._folded.set()
        elif entry["seq"] > len(self.shown):
            self._behind.set()
