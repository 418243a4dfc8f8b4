"""The widget on somebody else's page: small, shielded, removable, and only where it was allowed."""

import gzip
import json
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, Response, expect

from tests.journeys.carrier import Carrier
from tests.journeys.cast import Cast
from tests.journeys.host_site import HostSite, host_site
from tests.journeys.widget import Widget
from tests.services.engage import ROOT, EngageProcess
from tests.services.process import free_port

LOADER_BUDGET = 8 * 1024
CHAT_BUDGET = 60 * 1024
CALL_BUDGET = 8 * 1024


@pytest.fixture
async def shop(carrier: Carrier) -> AsyncIterator[HostSite]:
    """A shop that the carrier has allowed to show its widget."""
    port = free_port()
    carrier.may_be_embedded_by(f"http://127.0.0.1:{port}")
    async with host_site(carrier.opens().url, port=port) as site:
        yield site


async def test_widget_works_under_a_strict_policy_and_a_hostile_style_sheet(cast: Cast, shop: HostSite) -> None:
    vera = Widget(await cast.somebody())
    anna = await cast.agent(shop.engage_url, "anna")

    await vera.comes_to(f"{shop.origin}/")
    launcher = await vera.launcher.bounding_box()
    await vera.starts_chat("I am in a shop")
    panel = await vera.page.locator("engage-widget .panel").bounding_box()

    assert launcher
    assert (launcher["y"] + launcher["height"], launcher["height"]) == (780, 56)
    assert panel
    assert (panel["width"], panel["height"]) == (390, 640)
    await anna.accepts("Vera Lind")
    await anna.says("Then let us begin")
    await expect(vera.bubble("Then let us begin")).to_be_visible()
    await expect(anna.visitor_pane).to_contain_text("Somebody's shop")


async def test_page_view_costs_little_and_leaves_nothing_behind(cast: Cast, carrier: Carrier, shop: HostSite) -> None:
    person = await cast.somebody()
    answers: list[Response] = []

    def keep(answer: Response) -> None:
        answers.append(answer)

    person.page.on("response", keep)
    before = carrier.rows()

    await Widget(person).comes_to(f"{shop.origin}/")
    await person.page.wait_for_load_state("networkidle")

    ours = [answer for answer in answers if answer.url.startswith(shop.engage_url)]
    assert [answer.url.removeprefix(shop.engage_url) for answer in ours] == [
        "/widget.js",
        "/api/v1/sites/nordlink/widget",
    ]
    assert sum([(await answer.request.sizes())["responseBodySize"] for answer in ours]) <= LOADER_BUDGET
    assert carrier.rows() == before
    assert await person.context.cookies() == []
    assert not await person.page.evaluate("Object.keys(localStorage).length")


async def test_widget_opened_without_a_chat_writes_no_row(cast: Cast, carrier: Carrier, shop: HostSite) -> None:
    vera = Widget(await cast.somebody())
    before = carrier.rows()

    await vera.comes_to(f"{shop.origin}/")
    await vera.opens()
    await expect(vera.heading("Popular answers")).to_be_visible()

    assert carrier.rows() == before


def test_chat_is_within_its_budget() -> None:
    built = ROOT / "engage" / "static" / "widget"
    chat = json.loads((built / "manifest.json").read_text())
    # loaded only when somebody asks for a call
    call = {name for source in chat if "/views/call/" in source for name in files_of(chat[source])}
    rest = {name for chunk in chat.values() for name in files_of(chunk)} - call

    assert packed(built / name for name in rest) <= CHAT_BUDGET
    assert 0 < packed(built / name for name in call) <= CALL_BUDGET


def files_of(chunk: dict[str, Any]) -> list[str]:
    return [chunk["file"], *chunk.get("css", [])]


def packed(files: Iterable[Path]) -> int:
    return sum(len(gzip.compress(file.read_bytes())) for file in files)


