"""Somebody with a question finds the answer himself."""

import re

import pytest
from playwright.async_api import expect

from tests.journeys.cast import Cast
from tests.services.engage import EngageProcess


@pytest.mark.parametrize("width", [1280, 390])
async def test_newcomer_finds_an_answer_in_the_widget(cast: Cast, demo: EngageProcess, width: int) -> None:
    vera = await cast.visitor(demo.url, width=width)
    await vera.opens()
    await expect(vera.heading("Hello, how can we help?")).to_be_visible()
    await expect(vera.heading("Popular answers")).to_be_visible()

    await vera.search.press_sequentially("rooter blinks")

    await expect(vera.frame.get_by_text("Showing answers for “router blinks”")).to_be_visible()
    await vera.answer("What the router lights mean").click()
    await expect(vera.heading("What the router lights mean")).to_be_visible()
    await vera.button("Yes").click()
    await expect(vera.frame.get_by_text("Thank you, good to know.")).to_be_visible()
    await vera.goes_home()
    await expect(vera.search).to_be_visible()


async def test_answer_appears_while_the_first_message_is_written(cast: Cast, demo: EngageProcess) -> None:
    vera = await cast.visitor(demo.url)
    await vera.opens()
    await vera.chooses_chat()

    await vera.first_message.press_sequentially("I have lost my phone")

    await expect(vera.heading("This may answer it")).to_be_visible()
    await vera.frame.get_by_role("region", name="This may answer it").get_by_role("button").first.click()
    await vera.button("No").click()
    await vera.frame.get_by_label("What was missing?").fill("The number to call")
    await vera.button("Send").click()
    await expect(vera.frame.get_by_text("Thank you. We will improve it.")).to_be_visible()
    await vera.goes_home()
    await expect(vera.first_message).to_have_value("I have lost my phone")


@pytest.mark.parametrize("width", [1280, 390])
async def test_newcomer_finds_an_answer_in_the_help_centre(cast: Cast, demo: EngageProcess, width: int) -> None:
    page = (await cast.somebody(width=width)).page
    await page.goto(f"{demo.url}/help/")

    await page.get_by_role("searchbox").first.fill("lost phone")
    await page.keyboard.press("Enter")
    await page.get_by_role("link", name=re.compile("lost or stolen", re.IGNORECASE)).first.click()
    await page.get_by_role("button", name="Yes").click()

    await expect(page.get_by_role("status")).to_have_text("Thank you")


async def test_agent_sees_what_the_visitor_looked_for(cast: Cast, demo: EngageProcess) -> None:
    anna = await cast.agent(demo.url, "anna")
    vera = await cast.visitor(demo.url)
    await vera.opens()
    await vera.search.fill("router lights")
    await vera.answer("What the router lights mean").click()
    await expect(vera.heading("What the router lights mean")).to_be_visible()
    await vera.button(re.compile("Still need help")).click()
    await vera.chooses_topic("Technical help")
    await vera.first_message.fill("The lights did not help")
    await vera.button("Start chat").click()

    await anna.accepts("Visitor")

    await expect(anna.visitor_pane).to_contain_text("Searched “router lights”")
    await expect(anna.visitor_pane).to_contain_text("Read “What the router lights mean”")
    await expect(anna.visitor_pane).to_contain_text("Nordlink – mobile and broadband")
