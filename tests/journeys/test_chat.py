"""A visitor and an agent talk."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import expect

from tests.journeys.cast import Cast
from tests.journeys.patience import becomes
from tests.services.engage import EngageProcess


@pytest.mark.parametrize("width", [1280, 390])
async def test_visitor_and_agent_talk_in_both_directions(cast: Cast, demo: EngageProcess, width: int) -> None:
    anna = await cast.agent(demo.url, "anna", width=width)
    vera = await cast.visitor(demo.url, width=width)

    await vera.starts_chat("My router blinks red", name="Vera Lind")
    await expect(vera.queue_card).to_contain_text("You are next")
    await anna.is_offered("Vera Lind")
    await expect(anna.offer.get_by_role("timer")).to_have_attribute("aria-label", re.compile(r"^\d+ seconds left"))
    await anna.accepts("Vera Lind")
    await vera.is_answered_by("Anna")
    await expect(anna.online).to_be_visible()

    await anna.says("Hello Vera, let us have a look")
    await expect(vera.bubble("Hello Vera, let us have a look")).to_be_visible()
    await expect(anna.mark("Hello Vera")).to_have_text("Read")

    await vera.says("It began this morning")
    await expect(anna.bubble("It began this morning")).to_be_visible()
    await expect(vera.mark("It began this morning")).to_have_attribute("title", "Read")

    await becomes(vera.conversation, await anna.conversation())


async def test_each_sees_the_other_type(cast: Cast, demo: EngageProcess) -> None:
    anna, vera = await cast.in_conversation(demo.url)

    await vera.types("I thi")
    await expect(anna.typing).to_have_text("Vera Lind is typing")
    await vera.composer.fill("")
    await expect(anna.typing).to_have_text("")

    await anna.types("One mom")
    await expect(vera.typing).to_have_attribute("aria-label", "Anna is typing")
    await expect(vera.frame.locator(".who-state")).to_have_text("Anna is typing")
    await anna.reply.fill("")
    await expect(vera.typing).to_be_hidden()


async def test_message_is_delivered_to_a_closed_widget_and_read_when_it_opens(cast: Cast, demo: EngageProcess) -> None:
    anna, vera = await cast.in_conversation(demo.url)
    await vera.closes()

    await anna.says("Are you still there?")

    await expect(anna.mark("Are you still there?")).to_have_text("Delivered")
    await expect(vera.launcher).to_have_attribute("aria-label", "Open help, 1 unread message")
    await expect(vera.preview).to_contain_text("Are you still there?")

    await vera.opens()

    await expect(anna.mark("Are you still there?")).to_have_text("Read")
    await expect(vera.preview).to_be_hidden()


async def test_note_is_never_shown_to_the_visitor(cast: Cast, demo: EngageProcess) -> None:
    anna, vera = await cast.in_conversation(demo.url)
    answers: list[str] = []
    vera.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: answers.append(str(frame))))

    await anna.notes("He was rude last week")
    await anna.says("How can I help?")

    await expect(vera.bubble("How can I help?")).to_be_visible()
    await vera.page.reload()
    await expect(vera.bubble("How can I help?")).to_be_visible()
    await anna.says("Tell me more")
    await expect(vera.bubble("Tell me more")).to_be_visible()
    assert "rude" not in " ".join([*answers, await vera.log.inner_text()])
    assert any("Tell me more" in answer for answer in answers)


async def test_visitor_answers_with_an_emoji(cast: Cast, demo: EngageProcess) -> None:
    anna, vera = await cast.in_conversation(demo.url)

    await vera.types("Thanks ")
    await vera.button("Emoji").click()
    await vera.button("👍").click()
    await expect(vera.composer).to_be_focused()
    await vera.composer.press("Enter")

    await expect(anna.bubble("Thanks 👍")).to_be_visible()


async def test_files_and_pictures_go_both_ways(cast: Cast, demo: EngageProcess, tmp_path: Path) -> None:
    anna, vera = await cast.in_conversation(demo.url)
    router, contract = tmp_path / "router.png", tmp_path / "contract.txt"
    Image.new("RGB", (640, 480), "tomato").save(router)
    contract.write_text("Home 500, from the first of May")

    await vera.attaches(router, contract)
    await vera.says("This is what it looks like")

    await expect(anna.page.get_by_role("button", name="Show router.png").get_by_role("presentation")).to_be_visible()
    async with anna.page.expect_download() as coming:
        await anna.page.get_by_role("link", name="contract.txt").click()
    assert (await (await coming.value).path()).read_text() == contract.read_text()

    await anna.attaches(router, contract)
    await anna.says("And this is how it should look")

    await expect(vera.bubble("And this is how it should look")).to_be_visible()
    picture = vera.button("View router.png").last
    await expect(picture.locator("img")).to_have_js_property("naturalWidth", 640)
    async with vera.page.expect_download() as coming:
        await vera.button("Download contract.txt").last.click()
    assert (await (await coming.value).path()).read_text() == contract.read_text()
    await picture.click()
    await expect(vera.frame.get_by_role("dialog", name="router.png")).to_be_visible()


async def test_file_of_a_kind_we_do_not_take_is_refused_in_words(
    cast: Cast, demo: EngageProcess, tmp_path: Path
) -> None:
    _anna, vera = await cast.in_conversation(demo.url)
    program = tmp_path / "setup.exe"
    program.write_bytes(b"MZ\x90\x00" + bytes(200))

    await vera.frame.locator("input[type=file]").set_input_files(program)

    await expect(vera.complaint).to_have_text("setup.exe is a kind of file we cannot take.")
