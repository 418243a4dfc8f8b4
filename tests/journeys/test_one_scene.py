"""Two visitors and three agents: all that can happen to waiting work, in one scene, and why whenever nobody has it."""

import re

from playwright.async_api import expect

from tests.journeys.carrier import Carrier
from tests.journeys.cast import Cast
from tests.journeys.console import Console
from tests.people import TestAgent

#: nothing rings out by itself, however long the scene takes on a busy machine
FOR_LONG = 600
#: behind one whose offer rings at the only desk, where nobody has taken anything lately; and when his own rings
SECOND, NEXT = "You are 2nd in line, about 2–3 minutes", "You are next, in a moment"


async def test_declined_missed_handed_on_shared_and_saved_from_a_centre_that_goes_down(
    cast: Cast, carrier: Carrier
) -> None:
    carrier.lets_offers_ring(seconds=FOR_LONG)
    carrier.gives_everybody_one_at_a_time()
    url = carrier.opens().url
    await chiara_works_in_bergen(url)
    anna = await cast.agent(url, "anna")
    ben, chiara = Console(await cast.somebody(), url), Console(await cast.somebody(), url)
    vera, otto = await cast.visitor(url), await cast.visitor(url)

    await vera.starts_chat("My router blinks red", name="Vera Lind")
    await anna.is_offered("Vera Lind")
    await otto.starts_chat("Where is my bill?", name="Otto Berg")
    await expect(otto.queue_card).to_contain_text(SECOND)

    await anna.declines("Vera Lind")
    await anna.is_offered("Otto Berg")
    carrier.remembers_refusals()
    await anna.is_told_why_nobody_gets("Vera Lind", Anna="Declined or missed it")
    carrier.lets_offers_ring_out()
    await ben.signs_in("ben")
    await ben.goes("Busy")
    await expect(anna.offer).to_be_hidden()
    carrier.remembers_refusals()
    await anna.is_told_why_nobody_gets("Otto Berg", Anna="Declined or missed it")
    await anna.goes("Busy")

    await ben.goes("Available")
    await ben.is_offered("Vera Lind")
    await ben.accepts("Vera Lind")
    await vera.is_answered_by("Ben")
    await expect(otto.queue_card).to_contain_text("You are next")
    await chiara.signs_in("chiara")
    await chiara.becomes_available()
    await chiara.is_offered("Otto Berg")
    carrier.lets_half_a_minute_pass()
    await anna.goes("Away")
    await expect(otto.queue_card).to_contain_text(NEXT)

    await anna.goes("Available")
    await ben.asks_in("h", "Anna", "Could you take it?")
    await anna.comes_in("Ben asks for your advice")
    await ben.page.get_by_role("button", name="Hand over to Anna").click()
    await expect(vera.line("You are now with Anna")).to_be_visible()
    await anna.page.get_by_role("button", name="Reply", exact=True).click()
    await anna.asks_in("o", "Ben", "You know fibre best")
    await ben.comes_in("Anna asks you into a conversation")
    await expect(vera.line("Ben joined the conversation")).to_have_count(2)
    await anna.is_told_who_would_get_it(re.compile("^(Anna|Ben): "), Chiara="Hands are full")
    await anna.commands("leave the", "Leave the conversation")
    await expect(vera.line("Anna left the conversation")).to_be_visible()
    await anna.goes("Busy")

    await anna.commands("Show the board", "Show the board")
    await anna.page.get_by_role("button", name="State of Bergen").click()
    await anna.page.get_by_role("menuitem", name="Down").click()
    await anna.page.get_by_role("dialog").get_by_role("button", name="Down").click()
    await expect(chiara.offer).to_be_hidden()
    await anna.comes_to_work()
    await anna.is_told_why_nobody_gets("Otto Berg", Chiara="The centre is not open", Ben="Hands are full")
    await anna.commands("Show the board", "Show the board")
    await anna.page.get_by_role("button", name="State of Bergen: Down").click()
    await anna.page.get_by_role("menuitem", name="Open").click()
    await chiara.accepts("Otto Berg")
    await otto.is_answered_by("Chiara")
    await ben.page.get_by_role("button", name="Reply", exact=True).click()
    await ben.says("I go on with you")
    await expect(vera.bubble("I go on with you")).to_be_visible()


async def chiara_works_in_bergen(url: str) -> None:
    async with TestAgent(url, "anna", presence="offline") as admin, TestAgent(url, "chiara", presence="offline") as her:
        (site,) = (await admin.get("/agent/me"))["sites"]
        centre = await admin.post(f"/admin/sites/{site['id']}/centres", name="Bergen")
        await admin.put(f"/admin/sites/{site['id']}/people/{her.id}/routing", centre_id=centre["id"])
