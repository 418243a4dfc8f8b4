"""An agent at his desk."""

import uuid
from types import TracebackType
from typing import Any, Self

import aiohttp

from tests.people.screen import Screen, Screens
from tests.people.visitor import answer_of

PASSWORD = "nordlink-demo"


class TestAgent:
    """`async with TestAgent(url, "anna") as anna`: signed in, with an open console."""

    __test__ = False

    def __init__(
        self,
        url: str,
        name: str,
        *,
        presence: str = "available",
        screens: Screens = Screen,
        domain: str = "nordlink.example",
        password: str = PASSWORD,
    ) -> None:
        self.url = url
        self.email = f"{name}@{domain}"
        self.password = password
        self.presence = presence
        self._screens = screens
        self.screen = screens(url, "/agent")

    async def __aenter__(self) -> Self:
        # a cookie of an address without a name is refused by the jar unless it is told not to be strict
        self._http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), headers={"X-Engage-Request": "1"})
        await self.signs_in()
        await self.opens_console()
        if self.presence != "offline":
            await self.put("/agent/presence", presence=self.presence)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.screen.disconnect()
        await self._http.close()

    async def signs_in(self) -> dict[str, Any]:
        me: dict[str, Any] = await self.post("/agent/session", email=self.email, password=self.password)
        self.id = me["id"]
        return me

    async def opens_console(self) -> None:
        await self.shows()

    async def shows(self) -> None:
        """Connects his screen."""
        ticket = (await self.post("/agent/socket-ticket"))["ticket"]
        await self.screen.connect({"ticket": ticket})

    def new_screen(self) -> Screen:
        """In the place of the old one, and not yet connected."""
        self.screen = self._screens(self.url, "/agent")
        return self.screen

    async def reopens_console(self) -> None:
        """After a cut."""
        self.screen = self._screens(self.url, "/agent")
        await self.opens_console()

    async def closes_console(self) -> None:
        await self.screen.disconnect()
        self.screen = self._screens(self.url, "/agent")

    async def workspace(self) -> dict[str, Any]:
        return await self.get("/agent/workspace")  # type: ignore[no-any-return]  # JSON

    async def is_offered(self, conversation_id: str) -> dict[str, Any]:
        """The offer of this conversation, as soon as it rings."""
        made = await self.screen.sees(
            "offer_made", lambda e: e["offer"]["engagement"]["conversation_id"] == conversation_id
        )
        return made["offer"]  # type: ignore[no-any-return]

    async def accepts(self, conversation_id: str) -> dict[str, Any]:
        offer = await self.is_offered(conversation_id)
        return await self.post(f"/agent/offers/{offer['id']}/accept")  # type: ignore[no-any-return]

    async def declines(self, offer: dict[str, Any]) -> None:
        await self.post(f"/agent/offers/{offer['id']}/decline")

    async def says(self, conversation_id: str, text: str, *, client_id: str = "") -> dict[str, Any]:
        path = f"/agent/conversations/{conversation_id}/messages"
        return await self.post(path, client_id=client_id or str(uuid.uuid4()), text=text)  # type: ignore[no-any-return]

    async def notes(self, conversation_id: str, text: str) -> dict[str, Any]:
        path = f"/agent/conversations/{conversation_id}/notes"
        return await self.post(path, client_id=str(uuid.uuid4()), text=text)  # type: ignore[no-any-return]

    async def entries(self, conversation_id: str) -> list[dict[str, Any]]:
        page = await self.get(f"/agent/conversations/{conversation_id}/entries?after_seq=0&limit=200")
        return page["items"]  # type: ignore[no-any-return]

    async def get(self, path: str) -> Any:
        async with self._http.get(f"{self.url}/api/v1{path}") as response:
            return await answer_of(response)

    async def post(self, path: str, **body: Any) -> Any:
        async with self._http.post(f"{self.url}/api/v1{path}", json=body) as response:
            return await answer_of(response)

    async def put(self, path: str, **body: Any) -> Any:
        async with self._http.put(f"{self.url}/api/v1{path}", json=body) as response:
            return await answer_of(response)

    async def delete(self, path: str) -> Any:
        async with self._http.delete(f"{self.url}/api/v1{path}") as response:
            return await answer_of(response)
