"""Two conversations of one visitor become one: nothing is lost, and everybody who had the other one finds it."""

import asyncio
import uuid
from typing import Any

import pytest

from tests.house import House, rows
from tests.house.people import HouseAgent, HouseVisitor
from tests.people.visitor import Refused


async def two_chats(vera: HouseVisitor) -> tuple[str, str]:
    first = (await vera.starts_chat("My router blinks red"))["id"]
    await vera.says(first, "Since yesterday")
    second = (await vera.starts_chat("It is still red"))["id"]
    await vera.says(second, "Hello?")
    return first, second


async def merges(anna: HouseAgent, gone: str, into: str) -> dict[str, Any]:
    return await anna.post(f"/agent/conversations/{gone}/merge", into_id=into)  # type: ignore[no-any-return]


def numbers(entries: list[dict[str, Any]]) -> list[int]:
    return [entry["seq"] for entry in entries]


async def test_both_are_read_in_one_and_the_old_address_leads_there(house: House) -> None:
    async with (
        house.visitor() as vera,
        house.agent("anna", role="admin") as anna,
    ):
        gone, kept = await two_chats(vera)
        await house.settles()
        await anna.takes(gone)
        newer = await anna.takes(kept)
        await anna.post(f"/agent/engagements/{newer}/end")
        await anna.post(f"/agent/engagements/{newer}/wrap-up")
        await anna.notes(gone, "Knows line 3")
        label = await anna.post(f"/admin/sites/{house.site.id}/labels", name="Outage", colour="warn")
        await anna.put(f"/agent/conversations/{gone}/labels/{label['id']}")
        await anna.put(f"/agent/conversations/{gone}/draft", reply="I will", note="", version=0)
        said, count = await vera.texts(kept) + await vera.texts(gone), len(await vera.entries(gone))

        view = await merges(anna, gone, kept)
        again = await merges(anna, gone, kept)

        assert view["conversation"]["id"] == again["conversation"]["id"] == kept
        assert numbers(view["entries"]) == list(range(1, view["head"] + 1))
        assert [entry["text"] for entry in view["entries"] if entry["kind"] == "note"] == ["Knows line 3"]
        (line,) = [entry for entry in view["entries"] if entry["details"].get("state") == "merged"]
        assert (line["details"]["agent_name"], line["details"]["count"]) == ("Anna", count)
        assert (view["label_ids"], view["draft"]["reply"]) == ([label["id"]], "I will")
        assert (view["engagement"]["state"], await anna.holds()) == ("active", {kept: "active"})
        entries = await vera.entries(kept)
        assert (await vera.texts(kept), numbers(entries)) == (said, list(range(1, len(entries) + 1)))
        assert (await anna.get(f"/agent/conversations/{gone}"))["conversation"]["id"] == kept
        assert (await vera.screen.sees("conversation_merged"))["into_id"] == kept
        assert (await anna.screen.sees("conversation_merged"))["into_id"] == kept
        assert [each["id"] for each in (await vera.get("/visitor/me"))["conversations"]] == [kept]

        assert (await vera.says(gone, "Do you read this?"))["conversation_id"] == kept
        assert (await anna.get(f"/agent/conversations/{kept}"))["entries"][-1]["text"] == "Do you read this?"
        await anna.says(kept, "I do")
        found = await anna.get("/agent/search?query=yesterday")
        assert kept in str(found)
        assert gone not in str(found)


async def test_what_is_not_one_visitor_s_or_in_other_hands_stays_apart(house: House) -> None:
    async with house.working() as work:
        await rows.a_site(work, "southlink")
    async with (
        house.visitor() as vera,
        house.visitor() as kim,
        house.agent("anna") as anna,
        house.agent("ben", presence="busy") as ben,
        house.agent("dora", site_key="southlink", presence="busy") as dora,
    ):
        first, second = await two_chats(vera)
        other = (await kim.starts_chat("Mine alone"))["id"]
        await house.settles()
        for gone, into in ((other, first), (first, other), (first, first)):
            with pytest.raises(Refused, match="cannot_merge"):
                await merges(anna, gone, into)
        with pytest.raises(Refused, match="wrong_state"):
            await merges(ben, second, first)
        await anna.takes(second)
        await anna.takes(first)
        with pytest.raises(Refused, match="not_your_work"):
            await merges(ben, second, first)
        with pytest.raises(Refused, match="not_found"):
            await merges(dora, second, first)

        await merges(anna, first, second)

        assert await anna.holds() == {second: "active"}
        assert await vera.states(second) != []


async def test_words_that_race_with_a_merge_are_neither_lost_nor_doubled(house: House) -> None:
    async with (
        house.visitor() as vera,
        house.agent("anna") as anna,
    ):
        first, second = await two_chats(vera)
        await house.settles()
        await anna.takes(second)
        await anna.takes(first)

        async def says(at: str, text: str) -> None:
            body = {"client_id": str(uuid.uuid4()), "text": text}
            for _ in range(2):
                await vera.post(f"/visitor/conversations/{at}/messages", **body)

        words = [(at, f"word {number}") for number in range(12) for at in (first, second)]
        await asyncio.gather(
            *(says(at, f"{text} to {at}") for at, text in words),
            merges(anna, second, first),
            merges(anna, second, first),
        )

        entries = await vera.entries(first)
        said = [entry["text"] for entry in entries if entry["text"].startswith("word")]
        assert sorted(said) == sorted(f"{text} to {at}" for at, text in words)
        assert numbers(entries) == list(range(1, len(entries) + 1))
        assert [entry["details"].get("state") for entry in entries].count("merged") == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_who_waits_for_an_answer_goes_on_waiting_when_the_other_one_is_parked(house: House) -> None:
    async with house.visitor() as vera, house.agent("anna") as anna:
        kept, gone = await two_chats(vera)
        await house.settles()
        work = await anna.takes(kept)
        await anna.post(f"/agent/engagements/{work}/park")
        await anna.put("/agent/presence", presence="away")
        await house.settles()

        await merges(anna, gone, kept)
        await house.settles()
        assert (await vera.place(kept))[0] == "queued"
        await anna.put("/agent/presence", presence="available")
        await house.settles()

        assert await anna.offers() == [kept]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_two_long_drafts_are_one_of_which_no_word_is_missing(house: House) -> None:
    async with house.visitor() as vera, house.agent("anna", presence="busy") as anna:
        kept, gone = await two_chats(vera)
        for chat, words in ((kept, "a" * 9_000), (gone, "b" * 9_000)):
            await anna.put(f"/agent/conversations/{chat}/draft", reply=words, note="", version=0)

        view = await merges(anna, gone, kept)
        draft = await anna.put(f"/agent/conversations/{kept}/draft", **view["draft"])

        assert draft["reply"] == view["draft"]["reply"] == "a" * 9_000 + "\n\n" + "b" * 9_000
