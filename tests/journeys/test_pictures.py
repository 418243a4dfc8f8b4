"""Pictures for the documents: `ENGAGE_SCREENSHOTS=1 pytest tests/journeys/test_pictures.py` takes them anew.

The journey runs in every run, so that the pictures can always be taken; files are written only when asked for.
"""

import asyncio
import os
import re
from io import BytesIO
from itertools import product
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Page, expect

from tests.engage.integrations.receiver import a_receiver
from tests.journeys.carrier import Carrier
from tests.journeys.cast import Cast
from tests.journeys.console import PASSWORD, Console
from tests.journeys.widget import Widget
from tests.people import TestAgent, TestVisitor
from tests.services.engage import ROOT, EngageProcess

FOLDER = ROOT / "docs" / "images"
MOST_BYTES = 200_000

QUESTION = "Good evening! My router blinks red since this morning, and nothing works any more."
TALK = (
    ("anna", "Hello Vera, I am sorry to hear that. One moment, I will look at your line."),
    ("anna", "I see a fault in your street. Our people are on it and expect it to work again by 18:30."),
    ("vera", "Ah, so it is not my router. Can I do anything until then?"),
    ("anna", "No need to touch it. I have added 10 GB to your mobile plan, so that you can go on working."),
    ("vera", "That is very kind, thank you!"),
)


#: in every run one of them, which is the way that all of them go
TAKEN = tuple(product((False, True), (1280, 390))) if os.environ.get("ENGAGE_SCREENSHOTS") == "1" else ((True, 390),)


@pytest.mark.parametrize(("dark", "width"), TAKEN)
async def test_pictures_for_the_documents(
    cast: Cast, demo: EngageProcess, tmp_path: Path, *, dark: bool, width: int
) -> None:
    folder = FOLDER if os.environ.get("ENGAGE_SCREENSHOTS") == "1" else tmp_path
    end = f"{'dark' if dark else 'light'}-{width}.png"
    anna = await cast.agent(demo.url, "anna", width=width, dark=dark)
    vera = await cast.visitor(demo.url, width=width, dark=dark)

    await vera.opens()
    await expect(vera.heading("Popular answers")).to_be_visible()
    await takes_picture(vera.page, folder / f"widget-home-{end}")
    await vera.closes()
    await has_a_good_talk(anna, vera)
    await expect(anna.online).to_be_visible()
    await takes_picture(vera.page, folder / f"widget-chat-{end}")
    await takes_picture(anna.page, folder / f"console-{end}")
    reader = (await cast.somebody(width=width, dark=dark)).page
    await looks_for_help(reader, demo.url)
    await takes_picture(reader, folder / f"help-{end}")


#: pictures of single screens: where, and what must be seen before it is taken
SCREENS = {
    "look": ("/console/settings/look", ".look-preview iframe"),
    "queues": ("/console/settings/queues", ".settings-row"),
    "people": ("/console/settings/people", ".people-table"),
    "webhooks": ("/console/settings/webhooks", ".webhook-acts"),
    "teams": ("/console/settings/teams", ".settings-row"),
    "skills": ("/console/settings/skills", ".settings-row"),
    "promises": ("/console/settings/promises", ".settings-row"),
    "callback": ("/console/settings/callback", ".save-bar"),
    "board": ("/console/board", ".board-row"),
    "work": ("/console/all?channel=webchat&unread=1", ".work-row"),
}
#: one of each colour, language and width is enough to know them by
IN_TWO_LOOKS = {"teams", "skills", "promises", "callback"}


