"""The list of work, finding things in it, and who the customer is."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from playwright.async_api import expect

from tests.journeys.axe import barriers
from tests.journeys.cast import Cast
from tests.journeys.console import Console
from tests.people import TestAgent, TestVisitor
from tests.services.engage import EngageProcess
from tests.services.process import free_port

PANEL = """<!doctype html><title>Orders</title><p id="who">Nobody yet</p><script>
addEventListener('message', ({ data }) => {
  if (data.type !== 'engage:context') return;
  const claims = JSON.parse(atob(data.token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/')));
  document.getElementById('who').textContent = `Orders of ${claims.contact.email}`;
});
parent.postMessage({ type: 'engage:ready' }, '*');
</script>"""


@asynccontextmanager
async def a_panel() -> AsyncIterator[str]:
    """A page of the site's own, on an origin of its own."""

    async def page(_request: web.Request) -> web.Response:
        return web.Response(text=PANEL, content_type="text/html")

    app, port = web.Application(), free_port()
    app.router.add_get("/panel", page)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield f"http://127.0.0.1:{port}/panel"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def customers(url: str) -> AsyncIterator[None]:
    """Vera from two browsers, and Kim; all of them are there and wait."""
    async with TestVisitor(url) as phone, TestVisitor(url) as desk, TestVisitor(url) as kim:
        for each in (phone, desk, kim):
            await each.open_widget()
        await phone.starts_chat("My router blinks red", topic="technical", name="Vera Lind", email="vera@shop.example")
        await desk.starts_chat("Is the street down?", topic="technical", name="V. Lind", email="vera@shop.example")
        await kim.starts_chat("Where is my order?", topic="orders", name="Kim Okafor")
        yield


async def test_agent_filters_keeps_a_view_and_finds_what_was_said(cast: Cast, demo: EngageProcess) -> None:
    anna = await cast.agent(demo.url, "anna")
    page, press = anna.page, anna.page.keyboard.press
    await anna.goes("Busy")
    async with customers(demo.url):
        await press("4")
        await expect(anna.row("Kim Okafor")).to_be_visible()
        await press("f")
        await page.get_by_label("Queue").select_option("Technical help")
        await press("Escape")
        await expect(anna.row("Kim Okafor")).to_be_hidden()
        await expect(anna.row("Vera Lind")).to_be_visible()
        await expect(page).to_have_url(re.compile(r"/console/all\?queue_id="))
        await page.get_by_role("button", name="Views").click()
        await page.get_by_role("menuitem", name="Save this view").click()
        await page.get_by_label("Name").fill("Technical")
        await page.get_by_label("Name").press("Enter")
        await expect(page.get_by_role("button", name="Technical", exact=True)).to_be_visible()
        await expect(page.get_by_role("dialog")).to_be_hidden()
        await press("1")
        await expect(page).to_have_url(re.compile("/console/mine$"))
        await anna.commands("Technical", option="Technical")
        await expect(page).to_have_url(re.compile(r"/console/all\?queue_id="))

        await parks_several_of_which_one_is_hers(anna)

        await press("/")
        await expect(page.get_by_role("textbox", name="Search everything")).to_be_focused()
        await page.keyboard.type("router bli")
        await expect(page.locator("mark").first).to_have_text("router")
        await press("Enter")
        await expect(page.get_by_role("heading", name="Vera Lind").first).to_be_visible()


async def parks_several_of_which_one_is_hers(anna: Console) -> None:
    """By the keyboard: two rows, of which one can be parked; the other stays selected until Escape."""
    page, bar = anna.page, anna.page.get_by_role("region", name="Selected conversations")
    async with TestAgent(anna.url, "anna", presence="offline") as herself:
        waiting = [item for queue in (await herself.workspace())["queues"] for item in queue["items"]]
        hers = next(item for item in waiting if item["visitor"]["name"] == "Vera Lind")
        await herself.post(f"/agent/engagements/{hers['engagement_id']}/pull")
    await expect(page.get_by_role("link", name=re.compile("Mine")).get_by_text("1")).to_be_visible()
    await anna.row("V. Lind").get_by_role("link").focus()
    await page.keyboard.press("x")
    await expect(bar.get_by_text("1 selected")).to_be_visible()
    await expect(bar.get_by_role("button", name="Park")).to_be_hidden()
    await page.keyboard.press("Shift+J")
    await expect(bar.get_by_text("2 selected")).to_be_visible()
    await expect(page.get_by_role("checkbox", name="Select Vera Lind")).to_be_checked()
    await expect(bar.get_by_role("button", name="Park")).to_be_visible()
    assert await barriers(page) == []
    await bar.get_by_role("button", name="Park").click()
    await page.get_by_role("dialog").get_by_role("button", name="Until the visitor writes").click()
    await expect(page.get_by_text("1 done, 1 could not: This needs active work of your own.")).to_be_visible()
    await expect(anna.row("Vera Lind").get_by_text("Parked")).to_be_visible()
    await expect(bar.get_by_text("1 selected")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(bar).to_be_hidden()
    # and by the mouse, in a list that runs from right to left
    await page.evaluate("document.documentElement.dir = 'rtl'")
    await page.get_by_role("checkbox", name="Select V. Lind").check()
    await anna.row("Vera Lind").get_by_role("link").click(modifiers=["Shift"])
    await expect(bar.get_by_text("2 selected")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(bar).to_be_hidden()
    await page.evaluate("document.documentElement.dir = 'ltr'")


async def test_contact_is_put_right_merged_and_unmerged_beside_the_sites_own_panel(
    cast: Cast, demo: EngageProcess
) -> None:
    anna = await cast.agent(demo.url, "anna")
    page, pane = anna.page, anna.visitor_pane
    await anna.goes("Busy")
    async with a_panel() as panel, customers(demo.url):
        async with TestAgent(demo.url, "anna", presence="offline") as admin:
            site = (await admin.workspace())["me"]["sites"][0]["id"]
            await admin.put(f"/admin/sites/{site}/side-panel", title="Orders", url=panel)
            await admin.post(f"/admin/sites/{site}/contact-fields", label="Customer number", kind="text")
        await anna.looks_at("Queue")
        await anna.opens("Vera Lind")

        inner = pane.frame_locator("iframe").frame_locator("iframe")
        await expect(inner.get_by_text("Orders of vera@shop.example")).to_be_visible()
        await pane.get_by_role("button", name="Change Customer number").click()
        await pane.get_by_role("textbox", name="Customer number").fill("K-17")
        await page.keyboard.press("Enter")
        await expect(pane.get_by_role("button", name="Change Customer number")).to_contain_text("K-17")
        await pane.get_by_role("button", name="Change Name").click()
        await pane.get_by_role("textbox", name="Name", exact=True).fill("Vera K. Lind")
        await page.keyboard.press("Enter")
        await expect(anna.row("Vera K. Lind")).to_be_visible()

        await pane.get_by_role("button", name="Merge").click()
        await page.get_by_role("dialog").get_by_role("button", name="Merge", exact=True).click()
        await expect(pane.get_by_text("Merged with V. Lind by Anna")).to_be_visible()
        await expect(pane.get_by_text("Is the street down?")).to_be_visible()
        await pane.get_by_role("button", name="Undo").click()
        await expect(pane.get_by_text("Perhaps the same person")).to_be_visible()
        await expect(pane.get_by_text("Is the street down?")).to_be_hidden()

        await page.get_by_role("navigation", name="Sections").get_by_text("People").click()
        await page.get_by_role("textbox", name=re.compile("^Search by name")).fill("vera k")
        await page.get_by_role("link", name=re.compile("Vera K. Lind")).click()
        await expect(page.get_by_role("button", name="Change Customer number")).to_contain_text("K-17")
