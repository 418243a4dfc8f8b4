"""The form before the chat: what is asked, and what is said of wrong answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.channels.webchat import pre_chat
from engage.channels.webchat.pre_chat import EmailRequired, Field, WrongAnswers
from engage.conversations.schemas import FormField
from engage.kit.errors import Invalid

OPEN = pre_chat.asked(is_open=True)
CLOSED = pre_chat.asked(is_open=False)
PLAN = Field(key="plan", label="Plan", kind="choice", required=True, choices=["S", "M"])


def wrong(answers: dict[str, str], fields: list[Field]) -> dict[str, str]:
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
