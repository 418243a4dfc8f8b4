"""Somebody who does not behave is kept out for a while, and let in again."""

from playwright.async_api import expect

from tests.journeys.cast import Cast
from tests.services.engage import EngageProcess


async def test_visitor_is_blocked_from_the_conversation_and_let_in_again(cast: Cast, demo: EngageProcess) -> None:
    anna, vera = await cast.in_conversation(demo.url)
    page = anna.page

    await anna.commands("Block the visitor", option="Block the visitor")
    dialog = page.get_by_role("dialog", name="Block Vera Lind?")
    await dialog.get_by_label("Reason").fill("Shouts at everybody")
    await dialog.get_by_label("For how long").select_option("24 hours")
    await dialog.get_by_role("button", name="Block").click()
    await expect(page.get_by_text("Vera Lind is blocked.")).to_be_visible()
    await vera.types("Do you still hear me?")
    await vera.composer.press("Enter")
    await expect(vera.frame.get_by_role("log").get_by_text("Not sent")).to_be_visible()

    await page.goto(f"{demo.url}/console/settings/blocks")
    row = page.get_by_role("row", name="Vera Lind")
    await expect(row).to_contain_text("Shouts at everybody")
    await row.get_by_role("button", name="Lift").click()
    await expect(page.get_by_text("Nobody is blocked")).to_be_visible()
    await page.go_back()
    await vera.page.reload()
    await vera.says("Thank you")
