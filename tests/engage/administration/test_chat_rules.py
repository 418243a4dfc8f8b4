"""The form before a chat, the widget's words, ratings and files, as the site sets them."""

from typing import Any

import pytest

from tests.house import House
from tests.house.databases import on_one_database
from tests.people.visitor import Refused

CUSTOMER = {
    "key": "customer",
    "kind": "checkbox",
    "labels": {"en": "I am a customer", "de": "Ich bin Kunde"},
    "required": False,
}
NUMBER = {
    "key": "order",
    "kind": "order_id",
    "labels": {"en": "Order <b>number</b>", "de": "Bestellnummer"},
    "required": True,
    "show_when": {"field": "customer", "value": "yes"},
}
DEVICE = {
    "key": "device",
    "kind": "choice",
    "labels": {"en": "Device", "de": "Gerät"},
    "required": True,
    "choices": [
        {"value": "phone", "labels": {"en": "Phone", "de": "\u202eHandy</option>"}},
        {"value": "other", "labels": {"en": "Another"}},
        "Fax",
    ],
}
ONLY_BILLING = {
    "key": "amount",
    "kind": "number",
    "labels": {"en": "Amount"},
    "required": True,
    "show_when": {"field": "topic", "value": "billing"},
}


async def test_form_is_asked_in_the_visitor_s_language_and_its_answers_stand_in_the_conversation(house: House) -> None:
    async with house.agent("anna", role="admin") as anna, house.visitor() as kim:
        await anna.put(f"/admin/sites/{house.site.id}/pre-chat", fields=[CUSTOMER, NUMBER, ONLY_BILLING, DEVICE])

        asked = (await kim.get("/sites/nordlink/home?locale=de-AT"))["fields"]
        chat = await kim.starts_chat("Hello", customer="yes", order="NL-4711", device="phone")
        await house.settles()
        await anna.takes(chat["id"])
        seen = await anna.get(f"/agent/conversations/{chat['id']}")

    assert [field["label"] for field in asked] == ["Ich bin Kunde", "Bestellnummer", "Amount", "Gerät"]
    assert asked[3]["choices"] == [
        {"value": "phone", "label": "\u202eHandy</option>"},
        {"value": "other", "label": "Another"},
        {"value": "Fax", "label": "Fax"},
    ]
    assert [(field["label"], field["value"], field["answer"]) for field in seen["fields"]] == [
        ("I am a customer", "yes", "Yes"),
        ("Order <b>number</b>", "NL-4711", None),
        ("Device", "phone", "Phone"),
    ]
    assert seen["fields"][2]["answers"]["de"] == "\u202eHandy</option>"


async def test_what_is_not_asked_need_not_be_answered_and_does_not_count(house: House) -> None:
    async with house.agent("anna", role="admin") as anna, house.visitor() as kim:
        await anna.put(f"/admin/sites/{house.site.id}/pre-chat", fields=[CUSTOMER, NUMBER, ONLY_BILLING])

        with pytest.raises(Refused) as refused:
            await kim.starts_chat("Hello", customer="yes", order="?", topic="billing", amount="much")
        chat = await kim.starts_chat("Hello", order="SMUGGLED")
        forms = [entry for entry in await kim.entries(chat["id"]) if entry["kind"] == "form"]

    assert {each["path"]: each["message"] for each in refused.value.problem["errors"]} == {
        "fields.order": "not an order number",
        "fields.amount": "not a number",
    }
    assert "SMUGGLED" not in str(forms)


async def test_closed_desk_asks_for_an_address_whatever_the_form(house: House) -> None:
    async with house.agent("anna", role="admin") as anna, house.visitor() as kim:
        await anna.put(f"/admin/sites/{house.site.id}/pre-chat", fields=[CUSTOMER])
        await house.closes()

        asked = (await kim.get("/sites/nordlink/home"))["fields"]
        with pytest.raises(Refused) as refused:
            await kim.starts_chat("Hello")

    assert [(field["key"], field["required"]) for field in asked] == [("customer", False), ("email", True)]
    assert refused.value.code == "email_required"


