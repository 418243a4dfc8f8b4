"""A conversation comes to its end, and what is left of it."""

from playwright.async_api import expect

from tests.journeys.cast import Cast
from tests.services.engage import EngageProcess


async def test_visitor_ends_rates_and_gets_the_transcript(cast: Cast, demo: EngageProcess) -> None:
    anna, vera = await cast.in_conversation(demo.url)
    await anna.notes("Offer him the new router")
    await anna.says("Please hold the button for ten seconds")
    await expect(vera.bubble("Please hold the button")).to_be_visible()

    await vera.ends()
    await vera.rates("Very good", comment="Quick and kind")
    await vera.asks_for_transcript("vera@example.org")

    await expect(vera.frame.get_by_text("You gave 5 of 5")).to_be_visible()
    await expect(anna.line("Rated 5 of 5")).to_contain_text("Quick and kind")
    await anna.wraps_up("Solved", note="Router was reset")
    mail = await anna.reads_mail("Your conversation")
    await expect(mail).to_contain_text("Please hold the button for ten seconds")
    await expect(mail).not_to_contain_text("Offer him the new router")


async def test_agent_ends_and_wraps_up_by_keyboard(cast: Cast, demo: EngageProcess) -> None:
    anna, vera = await cast.in_conversation(demo.url)

    await anna.ends()
    await expect(vera.line("Conversation ended")).to_be_visible()
    await anna.wraps_up("Explained", note="Showed where the button is")

    await expect(anna.row("Vera Lind")).to_be_hidden()
    await anna.looks_at("Closed")
    await anna.opens("Vera Lind")
    await expect(anna.line("Wrapped up: Explained")).to_contain_text("Showed where the button is")


async def test_visitor_who_writes_after_the_end_comes_back_to_his_agent(cast: Cast, demo: EngageProcess) -> None:
    anna, vera = await cast.in_conversation(demo.url)
    await anna.ends()
    await anna.wraps_up("Solved")

    await vera.says("One more thing")

    await anna.accepts("Vera Lind")
    await expect(anna.bubble("One more thing")).to_be_visible()
    await vera.is_answered_by("Anna")
    await expect(vera.line("Conversation reopened")).to_be_visible()
