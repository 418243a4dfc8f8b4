"""What is typed and not saved: kept over a slip of the hand, a server that dies, and a second click."""

import asyncio
import re

from playwright.async_api import Dialog, Page, Route, expect

from tests.journeys.cast import Cast
from tests.journeys.console import Console
from tests.journeys.patience import becomes
from tests.services.engage import EngageProcess

NEW = "https://www.nordlink.example/privacy/2027"


async def test_form_keeps_what_is_typed_and_saves_it_once(cast: Cast, demo: EngageProcess) -> None:
    anna = Console(await cast.somebody(), demo.url)
    await anna.signs_in("anna")
    page = anna.page
    await page.get_by_role("link", name="Settings").click()
    await page.get_by_role("link", name="General").click()
    field = page.get_by_label("Name", exact=True)
    await field.fill("Südlink")
    await expect(page.get_by_text("Not saved yet")).to_be_visible()

    await stays(page)
    await expect(field).to_have_value("Südlink")
    await dies_before_it_is_saved(page, demo)
    await expect(field).to_have_value("Südlink")
    await saves_with_two_clicks(page)
    await writes_on_while_it_is_saved(page)

    await page.reload()
    await expect(field).to_have_value("Südlink & Co")
    await leaves_without_saving(page)


async def stays(page: Page) -> None:
    """Asked by the browser before a reload, and by the console before another of its pages or one step back."""
    asked: list[str] = []

    async def refuse(dialog: Dialog) -> None:
        asked.append(dialog.type)
        await dialog.dismiss()

    async def was_asked() -> list[str]:
        return asked

    page.on("dialog", refuse)
    await page.evaluate("location.reload()")
    await becomes(was_asked, ["beforeunload"])
    await expect(page.get_by_text("Not saved yet")).to_be_visible()
    page.remove_listener("dialog", refuse)
    dialog = page.get_by_role("dialog", name="Leave without saving?")
    link = page.get_by_role("link", name="Mails")
    await link.click()
    await expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(link).to_be_focused()
    await page.evaluate("history.back()")
    await expect(dialog).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page).to_have_url(re.compile("/console/settings/general/nordlink$"))


async def dies_before_it_is_saved(page: Page, server: EngageProcess) -> None:
    server.kill()
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("The server did not answer").first).to_be_visible()
    await expect(page.get_by_text("Not saved yet")).to_be_visible()
    server.start()
    await expect(page.locator(".connection-banner")).to_be_hidden()


async def saves_with_two_clicks(page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else None)
    await page.get_by_role("button", name="Save", exact=True).dblclick()
    await expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    await expect(page.get_by_text("Not saved yet")).to_be_hidden()
    assert len([url for url in sent if url.endswith("/general")]) == 1


async def writes_on_while_it_is_saved(page: Page) -> None:
    """The answer to what was sent takes neither what came after it, nor the caret."""
    arrives = asyncio.Event()

    async def wait(route: Route) -> None:
        await arrives.wait()
        await route.continue_()

    await page.route("**/general", wait)
    field, address = page.get_by_label("Name", exact=True), page.get_by_label("Privacy page")
    await field.fill(" Südlink & Co ")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_role("button", name="Saving")).to_be_visible()
    await address.fill(NEW)
    arrives.set()
    await expect(field).to_have_value("Südlink & Co")
    await expect(address).to_have_value(NEW)
    await expect(address).to_be_focused()
    await page.unroute("**/general")
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Not saved yet")).to_be_hidden()


async def leaves_without_saving(page: Page) -> None:
    await page.get_by_label("Name", exact=True).fill("Nobody wants this")
    await page.get_by_role("link", name="Mails").click()
    await page.get_by_role("dialog").get_by_role("button", name="Leave", exact=True).click()
    await expect(page.get_by_role("heading", name="Mails")).to_be_visible()
