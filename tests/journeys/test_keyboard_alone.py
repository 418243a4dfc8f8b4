"""The console without a mouse: every control is reached, and every dialog is used, by keys alone."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from playwright.async_api import Locator, Page, Route, expect

from tests.journeys import dialogs, furniture
from tests.journeys.carrier import Carrier
from tests.journeys.cast import Cast
from tests.journeys.console import Console
from tests.journeys.screens import EVERY_LOOK, GO, PHONE, Look, Walk
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
            ("/console/callbacks", ".planned-acts", "main"),
            ("/console/board/nordlink", ".board-agent", "main"),
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
    carrier.had_a_mail_back()
    url = carrier.opens(ENGAGE_OUTGOING_ALLOW='["127.0.0.1"]').url
    await furniture.sets_up(url)
    async with at_the_console(cast, url, tmp_path) as walk:
        for opener in dialogs.shown(dialogs.SETTINGS):
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
    if await dialog.locator("iframe:focus").count():
        await walk.tabs_to(dialog.get_by_role("button").first)
    await walk.page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(before).to_be_focused()


async def keeps_the_focus(walk: Walk, name: str) -> None:
    """Also when the button that opened the dialog is gone with its row."""
    await expect(walk.page.locator(":focus"), f"{name}: the focus is lost").to_have_count(1)


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

        opens = partial(opens_from, row)
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


async def opens_from(place: Locator, key: str) -> Locator:
    """A dialog, by its key; returns the place."""
    await place.focus()
    await place.page.keyboard.press(key)
    await expect(place.page.get_by_role("dialog").locator(":focus")).to_have_count(1)
    return place


async def sets_a_label(page: Page) -> None:
    await page.keyboard.type("outage")
    await expect(page.get_by_role("option", name="Outage", selected=True)).to_be_visible()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Escape")
    await expect(page.locator(".conversation-header .label-chip")).to_have_text("Outage")


async def test_every_dialog_about_people_and_several_conversations_is_used_with_the_keyboard_alone(
    cast: Cast, furnished: str, letterbox: int, tmp_path: Path
) -> None:
    async with (
        at_the_console(cast, furnished, tmp_path) as walk,
        furniture.work_for_anna(furnished, letterbox) as chats,
    ):
        await walk.goes_to(f"/console/mine/{chats['thea']}", ".bubble:has-text('Here is Thea')")
        row = walk.page.locator(f'.work-row a[href$="{chats["thea"]}"]')
        await chooses_every_kind_of_target(row)
        for key in ("h", "o"):
            await is_left_with_escape(walk, f"dialog of {key}", partial(opens_from, row, key))
        await asks_ben(row)
        await hands_out_at_the_board(walk)
        await acts_on_several(walk, chats["thea"])
        for opener in dialogs.shown(dialogs.WORK):
            await walk.goes_to(f"/console/{opener.path.format(**chats)}", opener.button)
            await is_left_with_escape(walk, opener.name, partial(opener.opens, walk.page))
            if opener.saves:
                await opener.opens(walk.page)
                await dialogs.fills(walk, opener.typed)
                await dialogs.saves(walk)
                await keeps_the_focus(walk, opener.name)
        if EVERY_LOOK:
            await answers_by_mail_later(walk, chats["mail"])

        walk.found_nothing()


async def answers_by_mail_later(walk: Walk, chat: str) -> None:
    editor = walk.page.locator(".rich-editor .ProseMirror")
    await walk.goes_to(f"/console/mine/{chat}", ".rich-editor .ProseMirror")
    await editor.focus()
    await expect(editor).to_be_focused()
    await walk.page.keyboard.type("Tomorrow")
    await expect(editor).to_contain_text("Tomorrow")
    await is_left_with_escape(walk, dialogs.AT_A_TIME.name, partial(dialogs.AT_A_TIME.opens, walk.page))


async def chooses_every_kind_of_target(row: Locator) -> None:
    """What is typed before the list has come is looked for in it, and the note stays empty."""
    page, dialog, has_typed = row.page, row.page.get_by_role("dialog"), asyncio.Event()

    async def answers_late(route: Route) -> None:
        await has_typed.wait()
        await route.continue_()

    await page.route("**/targets", answers_late)
    await opens_from(row, "t")
    for kind in ("Ben", "Bills and payments", "Danish", "Hamburg"):
        await expect(dialog.get_by_role("combobox")).to_be_focused()
        await page.keyboard.press("Control+a")
        await page.keyboard.type(kind)
        has_typed.set()
        await expect(dialog.get_by_role("option", name=re.compile(kind), selected=True)).to_be_visible()
        await page.keyboard.press("Enter")
        await expect(dialog.locator("textarea")).to_be_focused()
        await expect(dialog.locator("textarea")).to_have_value("")
        await expect(dialog.get_by_role("button", name=f"Transfer to {kind}")).to_be_enabled()
        await page.keyboard.press("Shift+Tab")
    await page.unroute("**/targets")
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(row).to_be_focused()


async def asks_ben(row: Locator) -> None:
    await opens_from(row, "h")
    await chooses_option(row.page, "Ben")
    await row.page.keyboard.press("Control+Enter")
    await expect(row.page.get_by_role("dialog")).to_be_hidden()
    await expect(row).to_be_focused()
    await expect(row.page.get_by_role("button", name="Take back the request to Ben")).to_be_visible()


async def chooses_option(page: Page, name: str) -> None:
    await expect(page.get_by_role("dialog").get_by_role("combobox")).to_be_focused()
    await page.keyboard.type(name)
    await expect(page.get_by_role("option", name=re.compile(name), selected=True)).to_be_visible()
    await page.keyboard.press("Enter")


async def hands_out_at_the_board(walk: Walk) -> None:
    page = walk.page
    row = page.locator(".board-row").filter(has_text="Rosa Vik")
    await walk.goes_to("/console/board/nordlink", ".board-row:has-text('Rosa Vik')")
    for key in ("w", "p", "m"):
        await is_left_with_escape(walk, f"dialog of {key} at the board", partial(opens_from, row, key))
    await expect(row).to_contain_text("Rings at")
    other = "Chiara" if "Rings at Ben" in await row.inner_text() else "Ben"
    await opens_from(row, "p")
    await chooses_option(page, other)
    await dialogs.saves(walk)
    await expect(row).to_contain_text(f"Rings at {other}")
    await keeps_the_focus(walk, "push")
    await opens_from(row, "m")
    await chooses_option(page, "Bills and payments")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(row).to_contain_text("Bills and payments")
    await keeps_the_focus(walk, "move")


async def acts_on_several(walk: Walk, chat: str) -> None:
    """The bar's dialogs are opened from its buttons, and the focus goes back to them also after an act."""
    page, bar = walk.page, walk.page.locator(".bulk-bar")
    row = f'.work-row a[href*="{chat}"]'
    await walk.goes_to("/console/all?channel=webchat", row)
    await page.locator(row).focus()
    await page.keyboard.press("x")
    await expect(bar).to_be_visible()
    labels, *others = [
        dialogs.Opener("all", f"{icon} for several", dialogs.with_icon(icon, ".bulk-bar-acts"))
        for icon in ("tag", "arrow-right-left", "circle-pause", "circle-check")
    ]
    for opener in (*others, labels):
        await is_left_with_escape(walk, opener.name, partial(opener.opens, page))
    await labels.opens(page)
    await chooses_option(page, "Outage")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(bar).to_have_attribute("aria-busy", "false")
    await keeps_the_focus(walk, "labels for several")
    await page.keyboard.press("Escape")
    await expect(bar).to_be_hidden()
