"""The whole way without a mouse."""

from playwright.async_api import Locator, Page, expect

from tests.journeys.cast import Cast
from tests.journeys.console import PASSWORD, Console
from tests.services.engage import EngageProcess

#: more presses than any screen has stops
MOST_STOPS = 60


#: what has the focus in the very step that brings the card, before anything is painted
NOTE_FOCUS_OF_OFFER = """() => new MutationObserver((_, observer) => {
  if (!document.querySelector('article.offer')) return;
  window.focusOfOffer = document.activeElement.innerText;
  observer.disconnect();
}).observe(document.body, { childList: true, subtree: true })"""


async def goes_to(page: Page, target: Locator) -> None:
    """Presses Tab until the target has the focus."""
    await expect(target).to_be_visible()
    for _ in range(MOST_STOPS):
        if await target.evaluate("element => element.matches(':focus')"):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"{target} cannot be reached with the Tab key")


async def test_visitor_goes_the_whole_way_by_keyboard(cast: Cast, demo: EngageProcess) -> None:
    anna = await cast.agent(demo.url, "anna")
    vera = await cast.visitor(demo.url)
    page, press = vera.page, vera.page.keyboard.press

    await goes_to(page, vera.launcher)
    await press("Enter")
    await expect(vera.search).to_be_focused()
    await page.keyboard.type("router lights")
    await expect(vera.answer("What the router lights mean")).to_be_visible()
    await press("ArrowDown")
    await press("Enter")
    await expect(vera.heading("What the router lights mean")).to_be_focused()
    await goes_to(page, vera.button("Still need help?"))
    await press("Enter")
    await goes_to(page, vera.frame.get_by_role("radio", name="Orders and contracts"))
    await press("ArrowDown")
    await expect(vera.frame.get_by_role("radio", name="Technical help")).to_be_checked()
    await goes_to(page, vera.first_message)
    await page.keyboard.type("The lamp stays red")
    await goes_to(page, vera.frame.get_by_label("Name"))
    await page.keyboard.type("Vera Lind")
    await press("Enter")

    await anna.accepts("Vera Lind")
    await vera.is_answered_by("Anna")
    await expect(vera.composer).to_be_focused()
    await page.keyboard.type("Hello Anna")
    await press("Enter")
    await expect(anna.bubble("Hello Anna")).to_be_visible()
    await goes_to(page, vera.button("More"))
    await press("Enter")
    await expect(vera.frame.get_by_role("menuitem").first).to_be_focused()
    await press("ArrowUp")
    await expect(vera.frame.get_by_role("menuitem", name="End conversation")).to_be_focused()
    await press("Enter")
    await goes_to(page, vera.button("End it"))
    await press("Enter")
    await expect(vera.line("Conversation ended")).to_be_visible()
    await goes_to(page, vera.frame.get_by_role("radio", name="Very bad"))
    for _ in range(4):
        await press("ArrowRight")
    await goes_to(page, vera.button("Send rating"))
    await press("Enter")
    await expect(vera.frame.get_by_text("You gave 5 of 5")).to_be_visible()
    await press("Escape")
    await expect(vera.launcher).to_be_focused()


async def test_agent_goes_the_whole_way_by_keyboard(cast: Cast, demo: EngageProcess) -> None:
    vera = await cast.visitor(demo.url)
    await vera.starts_chat("My router blinks red")
    anna = Console(await cast.somebody(), demo.url)
    page, press = anna.page, anna.page.keyboard.press

    await anna.comes_to_work()
    await expect(page.get_by_label("E-mail")).to_be_focused()
    await page.keyboard.type("anna@nordlink.example")
    await press("Tab")
    await page.keyboard.type(PASSWORD)
    await press("Enter")
    await anna.is_at_work()
    await page.evaluate(NOTE_FOCUS_OF_OFFER)
    await anna.commands("Available", option="Available")
    await anna.accepts("Vera Lind")
    had_focus: str = await page.evaluate("window.focusOfOffer")
    assert had_focus.startswith("Accept"), "who sees the card may press at once"

    await press("Escape")
    await press("n")
    await expect(anna.note).to_be_focused()
    await page.keyboard.type("Line 3 is down")
    await press("Enter")
    await expect(anna.bubble("Line 3 is down")).to_be_visible()
    await press("Escape")
    await press("r")
    await expect(anna.reply).to_be_focused()
    await page.keyboard.type("It is a fault of ours")
    await press("Enter")
    await expect(vera.bubble("It is a fault of ours")).to_be_visible()
    await press("Escape")
    await press("i")
    await expect(page.locator("[cmdk-input]")).to_be_focused()
    await page.keyboard.type("router lights")
    await expect(page.get_by_role("option", name="What the router lights mean")).to_have_attribute(
        "aria-selected", "true"
    )
    await press("Enter")
    await expect(anna.reply).to_be_focused()
    await expect(page.locator(".tray").get_by_text("What the router lights mean")).to_be_visible()
    await press("Enter")
    await expect(vera.button("What the router lights mean")).to_be_visible()
    await press("Escape")
    await press("Shift+E")
    await anna.wraps_up("Solved", note="Mended at noon")
    await expect(vera.line("Conversation ended")).to_be_visible()
    await press("?")
    await expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    await press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()
