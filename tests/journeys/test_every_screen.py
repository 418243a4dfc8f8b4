"""Every screen of the console, in each look: no barrier, nothing that hangs over the edge, the keyboard alone.

The settings are walked by their own list, so that a new section is looked at without a word here. All looks share
one carrier, and a screen is gone to inside the page, for what is looked at is the screen and not the way to it.
"""

import json
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.journeys.axe import barriers
from tests.journeys.carrier import Carrier
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

GO = "path => { history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate')); }"

#: marks what can be reached by Tab, notes what was, and whether one could see it
BEGIN_WALK = """() => {
  const stops = [...document.querySelectorAll('.settings-pane :is(a[href], button, input, select, textarea, summary)')]
    .filter(one => !one.disabled && one.tabIndex >= 0 && one.checkVisibility() && one.type !== 'radio');
  window.walk = { unreached: new Set(stops), unseen: [] };
  const look = one => {
    walk.unreached.delete(one);
    const { outlineStyle, boxShadow } = getComputedStyle(one);
    if (outlineStyle === 'none' && boxShadow === 'none') walk.unseen.push('unseen: ' + one.outerHTML.slice(0, 120));
  };
  walk.end = new AbortController();
  document.addEventListener('focusin', ({ target }) => look(target), { signal: walk.end.signal });
  document.activeElement.blur();
  stops[0]?.focus();
  return stops.length;
}"""
END_WALK = """() => {
  walk.end.abort();
  return [...walk.unseen, ...[...walk.unreached].map(one => 'unreached: ' + one.outerHTML.slice(0, 120))];
}"""
#: a frame in the page has stops of its own, which nobody here has counted
FRAME_STOPS = 25

#: settings whose first button opens a dialog
WITH_DIALOG = ("queues", "people", "keys")


@dataclass
class Look:
    """One way of looking at all screens."""

    width: int
    dark: bool = False
    locale: str = "en-GB"
    direction: str = "ltr"
    #: each settings page is gone through with the Tab key alone
    by_keyboard: bool = False

    def __str__(self) -> str:
        return f"{self.width}-{'dark' if self.dark else 'light'}-{self.locale}-{self.direction}"


LOOKS = [
    Look(1280, by_keyboard=True),
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

    async def goes_to(self, path: str, sign: str) -> None:
        """To another place of the console, where the sign is to be seen."""
        await self.page.evaluate(GO, path)
        await expect(self.page.locator(sign).first).to_be_visible()

    async def looks_at(self, screen: str) -> None:
        await expect(self.page.locator(".skeleton")).to_have_count(0)
        if os.environ.get("ENGAGE_SCREENSHOTS") == "1":
            await self.page.screenshot(path=self.folder / f"{screen}.png", animations="disabled")
        await self.notes(screen, [*await barriers(self.page), *await self.page.evaluate(OVERHANG)])

    async def notes(self, screen: str, problems: list[str]) -> None:
        if problems:
            self.found.setdefault(screen, []).extend(problems)

    async def presses(self, key: str, screen: str) -> None:
        """A dialog that a key opens, and Escape closes."""
        await self.page.evaluate("document.activeElement.blur()")
        await self.page.keyboard.press(key)
        await expect(self.page.get_by_role("dialog")).to_be_visible()
        await self.looks_at(screen)
        await self.page.keyboard.press("Escape")
        await expect(self.page.get_by_role("dialog")).to_be_hidden()

    async def tabs_through(self, screen: str) -> None:
        """Every control is reached, seen when it is, and left again."""
        stops = await self.page.evaluate(BEGIN_WALK)
        for _ in range(stops + FRAME_STOPS * await self.page.locator(".settings-pane iframe").count()):
            await self.page.keyboard.press("Tab")
        await self.notes(screen, await self.page.evaluate(END_WALK))

    async def opens_dialog(self, screen: str) -> None:
        """By Enter; the focus stays inside, and goes back to where it came from."""
        button, dialog = self.page.locator(".settings-frame-actions .button-primary"), self.page.get_by_role("dialog")
        await button.focus()
        await self.page.keyboard.press("Enter")
        await expect(dialog.locator(":focus")).to_have_count(1)
        await self.looks_at(f"{screen} dialog")
        stops = await dialog.locator("a[href], button, input, select, textarea").count()
        for _ in range(stops + 1):
            await self.page.keyboard.press("Tab")
        await expect(dialog.locator(":focus")).to_have_count(1)
        await self.page.keyboard.press("Escape")
        await expect(dialog).to_be_hidden()
        await expect(button).to_be_focused()


@pytest.fixture(scope="module")
def open_carrier(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngageProcess]:
    """One for all looks: nothing that is done in one stands in another's way."""
    folder = tmp_path_factory.mktemp("screens")
    started: list[EngageProcess] = []

    def start(**settings: str) -> EngageProcess:
        started.append(EngageProcess(folder, settings))
        started[0].start()
        return started[0]

    yield Carrier(seeded, folder, start).opens()
    started[0].kill()


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_no_screen_has_barriers(cast: Cast, open_carrier: EngageProcess, tmp_path: Path, look: Look) -> None:
    async with signed_in(cast, open_carrier.url, look, tmp_path) as walk:
        await walks_through_work(walk, open_carrier.url)
        await walks_through_settings(walk, look)

        assert walk.found == {}


async def walks_through_work(walk: Walk, url: str) -> None:
    await walk.looks_at("nothing to do")
    async with TestVisitor(url) as vera, TestAgent(url, "anna") as anna:
        chat = await vera.starts_chat("My router blinks red", topic="technical", name=NAME)
        await expect(walk.page.locator("article.offer")).to_be_visible()
        await walk.looks_at("offer")
        accepted = await anna.accepts(chat["id"])
        await vera.says(chat["id"], "Is anybody there? " * 30)
        await walk.goes_to(f"/console/mine/{chat['id']}", ".bubble")
        await walk.looks_at("conversation")
        for key, screen in (("t", "transfer"), ("p", "park"), ("?", "shortcuts"), ("Control+k", "commands")):
            await walk.presses(key, screen)
        await walk.page.evaluate("document.activeElement.blur()")
        await walk.page.keyboard.press("Shift+E")
        await expect(walk.page.locator(".wrap-up")).to_be_visible()
        await walk.looks_at("wrap-up")
        outcome = (await anna.workspace())["dispositions"][0]["id"]
        await anna.post(f"/agent/engagements/{accepted['engagement_id']}/wrap-up", disposition_id=outcome)
    await walk.goes_to("/console/mails", "h1")
    await walk.looks_at("mails")


async def walks_through_settings(walk: Walk, look: Look) -> None:
    await walk.goes_to("/console/settings", ".settings-link")
    await walk.looks_at("sections")
    paths = await walk.page.locator(".settings-link").evaluate_all("links => links.map(link => link.pathname)")
    assert len(paths) > 5
    for path in paths:
        screen = path.split("/settings/")[1].split("/")[0]
        await walk.page.evaluate(GO, path)
        await expect(walk.page.locator(f'.settings-link[aria-current="page"][href="{path}"]')).to_have_count(1)
        await expect(walk.page.locator(".settings-frame")).to_be_visible()
        await walk.looks_at(screen)
        if look.by_keyboard:
            await walk.tabs_through(screen)
        if look.by_keyboard and screen in WITH_DIALOG:
            await walk.opens_dialog(screen)


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
