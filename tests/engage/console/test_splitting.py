"""Conversations taken apart: a mail gets one of its own, and a merge is taken back; no entry is lost or doubled."""

from typing import Any

import pytest
from sqlalchemy import delete, select

from engage.channels.email.models import MailThread
from tests.engage.channels.email.post import a_mail, a_mailbox, brings, raw, reply_address, texts
from tests.house import House
from tests.house.people import HouseAgent
from tests.people.visitor import Refused


async def splits(agent: HouseAgent, chat: object, entry: object, **fields: Any) -> dict[str, Any]:
    return await agent.post(f"/agent/conversations/{chat}/split", entry_id=str(entry), **fields)  # type: ignore[no-any-return]


def numbers(view: dict[str, Any]) -> list[int]:
    return [entry["seq"] for entry in view["entries"]]


def lines(view: dict[str, Any]) -> list[tuple[str, str]]:
    split = [each["details"] for each in view["entries"] if each["details"]["type"] == "split"]
    return [(each["what"], each["conversation_id"]) for each in split]


def said(view: dict[str, Any]) -> list[str]:
    return [each["text"] for each in view["entries"] if each["kind"] == "message"]


async def test_a_mail_becomes_a_conversation_of_its_own_with_work_people_and_answers(house: House) -> None:
    await a_mailbox(house)
    first = await raw(house, await brings(house, a_mail("My router is dark.", Cc="Lee <lee@shop.example>")))
    home = first.conversation_id
    assert home is not None
    again = {"In_Reply_To": "<one@shop.example>"}
    extra = a_mail("And my bill is wrong.", name="two@shop.example", subject="Re: Bill", **again)
    extra.add_attachment(b"PK\x03\x04", maintype="application", subtype="zip", filename="bill.zip")
    second = await raw(house, await brings(house, extra))
    await brings(house, a_mail("The router again", name="three@shop.example", **again))
    assert second.conversation_id == home
    async with house.agent("anna") as anna, house.agent("ben", presence="busy") as ben:
        await house.settles()
        await anna.takes(str(home))
        with pytest.raises(Refused, match="not_your_work"):
            await splits(ben, home, second.entry_id)

        new = await splits(anna, home, second.entry_id, topic="  The bill ")
        old = await anna.get(f"/agent/conversations/{home}")

        there = new["conversation"]["id"]
        assert (new["conversation"]["topic"], said(new)) == ("The bill", ["And my bill is wrong."])
        assert [each["name"] for each in new["entries"][0]["attachments"]] == ["bill.zip"]
        assert said(old) == ["My router is dark.", "The router again"]
        for view in (old, new):
            assert numbers(view) == list(range(1, view["head"] + 1))
        assert lines(new) == [("from", str(home))]
        assert lines(old) == [("into", there)]
        assert await anna.holds() == {str(home): "active", there: "active"}
        assert (await anna.screen.sees("conversation_renumbered"))["conversation_id"] == str(home)
        frame = await anna.get(f"/agent/conversations/{there}/mail-frame")
        assert frame["subject"].startswith("Re: Bill [")
        assert frame["participants"] == []
        (shown,) = (await anna.get(f"/agent/conversations/{there}/received-mails"))["items"]
        assert shown["entry_id"] == str(second.entry_id)

        # an answer to the mail that went finds it where it stands now, and one by its token what it always named
        after = a_mail("It is 10 too much", name="four@shop.example", In_Reply_To="<two@shop.example>")
        assert str((await raw(house, await brings(house, after))).conversation_id) == there
        token = reply_address(house, home)
        here = await raw(house, await brings(house, a_mail("Still dark", name="five@shop.example"), to=token))
        assert here.conversation_id == home

        with pytest.raises(Refused, match="not_found"):
            await splits(anna, home, second.entry_id)
        entries = (await anna.get(f"/agent/conversations/{home}"))["entries"]
        with pytest.raises(Refused, match="cannot_split"):
            await splits(anna, home, entries[0]["id"], following=True)
        rest = await splits(anna, home, entries[1]["id"], following=True)
        assert said(rest)[-1] == "Still dark"
        assert await texts(house, home) == [("visitor", "My router is dark.")]


