"""German, and scripts that run from right to left."""

from playwright.async_api import expect

from tests.journeys.cast import Cast
from tests.services.engage import EngageProcess


async def test_agent_chooses_german_and_keeps_it(cast: Cast, demo: EngageProcess) -> None:
    page = (await cast.agent(demo.url, "anna")).page

    await page.get_by_role("button", name="Anna: settings and sign out").click()
    await page.get_by_role("menuitemradio", name="Deutsch").click()
    await expect(page.get_by_role("region", name="Arbeit", exact=True)).to_be_visible()
    await page.goto(f"{demo.url}/console/settings/outcomes")

    await expect(page.get_by_role("heading", name="Ergebnisse")).to_be_visible()
    assert await page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["de", "ltr"]
