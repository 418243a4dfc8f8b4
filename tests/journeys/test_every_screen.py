"""Every screen and every dialog of the console, in each look: no barrier, and nothing that hangs over the edge.

The settings are walked by their own list, so that a new section is looked at without a word here. A screen is gone to
inside the page, and the page is put on in one look after the other: what is looked at is the screen, not the way to it.

Each screen is seen in both colours at each width and in each language. `ENGAGE_EVERY_LOOK=1` sees it in all of them.
"""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import product
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from tests.journeys import dialogs, furniture
from tests.journeys.cast import Cast
from tests.journeys.console import PASSWORD
from tests.journeys.screens import EVERY_LOOK, GO, Look, Walk
from tests.people import TestAgent, TestVisitor

#: a name from right to left between words from left to right, and one without a place to break
NAME = "\u05d0\u05d1\u05d9 (Avi) <b>Donaudampfschifffahrtsgesellschaftskapitänswitwe</b>"
#: chosen in the console itself, for no browser asks for a language that has no words yet
RIGHT_TO_LEFT = "ar"

#: among the facts of a person
PREFERRED_AGENT = 3
#: 320 is a desk's screen at 400 %
LOOKS = {
    "en-GB": (Look(390), Look(1920, dark=True)),
    "de-DE": (Look(1280), Look(320, dark=True)),
    RIGHT_TO_LEFT: (Look(1280, dark=True), Look(320), Look(1920)),
}
if EVERY_LOOK:
    every = tuple(Look(width, dark) for width, dark in product((1280, 1920, 390, 320), (False, True)))
    LOOKS = dict.fromkeys(LOOKS, every)
    pytestmark = pytest.mark.timeout(1_800)


@pytest.mark.parametrize("language", LOOKS)
async def test_no_screen_has_barriers(
    cast: Cast, furnished: str, letterbox: int, tmp_path: Path, language: str
) -> None:
    async with signed_in(cast, furnished, language, tmp_path) as walk:
        await walks_through_work(walk, furnished)
        await walks_to_the_board(walk, furnished)
        if EVERY_LOOK:
            await walks_through_mail(walk, furnished, letterbox)
            await walks_through_dialogs_of_work(walk, furnished, letterbox)
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


async def walks_through_mail(walk: Walk, url: str, port: int) -> None:
    async with TestAgent(url, "anna", presence="busy") as anna:
        mail = await furniture.takes_a_mail(anna, port)
        await walk.goes_to(f"/console/mine/{mail['conversation_id']}", ".mail-entry")
        editor = walk.page.locator(".rich-editor .ProseMirror")
        await expect(editor).to_be_visible()
        copies = walk.page.locator(".mail-chips input").first
        await copies.fill("somebody.with.a.long.name@nordlink.example")
        await copies.press("Enter")
        await expect(walk.page.locator(".mail-chip", has_text="somebody.with")).to_be_visible()
        await walk.page.locator(".mail-entry-foot button").first.click()
        await walk.looks_at("conversation by mail")
        await writes(editor, "Somebody comes tomorrow at 10:30.")
        await dialogs.AT_A_TIME.opens(walk.page)
        await walk.looks_at(dialogs.AT_A_TIME.name)
        await walk.page.keyboard.press("Escape")
        await editor.click()
        await expect(editor).to_be_focused()
        await walk.page.keyboard.press("Control+Enter")
        await expect(walk.page.locator(".mail-delivery")).to_be_visible()
        await walk.looks_at("answer by mail")
        await anna.post(f"/agent/engagements/{mail['engagement_id']}/end")


async def writes(editor: Locator, text: str) -> None:
    await editor.click()
    await expect(editor).to_be_focused()
    await editor.page.keyboard.type(text)
    await expect(editor).to_contain_text(text)


async def walks_to_the_board(walk: Walk, url: str) -> None:
    """One talks, one rings, and one waits whom nobody can have now."""
    async with AsyncExitStack() as entered:
        rosa, vera, otto = [await entered.enter_async_context(TestVisitor(url)) for _ in range(3)]
        await entered.enter_async_context(TestAgent(url, "anna", presence="busy"))
        ben = await entered.enter_async_context(TestAgent(url, "ben"))
        talks = await rosa.starts_chat("I talk", topic="technical", name="Rosa Vik")
        await ben.accepts(talks["id"])
        rings = await vera.starts_chat("It rings for me", topic="technical", name=NAME)
        await ben.is_offered(rings["id"])
        await ben.put("/agent/presence", presence="break")
        waits = await otto.starts_chat("I wait " * 20, topic="orders", name="Otto Berg")
        await walk.goes_to("/console/board/nordlink", ".board-row:has-text('Otto Berg')")
        await expect(walk.page.locator(".board-held-work").first).to_be_visible()
        await walk.looks_at("board")
        if EVERY_LOOK:
            for key in ("w", "p", "m"):
                await walk.page.locator(".board-row").first.focus()
                await walk.page.keyboard.press(key)
                await expect(walk.page.locator("dialog[open]")).to_be_visible()
                await walk.looks_at(f"board: {key}")
                await walk.page.keyboard.press("Escape")
            for menu in (".board-row-menu", ".board-agent-head", ".presence-switch"):
                await looks_at_the_menu(walk, menu)
        for visitor, chat in ((rosa, talks), (vera, rings), (otto, waits)):
            await visitor.post(f"/visitor/conversations/{chat['id']}/end")


async def looks_at_the_menu(walk: Walk, button: str) -> None:
    await walk.page.locator(button).locator("visible=true").first.click()
    await expect(walk.page.locator("[role=menu]")).to_be_visible()
    await walk.looks_at(f"menu of {button}")
    await walk.page.keyboard.press("Escape")
    await expect(walk.page.locator("[role=menu]")).to_be_hidden()


async def walks_through_dialogs_of_work(walk: Walk, url: str, port: int) -> None:
    async with furniture.work_for_anna(url, port) as chats:
        for opener in dialogs.WORK:
            await walk.goes_to(f"/console/{opener.path.format(**chats)}", opener.button)
            await opener.opens(walk.page)
            await walk.looks_at(opener.name)
            await walk.page.keyboard.press("Escape")
            await expect(walk.page.get_by_role("dialog")).to_be_hidden()


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
    await walk.page.locator(".contact-facts .editable button").nth(PREFERRED_AGENT).click()
    await expect(walk.page.locator("select.editable-field")).to_be_focused()
    await walk.looks_at("preferred agent")


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
        for opener in (each for each in dialogs.shown(dialogs.SETTINGS) if each.path == screen):
            button = await opener.opens(walk.page)
            await walk.looks_at(f"{screen}: {opener.name}")
            await walk.page.keyboard.press("Escape")
            await expect(walk.page.get_by_role("dialog")).to_be_hidden()
            await expect(button).to_be_focused()
    for page in ("articles/nordlink/new", "canned/nordlink/new"):
        await walk.goes_to(f"/console/settings/{page}", ".settings-pane form")
        await walk.looks_at(page)
