"""How work comes to an agent and leaves him: declined for a reason, opened by itself, closed with an outcome's path."""

import re
from contextlib import AsyncExitStack

from playwright.async_api import Page, expect

from tests.journeys.axe import barriers
from tests.journeys.carrier import Carrier
from tests.journeys.cast import Cast
from tests.journeys.console import Console
from tests.people import TestAgent, TestVisitor

#: what rings goes on ringing, however long the journey takes on a busy machine
FOR_LONG = 600


async def test_supervisor_sees_why_an_agent_declined_and_what_he_is_doing(cast: Cast, carrier: Carrier) -> None:
    carrier.lets_offers_ring(seconds=FOR_LONG)
    carrier.opens_offers_of("billing")
    url = carrier.opens().url
    ben = await cast.agent(url, "ben")
    anna = Console(await cast.somebody(), url)
    await anna.signs_in("anna")
    async with AsyncExitStack() as entered:
        admin = await entered.enter_async_context(TestAgent(url, "anna", presence="offline"))
        vera, kim = [await entered.enter_async_context(TestVisitor(url, "nordlink")) for _ in range(2)]
        await anna.commands("Show the board", "Show the board")
        chat = await vera.starts_chat("My router blinks red", topic="technical", name="Vera Lind")

        await ben.declines("Vera Lind", because="1")
        row = anna.page.locator(".board-row").filter(has_text="Vera Lind")
        await expect(row).to_contain_text("Declined by Ben: Not my topic")
        await explains_why_nobody_gets_it(anna.page)
        await takes_lunch(ben)
        await expect(anna.page.locator(".board-agent").filter(has_text="Ben")).to_contain_text("Lunch")
        found = {"board": await barriers(anna.page)}

        await vera.post(f"/visitor/conversations/{chat['id']}/end")
        await expect(row).to_have_count(0)
        await is_given_work_without_a_click(ben, kim)
        found["desk"] = await barriers(ben.page)
        await closes_with_a_leaf(admin, ben)
    assert {screen: violations for screen, violations in found.items() if violations} == {}


async def explains_why_nobody_gets_it(page: Page) -> None:
    await page.locator(".board-row").filter(has_text="Vera Lind").press("w")
    people = page.get_by_role("dialog").get_by_role("listitem")
    await expect(people.filter(has_text="Ben")).to_contain_text("Declined: Not my topic, for")
    await expect(people.filter(has_text="Anna")).to_contain_text("Not available")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def takes_lunch(ben: Console) -> None:
    presence = ben.page.locator(".presence-switch")
    await presence.click()
    await ben.page.get_by_role("menuitem", name=re.compile("^Lunch")).click()
    await expect(presence).to_contain_text("Lunch")
    await expect(presence).to_contain_text("No new work")


async def is_given_work_without_a_click(ben: Console, kim: TestVisitor) -> None:
    await ben.page.get_by_role("button", name="Become available").click()
    await expect(ben.page.locator(".presence-switch")).to_contain_text("0 of 4")
    await kim.starts_chat("Why is my bill so high?", topic="billing", name="Kim Berg")
    await expect(ben.page.get_by_role("heading", name="Kim Berg").first).to_be_visible()
    await expect(ben.reply).to_be_focused()
    await expect(ben.page.locator(".presence-switch")).to_contain_text("1 of 4")


async def closes_with_a_leaf(admin: TestAgent, ben: Console) -> None:
    """The outcomes that the site has had for a moment only are there, and are found by any word of their path."""
    (site,) = (await admin.get("/agent/me"))["sites"]
    outcomes = f"/admin/sites/{site['id']}/outcomes"
    refunds = await admin.post(outcomes, label="Refunds")
    await admin.post(outcomes, label="Granted", parent_id=refunds["id"])
    await ben.ends()
    await expect(ben.page.get_by_role("combobox", name="How did it end?")).to_be_focused()
    await expect(ben.page.get_by_role("option", name="Refunds › Granted")).to_be_visible()
    await ben.page.keyboard.type("refund grant")
    await expect(ben.wrap_up.get_by_role("option")).to_have_count(1)
    await ben.page.keyboard.press("Enter")
    await expect(ben.page.get_by_text("Outcome: Refunds › Granted")).to_be_visible()
    await expect(ben.wrap_up.get_by_role("textbox")).to_be_focused()
    await ben.page.keyboard.press("Control+Enter")
    await expect(ben.wrap_up).to_be_hidden()