@pytest.mark.skipif(
    os.environ.get("ENGAGE_SCREENSHOTS") != "1", reason="these screens are walked by test_every_screen in every run"
)
@pytest.mark.parametrize(
    ("dark", "locale", "width"), [(False, "en-GB", 1280), (True, "de-DE", 1280), (True, "de-DE", 390)]
)
async def test_pictures_of_settings_and_work(
    cast: Cast, carrier: Carrier, *, dark: bool, locale: str, width: int
) -> None:
    url = carrier.opens(ENGAGE_OUTGOING_ALLOW='["127.0.0.1"]').url
    await work_comes_in(url)
    page = (await cast.somebody(width=width, dark=dark, locale=locale)).page
    end = f"{'dark' if dark else 'light'}-{locale[:2]}-{width}.png"
    await page.goto(f"{url}/console/")
    await page.locator("input[type=email]").fill("anna@nordlink.example")
    await page.locator("input[type=password]").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.locator(".work-pane")).to_be_visible()
    shown = SCREENS if not dark or width == 390 else {name: SCREENS[name] for name in SCREENS.keys() - IN_TWO_LOOKS}
    async with TestAgent(url, "ben", presence="busy"), TestAgent(url, "chiara", presence="busy"):
        for name, (path, sign) in shown.items():
            await page.goto(f"{url}{path}")
            await expect(page.locator(sign).first).to_be_visible()
            await expect(page.locator(".skeleton")).to_have_count(0)
            await page.wait_for_load_state("networkidle")
            await takes_picture(page, FOLDER / f"{name}-{end}")
    if shown is not SCREENS:  # the same goes for what is opened by hand
        return
    await chooses_two(page)
    await takes_picture(page, FOLDER / f"selected-{end}")
    await asks_to_merge(page, url)
    await takes_picture(page, FOLDER / f"merge-{end}")


async def chooses_two(page: Page) -> None:
    rows = page.locator(".work-row a")
    await expect(rows.nth(1)).to_be_visible()
    await rows.first.focus()
    await page.keyboard.press("x")
    await page.keyboard.press("Shift+J")
    await expect(page.locator(".bulk-bar")).to_be_visible()


async def asks_to_merge(page: Page, url: str) -> None:
    await page.goto(f"{url}/console/mine")
    await page.locator(".work-row").filter(has_text="Jonas Petersen").click()
    await page.locator(".action-toolbar button:has(.lucide-ellipsis)").locator("visible=true").click()
    await page.locator("[role=menuitem]:has(.lucide-merge)").click()
    await expect(page.get_by_role("dialog").get_by_role("radio").first).to_be_checked()


@pytest.mark.skipif(os.environ.get("ENGAGE_SCREENSHOTS") != "1", reason="test_own_window goes there in every run")
async def test_picture_of_the_chat_in_a_window_of_its_own(cast: Cast, demo: EngageProcess) -> None:
    anna, vera = await cast.agent(demo.url, "anna"), await cast.visitor(demo.url)
    await has_a_good_talk(anna, vera)
    async with vera.page.expect_popup() as opening:
        await vera.button("Open in a window of its own").click()
    chat = await opening.value
    await chat.set_viewport_size({"width": 420, "height": 680})
    await expect(chat.get_by_role("log")).to_contain_text(TALK[-1][1])
    await takes_picture(chat, FOLDER / "window-light-420.png")


@pytest.mark.skipif(os.environ.get("ENGAGE_SCREENSHOTS") != "1", reason="test_parties goes there in every run")
async def test_picture_of_a_colleague_s_advice(cast: Cast, demo: EngageProcess) -> None:
    anna, vera = await cast.agent(demo.url, "anna"), await cast.visitor(demo.url)
    chiara = await cast.agent(demo.url, "chiara")
    await has_a_good_talk(anna, vera)
    await anna.asks_in("h", "Chiara", "May I credit a whole month?")
    await chiara.comes_in("Anna asks for your advice")
    await chiara.note.fill("Yes, up to 40 euros. Write it into the outcome.")
    await chiara.note.press("Enter")
    await expect(anna.bubble("up to 40 euros")).to_be_visible()
    await takes_picture(anna.page, FOLDER / "consult-light-en-1280.png")


@pytest.mark.skipif(os.environ.get("ENGAGE_SCREENSHOTS") != "1", reason="test_callback goes there in every run")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_picture_of_the_form_for_a_call(cast: Cast, carrier: Carrier, *, dark: bool) -> None:
    carrier.calls_at_any_hour()
    vera = await cast.visitor(carrier.opens().url, width=390, dark=dark)
    await vera.opens()
    await vera.button(re.compile("^Call me back")).click()
    await vera.frame.get_by_label("Phone number").fill("+49 1512 3456789")
    await expect(vera.frame.get_by_text("We call +49")).to_be_visible()
    await takes_picture(vera.page, FOLDER / f"widget-call-{'dark' if dark else 'light'}-390.png")


