"""A visitor of a site."""

import uuid
from types import TracebackType
from typing import Any, Self

import aiohttp

from tests.people.screen import Screen, Screens


class Refused(Exception):
    """The server answered with a problem document."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(f"{status} {problem}")
        self.status = status
        self.code = problem.get("code")
        self.problem = problem


async def answer_of(response: aiohttp.ClientResponse) -> Any:
    """The answer's JSON, None when it has no body. Raises Refused."""
    if response.status >= 400:
        raise Refused(response.status, await response.json(content_type=None))
    return await response.json() if response.content_type == "application/json" else None


class TestVisitor:
    """`async with TestVisitor(url) as visitor`: remembered by the site, with a socket once he is `on_site`."""

    __test__ = False
    locale = "en"
    time_zone = "Europe/Berlin"
    #: what a proxy says of where he comes from
    address: str | None = None

    def __init__(self, url: str, site_key: str = "nordlink", *, screens: Screens = Screen) -> None:
        self.url = url
        self.site_key = site_key
        self._screens = screens
        self.screen = screens(url, "/visitor")
        self.token = ""

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession()
        started = await self.post(
            "/visitor/sessions", site_key=self.site_key, locale=self.locale, time_zone=self.time_zone
        )
        self.token, self.id = started["token"], started["visitor"]["id"]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.screen.disconnect()
        await self._http.close()

    async def open_widget(self) -> None:
        await self.shows()

    async def shows(self) -> None:
        """Connects his screen."""
        await self.screen.connect({"token": self.token})

    def new_screen(self) -> Screen:
        """In the place of the old one, and not yet connected."""
        self.screen = self._screens(self.url, "/visitor")
        return self.screen

    async def reopens_widget(self) -> None:
        """After a cut."""
        self.screen = self._screens(self.url, "/visitor")
        await self.open_widget()

    async def close_widget(self) -> None:
        await self.screen.disconnect()
        self.screen = self._screens(self.url, "/visitor")

    async def starts_chat(
        self, text: str, *, topic: str = "orders", client_id: str = "", **fields: str
    ) -> dict[str, Any]:
        return await self.asks(text, topic=topic, client_id=client_id, fields=fields)

    async def asks(
        self, text: str, *, topic: str = "orders", client_id: str = "", fields: dict[str, str] | None = None,
        channel: str = "webchat",
    ) -> dict[str, Any]:  # fmt: skip
        """To be answered by chat or mail."""
        body = {
            "client_id": client_id or str(uuid.uuid4()),
            "channel": channel,
            "topic": topic,
            "fields": fields or {},
            "text": text,
            "locale": self.locale,
        }
        return await self.post("/visitor/conversations", **body)  # type: ignore[no-any-return]  # JSON

    async def says(self, conversation_id: str, text: str, *, client_id: str = "") -> dict[str, Any]:
        path = f"/visitor/conversations/{conversation_id}/messages"
        return await self.post(path, client_id=client_id or str(uuid.uuid4()), text=text)  # type: ignore[no-any-return]

    async def entries(self, conversation_id: str) -> list[dict[str, Any]]:
        """The whole timeline as he may see it."""
        page = await self.get(f"/visitor/conversations/{conversation_id}/entries?after_seq=0&limit=200")
        return page["items"]  # type: ignore[no-any-return]

    async def get(self, path: str) -> Any:
        async with self._http.get(f"{self.url}/api/v1{path}", headers=self._headers) as response:
            return await answer_of(response)

    async def post(self, path: str, **body: Any) -> Any:
        async with self._http.post(f"{self.url}/api/v1{path}", json=body, headers=self._headers) as response:
            return await answer_of(response)

    async def put(self, path: str, **body: Any) -> Any:
        async with self._http.put(f"{self.url}/api/v1{path}", json=body, headers=self._headers) as response:
            return await answer_of(response)

    async def delete(self, path: str) -> Any:
        async with self._http.delete(f"{self.url}/api/v1{path}", headers=self._headers) as response:
            return await answer_of(response)

    async def uploads(self, name: str, content: bytes) -> dict[str, Any]:
        form = aiohttp.FormData()
        form.add_field("file", content, filename=name)
        url = f"{self.url}/api/v1/visitor/attachments"
        async with self._http.post(url, data=form, headers=self._headers) as response:
            return await answer_of(response)  # type: ignore[no-any-return]

    async def downloads(self, attachment_id: str) -> tuple[dict[str, str], bytes]:
        url = f"{self.url}/api/v1/visitor/attachments/{attachment_id}"
        async with self._http.get(url, headers=self._headers) as response:
            if response.status >= 400:
                raise Refused(response.status, await response.json(content_type=None))
            return dict(response.headers), await response.read()

    @property
    def _headers(self) -> dict[str, str]:
        shown = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return {**shown, "X-Forwarded-For": self.address} if self.address else shown
