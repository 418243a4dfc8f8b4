"""Somebody at a browser of his own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Self

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from tests.journeys.patience import PATIENCE_MS

#: what people's browsers call themselves; the one of the tests would say that it has no head
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
#: a desk's screen at 400 %, a phone in the hand, a screen on the desk and a big one
HEIGHTS = {320: 640, 390: 844, 1280: 800, 1920: 1080}


@dataclass
class Person:
    """What he asks for is written down: addresses, and the secrets that must stand in none of them."""

    context: BrowserContext
    page: Page
    urls: list[str] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)
    #: what he asked for and did not get
    refused: list[str] = field(default_factory=list)
    #: what his browser complained about: errors of scripts, and refusals by a policy
    complaints: list[str] = field(default_factory=list)

    @classmethod
    async def sits_down(cls, browser: Browser, *, width: int = 1280, dark: bool = False, locale: str = "en-GB") -> Self:
        context = await browser.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            has_touch=width == 390,
            is_mobile=width == 390,
            color_scheme="dark" if dark else "light",
            user_agent=BROWSER,
            locale=locale,
            timezone_id="Europe/Berlin",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_MS)
        return await cls.at(context)

    @classmethod
    async def at(cls, context: BrowserContext) -> Self:
        """One more tab of the same browser."""
        person = cls(context, await context.new_page())
        person.page.on("request", person._note)
        person.page.on("websocket", lambda socket: person.urls.append(socket.url))
        person.page.on("response", person._miss)
        person.page.on("requestfailed", lambda request: person.refused.append(f"{request.failure} {request.url}"))
        person.page.on("pageerror", lambda error: person.complaints.append(str(error)))
        person.page.on("console", person._hear)
        return person

    async def loses_the_network(self) -> None:
        await self.context.set_offline(True)

    async def finds_the_network(self) -> None:
        await self.context.set_offline(False)

    @asynccontextmanager
    async def sleeps(self) -> AsyncIterator[None]:
        """The lid is closed: no script of his page runs and nothing is heard, until he wakes it."""
        devices = await self.context.new_cdp_session(self.page)
        await devices.send("Page.setWebLifecycleState", {"state": "frozen"})
        yield
        await devices.send("Page.setWebLifecycleState", {"state": "active"})
        await devices.detach()

    async def sees(self) -> str:
        """All that stands on his screen, frame by frame, and what did not come."""
        frames = [frame for frame in self.page.frames if not frame.is_detached()]
        texts = [f"-- {frame.url}\n{await frame.evaluate('document.body?.innerText')}" for frame in frames]
        return "\n".join([*texts, *self.refused, *self.complaints])

    def _note(self, request: Request) -> None:
        self.urls.append(request.url)
        if authorization := request.headers.get("authorization"):
            self.secrets.add(authorization.removeprefix("Bearer "))

    def _miss(self, answer: Response) -> None:
        if answer.status >= 400:
            self.refused.append(f"{answer.status} {answer.url}")

    def _hear(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.complaints.append(message.text)
