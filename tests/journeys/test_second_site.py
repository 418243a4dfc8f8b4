"""A new site from nothing, chatted on without a website of one's own."""

import re

from playwright.async_api import expect

from tests.journeys.cast import Cast
from tests.journeys.widget import Widget
from tests.services.engage import EngageProcess


async def test_admin_sets_up_a_second_site_and_chats_on_it(cast: Cast, demo: EngageProcess) -> None:
    anna = await cast.agent(demo.url, "anna")
    page = anna.page
    await page.get_by_role("link", name="Settings").click()
    await page.get_by_role("link", name="Add a site").click()

    await page.get_by_label("Name").fill("Südlink")
    await page.get_by_label("Address of the website").fill("http://localhost:3000/")
    await expect(page.get_by_label("Key")).to_have_value("sudlink")
    await page.get_by_label("Queues").fill("Sales, Repairs")
    await page.get_by_role("button", name="Add the site").click()

    await expect(page.locator(".copy-field code")).to_have_text(re.compile('data-site="sudlink"'))
    async with page.context.expect_page() as opened:
        await page.get_by_role("link", name="Try it").click()
    vera = Widget(await cast.somebody())
    await vera.comes_to((await opened.value).url)
    await vera.starts_chat("Is anybody there?", topic="Repairs", name="Vera Lind")

    await anna.accepts("Vera Lind")
    await anna.says("Yes, at our new site")
    await expect(vera.bubble("Yes, at our new site")).to_be_visible()
