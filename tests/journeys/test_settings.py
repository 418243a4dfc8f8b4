"""What an admin sets up is what visitors meet: look, texts, topics, the rating's faces, mail and closed days."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.async_api import Page, expect

from tests.journeys.cast import Cast
from tests.journeys.console import Console
from tests.journeys.widget import Widget
from tests.services.engage import EngageProcess

ABOVE_THE_WAYS = "Above the ways to contact you"


async def test_visitors_meet_what_the_admin_has_set_up(cast: Cast, demo: EngageProcess) -> None:
    anna = await cast.agent(demo.url, "anna")
    await changes_the_look(anna)
    await changes_a_text(anna)
    await adds_a_topic(anna)
    await asks_with_faces(anna)
    await tries_the_mail(anna)

    gerda = Widget(await cast.somebody(locale="de-DE"))
    await gerda.comes_to(f"{demo.url}/demo/")
    await expect(gerda.launcher).to_have_css("background-color", "rgb(138, 43, 226)")
    await gerda.opens()
    await expect(gerda.heading("Guten Tag, wie können wir helfen?")).to_be_visible()
    await expect(gerda.heading("Wir sind gern da")).to_be_visible()
    vera = await cast.visitor(demo.url)
    await vera.opens()
    await expect(vera.heading("Ahoy!")).to_be_visible()
    await expect(vera.heading("Talk to us")).to_be_visible()
    await vera.closes()
    await vera.starts_chat("When is my street dug up?", topic="Fibre at home")
    await anna.accepts("Vera Lind")
    await anna.ends()
    await expect(vera.frame.get_by_title("Very good", exact=True).locator(".icon-laugh")).to_be_visible()
    await vera.asks_for_transcript("vera@example.org")
    await expect(await anna.reads_mail("Your conversation")).to_contain_text("When is my street dug up?")
    await expect(anna.page.locator(".mail-header")).to_contain_text("harbour@nordlink.example")

    await closes_for_two_days(anna)
    await gerda.page.reload()
    await expect(gerda.button(re.compile("^Chat"))).to_contain_text("Öffnet")
    await gerda.chooses_chat()
    await expect(gerda.frame.locator(".intro")).to_contain_text("geschlossen")


async def goes_to(anna: Console, section: str) -> Page:
    await anna.page.goto(f"{anna.url}/console/settings/{section}/nordlink")
    return anna.page


async def saves(page: Page) -> None:
    """Saved is what the form, drawn anew from the server, has nothing more to say about."""
    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text(re.compile("^Saved"))).to_be_visible()
    await expect(page.get_by_text("Not saved yet")).to_have_count(0)


async def changes_the_look(anna: Console) -> None:
    page = await goes_to(anna, "look")
    shown = page.frame_locator(".look-preview iframe")
    await page.get_by_label("Greeting").fill("Ahoy!")
    await page.get_by_label("Colour", exact=True).fill("#8a2be2")

    await expect(shown.frame_locator("engage-widget iframe").get_by_role("heading", name="Ahoy!")).to_be_visible()
    await expect(shown.locator("engage-widget .launcher")).to_have_css("background-color", "rgb(138, 43, 226)")
    await expect(page.get_by_label("Colour", exact=True)).to_be_focused()
    await saves(page)


async def changes_a_text(anna: Console) -> None:
    page = await goes_to(anna, "general")
    await page.get_by_label("Further languages").select_option("da")
    await saves(page)
    page = await goes_to(anna, "texts")
    for language, text in (("en", "Talk to us"), ("de", "Wir sind gern da"), ("da", "Vi er her")):
        await page.get_by_label("Language", exact=True).select_option(language)
        await page.get_by_label(ABOVE_THE_WAYS).fill(text)
    await saves(page)


async def adds_a_topic(anna: Console) -> None:
    page = await goes_to(anna, "queues")
    await page.get_by_role("button", name="Add a queue").click()
    dialog = page.get_by_role("dialog", name="Add a queue")
    await dialog.get_by_label("Name", exact=True).fill("Fibre at home")
    await dialog.get_by_role("button", name="Save").click()
    await expect(page.locator(".settings-row").filter(has_text="Fibre at home")).to_be_visible()


async def asks_with_faces(anna: Console) -> None:
    page = await goes_to(anna, "chat_rules")
    await page.get_by_label("Scale").select_option("Five faces")
    await saves(page)


async def tries_the_mail(anna: Console) -> None:
    page = await goes_to(anna, "mail")
    await page.get_by_label("From", exact=True).fill("Harbour care <harbour@nordlink.example>")
    await saves(page)
    await page.get_by_role("button", name="Send a test mail").click()
    await expect(page.locator(".test-result")).to_contain_text("mails are kept, not sent")


async def closes_for_two_days(anna: Console) -> None:
    """Open all day but for the holidays; two of each, so that midnight may pass meanwhile."""
    page = await goes_to(anna, "hours")
    await page.get_by_role("switch", name="Always open").click()
    today = datetime.now(ZoneInfo("Europe/Berlin")).date()
    days = (today, today + timedelta(days=1))
    for weekday in (f"{day:%A}" for day in days):
        await page.get_by_role("button", name=f"Add hours on {weekday}").click()
        await page.get_by_label(f"{weekday} from").fill("00:00")
        await page.get_by_label(f"{weekday} until").fill("00:00")
    await expect(page.locator(".hours-now")).to_have_text("Open now")
    for place, day in enumerate(days):
        await page.get_by_role("button", name="Add a holiday").click()
        await page.get_by_label("Day", exact=True).nth(place).fill(str(day))
        await page.get_by_label("Name, such as Christmas Day").nth(place).fill("Harbour day")
    await expect(page.locator(".hours-now")).to_contain_text("Closed now")
    await saves(page)
