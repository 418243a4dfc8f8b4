"""What is promised to a customer is seen to run, to stand and to be overdue; and he sees his place fall."""

import sqlite3
from contextlib import closing

from playwright.async_api import expect

from tests.journeys.axe import barriers
from tests.journeys.carrier import LONG_AGO
from tests.journeys.cast import Cast
from tests.services.engage import EngageProcess


def lets_the_promise_end(demo: EngageProcess) -> None:
    """As if the clock had run for months while the server was down."""
    demo.kill()
    with closing(sqlite3.connect(demo.folder / "engage.db")) as database, database:
        database.execute("UPDATE sla_timers SET running_since = ?, due_at = ? WHERE ended_at IS NULL", [LONG_AGO] * 2)
        database.execute("UPDATE jobs SET due_at = ? WHERE name = 'promises.threshold'", [LONG_AGO])
    demo.start()


async def test_promise_is_set_up_runs_stands_and_is_overdue(cast: Cast, demo: EngageProcess) -> None:
    anna = await cast.agent(demo.url, "anna")
    page, dialog = anna.page, anna.page.get_by_role("dialog")
    await page.goto(f"{demo.url}/console/settings/promises/nordlink")
    await page.get_by_role("button", name="Add a promise").click()
    await dialog.get_by_label("Name").fill("Standard")
    await dialog.get_by_label("Next response").fill("30")
    await dialog.get_by_label("Resolution").fill("600")
    await dialog.get_by_role("switch", name="Only in opening hours").click()
    found = {"dialog": await barriers(page)}
    await dialog.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Next response 30 min")).to_be_visible()
    found["page"] = await barriers(page)

    await anna.comes_to_work()
    vera = await cast.visitor(demo.url)
    await vera.starts_chat("My router blinks red", name="Vera Lind")
    await anna.accepts("Vera Lind")
    clock = page.locator(".promise-chip")
    await expect(clock).to_contain_text("First response")
    await expect(clock).to_contain_text("left")
    await anna.says("Which one?")
    await expect(clock).to_contain_text("Resolution")
    await expect(clock).to_contain_text("paused")
    await vera.says("The blue one")
    await expect(clock).to_contain_text("Next response")
    await expect(anna.row("Vera Lind")).to_contain_text("left")

    lets_the_promise_end(demo)

    await expect(clock).to_contain_text("late")
    await expect(anna.line("Next response is overdue")).to_be_visible()
    await page.get_by_role("button", name="1 overdue").click()
    await expect(anna.row("Vera Lind")).to_contain_text("late")
    found["overdue"] = await barriers(page)
    assert {screen: violations for screen, violations in found.items() if violations} == {}


async def test_two_who_wait_see_their_places_fall_when_one_is_served(cast: Cast, demo: EngageProcess) -> None:
    anna = await cast.agent(demo.url, "anna")
    await anna.goes("Busy")
    first, second = await cast.visitor(demo.url), await cast.visitor(demo.url)
    await first.starts_chat("I was first", name="First Lind")
    await second.starts_chat("I was second", name="Second Lind")
    await expect(second.queue_card).to_contain_text("You are 2nd in line")
    await anna.looks_at("Queue")
    await expect(anna.row("Second Lind")).to_contain_text("place 2")

    await anna.page.get_by_role("button", name="Take First Lind").click()

    await first.is_answered_by("Anna")
    await expect(second.queue_card).to_contain_text("You are next")
    await anna.looks_at("Queue")
    await expect(anna.row("Second Lind")).to_contain_text("place 1")
