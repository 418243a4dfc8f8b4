"""One's own account: a forgotten password, two-step sign-in, and the browsers where one is signed in."""

import re
from datetime import UTC, datetime

import pyotp
from playwright.async_api import Page, expect

from tests.journeys.axe import barriers
from tests.journeys.carrier import Carrier
from tests.journeys.cast import Cast
from tests.journeys.console import PASSWORD, Console
from tests.services.engage import EngageProcess
from tests.services.smtp import SmtpServer

NEW = "seven small ducks"


async def types_in(page: Page, email: str, password: str) -> None:
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_role("textbox", name="Password").fill(password)
    await page.keyboard.press("Enter")


async def test_forgotten_password_is_set_anew_by_the_mail_s_link(
    cast: Cast, carrier: Carrier, smtp_server: SmtpServer
) -> None:
    demo = carrier.opens(ENGAGE_SMTP_URL=smtp_server.url)
    ben = Console(await cast.somebody(width=390, dark=True), demo.url)
    await ben.comes_to_work()
    await ben.page.get_by_role("button", name="Forgot your password?").click()
    await ben.page.get_by_label("E-mail").fill("ben@nordlink.example")
    assert await barriers(ben.page) == []
    await ben.page.keyboard.press("Enter")
    await expect(ben.page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()

    (mail,) = await smtp_server.wait_for(1)
    token = mail.text.split("account-link#")[1].split()[0]
    await ben.page.goto(f"{demo.url}/console/account-link#{token}")
    await ben.page.get_by_label("New password").fill("password123")
    await ben.page.keyboard.press("Enter")
    await expect(ben.page.get_by_role("alert")).to_contain_text("tried first")
    assert await barriers(ben.page) == []
    await ben.page.get_by_label("New password").fill(NEW)
    await ben.page.keyboard.press("Enter")
    await ben.is_at_work()


async def test_two_steps_lead_in_and_a_recovery_code_does_so_once(cast: Cast, demo: EngageProcess) -> None:
    ben = Console(await cast.somebody(), demo.url)
    await ben.signs_in("ben")
    await ben.page.goto(f"{demo.url}/console/settings/security")
    await ben.page.get_by_role("button", name="Set up").click()
    await ben.page.get_by_role("dialog").get_by_role("textbox", name="Password").fill(PASSWORD)
    await ben.page.keyboard.press("Enter")
    await expect(ben.page.get_by_alt_text("QR code")).to_be_visible()
    assert await barriers(ben.page) == []
    secret = (await ben.page.locator(".enrolment-key code").inner_text()).replace(" ", "")
    await ben.page.get_by_label("The six digits").fill(pyotp.TOTP(secret).at(datetime.now(UTC)))
    await ben.page.keyboard.press("Enter")
    await expect(ben.page.locator(".recovery-codes code")).to_have_count(10)
    codes = await ben.page.locator(".recovery-codes code").all_inner_texts()
    await ben.page.get_by_role("button", name="I have kept them").click()
    await expect(ben.page.get_by_text("10 recovery codes left")).to_be_visible()

    phone = Console(await cast.somebody(width=390), demo.url)
    await phone.comes_to_work()
    await types_in(phone.page, "ben@nordlink.example", PASSWORD)
    await expect(phone.page.get_by_label("Code", exact=True)).to_be_focused()
    assert await barriers(phone.page) == []
    await phone.page.keyboard.type("000000")
    await phone.page.keyboard.press("Enter")
    await expect(phone.page.get_by_role("alert")).to_contain_text("not right")
    await phone.page.get_by_role("button", name="Use a recovery code").click()
    await phone.page.get_by_label("Recovery code").fill(codes[0])
    await phone.page.keyboard.press("Enter")
    await phone.is_at_work()

    await ben.page.reload()
    await expect(ben.page.get_by_text("9 recovery codes left")).to_be_visible()
    await ben.page.get_by_role("button", name=re.compile("^Sign out: Chrome")).click()
    await expect(phone.page.get_by_text("Your session has ended")).to_be_visible()
