"""Every screen of the console, in each look: no barrier, nothing that hangs over the edge, the keyboard alone.

The settings are walked by their own list, so that a new section is looked at without a word here.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.journeys.axe import barriers
from tests.journeys.cast import Cast
from tests.journeys.console import PASSWORD
from tests.people import TestAgent, TestVisitor
from tests.services.engage import EngageProcess

#: a name from right to left between words from left to right, and one without a place to break
NAME = "\u05d0\u05d1\u05d9 (Avi) <b>Donaudampfschifffahrtsgesellschaftskapitänswitwe</b>"
#: chosen in the console itself, for no browser asks for a language that has no words yet
RIGHT_TO_LEFT = "ar"

OVERHANG = """() => {
  const page = document.documentElement;
  return page.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1 || one.getBoundingClientRect().left < -1)
    .slice(0, 5).map(one => one.outerHTML.slice(0, 120));
}"""


@dataclass
class Look:
    """One way of looking at all screens."""

    width: int
    dark: bool = False
    locale: str = "en-GB"
    direction: str = "ltr"

    def __str__(self) -> str:
        return f"{self.width}-{'dark' if self.dark else 'light'}-{self.locale}-{self.direction}"


LOOKS = [
    Look(1280),
    Look(390, dark=True, locale="de-DE"),
    Look(320, direction="rtl"),
    Look(1920, dark=True, locale="de-DE"),
]


@dataclass
class Walk:
    """What was found on the way."""

    page: Page
    folder: Path
    found: dict[str, list[str]] = field(default_factory=dict)

    async def looks_at(self, screen: str) -> None:
        await expect(self.page.locator(".skeleton")).to_have_count(0)
        await self.page.screenshot(path=self.folder / f"{screen}.png", animations="disabled")
        if problems := [*await barriers(self.page), *await self.page.evaluate(OVERHANG)]:
            self.found[screen] = problems

    async def presses(self, key: str, screen: str) -> None:
        """A dialog that a key opens, and Escape closes."""
        await self.page.keyboard.press(key)
        await expect(self.page.get_by_role("dialog")).to_be_visible()
        await self.looks_at(screen)
        await self.page.keyboard.press("Escape")
        await expect(self.page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_work_has_no_barriers(cast: Cast, demo: EngageProcess, tmp_path: Path, look: Look) -> None:
    async with signed_in(cast, demo.url, look, tmp_path) as walk, TestVisitor(demo.url) as vera:
        await walk.looks_at("nothing to do")
        async with TestAgent(demo.url, "anna") as anna:
            chat = await vera.starts_chat("My router blinks red", topic="technical", name=NAME)
            await expect(walk.page.locator("article.offer")).to_be_visible()
            await walk.looks_at("offer")
            await anna.accepts(chat["id"])
            await vera.says(chat["id"], "Is anybody there? " * 30)
        await walk.page.goto(f"{demo.url}/console/mine/{chat['id']}")
        await expect(walk.page.locator(".bubble").first).to_be_visible()
        await walk.looks_at("conversation")
        for key, screen in (("t", "transfer"), ("p", "park"), ("?", "shortcuts"), ("Control+k", "commands")):
            await walk.page.evaluate("document.activeElement.blur()")
            await walk.presses(key, screen)
        await walk.page.evaluate("document.activeElement.blur()")
        await walk.page.keyboard.press("Shift+E")
        await expect(walk.page.locator(".wrap-up")).to_be_visible()
        await walk.looks_at("wrap-up")
        await walk.page.goto(f"{demo.url}/console/mails")
        await expect(walk.page.get_by_role("heading").first).to_be_visible()
        await walk.looks_at("mails")

        assert walk.found == {}


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_settings_have_no_barriers(cast: Cast, demo: EngageProcess, tmp_path: Path, look: Look) -> None:
    async with signed_in(cast, demo.url, look, tmp_path) as walk:
        await walk.page.goto(f"{demo.url}/console/settings")
        await expect(walk.page.locator(".settings-link").first).to_be_visible()
        await walk.looks_at("sections")
        addresses = await walk.page.locator(".settings-link").evaluate_all("links => links.map(link => link.href)")
        for address in addresses:
            await walk.page.goto(address)
            await expect(walk.page.locator(".settings-frame")).to_be_visible()
            await walk.looks_at(address.split("/settings/")[1].replace("/", "-"))

        assert len(addresses) > 5
        assert walk.found == {}


@asynccontextmanager
async def signed_in(cast: Cast, url: str, look: Look, folder: Path) -> AsyncIterator[Walk]:
    person = await cast.somebody(width=look.width, dark=look.dark, locale=look.locale)
    if look.direction == "rtl":
        chosen = json.dumps(json.dumps({"language": RIGHT_TO_LEFT}))
        await person.context.add_init_script(f"localStorage.setItem('engage.console.preferences', {chosen})")
    walk = Walk(person.page, folder)
    await person.page.goto(f"{url}/console/")
    await expect(person.page.locator("html")).to_have_attribute("dir", look.direction)
    await person.page.locator("input[type=email]").fill("anna@nordlink.example")
    await person.page.locator("input[type=password]").fill(PASSWORD)
    await walk.looks_at("sign-in")
    await person.page.keyboard.press("Enter")
    await expect(person.page.locator(".work-pane")).to_be_visible()
    yield walk