async def work_comes_in(url: str) -> None:
    """Four chats, three of them on Anna's desk, two of these of one visitor; what a team needs, and a tried webhook."""
    asked = (("Vera Lind", QUESTION, "technical"), ("Jonas Petersen", "Is the bill of May wrong?", "billing"))
    async with TestAgent(url, "anna") as anna:
        site = (await anna.get("/agent/me"))["sites"][0]["id"]
        await promises_are_made(anna, site)
        for name, text, topic in asked:
            async with TestVisitor(url) as visitor:
                chat = await visitor.starts_chat(text, topic=topic, name=name)
                accepted = await anna.accepts(chat["id"])
                if name == "Jonas Petersen":
                    await writes_again(visitor, anna, chat["id"], accepted["engagement_id"])
        await anna.put("/agent/presence", presence="busy")
        async with TestVisitor(url) as mia:
            await mia.starts_chat("I wait for my router since Monday.", topic="orders", name="Mia Sommer")
        await teams_are_made(anna, site)
        async with a_receiver() as shop:
            hook = await anna.post(
                f"/admin/sites/{site}/webhooks",
                url=shop.url,
                events=["conversation.created", "message.created", "rating.given"],
                enabled=True,
            )
            await anna.post(f"/admin/webhooks/{hook['webhook']['id']}/test")
            await asyncio.wait_for(shop.news.wait(), timeout=20)


async def writes_again(visitor: TestVisitor, anna: TestAgent, chat_id: str, engagement_id: str) -> None:
    """He went away, and comes back with the same question."""
    outcome = (await anna.workspace())["dispositions"][0]["id"]
    await anna.says(chat_id, "I am looking into it.")
    await visitor.post(f"/visitor/conversations/{chat_id}/end")
    await anna.post(f"/agent/engagements/{engagement_id}/wrap-up", disposition_id=outcome)
    again = await visitor.starts_chat("It is me again, about the bill of May.", topic="billing", name="Jonas Petersen")
    await anna.accepts(again["id"])


async def promises_are_made(anna: TestAgent, site: str) -> None:
    path = f"/admin/sites/{site}/promises"
    await anna.post(path, name="Standard", first_response_minutes=10, next_response_minutes=30)
    await anna.post(path, name="Business", tiers=["gold"], first_response_minutes=2, resolution_minutes=480)


async def teams_are_made(anna: TestAgent, site: str) -> None:
    people = {each["name"]: each["id"] for each in (await anna.get(f"/admin/sites/{site}/teams"))["people"]}
    for name, members in (("Second line", ("Ben", "Chiara")), ("Weekend", ("Anna", "Ben"))):
        await anna.post(f"/admin/sites/{site}/teams", name=name, agent_ids=[people[one] for one in members])
    for skill in ("Danish", "Fibre at home", "Business customers"):
        await anna.post(f"/admin/sites/{site}/skills", name=skill)


async def has_a_good_talk(anna: Console, vera: Widget) -> None:
    await vera.starts_chat(QUESTION, name="Vera Lind", email="vera.lind@example.org")
    await anna.accepts("Vera Lind")
    await vera.is_answered_by("Anna")
    for who, text in TALK:
        await (anna.says(text) if who == "anna" else vera.says(text))
        await expect(anna.bubble(text)).to_be_visible()
        await expect(vera.bubble(text)).to_be_visible()
    await anna.notes("Credit of 5 euros if it lasts longer than tonight.")
    await expect(vera.mark(TALK[-1][1])).to_have_attribute("title", "Read")


async def looks_for_help(page: Page, url: str) -> None:
    await page.goto(f"{url}/help/")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await expect(page.locator("engage-widget .launcher")).to_be_visible()


async def takes_picture(page: Page, file: Path) -> None:
    """Packed as well as it goes without losing a colour: the green dot of who is online is a few pixels."""
    taken = await page.screenshot(animations="disabled", caret="hide")
    with Image.open(BytesIO(taken)) as picture:
        packed = BytesIO()
        picture.convert("RGB").save(packed, "PNG", optimize=True)
    assert len(packed.getvalue()) < MOST_BYTES
    await asyncio.to_thread(file.write_bytes, packed.getvalue())
