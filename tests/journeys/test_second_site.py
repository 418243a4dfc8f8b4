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


async def test_what_an_editor_and_an_admin_change_is_what_a_visitor_meets(cast: Cast, demo: EngageProcess) -> None:
    anna = await cast.agent(demo.url, "anna")
    page = anna.page
    await page.goto(f"{demo.url}/console/settings/articles/nordlink/new")
    await page.get_by_label("Title").fill("Wake a sleeping zebrafon")
    await page.get_by_label("Text").fill("Hold the **button**.")
    await expect(page.get_by_role("region", name="Preview").locator("strong")).to_have_text("button")
    await page.get_by_label("State").select_option("Published")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("link", name="Show in the help centre")).to_be_visible()
    await page.goto(f"{demo.url}/console/settings/pre_chat/nordlink")
    await page.get_by_role("button", name="Add a question").click()
    await page.get_by_label("Question", exact=True).last.fill("Order number")
    await page.get_by_label("Kind of answer").last.select_option("Order number")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Saved", exact=True)).to_be_visible()

    vera = await cast.visitor(demo.url)
    await vera.opens()
    await vera.search.fill("zebrafon")
    await expect(vera.answer("Wake a sleeping zebrafon")).to_be_visible()
    await vera.search.fill("")
    await vera.chooses_chat()
    await vera.chooses_topic("Technical help")
    await vera.first_message.fill("It sleeps")
    await vera.frame.get_by_label(re.compile("^Order number")).fill("?")
    await vera.button("Start chat").click()
    await expect(vera.complaint.filter(has_text="Please check this.")).to_be_visible()
    await vera.frame.get_by_label(re.compile("^Order number")).fill("NL-4711")
    await vera.button("Start chat").click()

    await anna.comes_to_work()
    await anna.accepts("Visitor")
    await expect(anna.visitor_pane).to_contain_text("NL-4711")
