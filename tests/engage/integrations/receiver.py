"""A program of the site's own that takes webhooks, on a port of this machine."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import web
from aiohttp.test_utils import TestServer
from standardwebhooks import Webhook


@dataclass
class Receiver:
    url: str = ""
    #: headers and body of each request
    requests: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    #: what it answers next; 200 when there is nothing
    answers: list[int] = field(default_factory=list)
    #: something came
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def events(self) -> list[dict[str, Any]]:
        return [orjson.loads(body) for _, body in self.requests]

    def types(self) -> list[str]:
        return [event["type"] for event in self.events()]

    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _ in self.requests]

    def verify(self, secret: str) -> None:
        """By the specification's own verifier. Raises WebhookVerificationError."""
        for headers, body in self.requests:
            Webhook(secret).verify(body, headers)

    async def take(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.requests.append((headers, await request.read()))
        self.news.set()
        return web.Response(status=self.answers.pop(0) if self.answers else 200, text="taken")


@asynccontextmanager
async def a_receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    async with TestServer(app) as server:
        receiver.url = f"http://127.0.0.1:{server.port}/hook"
        yield receiver
