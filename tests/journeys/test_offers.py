"""Work goes to whoever can take it."""

import re

from playwright.async_api import expect

from tests.journeys.cast import Cast
from tests.journeys.console import Console
from tests.services.engage import EngageProcess

#: what the browser has really put on the desktop, beside what was asked of it
KEEPS_NOTIFICATIONS = """
localStorage.setItem('engage.console.preferences', JSON.stringify({ desktop_notifications: true }));
addEventListener('blur', () => document.documentElement.dataset.sight = 'out');
const Real = window.Notification;
window.Notification = class extends Real {
  constructor(title, options) {
    super(title, options);
    this.addEventListener('show', () => document.documentElement.dataset.shown = `${title}: ${options.body}`);
  }
};
"""


async def test_transfer_to_an_agent_is_announced_and_goes_on(cast: Cast, demo: EngageProcess) -> None:
    anna, vera = await cast.in_conversation(demo.url)
    ben = await cast.agent(demo.url, "ben")

    await anna.transfers_to("Ben", note="Knows fibre best")
    await ben.accepts("Vera Lind")

    await expect(ben.bubble("Knows fibre best")).to_be_visible()
    await vera.is_answered_by("Ben")
    await expect(vera.line("You are now with Ben")).to_be_visible()
    await expect(vera.log).not_to_contain_text("Knows fibre best")
    await ben.says("Hello, I take it from here")
    await expect(vera.bubble("Hello, I take it from here")).to_be_visible()
    await expect(anna.row("Vera Lind")).to_be_hidden()


async def test_transfer_to_a_queue_is_announced_and_taken_from_it(cast: Cast, demo: EngageProcess) -> None:
    anna, vera = await cast.in_conversation(demo.url)
    await anna.goes("Busy")

    await anna.transfers_to("Bills and payments")

    await expect(vera.line("Passing you on to Bills and payments")).to_be_visible()
    await expect(vera.queue_card).to_contain_text("You are next")
    await anna.is_told_why_nobody_gets("Vera Lind", Anna="Not available")
    ben = await cast.agent(demo.url, "ben")
    await ben.accepts("Vera Lind")
    await vera.is_answered_by("Ben")
    await expect(ben.bubble("My router blinks red")).to_be_visible()


async def test_offer_is_told_on_the_desktop_while_the_console_is_out_of_sight(cast: Cast, demo: EngageProcess) -> None:
    anna = Console(await cast.somebody(), demo.url)
    await anna.person.context.grant_permissions(["notifications"], origin=demo.url)
    await anna.page.add_init_script(KEEPS_NOTIFICATIONS)
    await anna.signs_in("anna")
    await anna.becomes_available()
    devices = await anna.person.context.new_cdp_session(anna.page)
    await devices.send("Emulation.setFocusEmulationEnabled", {"enabled": False})
    elsewhere = await anna.person.context.new_page()
    await elsewhere.bring_to_front()
    page = anna.page.locator("html")
    await expect(page).to_have_attribute("data-sight", "out")

    vera = await cast.visitor(demo.url)
    await vera.starts_chat("My router blinks red", name="Vera Lind")

    await expect(page).to_have_attribute("data-shown", re.compile("^Vera Lind is waiting: Technical help"))
