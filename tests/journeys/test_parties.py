"""Colleagues in one conversation: asked for advice behind the visitor's back, and brought in before his eyes."""

from playwright.async_api import expect

from tests.journeys.axe import barriers
from tests.journeys.cast import Cast
from tests.journeys.console import Console
from tests.services.engage import EngageProcess


async def test_consult_is_declined_then_taken_and_the_colleague_goes_on(cast: Cast, demo: EngageProcess) -> None:
    anna, vera = await cast.in_conversation(demo.url)
    chiara = Console(await cast.somebody(), demo.url)
    await chiara.signs_in("chiara")

    await anna.asks_in("h", "Chiara", "Which tariff was it?", who_comes=chiara)
    await expect(chiara.offer).to_contain_text("Which tariff was it?")
    await chiara.declines("Vera Lind", because=None)
    await expect(anna.line("Chiara declined")).to_be_visible()

    await anna.asks_in("h", "Chiara", "It is about the old tariff")
    await chiara.comes_in("Anna asks for your advice")
    assert await barriers(chiara.page) == []
    await chiara.note.fill("The green one")
    await chiara.note.press("Enter")
    await expect(anna.bubble("The green one")).to_be_visible()
    await anna.page.get_by_role("button", name="Let go of Chiara").click()
    await expect(chiara.row("Vera Lind")).to_be_hidden()

    await anna.asks_in("h", "Chiara", "Could you take it?")
    await chiara.comes_in("Anna asks for your advice")
    await anna.page.get_by_role("button", name="Hand over to Chiara").click()
    await expect(anna.row("Vera Lind")).to_be_hidden()
    # her composer stays where it was, so that no note becomes an answer by surprise
    await chiara.page.get_by_role("button", name="Reply", exact=True).click()
    await chiara.says("I go on with you")
    await expect(vera.bubble("I go on with you")).to_be_visible()
    await expect(vera.line("You are now with Chiara")).to_be_visible()
    await expect(vera.log).not_to_contain_text("The green one")
    await expect(vera.log).not_to_contain_text("advice")


async def test_visitor_sees_every_name_of_a_conference_and_its_holder_may_leave(
    cast: Cast, demo: EngageProcess
) -> None:
    anna, vera = await cast.in_conversation(demo.url)
    ben, chiara = await cast.agent(demo.url, "ben"), await cast.agent(demo.url, "chiara")

    await anna.asks_in("o", "Ben", "He knows fibre best")
    await ben.comes_in("Anna asks you into a conversation")
    await ben.asks_in("o", "Chiara", "And she knows the bill")
    await chiara.comes_in("Ben asks you into a conversation")
    await ben.says("Hello from Ben")
    # whoever has not seen what a colleague said is asked before his own goes out
    await expect(chiara.bubble("Hello from Ben")).to_be_visible()
    await chiara.says("Hello from Chiara")
    for name in ("Ben", "Chiara"):
        await expect(vera.line(f"{name} joined the conversation")).to_be_visible()
        await expect(vera.bubble(f"Hello from {name}")).to_be_visible()
    assert await barriers(anna.page) == []

    await anna.commands("leave the", "Leave the conversation")
    await expect(vera.line("Anna left the conversation")).to_be_visible()
    await expect(ben.page.get_by_role("button", name="Hand over to Chiara")).to_be_visible()
    await ben.ends()
    await expect(chiara.row("Vera Lind")).to_be_hidden()
