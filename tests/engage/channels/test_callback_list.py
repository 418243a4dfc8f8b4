"""Numbers that nobody calls, and the list of the call-backs to come."""

import pytest

from tests.engage.channels.calling import (
    GERMAN,
    asks,
    calls_in,
    code_of,
    dials,
    knows_address,
    mine,
    records,
    slots,
    subjects,
    switches_on,
    token_of,
)
from tests.house import House
from tests.people.visitor import Refused


async def test_listed_number_is_called_by_nobody_until_an_admin_takes_it_off(house: House) -> None:
    await switches_on(house)
    path = f"/admin/sites/{house.site.id}/do-not-call"
    async with house.visitor() as vera, house.agent("anna", role="admin", presence="busy") as anna:
        asked = await asks(vera, slot_at=(await slots(vera))[2])
        listed = await anna.post(path, number="0151 23456789", country="DE", reason="<b>Asked in a letter</b>")
        assert [(each["number"], each["agent_name"]) for each in listed["items"]] == [(GERMAN, "Anna")]
        assert await calls_in(vera, asked["conversation_id"]) == ["planned", "cancelled"]
        with pytest.raises(Refused) as refused:
            await asks(vera)
        assert (code_of(refused), refused.value.problem["reason"]) == ("number_refused", "listed")
        with pytest.raises(Refused) as refused:
            await anna.post(path, number="٠<i>")
        assert code_of(refused) == "number_refused"

        await anna.delete(f"/admin/do-not-call/{listed['items'][0]['id']}")
        assert (await asks(vera))["state"] == "queued"
        acts = [each["act"] for each in (await anna.get(f"/admin/sites/{house.site.id}/audit"))["items"]]
        assert acts[:2] == ["do_not_call.removed", "do_not_call.added"]


async def test_its_owner_lists_a_number_by_the_mails_link_or_on_the_phone(house: House) -> None:
    await switches_on(house)
    async with house.visitor() as vera, house.agent("ben") as ben:
        await knows_address(house, vera)
        await asks(vera, slot_at=(await slots(vera))[0])
        token = await token_of(house)
        for _ in range(2):
            gone = await vera.post("/callback-links/never", token=token)
            assert gone["callback"]["state"] == "cancelled"
        with pytest.raises(Refused):
            await asks(vera)

        other = await asks(vera, number="+49 1512 3456780")
        await house.settles()
        work = await ben.takes(other["conversation_id"])
        await dials(ben, work)
        await records(ben, work, "never_again")
        assert (await mine(vera))["state"] == "done"
        with pytest.raises(Refused):
            await asks(vera, number="+49 1512 3456780")


async def test_supervisor_moves_and_cancels_what_agents_see_with_a_masked_number(house: House) -> None:
    await switches_on(house)
    async with (
        house.visitor() as vera,
        house.agent("ben", presence="busy") as ben,
        house.agent("sue", role="supervisor", presence="busy") as sue,
    ):
        await knows_address(house, vera)
        first, second, *_ = await slots(vera)
        asked = await asks(vera, slot_at=first, name="Vera")
        (seen,) = (await ben.get("/agent/callbacks?name=ver"))["items"]
        assert (seen["number"], seen["visitor_name"], seen["can_move"]) == ("+49 ••• 89", "Vera", False)
        (row,) = (await sue.get("/agent/callbacks"))["items"]
        assert (row["number"], row["slot_at"], row["can_cancel"]) == (GERMAN, first, True)

        assert second in (await sue.get(f"/agent/callbacks/{row['id']}/times"))["slots"]
        assert (await sue.put(f"/agent/callbacks/{row['id']}", slot_at=second))["slot_at"] == second
        assert (await mine(vera))["slot_at"] == second
        await sue.post(f"/agent/callbacks/{row['id']}/cancel")
        assert (await sue.get("/agent/callbacks"))["items"] == []
        assert await calls_in(vera, asked["conversation_id"]) == ["planned", "planned", "cancelled"]
        await house.settles()
        assert (await subjects(house))[-1] == "Your call-back is cancelled"
