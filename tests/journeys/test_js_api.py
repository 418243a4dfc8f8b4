"""What a website's own script may do with the widget, on a page with a strict policy."""

import time
import uuid
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import jwt
import pytest
from playwright.async_api import expect

from tests.journeys.carrier import Carrier
from tests.journeys.cast import Cast
from tests.journeys.host_site import HostSite, host_site
from tests.journeys.patience import becomes
from tests.journeys.widget import Widget
from tests.people import TestAgent
from tests.services.process import free_port


@pytest.fixture
async def shop(carrier: Carrier) -> AsyncIterator[HostSite]:
    port = free_port()
    carrier.may_be_embedded_by(f"http://127.0.0.1:{port}")
    async with host_site(carrier.opens().url, port=port) as site:
        yield site


async def secret_of(engage_url: str) -> str:
    """As the site's admin makes it."""
    async with TestAgent(engage_url, "anna", presence="offline") as anna:
        site = (await anna.get("/agent/me"))["sites"][0]
        return str((await anna.post(f"/admin/sites/{site['id']}/identity/secret"))["secret"])


def vouches(secret: str, person: str, **claims: Any) -> str:
    payload = {"sub": person, "aud": "nordlink", "exp": time.time() + 300, "jti": uuid.uuid4().hex, **claims}
    return jwt.encode(payload, secret, algorithm="HS256")


async def heard(widget: Widget, name: str) -> list[Any]:
    return list(await widget.page.evaluate(f"heard.filter(([name]) => name === '{name}').map(([, what]) => what)"))


async def calls(widget: Widget, call: str) -> None:
    await widget.page.evaluate(f"() => {{ {call} }}")


async def until(widget: Widget, condition: str) -> None:
    """Watched from inside the page: its policy lets no text become a script."""
    watch = f"new Promise(done => {{ const at = setInterval(() => ({condition}) && (clearInterval(at), done()), 20) }})"
    await widget.page.evaluate(watch)


async def test_a_page_opens_searches_starts_a_chat_and_hears_of_it(cast: Cast, shop: HostSite) -> None:
    vera = Widget(await cast.somebody())
    await vera.comes_to(f"{shop.origin}/")

    await calls(vera, "Engage.search('router')")
    await expect(vera.answer("Restart or reset your router")).to_be_visible()
    await calls(vera, "Engage.close()")
    await expect(vera.frame.locator(".view")).to_be_hidden()
    await calls(vera, "Engage.requestCallback()")
    await expect(vera.frame.get_by_label("Phone number")).to_be_visible()
    await calls(vera, "Engage.startChat()")
    await expect(vera.first_message).to_be_visible()
    await calls(vera, "Engage.startCall(); Engage.startCobrowse()")

    await becomes(partial(heard, vera, "error"), [{"code": "not_available_here"}] * 2)
    assert [name for name, _ in await vera.page.evaluate("heard") if name in ("open", "close")] == [
        "open", "close", "open", "open",
    ]  # fmt: skip
    await vera.chooses_topic("Technical help")
    await vera.first_message.fill("No signal")
    await vera.introduces_himself(name="Vera Lind")
    await vera.button("Start chat").click()
    await expect(vera.bubble("No signal")).to_be_visible()
    await until(vera, "heard.some(([name, what]) => name === 'queue' && what.position === 1)")

    await calls(vera, "Engage.close()")
    anna = await cast.agent(shop.engage_url, "anna")
    await anna.accepts("Vera Lind")
    await anna.says("Let me look")
    await expect(vera.launcher.locator(".badge")).to_have_text("1")
    await until(vera, "heard.some(([name, what]) => name === 'unread' && what.count === 1)")
    await until(vera, "heard.some(([name]) => name === 'message')")
    assert [what["count"] for what in await heard(vera, "unread")][-1] == 1
    assert len(await heard(vera, "message")) == 1
    assert [what["position"] for what in await heard(vera, "queue")] == [1, None]
    await calls(vera, "Engage.startChat()")
    await expect(vera.bubble("Let me look")).to_be_visible()


async def test_listeners_come_off_looks_change_and_pages_without_reload_are_followed(
    cast: Cast, shop: HostSite
) -> None:
    vera = Widget(await cast.somebody())
    await vera.comes_to(f"{shop.origin}/")

    await calls(vera, "window.counted = 0; window.count = () => counted++; Engage.on('open', count); Engage.open()")
    await expect(vera.search).to_be_visible()
    await calls(vera, "Engage.off('open', count); Engage.close(); Engage.open('contact')")
    await expect(vera.button("Back")).to_be_visible()
    await calls(vera, "Engage.update({ position: 'left', locale: 'de' })")
    await expect(vera.frame.get_by_role("button", name="Zurück")).to_be_visible()
    await calls(vera, "history.pushState({}, '', '/plans/large?secret=1'); document.title = 'Plan L'")

    assert await vera.page.evaluate("counted") == 1
    assert await vera.page.locator("engage-widget .left").count() == 1
    await until(vera, "JSON.stringify(sessionStorage).includes('Plan L')")
    assert "secret=1" not in await vera.page.evaluate("JSON.stringify(sessionStorage)")


async def test_who_is_signed_in_at_the_site_is_known_on_each_of_his_browsers(cast: Cast, shop: HostSite) -> None:
    secret = await secret_of(shop.engage_url)
    phone, laptop = Widget(await cast.somebody()), Widget(await cast.somebody())
    requests: list[str] = []
    laptop.page.on("request", lambda request: requests.append(request.url))
    await phone.comes_to(f"{shop.origin}/")
    await phone.starts_chat("My bill is wrong")

    await calls(phone, f"Engage.identify('{vouches(secret, 'c-7', name='Vera Verified')}')")
    await laptop.comes_to(f"{shop.origin}/")
    token = vouches(secret, "c-7")
    await calls(laptop, f"Engage.identify('{token}'); Engage.startChat()")
    await laptop.button("Back").click()

    await expect(laptop.frame.get_by_text("My bill is wrong")).to_be_visible()
    anna = await cast.agent(shop.engage_url, "anna")
    await anna.accepts("Vera Verified")
    await anna.says("I see it")
    await expect(phone.bubble("I see it")).to_be_visible()
    await expect(anna.visitor_pane).to_contain_text("Verified")
    assert not [url for url in requests if token[-16:] in url]


async def test_who_signs_out_leaves_nothing_and_a_worn_token_is_told(cast: Cast, shop: HostSite) -> None:
    secret = await secret_of(shop.engage_url)
    vera = Widget(await cast.somebody())
    token = vouches(secret, "c-7")
    await vera.comes_to(f"{shop.origin}/")
    await calls(vera, f"Engage.identify('{token}')")
    await vera.starts_chat("My bill is wrong")

    await calls(vera, "Engage.shutdown(); Engage.boot()")
    await expect(vera.launcher).to_be_visible()
    await vera.opens()
    await expect(vera.heading("Popular answers")).to_be_visible()
    await expect(vera.frame.get_by_text("My bill is wrong")).to_have_count(0)
    await calls(vera, f"Engage.identify('{token}')")

    await until(vera, "heard.some(([name, what]) => what && what.code === 'identity_used')")
    await calls(vera, f"Engage.identify('{vouches(secret, 'c-7')}')")
    await expect(vera.frame.get_by_text("My bill is wrong")).to_be_visible()
