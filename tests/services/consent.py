"""An authorization server that gives tokens for a refresh token, or refuses (RFC 6749)."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.test_utils import TestServer


class Consent:
    """Each answer has a new access token, made by `new_token`, and a new refresh token."""

    def __init__(self, new_token: Callable[[], str]) -> None:
        self._new_token = new_token
        self.asked: list[dict[str, str]] = []
        self.refuses = False

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append({key: str(value) for key, value in (await request.post()).items()})
        if self.refuses:
            return web.json_response({"error": "invalid_grant"}, status=400)
        tokens = {"access_token": self._new_token(), "expires_in": 3600, "refresh_token": f"r{len(self.asked)}"}
        return web.json_response(tokens)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[str]:
        app = web.Application()
        app.router.add_post("/token", self.answer)
        async with TestServer(app) as server:
            yield str(server.make_url("/token"))
