"""A supervisor sets up who gets what, and asks why somebody waits."""

import re

from playwright.async_api import expect

from tests.journeys.axe import barriers
from tests.journeys.cast import Cast
from tests.journeys.console import Console
from tests.services.engage import EngageProcess


async def test_queue_asks_for_a_skill_and_says_who_lacks_it(cast: Cast, demo: EngageProcess) -> None:
    anna = Console(await cast.somebody(), demo.url)
    await anna.signs_in("anna")
    page, dialog = anna.page, anna.page.get_by_role("dialog")
    await page.goto(f"{demo.url}/console/settings/skills/nordlink")
    await page.get_by_label("New skill").fill("Danish")
    await page.get_by_role("button", name="Add", exact=True).click()
    await expect(page.get_by_role("button", name="Remove Danish")).to_be_visible()

    await page.goto(f"{demo.url}/console/settings/queues/nordlink")
    await page.get_by_role("button", name=re.compile("^Routing of")).first.click()
    await dialog.get_by_role("button", name="Ask for skills").click()
    await dialog.get_by_label("Danish").select_option("2")
    found = {"rules": await barriers(page)}
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_be_hidden()

    await page.goto(f"{demo.url}/console/settings/people/nordlink")
    await page.get_by_role("button", name="More for Ben").click()
    await page.get_by_role("menuitem", name="Skills and centre").click()
    await dialog.get_by_label("Danish").select_option("3")
    found["person"] = await barriers(page)
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_be_hidden()

    vera = await cast.visitor(demo.url)
    await vera.starts_chat("Hej", topic="Orders and contracts", name="Vera Lind")
    await page.goto(f"{demo.url}/console/queue")
    await anna.opens("Vera Lind")
    await anna.commands("Who would", "Who would get this?")
    await expect(dialog.get_by_text("Nobody can have it at this moment.")).to_be_visible()
    await expect(dialog.get_by_role("listitem").filter(has_text="Ben")).to_contain_text("Not available")
    found["what-if"] = await barriers(page)

    assert {screen: violations for screen, violations in found.items() if violations} == {}
