"""Asking to be called, from the widget to an agent's phone and back."""

import re
import sqlite3
from contextlib import closing

from playwright.async_api import expect

from tests.journeys.axe import barriers
from tests.journeys.carrier import LONG_AGO, Carrier
from tests.journeys.cast import Cast
from tests.journeys.console import Console
from tests.journeys.widget import Widget
from tests.services.engage import EngageProcess

NUMBER = "+49 1512 3456789"
#: keeps what would be called: a real link opens a question of the browser's own, which takes all keys
KEEPS_CALLS = """() => {
  window.called = [];
  addEventListener('click', (event) => {
    if (event.target.protocol !== 'tel:') return;
    event.preventDefault();
    window.called.push(event.target.href);
  }, true);
}"""


def lets_the_next_try_come(demo: EngageProcess) -> None:
    """As if the clock had run until then while the server was down."""
    demo.kill()
    with closing(sqlite3.connect(demo.folder / "engage.db")) as database, database:
        database.execute("UPDATE callback_requests SET due_at = ? WHERE ended_at IS NULL", [LONG_AGO])
        database.execute("UPDATE jobs SET due_at = ? WHERE name = 'callback.due'", [LONG_AGO])
    demo.start()


async def test_call_instead_of_waiting_is_missed_and_tried_again_until_he_is_reached(
    cast: Cast, carrier: Carrier
) -> None:
    carrier.calls_at_any_hour()
    demo = carrier.opens()
    vera = await cast.visitor(demo.url)
    await vera.starts_chat("My line is dead", email="vera@example.com")
    await vera.button("Call me instead of waiting").click()
    number = vera.frame.get_by_label("Phone number")
    await number.fill(NUMBER)
    await expect(vera.frame.get_by_text(f"We call {NUMBER}")).to_be_visible()
    await vera.page.reload()
    await expect(number).to_have_value(NUMBER)
    await expect(vera.frame.get_by_text(f"We call {NUMBER}")).to_be_visible()
    await vera.button("Call me").click()
    card = vera.frame.locator(".call-card")
    await expect(card).to_contain_text("You are next")

    anna = Console(await cast.somebody(), demo.url)
    await anna.signs_in("anna")
    await anna.is_told_why_nobody_gets("Vera Lind", Anna="Not available")
    await anna.goes("Available")
    await anna.accepts("Vera Lind")
    await expect(card).to_contain_text("Anna calls you")
    bar = anna.page.get_by_role("region", name="Call-back")
    await expect(bar).to_contain_text(NUMBER)
    await vera.says("The doorbell number is 12")
    await expect(anna.bubble("The doorbell number is 12")).to_be_visible()
    assert await barriers(anna.page) == []
    await anna.page.evaluate(KEEPS_CALLS)
    press = anna.page.keyboard.press
    await press("Escape")
    await expect(anna.reply).not_to_be_focused()
    await press("Shift+C")
    await expect(card).to_contain_text("We are calling you now")
    await expect(bar.get_by_role("button", name=re.compile("^Reached"))).to_be_focused()
    assert await anna.page.evaluate("window.called") == ["tel:+4915123456789"]
    await press("Shift+Tab")
    await expect(bar.get_by_role("textbox")).to_be_focused()
    await anna.page.keyboard.type("It rang 2 minutes")
    await press("Tab")
    await expect(bar.get_by_role("button", name=re.compile("^Reached"))).to_be_focused()
    await press("2")

    await expect(card).to_contain_text("Next try")
    await expect(anna.line("Anna called: No answer")).to_be_visible()
    await expect(anna.page.locator(":focus")).not_to_have_count(0)
    await expect(vera.line("We called you and did not reach you")).to_be_visible()
    mail = await anna.reads_mail("Nordlink could not reach you")
    await expect(mail).to_contain_text("We try again")
    await anna.comes_to_work()
    await anna.goes("Busy")

    lets_the_next_try_come(demo)

    await anna.is_told_why_nobody_gets("Vera Lind", Anna="Not available")
    await anna.goes("Available")
    await anna.accepts("Vera Lind")
    await expect(card).to_contain_text("Anna calls you")
    await expect(bar).to_contain_text("It rang 2 minutes")
    await anna.page.evaluate(KEEPS_CALLS)
    await bar.get_by_role("button", name="Call now").click()
    await expect(card).to_contain_text("We are calling you now")
    await bar.get_by_role("button", name=re.compile("^Reached")).click()
    await expect(vera.line("You spoke with Anna")).to_be_visible()
    await expect(card).to_have_count(0)
    await expect(anna.wrap_up).to_be_visible()


