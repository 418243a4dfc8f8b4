"""Mails that nobody asked for are closed without an answer, and closed ones are taken up again."""

import pytest

from tests.engage.channels.email.post import KIM, a_mail, a_mailbox, brings, raw, works
from tests.house import House
from tests.people.visitor import Refused


async def test_spam_is_closed_wherever_it_stands_and_its_sender_kept_out_once(house: House) -> None:
    await a_mailbox(house)
    async with (
        house.agent("anna", role="admin", presence="offline") as anna,
        house.agent("ben", presence="offline") as ben,
    ):
        for at in "123":
            await brings(house, a_mail("Buy now", name=f"{at}@x"))
        waiting, to_block, held = await works(house)
        await ben.post(f"/agent/engagements/{held.id}/pull")
        await anna.post(f"/agent/engagements/{waiting.id}/spam")
        await anna.post(f"/agent/engagements/{to_block.id}/spam", block_hours=24 * 30)
        await ben.post(f"/agent/engagements/{held.id}/spam", block_hours=24)

        blocked = (await anna.get(f"/admin/sites/{house.site.id}/blocks"))["items"]
        again = await brings(house, a_mail("Buy more", name="4@x"))

    assert [each.state for each in await works(house)] == ["closed"] * 3
    assert [(each["kind"], each["name"]) for each in blocked] == [("mail", KIM)]
    assert (await raw(house, again)).state == "dropped_by_rule"


async def test_what_a_colleague_holds_is_spam_only_by_his_word_or_a_supervisors(house: House) -> None:
    await a_mailbox(house)
    async with house.agent("anna", presence="offline") as anna, house.agent("ben", presence="offline") as ben:
        await brings(house, a_mail())
        (held,) = await works(house)
        await anna.post(f"/agent/engagements/{held.id}/pull")

        with pytest.raises(Refused, match="not in your hands"):
            await ben.post(f"/agent/engagements/{held.id}/spam")
        with pytest.raises(Refused, match="for up to 24 hours"):
            await anna.post(f"/agent/engagements/{held.id}/spam", block_hours=25)

        assert [each.state for each in await works(house)] == ["active"]


async def test_a_closed_mail_is_taken_up_again_by_whoever_opens_it_and_only_once(house: House) -> None:
    await a_mailbox(house)
    async with house.agent("anna", presence="offline") as anna, house.agent("ben", presence="offline") as ben:
        talk = (await raw(house, await brings(house, a_mail()))).conversation_id
        (held,) = await works(house)
        await anna.post(f"/agent/engagements/{held.id}/pull")
        with pytest.raises(Refused, match="gone on in the meantime"):
            await ben.post(f"/agent/conversations/{talk}/reopen")
        await anna.post(f"/agent/engagements/{held.id}/spam")

        taken = await ben.post(f"/agent/conversations/{talk}/reopen")

        assert (taken["state"], taken["agent"]["id"]) == ("active", ben.id)
        with pytest.raises(Refused, match="gone on in the meantime"):
            await anna.post(f"/agent/conversations/{talk}/reopen")
        assert sorted(each.state for each in await works(house)) == ["active", "closed"]


async def test_a_chat_is_not_taken_up_again_where_nobody_is_there_to_read_it(house: House) -> None:
    async with house.visitor() as kim, house.agent("anna") as anna:
        chat = (await kim.starts_chat("Hello"))["id"]
        await house.settles()
        await anna.takes(chat)
        with pytest.raises(Refused, match="does not go by mail"):
            await anna.post(f"/agent/conversations/{chat}/reopen")
