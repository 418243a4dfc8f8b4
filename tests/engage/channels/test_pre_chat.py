"""The form before the chat: what is asked, and what is said of wrong answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.channels.webchat import pre_chat
from engage.channels.webchat.pre_chat import EmailRequired, WrongAnswers
from engage.conversations.schemas import FormField
from engage.kit.errors import Invalid
from engage.sites.chat_rules import AskedField

OPEN = pre_chat.asked_now(by_mail=False)
CLOSED = pre_chat.asked_now(by_mail=True)
#: as forms were stored before choices had words by language
PLAN = AskedField.model_validate(
    {"key": "plan", "kind": "choice", "labels": {"en": "Plan"}, "required": True, "choices": ["S", "M"]}
)
SIZE = AskedField.model_validate(
    {
        "key": "size",
        "kind": "choice",
        "labels": {"en": "Size", "de": "Größe"},
        "choices": [
            {"value": "big", "labels": {"en": "Big <b>one</b>", "de": "Groß"}},
            {"value": "small", "labels": {"en": "Small"}},
        ],
    }
)
FOR_BIG = AskedField.model_validate(
    {"key": "why", "kind": "text", "labels": {"en": "Why?"}, "show_when": {"field": "size", "value": "big"}}
)


def wrong(answers: dict[str, str], fields: list[AskedField]) -> dict[str, str]:
    """The complaint of each field."""
    with pytest.raises(Invalid) as refused:
        pre_chat.checked(answers, fields)
    return {each["path"]: each["message"] for each in refused.value.facts["errors"]}


def test_open_desk_asks_for_nothing_that_must_be_said() -> None:
    assert pre_chat.checked({}, OPEN) == []


def test_closed_desk_needs_an_address_for_its_answer() -> None:
    with pytest.raises(EmailRequired):
        pre_chat.checked({"name": "Kim"}, CLOSED)


def test_answers_come_in_the_form_s_order_and_trimmed() -> None:
    given_answers = pre_chat.checked({"email": " kim@shop.example ", "name": "  Kim "}, OPEN)

    assert [(field.key, field.value) for field in given_answers] == [("name", "Kim"), ("email", "kim@shop.example")]
    assert pre_chat.answer(given_answers, "email") == "kim@shop.example"
    assert pre_chat.answer(given_answers, "plan") is None


def test_every_wrong_field_is_named() -> None:
    complaints = wrong({"email": "kim", "name": "x" * 201, "shoe_size": "43"}, OPEN)

    assert complaints == {
        "fields.email": "not an e-mail address",
        "fields.name": "at most 200 characters",
        "fields.shoe_size": "unknown field",
    }


def test_choice_is_one_of_the_choices() -> None:
    assert wrong({"plan": "XL"}, [PLAN]) == {"fields.plan": "not one of the choices"}
    assert pre_chat.answer(pre_chat.checked({"plan": "M"}, [PLAN]), "plan") == "M"


def test_choice_is_read_in_one_s_own_language_else_in_the_site_s_first() -> None:
    offered = {
        locale: [(each.value, each.label) for each in pre_chat.shown([SIZE], locale, main="en")[0].choices]
        for locale in ("de-AT", "fr")
    }
    plain = pre_chat.shown([PLAN], "de", main="en")[0]

    assert offered["de-AT"] == [("big", "Groß"), ("small", "Small")]
    assert offered["fr"] == [("big", "Big <b>one</b>"), ("small", "Small")]
    assert [(each.value, each.label) for each in plain.choices] == [("S", "S"), ("M", "M")]


def test_conditions_and_stored_answers_go_by_the_value() -> None:
    size, why = pre_chat.checked({"size": "big", "why": "So"}, [SIZE, FOR_BIG])

    assert (size.value, size.answer, size.answers["de"]) == ("big", "Big <b>one</b>", "Groß")
    assert (size.label, size.labels["de"]) == ("Size", "Größe")
    assert (why.value, why.answer, why.answers) == ("So", None, {})
    assert [each.key for each in pre_chat.checked({"size": "small", "why": "So"}, [SIZE, FOR_BIG])] == ["size"]
    assert wrong({"size": "Groß"}, [SIZE]) == {"fields.size": "not one of the choices"}


def test_blank_answer_is_no_answer() -> None:
    assert wrong({"plan": "  "}, [PLAN]) == {"fields.plan": "required"}
    with pytest.raises(WrongAnswers):
        pre_chat.checked({"plan": "\0"}, [PLAN])


@pytest.mark.parametrize(
    "address",
    [
        "kim@shop.example\nBcc: all@shop.example",
        "kim@shop.example, ben@shop.example",
        "Kim <kim@shop.example>",
        "kim@shop.example\r\n\r\nbody",
        "@shop.example",
        "kim@",
        "kim@shop..example",
    ],
)
def test_address_that_would_be_more_than_one_is_none(address: str) -> None:
    assert wrong({"email": address}, OPEN) == {"fields.email": "not an e-mail address"}


@given(st.dictionaries(st.sampled_from(["name", "email", "other"]), st.text(max_size=250)))
def test_whatever_is_typed_is_taken_or_refused_in_words(answers: dict[str, str]) -> None:
    taken, complaints = taken_or_refused(answers)

    assert bool(complaints) != bool(pre_chat.answer(taken, "email"))
    assert all("\0" not in field.value and len(field.value) <= 200 for field in taken)


def taken_or_refused(answers: dict[str, str]) -> tuple[list[FormField], list[object]]:
    try:
        return pre_chat.checked(answers, CLOSED), []
    except Invalid as refusal:
        return [], refusal.facts["errors"]
