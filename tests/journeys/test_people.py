"""Somebody is invited, sets a password, signs in, and answers a customer."""

import re

from playwright.async_api import expect

from tests.journeys.cast import Cast
from tests.journeys.console import Console
from tests.services.engage import EngageProcess

PASSWORD = "seven small ducks"


async def test_admin_invites_somebody_who_then_serves_the_queue(cast: Cast, demo: EngageProcess) -> None:
    anna = Console(await cast.somebody(), demo.url)
    await anna.signs_in("anna")
    await anna.page.goto(f"{demo.url}/console/settings/people/nordlink")
    await anna.page.get_by_role("button", name="Invite").click()
    await anna.page.get_by_label("E-mail").fill("dora@nordlink.example")
    await anna.page.get_by_role("button", name="Send the invitation").click()
    link = await anna.page.get_by_label("Link of the invitation").inner_text()
    await anna.page.get_by_role("button", name="Done").click()
    await expect(anna.page.get_by_role("row", name=re.compile("dora@nordlink.example"))).to_contain_text("Invited")

    dora = Console(await cast.somebody(width=390), demo.url)
    await dora.page.goto(f"{demo.url}/console/account-link#{link.split('#')[1]}")
    await dora.page.get_by_label("Your name").fill("Dora")
    await dora.page.get_by_label("New password").fill(PASSWORD)
    await expect(dora.page.get_by_text("Strong")).to_be_visible()
    assert link.split("#")[1] not in dora.page.url
    await dora.page.keyboard.press("Enter")
    await dora.is_at_work()
    await dora.becomes_available()

    vera = await cast.visitor(demo.url)
    await vera.starts_chat("My router blinks red", name="Vera Lind")
    await dora.accepts("Vera Lind")
    await dora.says("Hello, I am Dora")
    await vera.is_answered_by("Dora")
