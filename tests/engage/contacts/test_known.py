"""A site vouches for its visitor: from anonymous to known, over REST, on both databases."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import jwt
import pytest

from tests.house import House
from tests.house.people import HouseAgent, HouseVisitor
from tests.people.visitor import Refused


@dataclass
class Shop:
    """The site's own server, which knows who is signed in there."""

    house: House
    admin: HouseAgent
    secret: str
    key: str = "nordlink"
    made: list[str] = field(default_factory=list)

    def vouches(self, person: str, *, seconds: float = 300, secret: str = "", **claims: Any) -> str:
        now = self.house.clock.now().timestamp()
        payload = {"sub": person, "aud": self.key, "exp": now + seconds, "jti": uuid.uuid4().hex, **claims}
        return jwt.encode(payload, secret or self.secret, algorithm="HS256")

    async def new_secret(self) -> str:
        made = await self.admin.post(f"/admin/sites/{self.house.site.id}/identity/secret")
        return str(made["secret"])


@pytest.fixture
async def shop(house: House) -> AsyncIterator[Shop]:
    async with house.agent("adam", role="admin", presence="offline") as admin:
        shop = Shop(house, admin, "")
        shop.secret = await shop.new_secret()
        yield shop


async def identifies(visitor: HouseVisitor, token: str, *, attempt: str = "") -> None:
    body = {"site_key": visitor.site_key, "jwt": token, "attempt": attempt or str(uuid.uuid4())}
    known = await visitor.post("/visitor/identity", **body)
    visitor.token, visitor.id = known["token"], known["visitor"]["id"]


async def topics(visitor: HouseVisitor) -> set[str]:
    return {each["id"] for each in (await visitor.get("/visitor/me"))["conversations"]}


async def test_an_anonymous_visitor_becomes_known_and_keeps_his_conversation(house: House, shop: Shop) -> None:
    async with house.visitor() as kim, house.agent("anna") as anna:
        chat = await kim.starts_chat("Where is my router?")
        await house.settles()
        await anna.takes(chat["id"])
        anonymous = kim.token

        await identifies(kim, shop.vouches("c-7", name="Kim Berg", email="kim@shop.example", attributes={"plan": "L"}))
        await kim.reopens_widget()
        await anna.says(chat["id"], "Tomorrow, Kim.")

        seen = (await anna.get(f"/agent/conversations/{chat['id']}"))["visitor"]
        assert (seen["name"], seen["email"], seen["verified"], seen["told"]) == (
            "Kim Berg", "kim@shop.example", True, {"plan": "L"},
        )  # fmt: skip
        assert await topics(kim) == {chat["id"]}
        assert await kim.screen.sees("entry_added", lambda e: e["entry"]["text"] == "Tomorrow, Kim.")
        kim.token = anonymous
        with pytest.raises(Refused, match="not_signed_in"):
            await kim.get("/visitor/me")


async def test_another_browser_of_the_same_person_joins_his_conversations(house: House, shop: Shop) -> None:
    async with house.visitor() as phone, house.visitor() as laptop, house.agent("anna") as anna:
        first = await phone.starts_chat("From my phone")
        await identifies(phone, shop.vouches("c-7"))
        second = await laptop.starts_chat("From my laptop")
        await house.settles()
        await anna.takes(second["id"])

        await identifies(laptop, shop.vouches("c-7"))
        await laptop.reopens_widget()

        assert await topics(phone) == await topics(laptop) == {first["id"], second["id"]}
        assert laptop.id == phone.id
        await laptop.says(second["id"], "It is me again.")
        await anna.says(second["id"], "Welcome back.")
        assert await laptop.screen.sees("entry_added", lambda e: e["entry"]["text"] == "Welcome back.")
        earlier = (await anna.get(f"/agent/conversations/{second['id']}"))["earlier"]
        assert [each["conversation_id"] for each in earlier] == [first["id"]]
        assert (await anna.workspace())["mine"][0]["visitor"]["id"] == phone.id


async def test_another_person_on_the_same_browser_sees_nothing_of_the_first(house: House, shop: Shop) -> None:
    async with house.visitor() as browser:
        chat = await browser.starts_chat("My bill is wrong")
        await identifies(browser, shop.vouches("c-7"))

        await identifies(browser, shop.vouches("c-8"))

        assert await topics(browser) == set()
        with pytest.raises(Refused, match="404"):
            await browser.get(f"/visitor/conversations/{chat['id']}")
        await identifies(browser, shop.vouches("c-7"))
        assert await topics(browser) == {chat["id"]}


