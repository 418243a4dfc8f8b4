"""What admins and editors set up, each at his page, is what visitors and colleagues meet."""

import re
from pathlib import Path

from PIL import Image
from playwright.async_api import Page, expect

from tests.journeys.axe import barriers
from tests.journeys.carrier import Carrier
from tests.journeys.cast import Cast
from tests.journeys.console import Console
from tests.journeys.widget import Widget
from tests.services.engage import EngageProcess


async def goes_to(anna: Console, section: str) -> Page:
    await anna.page.goto(f"{anna.url}/console/settings/{section}/nordlink")
    await expect(anna.page.locator(".settings-frame")).to_be_visible()
    return anna.page


async def saves(page: Page) -> None:
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    await expect(page.get_by_text("Not saved yet")).to_have_count(0)


async def test_face_logo_answers_and_german_choices_are_what_a_visitor_meets(
    cast: Cast, demo: EngageProcess, tmp_path: Path
) -> None:
    anna = await cast.agent(demo.url, "anna")
    await shows_her_face_and_the_logo(anna, tmp_path)
    await puts_an_answer_first(anna)
    await asks_in_german(anna)

    gerda = Widget(await cast.somebody(locale="de-DE"))
    await gerda.comes_to(f"{demo.url}/demo/")
    await gerda.opens()
    await expect(gerda.frame.get_by_role("img", name="Nordlink")).to_have_js_property("naturalHeight", 64)
    await expect(gerda.frame.locator(".search ~ * button, .rows button").first).to_contain_text("eSIM")
    await gerda.chooses_chat()
    choice = gerda.frame.get_by_label(re.compile("^Was für ein Anschluss"))
    await expect(choice.get_by_role("option")).to_have_text(["Auswählen", "Glasfaser", "Copper"])
    await choice.select_option("Glasfaser")
    await gerda.chooses_topic("Technische Hilfe")
    await gerda.frame.get_by_label("Nachricht", exact=True).fill("Alles ist rot")
    await gerda.button("Chat beginnen").click()
    await anna.accepts("Visitor")

    await expect(anna.visitor_pane).to_contain_text("Fibre")
    await expect(gerda.frame.locator(".face img").first).to_have_js_property("naturalWidth", 192)


async def shows_her_face_and_the_logo(anna: Console, folder: Path) -> None:
    for section, name, size in (("profile", "face", (300, 200)), ("look", "logo", (300, 64))):
        Image.new("RGB", size, "teal").save(folder / f"{name}.png")
        page = await goes_to(anna, section)
        await page.locator(".picture-field input[type=file]").set_input_files(folder / f"{name}.png")
        await expect(page.get_by_text("The picture is saved.")).to_be_visible()
        await expect(page.locator(".picture-shown img")).to_be_visible()


async def puts_an_answer_first(anna: Console) -> None:
    page = await goes_to(anna, "articles")
    await page.get_by_role("button", name="Popular answers").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Answer 1").select_option("Set up an eSIM")
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_be_hidden()


async def asks_in_german(anna: Console) -> None:
    page = await goes_to(anna, "pre_chat")
    await page.get_by_role("button", name="Add a question").click()
    await page.get_by_label("Question", exact=True).last.fill("Which line")
    await page.get_by_label("Kind of answer").last.select_option("Choice")
    await page.get_by_role("textbox", name="Answer 1").fill("Fibre")
    await page.get_by_role("textbox", name="Answer 2").fill("Copper")
    await page.get_by_label("Language", exact=True).select_option("de")
    await page.get_by_label("Question", exact=True).last.fill("Was für ein Anschluss")
    await page.get_by_role("textbox", name="Answer 1").fill("Glasfaser")
    await saves(page)


async def test_team_centre_and_blocked_address_are_set_up_and_taken_back(cast: Cast, carrier: Carrier) -> None:
    anna, vera = await cast.in_conversation(carrier.opens(ENGAGE_TRUSTED_PROXIES="1").url)
    await vera.person.context.set_extra_http_headers({"X-Forwarded-For": "203.0.113.7"})
    page, dialog = anna.page, anna.page.get_by_role("dialog")
    await joins_a_team_that_serves_a_queue(anna)
    await closes_her_centre_and_opens_it(anna)

    await goes_to(anna, "blocks")
    await page.get_by_role("button", name="Block an address").click()
    await dialog.get_by_label("Internet or mail address").fill("203.0.113.0/24")
    await dialog.get_by_label("Reason").fill("Somebody floods us")
    await dialog.get_by_role("button", name="Block", exact=True).click()
    row = page.get_by_role("row", name="203.0.113.0/24")
    await expect(row).to_contain_text("Somebody floods us")
    assert await barriers(page) == []
    await vera.types("Do you still hear me?")
    await vera.composer.press("Enter")
    await expect(vera.frame.get_by_role("log").get_by_text("Not sent")).to_be_visible()
    await row.get_by_role("button", name="Lift").click()
    await expect(row).to_be_hidden()
    await vera.page.reload()
    await vera.says("Thank you")


async def joins_a_team_that_serves_a_queue(anna: Console) -> None:
    page = await goes_to(anna, "teams")
    dialog = page.get_by_role("dialog")
    await page.get_by_role("button", name="Add a team").click()
    await dialog.get_by_label("Name").fill("Night shift")
    await dialog.get_by_label("Anna").check()
    await dialog.get_by_role("button", name="Save").click()
    await expect(page.locator(".settings-row").filter(has_text="Night shift")).to_contain_text("Anna")
    page = await goes_to(anna, "queues")
    await page.get_by_role("button", name="Change Technical help").click()
    await dialog.get_by_label("Night shift").check()
    await dialog.get_by_role("button", name="Save").click()
    await expect(page.locator(".settings-row").filter(has_text="Technical help")).to_contain_text("Night shift")


async def closes_her_centre_and_opens_it(anna: Console) -> None:
    page = await goes_to(anna, "centres")
    dialog = page.get_by_role("dialog")
    await page.get_by_label("New centre").fill("Hamburg")
    await page.get_by_role("button", name="Add", exact=True).click()
    row = page.locator(".settings-row").filter(has_text="Hamburg")
    await row.get_by_role("combobox").select_option("down")
    await dialog.locator(".button-danger").click()
    await expect(dialog).to_be_hidden()
    await expect(row.get_by_role("combobox")).to_have_value("down")
    await row.get_by_role("combobox").select_option("open")
    await expect(row.locator(".is-warning")).to_have_count(0)
