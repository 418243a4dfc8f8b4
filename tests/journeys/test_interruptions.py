"""Nothing is lost and nothing comes twice, whatever happens in the middle."""

import re

from playwright.async_api import expect

from tests.journeys.cast import Cast
from tests.journeys.console import Console
from tests.journeys.patience import becomes
from tests.journeys.widget import Widget
from tests.services.engage import EngageProcess

#: the server has it; a browser that has just been frozen may still have taken it in
STORED = re.compile("Sent|Delivered|Read")


async def both_read(anna: Console, vera: Widget, *said: str) -> None:
    """Both screens show exactly this, in this order."""
    await becomes(vera.conversation, list(said))
    await becomes(anna.conversation, list(said))


async def test_both_reload_in_the_middle_and_go_on(cast: Cast, demo: EngageProcess) -> None:
    anna, vera = await cast.in_conversation(demo.url)
    await vera.types("half a sen")

    await vera.page.reload()
    await anna.page.reload()

    await expect(vera.composer).to_have_value("half a sen")
    await vera.types("tence")
    await vera.composer.press("Enter")
    await expect(anna.bubble("half a sentence")).to_be_visible()
    await anna.says("I am still here")
    await both_read(anna, vera, "My router blinks red", "half a sentence", "I am still here")


async def test_visitor_without_network_loses_nothing(cast: Cast, demo: EngageProcess) -> None:
    anna, vera = await cast.in_conversation(demo.url)

    await vera.person.loses_the_network()
    await vera.says("Written in the tunnel")
    await vera.says("And one more")
    await expect(vera.banner).to_contain_text("You are offline")
    await anna.says("Said while you were away")
    await vera.person.finds_the_network()

    await expect(vera.banner).to_have_text("Back online")
    await expect(anna.bubble("And one more")).to_be_visible()
    await both_read(
        anna, vera, "My router blinks red", "Said while you were away", "Written in the tunnel", "And one more"
    )


async def test_agent_without_network_loses_nothing(cast: Cast, demo: EngageProcess) -> None:
    anna, vera = await cast.in_conversation(demo.url)

    await anna.person.loses_the_network()
    await anna.says("Answered from the train")
    await anna.says("And once more")
    await expect(anna.banner).to_contain_text("You are offline")
    await vera.says("Said while she was away")
    await anna.person.finds_the_network()

    await expect(anna.banner).to_contain_text("Connected again")
    await expect(vera.bubble("And once more")).to_be_visible()
    await both_read(
        anna, vera, "My router blinks red", "Said while she was away", "Answered from the train", "And once more"
    )


async def test_sleep_on_both_sides_is_made_good_on_waking(cast: Cast, demo: EngageProcess) -> None:
    anna, vera = await cast.in_conversation(demo.url)

    async with vera.person.sleeps():
        await anna.says("Said while the visitor slept")
        await expect(anna.mark("Said while the visitor slept")).to_have_text(STORED)
    await expect(vera.bubble("Said while the visitor slept")).to_be_visible()
    async with anna.person.sleeps():
        await vera.says("Said while the agent slept")
        await expect(vera.mark("Said while the agent slept")).to_have_attribute("title", STORED)

    await both_read(anna, vera, "My router blinks red", "Said while the visitor slept", "Said while the agent slept")


async def test_killed_server_is_waited_for_without_a_reload(cast: Cast, demo: EngageProcess) -> None:
    anna, vera = await cast.in_conversation(demo.url)

    demo.kill()
    await expect(vera.banner).to_contain_text("Reconnecting")
    await expect(anna.banner).to_contain_text("Reconnecting")
    await vera.says("Written to a dead server")
    await anna.says("Answered to a dead server")
    demo.start()

    await expect(vera.bubble("Answered to a dead server")).to_be_visible()
    await expect(anna.bubble("Written to a dead server")).to_be_visible()
    await vera.says("Here we are again")
    await expect(anna.bubble("Here we are again")).to_be_visible()
    await expect(vera.mark("Here we are again")).to_have_attribute("title", STORED)
    said = await anna.conversation()
    assert sorted(said) == [
        "Answered to a dead server",
        "Here we are again",
        "My router blinks red",
        "Written to a dead server",
    ]
    await becomes(vera.conversation, said)


async def test_two_tabs_of_a_visitor_are_one_conversation(cast: Cast, demo: EngageProcess) -> None:
    anna, vera = await cast.in_conversation(demo.url)
    second = Widget(await cast.second_tab(vera.person))

    await second.comes_to(f"{demo.url}/demo/plans")
    await second.opens()
    await second.button("Anna").click()
    await second.says("From the second tab")

    await expect(vera.bubble("From the second tab")).to_be_visible()
    # who answers before he has read it is asked first
    await expect(anna.bubble("From the second tab")).to_be_visible()
    await anna.says("I see you once")
    await expect(second.bubble("I see you once")).to_be_visible()
    await both_read(anna, vera, "My router blinks red", "From the second tab", "I see you once")
    await becomes(second.conversation, await vera.conversation())


async def test_two_tabs_of_an_agent_show_the_same_work(cast: Cast, demo: EngageProcess) -> None:
    anna = await cast.agent(demo.url, "anna")
    second = Console(await cast.second_tab(anna.person), demo.url)
    await second.comes_to_work()
    await second.is_at_work()
    vera = await cast.visitor(demo.url)
    await vera.starts_chat("My router blinks red")
    await second.is_offered("Vera Lind")

    await anna.accepts("Vera Lind")

    await expect(second.offer).to_be_hidden()
    await second.opens("Vera Lind")
    await second.says("From my second screen")
    await both_read(anna, vera, "My router blinks red", "From my second screen")
    await becomes(second.conversation, await anna.conversation())