@on_one_database
@pytest.mark.parametrize(
    "fields",
    [
        [CUSTOMER, CUSTOMER],
        [NUMBER, CUSTOMER],
        [DEVICE, {**NUMBER, "show_when": {"field": "device", "value": "tablet"}}],
        [{**CUSTOMER, "kind": "choice", "choices": ["one"]}],
        [{**DEVICE, "choices": [{"value": "a", "labels": {}}, {"value": "a", "labels": {"en": "Another"}}]}],
        [{**DEVICE, "choices": ["a", {"value": "b", "labels": {"en": "x" * 121}}]}],
        [{**CUSTOMER, "kind": "password"}],
        [{**CUSTOMER, "key": "topic"}],
        [{**CUSTOMER, "key": "a b"}],
        [{**CUSTOMER, "labels": {}}],
        [{**CUSTOMER, "labels": {"en": "x" * 121}}],
        [{**CUSTOMER, "key": "address", "kind": "email"}],
        [{**CUSTOMER, "key": f"field_{n}"} for n in range(21)],
    ],
)
async def test_form_that_nobody_could_fill_in_is_refused(house: House, fields: list[dict[str, Any]]) -> None:
    async with house.agent("anna", role="admin") as anna:
        with pytest.raises(Refused) as refused:
            await anna.put(f"/admin/sites/{house.site.id}/pre-chat", fields=fields)

    assert refused.value.status == 422


async def test_own_words_are_said_in_their_language_only(house: House) -> None:
    own = {"en": {"greeting": "Hi <i>there</i>", "topic": ""}, "fr": {"launcher_text": "Salut"}}
    async with house.agent("anna", role="admin") as anna, house.visitor() as kim:
        await anna.put(f"/admin/sites/{house.site.id}/texts", texts=own)

        homes = {locale: await kim.get(f"/sites/nordlink/home?locale={locale}") for locale in ("en-GB", "de", "it")}
        launcher = await kim.get("/sites/nordlink/widget")
        with pytest.raises(Refused):
            await anna.put(f"/admin/sites/{house.site.id}/texts", texts={"en": {"appName": "Mine"}})

    assert homes["en-GB"]["greeting"] == homes["it"]["greeting"] == "Hi <i>there</i>"
    assert homes["de"]["greeting"] == ""
    assert [homes[each]["texts_locale"] for each in ("en-GB", "de", "it")] == ["en", "de", "en"]
    assert homes["en-GB"]["texts"] == {}
    assert launcher["launcher_texts"] == {"fr": "Salut"}


async def test_files_of_a_kind_or_size_that_the_site_does_not_take_are_refused(house: House) -> None:
    rule = {"on": True, "kinds": ["text"], "max_bytes": 1000}
    path = f"/admin/sites/{house.site.id}/chat-rules"
    async with house.agent("anna", role="admin") as anna, house.visitor() as kim:
        await anna.put(path, rating={"on": True}, uploads=rule)
        told = (await kim.get("/sites/nordlink/home"))["upload"]
        await kim.uploads("note.txt", b"short")
        for content, code in ((b"x" * 1001, "file_too_large"), (b"%PDF-1.4\n1 0 obj\n", "file_type_refused")):
            with pytest.raises(Refused) as refused:
                await kim.uploads("note.txt", content)
            assert refused.value.code == code
        await anna.put(path, rating={"on": True}, uploads={"on": False})
        off = (await kim.get("/sites/nordlink/home"))["upload"]
        with pytest.raises(Refused):
            await kim.uploads("note.txt", b"short")

    assert told == {"max_bytes": 1000, "types": ["text/plain"], "max_files": 5}
    assert (off["types"], off["max_files"]) == ([], 0)


async def test_where_nobody_is_asked_nobody_rates(house: House) -> None:
    async with house.agent("anna", role="admin") as anna, house.visitor() as kim:
        rules = {"rating": {"on": False, "style": "faces"}, "uploads": {}}
        await anna.put(f"/admin/sites/{house.site.id}/chat-rules", **rules)
        chat = await kim.starts_chat("Hello")
        await house.settles()
        await anna.takes(chat["id"])

        assert (await kim.get("/sites/nordlink/home"))["rating"] == {"on": False, "style": "faces"}
        with pytest.raises(Refused) as refused:
            await kim.post(f"/visitor/conversations/{chat['id']}/rating", score=5)

    assert refused.value.status in (409, 422)
