"""Every screen and every dialog of the console, in each look: no barrier, and nothing that hangs over the edge.

The settings are walked by their own list, so that a new section is looked at without a word here. A screen is gone to
inside the page, and the page is put on in one look after the other: what is looked at is the screen, not the way to it.

Each screen is seen in both colours at each width and in each language. `ENGAGE_EVERY_LOOK=1` sees it in all of them.
"""

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import product
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.journeys import dialogs
from tests.journeys.cast import Cast
from tests.journeys.console import PASSWORD
from tests.journeys.screens import GO, Look, Walk
from tests.people import TestAgent, TestVisitor

#: a name from right to left between words from left to right, and one without a place to break
NAME = "\u05d0\u05d1\u05d9 (Avi) <b>Donaudampfschifffahrtsgesellschaftskapitänswitwe</b>"
#: chosen in the console itself, for no browser asks for a language that has no words yet
RIGHT_TO_LEFT = "ar"

#: 320 is a desk's screen at 400 %
LOOKS = {
    "en-GB": (Look(390), Look(1920, dark=True)),
    "de-DE": (Look(1280), Look(320, dark=True)),
    RIGHT_TO_LEFT: (Look(1280, dark=True), Look(320), Look(1920)),
}
if os.environ.get("ENGAGE_EVERY_LOOK") == "1":
    every = tuple(Look(width, dark) for width, dark in product((1280, 1920, 390, 320), (False, True)))
    LOOKS = dict.fromkeys(LOOKS, every)
    pytestmark = pytest.mark.timeout(1_800)


@pytest.mark.parametrize("language", LOOKS)
async def test_no_screen_has_barriers(cast: Cast, furnished: str, tmp_path: Path, language: str) -> None:
    async with signed_in(cast, furnished, language, tmp_path) as walk:
        await walks_through_work(walk, furnished)
        await walks_through_lists(walk)
        await walks_through_settings(walk)

        walk.found_nothing()


@asynccontextmanager
async def signed_in(cast: Cast, url: str, language: str, folder: Path) -> AsyncIterator[Walk]:
    is_turned = language == RIGHT_TO_LEFT
    person = await cast.somebody(locale="en-GB" if is_turned else language)
    if is_turned:
        chosen = json.dumps(json.dumps({"language": RIGHT_TO_LEFT}))
        await person.context.add_init_script(
            f"if (self === top) localStorage.setItem('engage.console.preferences', {chosen})"
        )
    walk = Walk(person.page, folder, LOOKS[language], await person.context.new_cdp_session(person.page))
    await person.page.goto(f"{url}/console/")
    await expect(person.page.locator("html")).to_have_attribute("dir", "rtl" if is_turned else "ltr")
    await person.page.locator("input[type=email]").fill("anna@nordlink.example")
    await person.page.locator("input[type=password]").fill(PASSWORD)
    await walk.looks_at("sign-in")
    await person.page.locator("input[type=password]").press("Enter")
    await expect(person.page.locator(".work-pane")).to_be_visible()
    yield walk


async def walks_through_work(walk: Walk, url: str) -> None:
    await walk.looks_at("nothing to do")
    async with TestVisitor(url) as vera, TestAgent(url, "anna") as anna:
        chat = await vera.starts_chat("My router blinks red", topic="technical", name=NAME)
        await expect(walk.page.locator("article.offer")).to_be_visible()
        await walk.looks_at("offer")
        accepted = await anna.accepts(chat["id"])
        await vera.says(chat["id"], "Is anybody there? " * 30)
        await anna.notes(chat["id"], "Nobody has looked at line 3")
        await walk.goes_to(f"/console/mine/{chat['id']}", ".bubble")
        await walk.looks_at("conversation")
        for key in ("t", "p", "l", "w", "?", "Control+k"):
            await looks_at_what_opens(walk, key, "dialog[open]")
        await looks_at_what_opens(walk, "i", ".article-picker")
        await walk.goes_to("/console/all?channel=webchat", ".work-row")
        await walk.looks_at("all work")
        await walk.goes_to(f"/console/mine/{chat['id']}", ".bubble")
        await walk.page.evaluate("document.activeElement.blur()")
        await walk.page.keyboard.press("Shift+E")
        await expect(walk.page.locator(".wrap-up")).to_be_visible()
        await walk.looks_at("wrap-up")
        outcome = (await anna.workspace())["dispositions"][0]["id"]
        await anna.post(f"/agent/engagements/{accepted['engagement_id']}/wrap-up", disposition_id=outcome)


async def looks_at_what_opens(walk: Walk, key: str, sign: str) -> None:
    """By a key, and is closed with Escape."""
    await walk.page.evaluate("document.activeElement.blur()")
    await walk.page.keyboard.press(key)
    await expect(walk.page.locator(sign)).to_be_visible()
    await walk.looks_at(f"key {key}")
    await walk.page.keyboard.press("Escape")
    await expect(walk.page.locator(sign)).to_be_hidden()


async def walks_through_lists(walk: Walk) -> None:
    await walk.goes_to("/console/closed", ".work-row")
    await walk.looks_at("closed work")
    for page in ("mentions", "people", "mails", "callbacks"):
        await walk.goes_to(f"/console/{page}", "h1")
        await walk.looks_at(page)
    await walk.goes_to("/console/people", ".people-row")
    person = await walk.page.locator(".people-row").first.get_attribute("href")
    await walk.goes_to(f"{person}", ".people-pane h2")
    await walk.looks_at("person")


async def walks_through_settings(walk: Walk) -> None:
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
        for opener in dialogs.all_of(dialogs.SETTINGS, screen):
            button = await opener.opens(walk.page)
            await walk.looks_at(f"{screen}: {opener.name}")
            await walk.page.keyboard.press("Escape")
            await expect(walk.page.get_by_role("dialog")).to_be_hidden()
            await expect(button).to_be_focused()
    for page in ("articles/nordlink/new", "canned/nordlink/new"):
        await walk.goes_to(f"/console/settings/{page}", ".settings-pane form")
        await walk.looks_at(page)
