"""The chat in a window of its own, on a site whose frames share no storage with it."""

from playwright.async_api import expect

from tests.journeys.carrier import Carrier
from tests.journeys.cast import Cast
from tests.journeys.host_site import host_site
from tests.journeys.patience import becomes
from tests.journeys.widget import Widget
from tests.services.process import free_port


async def test_chat_moves_into_a_window_of_its_own_and_comes_back(cast: Cast, carrier: Carrier) -> None:
    port = free_port()
    carrier.may_be_embedded_by(f"http://localhost:{port}")
    async with host_site(carrier.opens().url, port=port) as shop:
        anna = await cast.agent(shop.engage_url, "anna")
        vera = Widget(await cast.somebody())
        await vera.comes_to(f"{shop.advert_origin}/")
        await vera.starts_chat("My router blinks red")
        await anna.accepts("Vera Lind")
        await vera.is_answered_by("Anna")

        async with vera.page.expect_popup() as opening:
            await vera.button("Open in a window of its own").click()
        chat = await opening.value

        async def is_closed() -> bool:
            return chat.is_closed()

        await expect(chat.get_by_role("log")).to_contain_text("My router blinks red")
        await expect(vera.composer).to_be_hidden()
        await chat.locator(".composer textarea").fill("I am in a window now")
        await chat.keyboard.press("Enter")
        await expect(anna.bubble("I am in a window now")).to_be_visible()
        await chat.reload()
        await expect(chat.get_by_role("log")).to_contain_text("I am in a window now")
        await vera.launcher.click()
        await expect(vera.frame.get_by_text("The chat is open in a window of its own.")).to_be_visible()
        assert chat.url == f"{shop.engage_url}/chat/nordlink"

        await vera.button("Bring the chat back here").click()

        await expect(vera.bubble("I am in a window now")).to_be_visible()
        await becomes(is_closed, True)
        await vera.says("And back")
        await expect(anna.bubble("And back")).to_be_visible()


async def test_blocked_window_leaves_the_chat_where_it_is(cast: Cast, carrier: Carrier) -> None:
    _anna, vera = await cast.in_conversation(carrier.opens().url)
    frame = next(frame for frame in vera.page.frames if "/widget/frame/" in frame.url)

    await frame.evaluate("window.open = () => null")
    await vera.button("Open in a window of its own").click()

    await vera.says("Still here")
    await expect(vera.bubble("Still here")).to_be_visible()
