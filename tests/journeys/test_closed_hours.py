"""What a visitor leaves is answered by mail: when nobody is at the desk, and when he wishes so."""

import pytest
from playwright.async_api import expect

from tests.journeys.carrier import Carrier
from tests.journeys.cast import Cast


@pytest.mark.parametrize(("width", "is_open"), [(1280, False), (390, True)])
async def test_message_left_is_answered_by_mail(cast: Cast, carrier: Carrier, width: int, is_open: bool) -> None:
    if not is_open:
        carrier.is_closed()
    demo = carrier.opens()
    vera = await cast.visitor(demo.url, width=width)
    await vera.opens()
    await expect(vera.button("Chat").filter(has_text="Opens")).to_have_count(0 if is_open else 1)
    await vera.button("E-mail").click()
    await vera.chooses_topic("Bills and payments")
    await vera.first_message.fill("Why is my bill higher this month?")
    await vera.button("Send message").click()
    await expect(vera.complaint.filter(has_text="We need an e-mail address to answer you.")).to_be_visible()

    await vera.introduces_himself(name="Vera Lind", email="vera@example.org")
    await vera.button("Send message").click()

    said = "We answer by e-mail to vera@example.org" if is_open else "We are closed right now and will answer by e-mail"
    await expect(vera.line(said)).to_be_visible()
    anna = await cast.agent(demo.url, "anna")
    await anna.accepts("Vera Lind")
    line = "Wants an answer by mail" if is_open else "Came in outside opening hours"
    await expect(anna.line(line)).to_be_visible()
    await expect(anna.page.locator(".mail-field-to")).to_have_text("vera@example.org")
    await anna.answers_by_mail("It holds the price of two months.")
    await expect(vera.bubble("It holds the price of two months.")).to_be_visible()

    mail = await anna.reads_mail("Re: Bills and payments")
    await expect(mail).to_contain_text("It holds the price of two months.")
    await expect(anna.page.locator(".mail-header")).to_contain_text("vera@example.org")
    await expect(anna.page.locator(".mail-header")).to_contain_text("Kept here")
