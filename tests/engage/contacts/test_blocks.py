"""Somebody is kept out: until a moment, until it is lifted, and not one site further."""

import pytest

from engage.contacts import blocks
from engage.realtime.errors import NotAdmitted
from tests.engage.conftest import BuildHouse
from tests.house import House
from tests.people.visitor import Refused


async def test_a_blocked_visitor_cannot_write_until_the_block_ends_by_itself(house: House) -> None:
    async with house.visitor() as kim, house.agent("anna") as anna:
        chat = await kim.starts_chat("You fools")
        await house.settles()
        await anna.takes(chat["id"])

        await anna.post(f"/agent/conversations/{chat['id']}/block", reason="Insults", hours=2)

        with pytest.raises(Refused, match="You cannot write to us here at the moment"):
            await kim.says(chat["id"], "Ha")
        with pytest.raises(Refused, match="blocked"):
            await kim.starts_chat("Again")
        assert len((await kim.get("/visitor/me"))["conversations"]) == 1
        assert kim.screen.closed_because == "revoked"
        with pytest.raises(NotAdmitted):
            await kim.reopens_widget()
        house.clock.advance(seconds=2 * 3600 + 1)
        await kim.says(chat["id"], "I am sorry")


async def test_an_agent_blocks_for_a_day_and_a_supervisor_for_good(house: House) -> None:
    async with (
        house.visitor() as kim,
        house.agent("anna") as anna,
        house.agent("sue", role="supervisor", presence="offline") as sue,
    ):
        chat = await kim.starts_chat("You fools", name="Kim")
        at = f"/agent/conversations/{chat['id']}/block"
        with pytest.raises(Refused, match="403"):
            await anna.post(at, reason="Insults", hours=25)
        block = await sue.post(at, reason="Insults", hours=None)

        listed = (await sue.get(f"/admin/sites/{house.site.id}/blocks"))["items"]
        assert [(each["name"], each["reason"], each["by_name"], each["until"]) for each in listed] == [
            ("Kim", "Insults", "Sue", None)
        ]
        await sue.delete(f"/admin/blocks/{block['id']}")

        await kim.says(chat["id"], "Thank you")
        assert (await sue.get(f"/admin/sites/{house.site.id}/blocks"))["items"] == []


async def test_an_address_is_kept_out_until_the_block_ends_and_nobody_beside_it(build_house: BuildHouse) -> None:
    house = await build_house(trusted_proxies=1)
    async with house.visitor() as kim, house.visitor() as lea, house.agent("anna", role="admin") as anna:
        path = f"/admin/sites/{house.site.id}/blocks"
        kim.address, lea.address = "203.0.113.77", "203.0.114.1"
        chat = (await kim.starts_chat("You fools"))["id"]

        blocked = await anna.post(path, address=" 203.0.113.9/24 ", reason="Spam", hours=1)
        with pytest.raises(Refused, match="blocked"):
            await kim.says(chat, "Ha")
        await lea.starts_chat("Hello")
        kim.address = "::ffff:203.0.113.5"
        with pytest.raises(Refused, match="blocked"):
            await kim.says(chat, "Ha")
        house.clock.advance(seconds=3601)
        await kim.says(chat, "I am sorry")
        log = (await anna.get(f"/admin/sites/{house.site.id}/audit"))["items"]

    assert (blocked["kind"], blocked["name"]) == ("address", "203.0.113.0/24")
    assert log[0]["act"] == "address.blocked"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_would_keep_out_too_many_or_oneself_is_refused(house: House) -> None:
    async with house.agent("anna", role="admin") as anna:
        for address, code in (
            ("10.0.0.0/8", "too_many_addresses"),
            ("::/0", "too_many_addresses"),
            ("<b>everybody</b>", "no_address"),
            ("kim@@shop.example", "no_address"),
            ("@", "no_address"),
            ("127.0.0.0/16", "own_address"),
        ):
            with pytest.raises(Refused) as refused:
                await anna.post(f"/admin/sites/{house.site.id}/blocks", address=address, reason="Spam")
            assert refused.value.code == code


@pytest.mark.parametrize(
    ("subject", "address", "inside"),
    [
        ("203.0.113.7/32", "203.0.113.7", True),
        ("203.0.113.7/32", "203.0.113.8", False),
        ("2001:db8::/64", "2001:db8::1", True),
        ("2001:db8::/64", "203.0.113.7", False),
        ("203.0.113.0/24", "unknown", False),
        ("203.0.113.0/24", None, False),
    ],
)
def test_range_holds_its_addresses(subject: str, address: str | None, *, inside: bool) -> None:
    assert blocks.covers(subject, address) is inside
