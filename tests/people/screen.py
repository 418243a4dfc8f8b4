"""A screen: a Socket.IO client that keeps what it was told, and lets a test wait for it."""

import asyncio
from collections.abc import Callable
from typing import Any

import socketio

#: longest wait for something that must come
PATIENCE_SECONDS = 30


class Screen:
    """Connects to one namespace; events are kept in order of arrival."""

    def __init__(self, url: str, namespace: str) -> None:
        self._url = url
        self._namespace = namespace
        self._client = socketio.AsyncClient(reconnection=False)
        self._news = asyncio.Event()
        self.events: list[tuple[str, dict[str, Any]]] = []
        #: hears each event as it comes
        self.listener: Callable[[str, dict[str, Any]], None] | None = None
        #: set when the connection has ended, whoever ended it
        self.gone = asyncio.Event()
        self._client.on("*", self._keep, namespace=namespace)
        self._client.on("disconnect", self._note_end, namespace=namespace)

    async def connect(self, auth: dict[str, str]) -> None:
        await self._client.connect(
            self._url,
            namespaces=[self._namespace],
            auth=auth,
            transports=["websocket"],
            wait_timeout=PATIENCE_SECONDS,
        )

    async def disconnect(self) -> None:
        await self._client.disconnect()

    async def cut(self) -> None:
        """The line breaks: no goodbye, as when a network is gone."""
        if self._client.eio.ws is not None:
            await self._client.eio.ws.close()
        await self._client.disconnect()

    async def signal(self, name: str, **payload: Any) -> dict[str, Any]:
        """The server's acknowledgement."""
        told = self._client.call(name, payload, namespace=self._namespace, timeout=PATIENCE_SECONDS)
        answer: dict[str, Any] = await told
        return answer

    async def sees(self, name: str, such_that: Callable[[dict[str, Any]], object] = bool) -> dict[str, Any]:
        """The first event of this name that fits; waits for it if it has not come yet."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                self._news.clear()
                for kind, data in self.events:
                    if kind == name and such_that(data):
                        return data
                await self._news.wait()

    def all(self, name: str) -> list[dict[str, Any]]:
        return [data for kind, data in self.events if kind == name]

    async def _keep(self, name: str, data: dict[str, Any]) -> None:
        self.events.append((name, data))
        self._news.set()
        if self.listener is not None:
            self.listener(name, data)

    async def _note_end(self, _reason: str) -> None:
        self.gone.set()


#: makes the screen of a person, from the server's address and the namespace
Screens = Callable[[str, str], Screen]
