"""Pictures for the documents: `ENGAGE_SCREENSHOTS=1 pytest tests/journeys/test_pictures.py` takes them anew.

The journey runs in every run, so that the pictures can always be taken; files are written only when asked for.
"""

import asyncio
import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Page, expect

from tests.journeys.cast import Cast
from tests.journeys.console import Console
from tests.journeys.widget import Widget
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


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
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
