"""A server that dies under the board: nothing is half done, and who asked for it is told and can ask again."""

from contextlib import AsyncExitStack

from playwright.async_api import Locator, Page, Route, expect

from tests.journeys.carrier import Carrier
from tests.journeys.cast import Cast
from tests.journeys.console import Console
from tests.journeys.patience import PATIENCE_MS
from tests.people import TestAgent, TestVisitor
from tests.services.engage import EngageProcess

#: and takes all lines away, for one that moves to another layer would be heard twice
FIRST_TOLD = """() => {
  if (told.length === 0) return null;
  document.querySelectorAll('.notice button').forEach(button => button.click());
  return told.splice(0)[0];
}"""
#: lines stand for a few seconds only
HEARS = """() => {
  window.told = [];
  const reached = line => line.closest('dialog') || !document.querySelector('dialog[open]');
  new MutationObserver(changes => changes.flatMap(({ addedNodes }) => [...addedNodes])
    .filter(node => node.matches?.('.notice[data-tone=bad]') && node.innerText.includes('did not answer'))
    .forEach(line => told.push(reached(line) ? 'within reach' : 'covered'))
  ).observe(document.body, { childList: true, subtree: true });
}"""


async def test_what_a_dying_server_did_not_answer_is_told_and_asked_again(cast: Cast, carrier: Carrier) -> None:
    server = carrier.opens()
    anna = Console(await cast.somebody(), server.url)
    await anna.signs_in("anna")
    page = anna.page
    async with AsyncExitStack() as entered:
        admin = await entered.enter_async_context(TestAgent(server.url, "anna", presence="offline"))
        await entered.enter_async_context(TestAgent(server.url, "ben", presence="busy"))
        vera = await entered.enter_async_context(TestVisitor(server.url))
        (site,) = (await admin.get("/agent/me"))["sites"]
        await admin.post(f"/admin/sites/{site['id']}/centres", name="Bergen")
        await vera.starts_chat("My router blinks red", topic="technical", name="Vera Lind")
        await page.goto(f"{server.url}/console/board/nordlink")
        await expect(row(page)).to_contain_text("Technical help")
        await expect(page.get_by_role("button", name="State of Bergen: Open")).to_be_visible()

        await page.evaluate(HEARS)
        server.kill()
        await moves(page, "Bills and payments")
        await is_told(page)
        await page.keyboard.press("Escape")
        await takes_down(page)
        await is_told(page)
        await page.keyboard.press("Escape")
        await sets_presence(page, "Break")
        await is_told(page)
        await comes_back(page, server)

        await expect(row(page)).to_contain_text("Technical help")
        await expect(page.get_by_role("button", name="State of Bergen: Open")).to_be_visible()
        await expect(page.locator(".board-agent")).not_to_contain_text("On a break")
        await dies_before_it_answers(page, server)
        await sets_presence(page, "Break")
        await expect(page.locator(".board-agent")).to_contain_text("set by Anna")
        await takes_down(page)
        await expect(page.get_by_role("button", name="State of Bergen: Down")).to_be_visible()


async def dies_before_it_answers(page: Page, server: EngageProcess) -> None:
    """It is done all the same: the board shows it, and the dialog that still stands there does no harm."""

    async def lose_the_answer(route: Route) -> None:
        await route.fetch()
        server.kill()
        await route.abort()

    await page.route("**/move", lose_the_answer)
    await moves(page, "Bills and payments")
    await is_told(page)
    await page.unroute("**/move")
    await comes_back(page, server)
    await expect(row(page)).to_contain_text("Bills and payments")
    await page.get_by_role("dialog").get_by_role("option", name="Bills and payments").click()
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(row(page)).to_contain_text("Bills and payments")


async def comes_back(page: Page, server: EngageProcess) -> None:
    server.start()
    await expect(page.locator(".connection-banner")).to_be_hidden()


async def is_told(page: Page) -> None:
    """Once more, and where it can be reached: no dialog covers it."""
    heard = await page.wait_for_function(FIRST_TOLD, timeout=PATIENCE_MS)
    assert await heard.json_value() == "within reach"


def row(page: Page) -> Locator:
    return page.locator(".board-row").filter(has_text="Vera Lind")


async def moves(page: Page, queue: str) -> None:
    await row(page).press("m")
    await page.get_by_role("dialog").get_by_role("option", name=queue).click()


async def takes_down(page: Page) -> None:
    await page.get_by_role("button", name="State of Bergen").click()
    await page.get_by_role("menuitem", name="Down").click()
    await page.get_by_role("dialog").get_by_role("button", name="Down").click()


async def sets_presence(page: Page, presence: str) -> None:
    await page.locator(".board-agent-head", has_text="Ben").click()
    await page.get_by_role("menuitem", name=presence).click()
