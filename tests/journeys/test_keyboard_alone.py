"""The console without a mouse: every control is reached, and every dialog is used, by keys alone."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from playwright.async_api import Locator, Page, expect

from tests.journeys import dialogs
from tests.journeys.carrier import Carrier
from tests.journeys.cast import Cast
from tests.journeys.console import Console
from tests.journeys.screens import GO, PHONE, Look, Walk
from tests.people import TestAgent, TestVisitor

DESK = Look(1280)
HAND = Look(PHONE)


@asynccontextmanager
async def at_the_console(cast: Cast, url: str, folder: Path) -> AsyncIterator[Walk]:
    anna = Console(await cast.somebody(), url)
    await anna.signs_in("anna")
    yield Walk(anna.page, folder, [DESK], await anna.person.context.new_cdp_session(anna.page))


async def test_every_control_is_reached_with_the_tab_key(cast: Cast, furnished: str, tmp_path: Path) -> None:
    async with (
        at_the_console(cast, furnished, tmp_path) as walk,
        TestVisitor(furnished) as vera,
        TestAgent(furnished, "anna") as anna,
    ):
        chat = await vera.starts_chat("My router blinks red", topic="technical", name="Vera Lind")
        accepted = await anna.accepts(chat["id"])
        for path, sign, scope in (
            (f"/console/mine/{chat['id']}", ".bubble", "body"),
            ("/console/all?channel=webchat", ".work-row", "body"),
            ("/console/people", ".people-row", "main"),
            ("/console/mails", "h1", "main"),
            ("/console/mentions", "h1", "main"),
        ):
            await walk.goes_to(path, sign)
            for look in (DESK, HAND):
                await walk.puts_on(look)
                await walk.tabs_through(f"{path} {look}", scope)
        await walks_through_settings(walk)
        await anna.post(f"/agent/engagements/{accepted['engagement_id']}/end")

        walk.found_nothing()


async def walks_through_settings(walk: Walk) -> None:
    await walk.goes_to("/console/settings", ".settings-link")
    paths = await walk.page.locator(".settings-link").evaluate_all("links => links.map(link => link.pathname)")
    for path in paths:
        await walk.page.evaluate(GO, path)
        await expect(walk.page.locator(f'.settings-link[aria-current="page"][href="{path}"]')).to_have_count(1)
        await expect(walk.page.locator(".settings-frame")).to_be_visible()
        for look in (DESK, HAND):
            await walk.puts_on(look)
            await walk.tabs_through(f"{path} {look}", ".settings-pane")


async def test_every_dialog_of_the_settings_is_used_with_the_keyboard_alone(
    cast: Cast, carrier: Carrier, tmp_path: Path
) -> None:
    url = carrier.opens(ENGAGE_OUTGOING_ALLOW='["127.0.0.1"]').url
    await dialogs.sets_up(url)
    async with at_the_console(cast, url, tmp_path) as walk:
        for opener in dialogs.SETTINGS:
            await walk.goes_to(f"/console/settings/{opener.path}/nordlink", ".settings-frame")
            await expect(walk.page.locator(".skeleton")).to_have_count(0)
            await is_left_with_escape(walk, opener.name, partial(opener.opens, walk.page))
            if opener.saves:
                await opener.opens(walk.page)
                await dialogs.fills(walk, opener.typed)
                await dialogs.saves(walk)
                await keeps_the_focus(walk, opener.name)

        walk.found_nothing()


async def is_left_with_escape(walk: Walk, name: str, opens: Callable[[], Awaitable[Locator]]) -> None:
    """Each of its controls is reached, the focus stays inside, and goes back to where it came from."""
    before = await opens()
    dialog = walk.page.get_by_role("dialog")
    await walk.tabs_through(name, "dialog[open]")
    await expect(dialog.locator(":focus")).to_have_count(1)
    await walk.page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(before).to_be_focused()


async def keeps_the_focus(walk: Walk, name: str) -> None:
    """Also when the button that opened the dialog is gone with its row."""
    if await walk.page.evaluate("document.activeElement === document.body"):
        walk.notes(name, ["the focus is lost"])


async def test_every_dialog_of_the_work_is_used_with_the_keyboard_alone(
    cast: Cast, furnished: str, tmp_path: Path
) -> None:
    async with (
        at_the_console(cast, furnished, tmp_path) as walk,
        TestVisitor(furnished) as vera,
        TestAgent(furnished, "anna") as anna,
    ):
        page = walk.page
        chat = await vera.starts_chat("My router blinks red", topic="technical", name="Kim Okafor")
        await anna.accepts(chat["id"])
        await walk.goes_to(f"/console/mine/{chat['id']}", ".bubble")
        row = page.locator(".work-row").filter(has_text="Kim Okafor").get_by_role("link")

        async def opens(key: str) -> Locator:
            await row.focus()
            await page.keyboard.press(key)
            await expect(page.get_by_role("dialog").locator(":focus")).to_have_count(1)
            return row

        for key in ("t", "p", "l", "w", "?", "Control+k"):
            await is_left_with_escape(walk, f"dialog of {key}", partial(opens, key))
        await opens("l")
        await sets_a_label(page)
        await opens("p")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("dialog")).to_be_hidden()
        await expect(page.locator(".work-row").filter(has_text="Kim Okafor")).to_contain_text("Parked")
        await walk.goes_to(f"/console/mine/{chat['id']}", ".bubble")
        await row.focus()
        await page.keyboard.press("u")
        await expect(page.get_by_role("textbox", name="Reply to Kim Okafor")).to_be_focused()
        await opens("t")
        await expect(page.get_by_role("dialog").get_by_role("combobox")).to_be_focused()
        await page.keyboard.type("Bill")
        await expect(page.get_by_role("option", name=re.compile("^Bills and payments"), selected=True)).to_be_visible()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("dialog").locator("textarea")).to_be_focused()
        await page.keyboard.press("Control+Enter")
        await expect(page.get_by_role("dialog")).to_be_hidden()

        walk.found_nothing()


async def sets_a_label(page: Page) -> None:
    await page.keyboard.type("outage")
    await expect(page.get_by_role("option", name="Outage", selected=True)).to_be_visible()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Escape")
    await expect(page.locator(".conversation-header .label-chip")).to_have_text("Outage")
