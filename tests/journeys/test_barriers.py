"""What visitors see, light and dark, in the hand and on a desk, without a barrier for anybody.

In German with `ENGAGE_EVERY_LOOK=1`. The console's screens are walked by `test_every_screen.py`.
"""

import re
from itertools import product
from pathlib import Path
from uuid import UUID

import pytest
from playwright.async_api import Frame, Page, expect

from engage.channels.email import mail_keys, opt_outs
from tests.journeys.axe import barriers
from tests.journeys.cast import Cast
from tests.journeys.person import HEIGHTS
from tests.journeys.screens import DRAWN, EVERY_LOOK, Look, Walk
from tests.journeys.widget import Widget
from tests.people import TestAgent
from tests.services.engage import EngageProcess

LOOKS = ((390, "light"), (1280, "dark"), (1920, "light"), (390, "dark"), (1280, "light"))


def inside(widget: Widget) -> Frame:
    return next(frame for frame in widget.page.frames if "/widget/frame/" in frame.url)


async def barriers_in_all_looks(page: Page, place: Page | Frame) -> list[str]:
    """The last look is that of a desk by day."""
    found: list[str] = []
    for width, scheme in LOOKS:
        await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        await page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        await place.evaluate(DRAWN)
        found += [f"{width} {scheme}: {violation}" for violation in await barriers(place)]
    return found


async def test_widget_has_no_barriers(cast: Cast, demo: EngageProcess) -> None:
    anna = await cast.agent(demo.url, "anna")
    vera = await cast.visitor(demo.url)
    found = {"launcher": await barriers_in_all_looks(vera.page, vera.page)}
    await vera.opens()
    await expect(vera.heading("Popular answers")).to_be_visible()
    found["home"] = await barriers_in_all_looks(vera.page, inside(vera))
    await vera.search.fill("router")
    await expect(vera.answer("Restart or reset your router")).to_be_visible()
    found["answers"] = await barriers_in_all_looks(vera.page, inside(vera))
    await vera.answer("Restart or reset your router").click()
    await expect(vera.button("Yes")).to_be_visible()
    found["article"] = await barriers_in_all_looks(vera.page, inside(vera))
    await vera.goes_home()
    await vera.chooses_chat()
    await vera.button("Start chat").click()
    await expect(vera.complaint.first).to_be_visible()
    found["form"] = await barriers_in_all_looks(vera.page, inside(vera))
    await vera.chooses_topic("Technical help")
    await vera.first_message.fill("It blinks red")
    await vera.introduces_himself(name="Vera Lind")
    await vera.button("Start chat").click()
    await expect(vera.queue_card).to_be_visible()
    found["queue"] = await barriers_in_all_looks(vera.page, inside(vera))
    await anna.accepts("Vera Lind")
    await anna.says("Let us have a look")
    await vera.says("Thank you")
    found["conversation"] = await barriers_in_all_looks(vera.page, inside(vera))
    await vera.ends()
    await vera.frame.get_by_title("Good", exact=True).click()
    found["rating"] = await barriers_in_all_looks(vera.page, inside(vera))

    assert {screen: violations for screen, violations in found.items() if violations} == {}


async def pages_of_mails(demo: EngageProcess) -> tuple[str, ...]:
    """Behind the links in them: "that solved it", and which mails somebody wants."""
    async with TestAgent(demo.url, "anna", presence="offline") as anna:
        (site,) = (await anna.get("/agent/me"))["sites"]
    key = mail_keys.key_of((demo.folder / "secret").read_text().strip())
    token = opt_outs.sign(key, opt_outs.Wish(UUID(site["id"]), "kim@home.example", "service"))
    return f"{demo.url}/mail-solved#cut-off", f"{demo.url}/mail-preferences/{token}"


async def test_websites_have_no_barriers(cast: Cast, demo: EngageProcess) -> None:
    page = (await cast.somebody()).page
    found: dict[str, list[str]] = {}
    for address in ("/demo/", "/demo/plans", "/demo/bill", "/demo/support", "/help/", "/help/?q=router"):
        await page.goto(demo.url + address)
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        found[address] = await barriers_in_all_looks(page, page)
    await page.goto(f"{demo.url}/help/")
    await page.locator(".shelf a").first.click()
    await expect(page.get_by_role("button", name="Yes")).to_be_visible()
    found["article"] = await barriers_in_all_looks(page, page)
    for address in await pages_of_mails(demo):
        await page.goto(address)
        await expect(page.get_by_role("button").first).to_be_visible()
        found[address] = await barriers_in_all_looks(page, page)

    assert {screen: violations for screen, violations in found.items() if violations} == {}


@pytest.mark.skipif(not EVERY_LOOK, reason="for who looks at each screen in every look")
async def test_german_visitors_meet_no_barriers(cast: Cast, demo: EngageProcess, tmp_path: Path) -> None:
    gerda = Widget(await cast.somebody(locale="de-DE"))
    page = gerda.page
    looks = tuple(Look(width, dark) for width, dark in product((1280, 1920, 390, 320), (False, True)))
    walk = Walk(page, tmp_path, looks, await gerda.person.context.new_cdp_session(page))
    for address in ("/help/", "/help/?q=router"):
        await page.goto(demo.url + address)
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        await walk.looks_at(address)
    for address, name in zip(await pages_of_mails(demo), ("solved", "preferences"), strict=True):
        await page.goto(address)
        await expect(page.get_by_role("button").first).to_be_visible()
        await walk.looks_at(name)
    await page.goto(f"{demo.url}/try/nordlink")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await walk.looks_at("try")
    await gerda.opens()
    await expect(gerda.heading("Häufig gefragt")).to_be_visible()
    await walk.looks_at("home", inside(gerda))
    await gerda.button(re.compile("^Rückruf")).click()
    await gerda.button("Rückruf anfordern").click()
    await expect(gerda.complaint.first).to_be_visible()
    await walk.looks_at("call", inside(gerda))
    await gerda.button("Zurück").click()
    await gerda.chooses_chat()
    await gerda.button("Chat beginnen").click()
    await expect(gerda.complaint.first).to_be_visible()
    await walk.looks_at("form", inside(gerda))
    await gerda.frame.locator(".topics label").first.click()
    await gerda.frame.locator("#first-message").fill("Seit heute früh blinkt der Router rot. " * 5)
    await gerda.button("Chat beginnen").click()
    await expect(gerda.queue_card).to_be_visible()
    await walk.looks_at("queue", inside(gerda))

    walk.found_nothing()
