"""Every main screen, light and dark, without a serious barrier for anybody."""

import pytest
from playwright.async_api import Frame, expect

from tests.journeys.axe import barriers
from tests.journeys.cast import Cast
from tests.journeys.console import Console
from tests.journeys.widget import Widget
from tests.services.engage import EngageProcess

LOOKS = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])


def inside(widget: Widget) -> Frame:
    return next(frame for frame in widget.page.frames if "/widget/frame/" in frame.url)


@LOOKS
async def test_widget_has_no_barriers(cast: Cast, demo: EngageProcess, *, dark: bool) -> None:
    anna = await cast.agent(demo.url, "anna")
    vera = await cast.visitor(demo.url, dark=dark)
    found = {"launcher": await barriers(vera.page)}
    await vera.opens()
    await expect(vera.heading("Popular answers")).to_be_visible()
    found["home"] = await barriers(inside(vera))
    await vera.search.fill("router")
    await expect(vera.answer("Restart or reset your router")).to_be_visible()
    found["answers"] = await barriers(inside(vera))
    await vera.answer("Restart or reset your router").click()
    await expect(vera.button("Yes")).to_be_visible()
    found["article"] = await barriers(inside(vera))
    await vera.goes_home()
    await vera.chooses_chat()
    await vera.button("Start chat").click()
    await expect(vera.complaint.first).to_be_visible()
    found["form"] = await barriers(inside(vera))
    await vera.chooses_topic("Technical help")
    await vera.first_message.fill("It blinks red")
    await vera.introduces_himself(name="Vera Lind")
    await vera.button("Start chat").click()
    await expect(vera.queue_card).to_be_visible()
    found["queue"] = await barriers(inside(vera))
    await anna.accepts("Vera Lind")
    await anna.says("Let us have a look")
    await vera.says("Thank you")
    found["conversation"] = await barriers(inside(vera))
    await vera.ends()
    await vera.frame.get_by_title("Good", exact=True).click()
    found["rating"] = await barriers(inside(vera))

    assert {screen: violations for screen, violations in found.items() if violations} == {}


@LOOKS
async def test_console_has_no_barriers(cast: Cast, demo: EngageProcess, *, dark: bool) -> None:
    anna = Console(await cast.somebody(dark=dark), demo.url)
    await anna.comes_to_work()
    await expect(anna.page.get_by_role("heading", name="Sign in to Engage")).to_be_visible()
    found = {"sign-in": await barriers(anna.page)}
    await anna.signs_in("anna")
    found["work"] = await barriers(anna.page)
    await anna.becomes_available()
    vera = await cast.visitor(demo.url)
    await vera.starts_chat("My router blinks red")
    await anna.is_offered("Vera Lind")
    found["offer"] = await barriers(anna.page)
    await anna.accepts("Vera Lind")
    await anna.notes("Look at line 3")
    await anna.says("Let us have a look")
    await vera.says("Thank you")
    await expect(anna.bubble("Thank you")).to_be_visible()
    found["conversation"] = await barriers(anna.page)
    await anna.ends()
    found["wrap-up"] = await barriers(anna.page)
    await anna.wraps_up("Solved")
    await anna.page.keyboard.press("Control+k")
    await expect(anna.page.get_by_role("dialog")).to_be_visible()
    found["commands"] = await barriers(anna.page)
    await anna.page.keyboard.press("Escape")
    await anna.page.goto(f"{demo.url}/console/mails")
    await expect(anna.page.get_by_role("heading", name="Mails")).to_be_visible()
    found["mails"] = await barriers(anna.page)

    assert {screen: violations for screen, violations in found.items() if violations} == {}


@LOOKS
async def test_websites_have_no_barriers(cast: Cast, demo: EngageProcess, *, dark: bool) -> None:
    page = (await cast.somebody(dark=dark)).page
    found: dict[str, list[str]] = {}
    for address in ("/demo/", "/demo/plans", "/demo/bill", "/demo/support", "/help/", "/help/?q=router"):
        await page.goto(demo.url + address)
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        found[address] = await barriers(page)
    await page.goto(f"{demo.url}/help/")
    await page.locator(".shelf a").first.click()
    await expect(page.get_by_role("button", name="Yes")).to_be_visible()
    found["article"] = await barriers(page)

    assert {screen: violations for screen, violations in found.items() if violations} == {}
