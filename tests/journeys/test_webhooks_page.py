"""An admin sets up how his programs and Engage work together."""

import time
import uuid

import jwt
from playwright.async_api import expect

from tests.engage.integrations.receiver import a_receiver
from tests.journeys.carrier import Carrier
from tests.journeys.cast import Cast


async def test_an_admin_adds_a_webhook_tries_it_and_sends_again(cast: Cast, carrier: Carrier) -> None:
    server = carrier.opens(ENGAGE_OUTGOING_ALLOW='["127.0.0.1"]')
    anna = await cast.agent(server.url, "anna")
    page = anna.page
    async with a_receiver() as receiver:
        await page.goto(f"{server.url}/console/settings/webhooks")
        await page.get_by_label("Address").fill(receiver.url)
        await page.get_by_role("button", name="Add", exact=True).click()
        secret = await page.get_by_label("Secret", exact=True).inner_text()
        await page.get_by_role("button", name="Send a test event").click()

        await expect(page.get_by_text("Taken", exact=True)).to_be_visible()
        receiver.verify(secret)
        assert receiver.types() == ["test.sent"]
        await page.get_by_role("button", name="Send again").click()
        await expect(page.get_by_text("Taken", exact=True)).to_be_visible()


async def test_an_admin_makes_a_secret_and_tries_a_token(cast: Cast, carrier: Carrier) -> None:
    server = carrier.opens()
    anna = await cast.agent(server.url, "anna")
    page = anna.page
    await page.goto(f"{server.url}/console/settings/identity")
    await page.get_by_role("button", name="Make a secret").click()
    secret = await page.locator("code[aria-label=Secret]").inner_text()
    claims = {"sub": "c-7", "aud": "nordlink", "exp": time.time() + 300, "jti": uuid.uuid4().hex, "name": "Kim Berg"}

    await page.get_by_label("Token", exact=True).fill(jwt.encode(claims, secret, algorithm="HS256"))
    await page.get_by_role("button", name="Try it").click()
    await expect(page.locator(".identity-good")).to_have_text("Good: it says that this is Kim Berg.")
    await page.get_by_label("Token", exact=True).fill("nonsense")
    await page.get_by_role("button", name="Try it").click()
    await expect(page.get_by_text("This is not a JWT")).to_be_visible()
