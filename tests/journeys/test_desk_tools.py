"""The tools at an agent's hand: canned replies, labels, drafts that follow him, colleagues named in notes."""

from playwright.async_api import expect

from tests.journeys.axe import barriers
from tests.journeys.cast import Cast
from tests.journeys.console import Console
from tests.journeys.patience import becomes
from tests.services.engage import EngageProcess


async def test_agent_answers_with_a_canned_reply_and_labels_without_the_mouse(cast: Cast, demo: EngageProcess) -> None:
    anna, vera = await cast.in_conversation(demo.url)
    page, press = anna.page, anna.page.keyboard.press

    await expect(anna.reply).to_be_focused()
    await page.keyboard.type("/router")
    options = page.get_by_role("listbox", name="Canned replies").get_by_role("option")
    await expect(options).to_have_count(2)
    await expect(page.locator(".suggestions-preview")).to_contain_text("Vera, please look at the lamps")
    await press("ArrowDown")
    await expect(page.locator(".suggestions-preview")).to_contain_text("unplug the router")
    await press("ArrowUp")
    await press("Enter")
    await expect(anna.reply).to_have_value(
        "Vera, please look at the lamps on the front. Which one is red, and does it blink?"
    )
    await press("Enter")
    await expect(vera.bubble("Vera, please look at the lamps")).to_be_visible()
    await press("Escape")
    await press("l")
    await expect(page.locator("[cmdk-input]")).to_be_focused()
    await page.keyboard.type("outage")
    await expect(page.get_by_role("option", name="Outage", selected=True)).to_be_visible()
    await press("Enter")
    await press("Escape")

    await expect(page.locator(".conversation-header .label-chip")).to_have_text("Outage")
    await expect(anna.row("Vera Lind").locator(".label-chip")).to_have_text("Outage")


async def test_draft_waits_on_the_next_machine_and_is_gone_when_it_is_sent(cast: Cast, demo: EngageProcess) -> None:
    anna, vera = await cast.in_conversation(demo.url)
    async with anna.page.expect_response(lambda answer: answer.url.endswith("/draft") and answer.ok):
        await anna.types("The technician comes at n")

    at_home = Console(await cast.somebody(), demo.url)
    await at_home.signs_in("anna")
    await expect(at_home.row("Vera Lind")).to_contain_text("Draft")
    await at_home.opens("Vera Lind")
    await expect(at_home.reply).to_have_value("The technician comes at n")
    await at_home.page.keyboard.press("r")
    await expect(at_home.reply).to_be_focused()
    await at_home.page.keyboard.type("oon")
    await expect(anna.reply).to_have_value("The technician comes at noon")
    await at_home.reply.press("Enter")

    await expect(vera.bubble("The technician comes at noon")).to_be_visible()
    await expect(anna.reply).to_have_value("")


async def test_colleague_named_in_a_note_finds_it_and_reads_it(cast: Cast, demo: EngageProcess) -> None:
    ben = await cast.agent(demo.url, "ben")
    await ben.goes("Busy")
    anna, _vera = await cast.in_conversation(demo.url)
    await anna.page.get_by_role("button", name="Note", exact=True).click()
    await expect(anna.note).to_be_focused()
    await anna.page.keyboard.type("@be")
    await expect(anna.page.get_by_role("option", name="Ben")).to_be_visible()
    await anna.page.keyboard.press("Enter")
    await expect(anna.note).to_have_value("@Ben ")
    await anna.page.keyboard.type("do you know this router?")
    await anna.page.keyboard.press("Enter")
    await expect(anna.bubble("do you know this router?").locator(".mention-name")).to_have_text("@Ben")

    await expect(ben.page.get_by_label("1 new mention")).to_be_visible()
    await expect(ben.page).to_have_title("(1) Engage")
    await ben.page.get_by_role("link", name="Mentions").click()
    await ben.page.get_by_role("link", name="do you know this router?").click()

    await expect(ben.bubble("@Ben do you know this router?")).to_be_visible()
    await expect(ben.page.get_by_label("1 new mention")).to_be_hidden()
    await ben.page.reload()
    await ben.page.get_by_role("link", name="Mentions").click()
    await expect(ben.page.locator(".mention")).to_have_count(1)
    await expect(ben.page.locator(".mention-new")).to_have_count(0)


async def test_second_conversation_is_merged_into_the_first_and_the_open_widget_goes_on_there(
    cast: Cast, demo: EngageProcess
) -> None:
    anna, vera = await cast.in_conversation(demo.url)
    await vera.ends()
    await anna.wraps_up("Solved")
    await vera.goes_home()
    await vera.chooses_chat()
    await vera.chooses_topic("Technical help")
    await vera.first_message.fill("It is red again")
    await vera.button("Start chat").click()
    await anna.accepts("Vera Lind")
    await vera.is_answered_by("Anna")
    await vera.types("By the way")

    await anna.page.get_by_role("button", name="More actions").locator("visible=true").click()
    merge = anna.page.get_by_role("menuitem", name="Merge into another conversation")
    await expect(merge).to_be_visible()
    assert await barriers(anna.page) == []
    await merge.click()
    dialog = anna.page.get_by_role("dialog")
    await expect(dialog.get_by_role("radio")).to_be_checked()
    assert await barriers(anna.page) == []
    await dialog.get_by_role("button", name="Merge", exact=True).click()

    await expect(anna.line("Anna merged “Technical help”")).to_be_visible()
    await expect(anna.bubble("My router blinks red")).to_be_visible()
    await expect(vera.line("Another conversation of yours goes on here")).to_be_visible()
    await becomes(vera.conversation, ["My router blinks red", "It is red again"])
    await expect(vera.composer).to_have_value("By the way")
    await vera.composer.press("Enter")
    await expect(anna.bubble("By the way")).to_be_visible()
    await anna.says("It is the cable")
    await expect(vera.bubble("It is the cable")).to_be_visible()
