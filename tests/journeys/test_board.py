"""A supervisor at the board: sees who waits and who is there, hands work about, and takes a centre down."""

from contextlib import AsyncExitStack

from playwright.async_api import Locator, Page, expect

from tests.journeys.axe import barriers
from tests.journeys.carrier import Carrier
from tests.journeys.cast import Cast
from tests.journeys.console import Console
from tests.people import TestAgent, TestVisitor

#: the rows of the board live, however long the journey takes on a busy machine
FOR_LONG = 600


async def test_supervisor_hands_work_about_and_takes_a_centre_down(cast: Cast, carrier: Carrier) -> None:
    carrier.lets_offers_ring(seconds=FOR_LONG)
    url = carrier.opens().url
    anna = Console(await cast.somebody(), url)
    await anna.signs_in("anna")
    page = anna.page
    async with AsyncExitStack() as entered:
        admin = await entered.enter_async_context(TestAgent(url, "anna", presence="offline"))
        ben = await entered.enter_async_context(TestAgent(url, "ben", presence="busy"))
        chiara = await entered.enter_async_context(TestAgent(url, "chiara", presence="busy"))
        vera, kim = [await entered.enter_async_context(TestVisitor(url, "nordlink")) for _ in range(2)]
        (site,) = (await admin.get("/agent/me"))["sites"]
        centre = await admin.post(f"/admin/sites/{site['id']}/centres", name="Bergen")
        await admin.put(f"/admin/sites/{site['id']}/people/{chiara.id}/routing", centre_id=centre["id"])

        await anna.commands("Show the board", "Show the board")
        await expect(page.get_by_role("heading", name="Board", exact=True)).to_be_visible()
        await expect(page.locator(".board-agent")).to_have_count(2)
        await vera.starts_chat("My router blinks red", name="Vera Lind")
        await kim.starts_chat("A question about my bill", name="Kim Berg")
        await expect(page.locator(".board-row")).to_have_count(2)
        found = {"board": await barriers(page)}

        await row(page, "Vera Lind").press("w")
        dialog = page.get_by_role("dialog")
        await expect(dialog.get_by_text("Nobody can have it at this moment.")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(dialog).to_be_hidden()

        await ben.put("/agent/presence", presence="available")
        await expect(row(page, "Vera Lind")).to_contain_text("Rings at Ben")
        await expect(row(page, "Kim Berg")).to_contain_text("Rings at Ben")
        await chiara.put("/agent/presence", presence="available")
        await row(page, "Vera Lind").press("p")
        await dialog.get_by_role("option", name="Chiara").click()
        found["push"] = await barriers(page)
        await dialog.get_by_role("button", name="Push to Chiara").click()
        await expect(dialog).to_be_hidden()
        await expect(row(page, "Vera Lind")).to_contain_text("Rings at Chiara")

        await row(page, "Kim Berg").press("m")
        target = dialog.get_by_role("option").first
        name = await target.locator("bdi").inner_text()
        await target.click()
        await expect(dialog).to_be_hidden()
        await expect(row(page, "Kim Berg")).to_contain_text(name)

        await page.get_by_role("button", name="State of Bergen").click()
        await page.get_by_role("menuitem", name="Down").click()
        await dialog.get_by_role("button", name="Down").click()
        await expect(page.get_by_role("button", name="State of Bergen: Down")).to_be_visible()
        await expect(row(page, "Vera Lind")).to_contain_text("Rings at Ben")

        await page.locator(".board-agent-head", has_text="Ben").click()
        await page.get_by_role("menuitem", name="Break").click()
        told = await ben.screen.sees("presence_changed", lambda event: event["presence"]["presence"] == "break")

    assert told["presence"]["set_by"] == "Anna"
    assert {screen: violations for screen, violations in found.items() if violations} == {}


def row(page: Page, name: str) -> Locator:
    return page.locator(".board-row").filter(has_text=name)