async def test_who_signs_out_is_forgotten_by_this_browser_only(house: House, shop: Shop) -> None:
    async with house.visitor() as phone, house.visitor() as laptop:
        await phone.starts_chat("Hello")
        await identifies(phone, shop.vouches("c-7"))
        await identifies(laptop, shop.vouches("c-7"))

        await phone.post("/visitor/sign-out")

        with pytest.raises(Refused, match="not_signed_in"):
            await phone.get("/visitor/me")
        assert len(await topics(laptop)) == 1


async def test_a_token_counts_once_except_for_the_same_attempt(house: House, shop: Shop) -> None:
    token = shop.vouches("c-7")
    async with house.visitor() as kim, house.visitor() as thief:
        await identifies(kim, token, attempt="the first try")

        await identifies(kim, token, attempt="the first try")

        with pytest.raises(Refused) as refusal:
            await identifies(thief, token)
        assert (refusal.value.code, refusal.value.problem["reason"]) == ("identity_refused", "used")


async def test_one_token_shown_by_many_at_once_opens_one_door(house: House, shop: Shop) -> None:
    token = shop.vouches("c-7")
    async with house.visitor() as one, house.visitor() as two, house.visitor() as three:
        tries = [identifies(each, token) for each in (one, two, three)]

        outcomes = await asyncio.gather(*tries, return_exceptions=True)

    assert sum(outcome is None for outcome in outcomes) == 1


async def test_two_browsers_that_become_one_person_at_once_are_one_visitor(house: House, shop: Shop) -> None:
    async with house.visitor() as phone, house.visitor() as laptop:
        await asyncio.gather(phone.starts_chat("One"), laptop.starts_chat("Two"))

        await asyncio.gather(*(identifies(each, shop.vouches("c-7")) for each in (phone, laptop)))

        assert phone.id == laptop.id
        assert len(await topics(phone)) == 2


async def test_a_token_of_another_site_or_secret_is_refused(house: House, shop: Shop) -> None:
    async with house.visitor() as kim:
        shop.key = "southlink"
        with pytest.raises(Refused, match="audience"):
            await identifies(kim, shop.vouches("c-7"))
        shop.key = "nordlink"
        with pytest.raises(Refused, match="signature"):
            await identifies(kim, shop.vouches("c-7", secret="a forged secret, quite long enough"))
        with pytest.raises(Refused, match="expired"):
            await identifies(kim, shop.vouches("c-7", seconds=-60))


async def test_what_the_site_says_beats_what_he_types_into_a_form(house: House, shop: Shop) -> None:
    async with house.visitor() as kim:
        await identifies(kim, shop.vouches("c-7", name="Kim Berg"))

        await kim.starts_chat("Hello", name="Somebody Else", email="mine@shop.example")

        me = (await kim.get("/visitor/me"))["visitor"]
        assert (me["name"], me["email"]) == ("Kim Berg", "mine@shop.example")


async def test_the_old_secret_counts_for_a_day_after_a_new_one(house: House, shop: Shop) -> None:
    old, shop.secret = shop.secret, await shop.new_secret()
    async with house.visitor() as kim:
        await identifies(kim, shop.vouches("c-7", secret=old))
        await identifies(kim, shop.vouches("c-7"))

        house.clock.advance(seconds=24 * 3600 + 1)

        with pytest.raises(Refused, match="signature"):
            await identifies(kim, shop.vouches("c-7", secret=old))
        await identifies(kim, shop.vouches("c-7"))


async def test_the_tester_says_what_is_wrong_and_uses_nothing_up(house: House, shop: Shop) -> None:
    at = f"/admin/sites/{house.site.id}/identity/try"
    token = shop.vouches("c-7", name="<b>Kim</b>")

    good = await shop.admin.post(at, token=token)
    late = await shop.admin.post(at, token=shop.vouches("c-7", seconds=7200))

    assert (good["good"], good["sub"], good["name"]) == (True, "c-7", "<b>Kim</b>")
    assert (late["good"], late["reason"]) == (False, "too_long")
    async with house.visitor() as kim:
        await identifies(kim, token)
    assert (await shop.admin.post(at, token=token))["reason"] == "used"


async def test_the_secret_is_shown_once_and_stands_nowhere_else(house: House, shop: Shop) -> None:
    at = f"/admin/sites/{house.site.id}"

    seen = str(await shop.admin.get(f"{at}/identity")) + str(await shop.admin.get(f"{at}/audit"))

    assert "identity.secret_made" in seen
    assert shop.secret not in seen
    with pytest.raises(Refused, match="address_refused"):
        await shop.admin.post(f"{at}/identity", method="jwks", jwks_url="http://169.254.169.254/keys")
    with pytest.raises(Refused, match="bad_public_key"):
        await shop.admin.post(f"{at}/identity", method="public_key", public_key="nonsense")
