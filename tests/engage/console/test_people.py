"""Who the customers are: cards, attributes, merging and undoing it, and their list as a file."""

import asyncio
from typing import Any

import pytest

from tests.house import House, rows
from tests.house.people import HouseAgent
from tests.people.visitor import Refused

FORMULA = '=HYPERLINK("https://evil.example","x")'


async def known(house: House, name: str, email: str = "", text: str = "Hello") -> str:
    """Somebody writes and leaves; his conversation."""
    async with house.visitor() as visitor:
        fields = {"name": name} | ({"email": email} if email else {})
        return str((await visitor.starts_chat(text, **fields))["id"])


async def card_of(agent: HouseAgent, conversation_id: str) -> dict[str, Any]:
    facts = await agent.get(f"/agent/conversations/{conversation_id}")
    return await agent.get(f"/agent/contacts/{facts['visitor']['contact_id']}")  # type: ignore[no-any-return]


async def a_field(admin: HouseAgent, house: House, **field: Any) -> str:
    made = await admin.post(f"/admin/sites/{house.site.id}/contact-fields", **field)
    return str(made["id"])


async def test_agent_puts_right_what_is_known_and_everybody_sees_it(house: House) -> None:
    chat = await known(house, "Vera", "vera@shop.example")
    async with house.agent("anna", role="admin") as anna:
        customer = await a_field(anna, house, label="Customer number", kind="text")
        card = await card_of(anna, chat)

        changed = await anna.put(
            f"/agent/contacts/{card['id']}",
            name="Vera Lind", email="Vera@Shop.example", phone="+49 30 1", attributes={customer: "K-17"},
        )  # fmt: skip

        assert (changed["name"], changed["email"], changed["phone"]) == ("Vera Lind", "vera@shop.example", "+49 30 1")
        assert changed["attributes"] == {customer: "K-17"}
        facts = await anna.get(f"/agent/conversations/{chat}")
        assert facts["visitor"]["name"] == "Vera Lind"
        emptied = await anna.put(f"/agent/contacts/{card['id']}", name="Vera Lind", attributes={customer: None})
        assert emptied["attributes"] == {}