async def test_a_merge_is_taken_back_with_all_that_came_and_what_was_said_since_stays(house: House) -> None:
    async with house.visitor() as vera, house.agent("anna", role="admin") as anna:
        gone = (await vera.starts_chat("My router blinks red"))["id"]
        await vera.says(gone, "Since yesterday")
        kept = (await vera.starts_chat("It is still red"))["id"]
        await house.settles()
        await anna.takes(gone)
        await anna.takes(kept)
        await anna.notes(gone, "Knows line 3")
        label = await anna.post(f"/admin/sites/{house.site.id}/labels", name="Outage", colour="warn")
        await anna.put(f"/agent/conversations/{gone}/labels/{label['id']}")
        before = {
            each: (await vera.texts(each), said(await anna.get(f"/agent/conversations/{each}")))
            for each in (gone, kept)
        }
        merged = await anna.post(f"/agent/conversations/{gone}/merge", into_id=kept)
        (line,) = [each["details"] for each in merged["entries"] if each["details"].get("state") == "merged"]
        await vera.says(kept, "Said after it")

        back = await anna.post(f"/agent/conversations/{kept}/unmerge", merge_id=line["merge_id"])
        stayed = await anna.get(f"/agent/conversations/{kept}")
        await house.settles()

        assert (back["conversation"]["id"], back["label_ids"], stayed["label_ids"]) == (gone, [label["id"]], [])
        assert (await vera.texts(gone), said(back)) == before[gone]
        assert said(stayed) == [*before[kept][1], "Said after it"]
        for view in (back, stayed):
            assert numbers(view) == list(range(1, view["head"] + 1))
        for each in (gone, kept):
            seen = await vera.entries(each)
            assert [entry["seq"] for entry in seen] == list(range(1, len(seen) + 1))
        assert (lines(back), lines(stayed)) == ([("restored", kept)], [("unmerged", gone)])
        assert stayed["entries"][-1]["details"]["merge_id"] == line["merge_id"]
        assert "Knows line 3" in str(back["entries"])
        # both are somebody's work again
        assert (await vera.states(gone), await vera.states(kept)) != ([], [])
        works = [(await anna.get(f"/agent/conversations/{each}"))["engagement"]["state"] for each in (gone, kept)]
        assert sorted(works) in (["active", "queued"], ["active", "offered"], ["active", "active"])
        assert (await vera.screen.sees("conversation_renumbered"))["conversation_id"] in (gone, kept)
        assert sorted(each["id"] for each in (await vera.get("/visitor/me"))["conversations"]) == sorted([gone, kept])
        with pytest.raises(Refused, match="not_found"):
            await anna.post(f"/agent/conversations/{kept}/unmerge", merge_id=line["merge_id"])
        assert (await vera.says(gone, "Here again"))["conversation_id"] == gone


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_split_off_and_merged_again_is_as_it_was(house: House) -> None:
    await a_mailbox(house)
    first = await raw(house, await brings(house, a_mail("One")))
    home = first.conversation_id
    second = await raw(
        house, await brings(house, a_mail("Two", name="two@shop.example", In_Reply_To="<one@shop.example>"))
    )
    async with house.agent("anna") as anna:
        await house.settles()
        await anna.takes(str(home))
        for _ in range(2):
            there = (await splits(anna, home, second.entry_id))["conversation"]["id"]
            view = await anna.post(f"/agent/conversations/{there}/merge", into_id=str(home))
            assert numbers(view) == list(range(1, view["head"] + 1))
            assert said(view) == ["One", "Two"]

        assert await anna.holds() == {str(home): "active"}
        (_, shown) = (await anna.get(f"/agent/conversations/{home}/received-mails"))["items"]
        assert shown["entry_id"] == str(second.entry_id)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_of_two_merges_the_first_is_taken_back_with_its_own_address_and_no_other(house: House) -> None:
    await a_mailbox(house)
    ids = []
    for topic in ("Router", "Bill", "Phone"):
        mail = a_mail(f"About the {topic}", name=f"{topic}@shop.example", subject=topic)
        ids.append((await raw(house, await brings(house, mail))).conversation_id)
    one, two, three = ids
    async with house.working() as work:
        # as of a chat, which has none
        await work.db.execute(delete(MailThread).where(MailThread.conversation_id == two))
    async with house.agent("anna") as anna:
        await house.settles()
        for each in ids:
            await anna.takes(str(each))
        view = await anna.post(f"/agent/conversations/{one}/merge", into_id=str(two))
        (line,) = [each["details"] for each in view["entries"] if each["details"].get("state") == "merged"]
        # nothing is taken out of a conversation by way of another one
        with pytest.raises(Refused, match="not_found"):
            await anna.post(f"/agent/conversations/{three}/unmerge", merge_id=line["merge_id"])
        with pytest.raises(Refused, match="not_found"):
            await splits(anna, three, view["entries"][0]["id"])
        await anna.post(f"/agent/conversations/{two}/merge", into_id=str(three))

        await anna.post(f"/agent/conversations/{three}/unmerge", merge_id=line["merge_id"])

    async with house.looking() as work:
        threads = await work.db.execute(select(MailThread.conversation_id, MailThread.subject))
        assert {(row.conversation_id, row.subject) for row in threads} == {(one, "Router"), (three, "Phone")}
