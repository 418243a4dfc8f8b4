"""Colleagues in one conversation: asked for advice behind the visitor's back, and brought in before his eyes."""

import re

from playwright.async_api import expect

from tests.journeys.axe import barriers
from tests.journeys.cast import Cast
from tests.journeys.console import Console
from tests.services.engage import EngageProcess


async def asks(console: Console, key: str, colleague: str, note: str, *, who_comes: Console | None = None) -> None:
    """By keys alone, from the conversation. Who comes only while the dialog is open may be asked all the same."""
    await console.reply.press("Escape")
    await expect(console.reply).not_to_be_focused()
    await console.page.keyboard.press(key)
    dialog = console.page.get_by_role("dialog")
    await expect(dialog.get_by_role("combobox")).to_be_focused()
    await console.page.keyboard.type(colleague)
    if who_comes:
        await expect(dialog.get_by_role("option", name=re.compile(colleague))).to_be_disabled()
        await who_comes.becomes_available()
    await expect(dialog.get_by_role("option", name=re.compile(colleague), selected=True)).to_be_visible()
    await console.page.keyboard.press("Enter")
    await expect(dialog.get_by_role("textbox")).to_be_focused()
    await console.page.keyboard.type(note)
    await console.page.keyboard.press("Control+Enter")
    await expect(dialog).to_be_hidden()


async def comes(console: Console, asked: str) -> None:
    """Accepts what rings."""
    await expect(console.offer).to_contain_text(asked)
    await console.offer.get_by_role("button", name="Accept").click()
    await expect(console.page.get_by_role("button", name="Leave the conversation")).to_be_visible()


async def test_consult_is_declined_then_taken_and_the_colleague_goes_on(cast: Cast, demo: EngageProcess) -> None:
    anna, vera = await cast.in_conversation(demo.url)
    chiara = Console(await cast.somebody(), demo.url)
    await chiara.signs_in("chiara")

    await asks(anna, "h", "Chiara", "Which tariff was it?", who_comes=chiara)
    await expect(chiara.offer).to_contain_text("Which tariff was it?")
    await chiara.declines("Vera Lind", because=None)
    await expect(anna.line("Chiara declined")).to_be_visible()

    await asks(anna, "h", "Chiara", "It is about the old tariff")
    await comes(chiara, "Anna asks for your advice")
    assert await barriers(chiara.page) == []
    await chiara.note.fill("The green one")
    await chiara.note.press("Enter")
    await expect(anna.bubble("The green one")).to_be_visible()
    await anna.page.get_by_role("button", name="Let go of Chiara").click()
    await expect(chiara.row("Vera Lind")).to_be_hidden()

    await asks(anna, "h", "Chiara", "Could you take it?")
    await comes(chiara, "Anna asks for your advice")
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

    await asks(anna, "o", "Ben", "He knows fibre best")
    await comes(ben, "Anna asks you into a conversation")
    await asks(ben, "o", "Chiara", "And she knows the bill")
    await comes(chiara, "Ben asks you into a conversation")
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