async def test_somebody_nobody_knew_gets_a_name(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat = await visitor.starts_chat("Hello")

        card = await anna.post(f"/agent/conversations/{chat['id']}/contact", name="Kim")

        assert card["name"] == "Kim"
        assert [each["conversation_id"] for each in card["conversations"]] == [chat["id"]]


FITTING: list[tuple[str, list[str], list[Any], list[Any]]] = [
    ("number", [], [3, 2.5], ["3", True]),
    ("date", [], ["2026-03-02"], ["tomorrow", "2026-13-01", 4]),
    ("yes_no", [], [True, False], ["yes", 1]),
    ("link", [], ["https://shop.example/a"], ["javascript:alert(1)", "shop.example"]),
    ("choice", ["Gold", "Silver"], ["Gold"], ["Bronze"]),
    ("text", [], ["<b>&</b> \u202e 🙂"], [7]),
]


async def test_value_must_fit_its_field(house: House) -> None:
    chat = await known(house, "Vera")
    async with house.agent("anna", role="admin") as anna:
        path = f"/agent/contacts/{(await card_of(anna, chat))['id']}"
        for kind, choices, good, bad in FITTING:
            field = await a_field(anna, house, label=kind, kind=kind, choices=choices)
            for value in good:
                kept = await anna.put(path, name="Vera", attributes={field: value})
                assert kept["attributes"][field] == value
            for value in bad:
                with pytest.raises(Refused) as refused:
                    await anna.put(path, name="Vera", attributes={field: value})
                assert refused.value.status == 422


async def test_what_the_visitor_says_later_does_not_overwrite_what_an_agent_knows(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna") as anna:
        chat = (await visitor.starts_chat("Hello", name="V"))["id"]
        card = await card_of(anna, chat)
        await anna.put(f"/agent/contacts/{card['id']}", name="V", email="vera@shop.example")

        facts = await anna.get(f"/agent/conversations/{chat}")

        assert facts["visitor"]["email"] == "vera@shop.example"


async def test_merge_keeps_everything_and_undo_gives_back_exactly(house: House) -> None:
    first = await known(house, "Vera", "vera@shop.example", text="From the phone")
    second = await known(house, "V. Lind", "VERA@shop.example", text="From the desk")
    async with house.agent("anna", role="admin") as anna:
        number = await a_field(anna, house, label="Number", kind="text")
        kept, gone = await card_of(anna, first), await card_of(anna, second)
        await anna.put(f"/agent/contacts/{gone['id']}", name="V. Lind", email="vera@shop.example", phone="030 1",
                       attributes={number: "K-1"})  # fmt: skip
        assert [each["id"] for each in (await card_of(anna, first))["duplicates"]] == [gone["id"]]

        merged = await anna.post(f"/agent/contacts/{kept['id']}/merge", other_id=gone["id"])

        assert {each["conversation_id"] for each in merged["conversations"]} == {first, second}
        assert (merged["name"], merged["phone"], merged["attributes"]) == ("Vera", "030 1", {number: "K-1"})
        assert merged["duplicates"] == []
        with pytest.raises(Refused):
            await anna.get(f"/agent/contacts/{gone['id']}")

        (merge,) = merged["merges"]
        await anna.post(f"/agent/contact-merges/{merge['id']}/undo")

        after, other = await card_of(anna, first), await card_of(anna, second)
        assert (after["phone"], after["attributes"], after["merges"]) == (None, {}, [])
        assert [each["conversation_id"] for each in after["conversations"]] == [first]
        assert (other["name"], other["phone"], other["attributes"]) == ("V. Lind", "030 1", {number: "K-1"})
        assert [each["conversation_id"] for each in other["conversations"]] == [second]
        log = await anna.get(f"/admin/sites/{house.site.id}/audit?act=contact.")
        assert [line["act"] for line in log["items"]] == ["contact.unmerged", "contact.merged"]
        with pytest.raises(Refused) as refused:
            await anna.post(f"/agent/contact-merges/{merge['id']}/undo")
        assert refused.value.code == "cannot_undo"


async def test_merge_can_be_undone_for_thirty_days(house: House) -> None:
    first, second = await known(house, "Vera"), await known(house, "Vera L.")
    async with house.agent("anna") as anna:
        kept, gone = await card_of(anna, first), await card_of(anna, second)
        merged = await anna.post(f"/agent/contacts/{kept['id']}/merge", other_id=gone["id"])
        house.clock.advance(seconds=11 * 3600)
        assert (await anna.get(f"/agent/contacts/{kept['id']}"))["merges"] == merged["merges"]

    house.clock.advance(seconds=30 * 86_400)

    async with house.agent("ben") as ben:
        assert (await ben.get(f"/agent/contacts/{kept['id']}"))["merges"] == []
        with pytest.raises(Refused) as refused:
            await ben.post(f"/agent/contact-merges/{merged['merges'][0]['id']}/undo")
        assert refused.value.code == "cannot_undo"


async def test_two_who_merge_the_same_pair_from_both_sides_leave_one_contact(house: House) -> None:
    first, second = await known(house, "Vera"), await known(house, "Vera L.")
    async with house.agent("anna") as anna, house.agent("ben") as ben:
        one, other = (await card_of(anna, first))["id"], (await card_of(anna, second))["id"]

        outcomes = await asyncio.gather(
            anna.post(f"/agent/contacts/{one}/merge", other_id=other),
            ben.post(f"/agent/contacts/{other}/merge", other_id=one),
            return_exceptions=True,
        )

        assert sum(isinstance(outcome, dict) for outcome in outcomes) == 1
        people = (await anna.get("/agent/contacts"))["items"]
        assert [each["talks"] for each in people] == [2]
        with pytest.raises(Refused):
            await anna.post(f"/agent/contacts/{one}/merge", other_id=one)


async def test_people_are_listed_searched_and_exported_without_formulas(house: House) -> None:
    await known(house, "Vera Lind", "vera@shop.example")
    await known(house, FORMULA, "eve@evil.example")
    async with house.agent("anna", role="supervisor") as anna, house.agent("ben") as ben:
        found = (await ben.get("/agent/contacts?search=lind%20SHOP"))["items"]
        assert [(each["name"], each["talks"]) for each in found] == [("Vera Lind", 1)]

        export = await anna.raw("POST", "/agent/contacts/export", json={"site_id": str(house.site.id)})

        lines = (await export.text()).splitlines()
        assert len(lines) == 3
        assert all(not line.lstrip('"').startswith("=") for line in lines)
        refused = await ben.raw("POST", "/agent/contacts/export", json={"site_id": str(house.site.id)})
        assert refused.status == 403


async def test_people_of_another_site_or_queue_do_not_exist(house: House) -> None:
    chat = await known(house, "Vera", "vera@shop.example")
    async with house.working() as work:
        await rows.a_site(work, "other")
    async with house.agent("anna") as anna, house.agent("eve", site_key="other", role="admin") as eve:
        card = await card_of(anna, chat)
        assert (await eve.get("/agent/contacts"))["items"] == []
        assert (await eve.get("/agent/search?query=vera"))["contacts"] == []
        for attempt in (
            eve.get(f"/agent/contacts/{card['id']}"),
            eve.put(f"/agent/contacts/{card['id']}", name="Eve"),
            eve.post(f"/agent/contacts/{card['id']}/merge", other_id=card["id"]),
            eve.post(f"/agent/conversations/{chat}/contact", name="Eve"),
            eve.post("/agent/contacts/export", site_id=str(house.site.id)),
            eve.post(f"/admin/sites/{house.site.id}/contact-fields", label="x", kind="text"),
        ):
            with pytest.raises(Refused) as refused:
                await attempt
            assert refused.value.status == 404


async def test_bad_addresses_and_fields_are_refused_with_their_place(house: House) -> None:
    chat = await known(house, "Vera")
    async with house.agent("anna", role="admin") as anna:
        card = await card_of(anna, chat)
        for form in ({"email": "vera"}, {"email": "a@b, c@d"}, {"name": "x" * 101}, {"attributes": {"x": 1}}):
            with pytest.raises(Refused) as refused:
                await anna.put(f"/agent/contacts/{card['id']}", **form)
            assert refused.value.status == 422
        for field in ({"label": "x", "kind": "choice"}, {"label": "", "kind": "text"}, {"label": "x", "kind": "?"}):
            with pytest.raises(Refused) as refused:
                await anna.post(f"/admin/sites/{house.site.id}/contact-fields", **field)
            assert refused.value.status == 422
