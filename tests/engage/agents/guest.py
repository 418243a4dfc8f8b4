"""Somebody at the sign-in page, whom nobody knows yet."""

import re
from dataclasses import dataclass
from typing import Any, Self

import aiohttp
from yarl import URL

from tests.house import House


def token_in(text: str) -> str:
    """The secret of a one-time link, from the link or from the mail that holds it."""
    found = re.search(r"account-link#([\w-]+)", text)
    assert found is not None, text
    return found[1]


@dataclass(frozen=True)
class Page:
    url: URL
    text: str


class Guest:
    """`async with Guest(url) as guest`: a browser of its own."""

    def __init__(self, url: str, *, address: str = "") -> None:
        self.url = url
        self._headers = {"X-Engage-Request": "1"} | ({"X-Forwarded-For": address} if address else {})

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), headers=self._headers)
        return self

    async def __aexit__(self, *_outcome: object) -> None:
        await self._http.close()

    async def raw(self, method: str, path: str, **options: Any) -> tuple[int, Any]:
        async with self._http.request(method, f"{self.url}/api/v1{path}", **options) as answer:
            return answer.status, await answer.json(content_type=None) if await answer.read() else None

    async def get(self, path: str) -> Any:
        return await self._done("GET", path)

    async def post(self, path: str, **body: Any) -> Any:
        return await self._done("POST", path, json=body)

    async def _done(self, method: str, path: str, **options: Any) -> Any:
        status, answer = await self.raw(method, path, **options)
        assert status < 300, answer
        return answer

    async def signs_in(self, email: str, password: str) -> Any:
        return await self.post("/agent/session", email=email, password=password)

    async def tries_sign_in(self, email: str, password: str) -> tuple[int, str]:
        return await self._refused("/agent/session", email=email, password=password)

    async def uses_link(self, text: str, *, password: str, name: str = "") -> None:
        await self.post("/agent/account-links/use", token=token_in(text), name=name, password=password)

    async def tries_link(self, text: str, password: str) -> tuple[int, str]:
        return await self._refused("/agent/account-links/use", token=token_in(text), password=password)

    async def tries(self, path: str, **body: Any) -> tuple[int, str]:
        return await self._refused(path, **body)

    async def _refused(self, path: str, **body: Any) -> tuple[int, str]:
        status, answer = await self.raw("POST", path, json=body)
        return status, answer["code"] if answer and "code" in answer else ""

    async def browses(self, method: str, url: str, *, until: str = "", **options: Any) -> "Page":
        """Follows where pages send him, but not beyond the one whose path is `until`."""
        target = URL(url)
        for _ in range(10):
            if until and target.path == until:
                return Page(target, "")
            async with self._http.request(method, target, allow_redirects=False, **options) as answer:
                if "Location" not in answer.headers:
                    return Page(target, await answer.text())
                target, method, options = target.join(URL(answer.headers["Location"])), "GET", {}
        raise AssertionError(f"sent about for ever, last to {target}")

    async def opens_console(self, house: House) -> None:
        """And is available."""
        await house.new_screen("/agent").connect({"ticket": (await self.post("/agent/socket-ticket"))["ticket"]})
        assert (await self.raw("PUT", "/agent/presence", json={"presence": "available"}))[0] == 200