async def test_page_that_is_not_allowed_gets_no_widget(cast: Cast, demo: EngageProcess) -> None:
    person = await cast.somebody()
    async with host_site(demo.url) as stranger:
        await person.page.goto(f"{stranger.origin}/")
        await person.page.wait_for_function("heard.length")

        assert await person.page.evaluate("heard") == [["error", {"code": "Failed to fetch"}]]
        await expect(person.page.locator("engage-widget")).to_have_count(0)
        config = f"{demo.url}/api/v1/sites/nordlink/widget"
        assert (await person.context.request.get(config, headers={"Origin": stranger.origin})).status == 403

        async with person.page.expect_console_message(lambda said: "frame-ancestors" in said.text):
            await adds_frame(person.page, f"{demo.url}/widget/frame/nordlink")
        person.complaints.clear()  # it is what we wanted to hear


async def adds_frame(page: Page, url: str) -> None:
    """And waits until it is there, or its refusal is."""
    await page.evaluate(
        """url => new Promise(onload => {
          document.body.append(Object.assign(document.createElement('iframe'), { src: url, onload }));
        })""",
        url,
    )


#: whatever a script can send to each window it can get hold of, with a port of its own and without
FORGE = """windows => {
  window.answered = [];
  const texts = [
    { type: 'close' }, { type: 'open', view: 'messages' }, { type: 'unread', n: 99 }, { type: 'keep', values: {} },
    { type: 'message', conversation_id: '1', name: 'Bank', text: 'Send me your PIN' }, 'engage:connect', null,
  ];
  for (const target of windows()) {
    for (const text of texts) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => answered.push(data);
      target.postMessage(text, '*');
      target.postMessage(text, '*', [port2]);
    }
  }
}"""
FROM_THE_PAGE = "[document.querySelector('engage-widget').shadowRoot.querySelector('iframe').contentWindow, window]"
FROM_AN_ADVERT = "[parent, ...Array.from({ length: parent.length }, (_, at) => parent[at])]"
CONNECT = """() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => answered.push(data);
  opened.postMessage({ type: 'engage:connect', page: { url: 'x', title: 'x', referrer: '' } }, '*', [port2]);
  port1.postMessage({ type: 'locale', locale: 'de' });
  port1.postMessage({ type: 'open', view: 'messages' });
}"""


async def test_forged_messages_change_nothing(cast: Cast, shop: HostSite) -> None:
    vera = Widget(await cast.somebody())
    await vera.comes_to(f"{shop.origin}/")
    await vera.opens()
    await vera.search.fill("router")
    await adds_frame(vera.page, f"{shop.advert_origin}/advert")
    advert = vera.page.frame(url=f"{shop.advert_origin}/advert")
    assert advert

    for place, windows in ((vera.page, FROM_THE_PAGE), (advert, FROM_AN_ADVERT)):
        await place.evaluate(f"({FORGE})(() => {windows})")

    await expect(vera.answer("Restart or reset your router")).to_be_visible()
    await expect(vera.launcher.locator(".badge")).to_be_hidden()
    await expect(vera.preview).to_be_hidden()
    assert await vera.page.evaluate("answered") == []
    assert await advert.evaluate("answered") == []
    await vera.closes()  # by the port that has always been the right one


async def test_stranger_who_opens_the_chat_is_not_talked_to(cast: Cast, shop: HostSite) -> None:
    person = await cast.somebody()
    await person.page.goto(f"{shop.advert_origin}/advert")
    async with person.page.expect_popup() as opening:
        await person.page.evaluate(f"window.opened = open('{shop.engage_url}/widget/frame/nordlink')")
    chat = await opening.value
    await expect(chat.get_by_role("searchbox")).to_be_visible()

    await person.page.evaluate("window.answered = []")
    await person.page.evaluate(CONNECT)

    await chat.get_by_role("searchbox").fill("router")
    await expect(chat.get_by_role("button", name="Restart or reset your router")).to_be_visible()
    assert await person.page.evaluate("answered") == []


async def test_widget_goes_without_a_trace_and_comes_back(cast: Cast, shop: HostSite) -> None:
    vera = Widget(await cast.somebody())
    await vera.comes_to(f"{shop.origin}/")
    await vera.opens()

    await vera.page.evaluate("Engage.shutdown()")

    await expect(vera.page.locator("engage-widget")).to_have_count(0)
    assert await vera.page.locator("iframe").count() == 0
    await vera.page.evaluate("Engage.boot()")
    await expect(vera.launcher).to_be_visible()