async def test_crowded_queue_offers_a_call_or_an_answer_by_mail_while_he_waits(cast: Cast, carrier: Carrier) -> None:
    carrier.calls_at_any_hour()
    carrier.offers_more_than_waiting()
    demo = carrier.opens()
    otto, vera = await cast.visitor(demo.url), await cast.visitor(demo.url, width=390, dark=True)
    await otto.starts_chat("Me first", name="Otto Berg")
    await expect(otto.button("Call me instead of waiting")).to_be_visible()
    await vera.starts_chat("My line is dead")

    await expect(vera.line("Many people are waiting")).to_be_visible()
    await expect(vera.button("We call you instead")).to_be_visible()
    await vera.button("Answer by mail").click()
    sheet = vera.frame.get_by_role("dialog")
    await sheet.get_by_label("E-mail").fill("vera@shop.example")
    assert await barriers(vera.page.frames[-1]) == []
    await sheet.get_by_role("button", name="Answer by mail").click()

    await expect(vera.line("We go on by e-mail to vera@shop.example")).to_be_visible()
    await expect(vera.queue_card).to_have_count(0)
    await expect(vera.bubble("My line is dead")).to_be_visible()
    await expect(otto.button("Answer by mail")).to_have_count(0)


async def chooses_a_slot(vera: Widget) -> None:
    """The form's third choice of a time, without a barrier in it."""
    await vera.opens()
    await vera.button("Call me").click()
    await vera.frame.get_by_label("Phone number").fill("0900 1234567")
    await expect(vera.complaint.filter(has_text="We only call ordinary lines and mobiles")).to_be_visible()
    await vera.frame.get_by_label("Phone number").fill("0151 23456789")
    await expect(vera.frame.get_by_text(f"We call {NUMBER}")).to_be_visible()
    await vera.frame.locator(".call-times .pill").nth(2).click()
    await expect(vera.frame.locator(".call-slots")).to_be_visible()
    await vera.frame.get_by_label(re.compile("^Name")).fill("Vera Lind")
    assert await barriers(vera.page.frames[-1]) == []
    await vera.button("Call me").click()
    await expect(vera.line("A time for our call is set")).to_have_count(1)


async def cancels(vera: Widget) -> None:
    card = vera.frame.locator(".call-card")
    await card.get_by_role("button", name="Cancel the call").click()
    await card.get_by_role("button", name="Really cancel").click()
    await expect(vera.line("The call-back is cancelled")).to_be_visible()
    await expect(card).to_have_count(0)


async def test_visitor_chooses_a_slot_moves_it_and_takes_it_back(cast: Cast, carrier: Carrier) -> None:
    carrier.calls_at_any_hour()
    demo = carrier.opens()
    vera = await cast.visitor(demo.url, width=320, dark=True)
    await chooses_a_slot(vera)

    card, dialog = vera.frame.locator(".call-card"), vera.frame.get_by_role("dialog")
    await expect(card).to_contain_text("We call you")
    assert await barriers(vera.page.frames[-1]) == []
    await card.get_by_role("button", name="Another time").click()
    await dialog.locator(".call-times .pill").nth(3).click()
    await dialog.get_by_role("button", name="Save the time").click()
    await expect(dialog).to_be_hidden()
    await expect(vera.line("A time for our call is set")).to_have_count(2)
    await cancels(vera)


async def test_slot_comes_and_its_call_is_cancelled_while_nobody_can_have_it(cast: Cast, carrier: Carrier) -> None:
    carrier.calls_at_any_hour()
    demo = carrier.opens()
    vera, anna = await cast.visitor(demo.url), Console(await cast.somebody(), demo.url)
    await anna.signs_in("anna")
    await chooses_a_slot(vera)

    lets_the_next_try_come(demo)

    await expect(vera.frame.locator(".call-card")).to_contain_text("You are next")
    await anna.is_told_why_nobody_gets("Vera Lind", Anna="Not available")
    await cancels(vera)
    await expect(anna.row("Vera Lind")).to_be_hidden()
