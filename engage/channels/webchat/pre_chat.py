"""What a visitor is asked before a chat begins. Pure."""

from collections.abc import Mapping, Sequence
from typing import Literal

from email_validator import EmailNotValidError, validate_email

from engage.conversations.schemas import FormField
from engage.kit.errors import Invalid
from engage.kit.wire import WireModel

LONGEST_ANSWER = 200


class Field(WireModel):
    key: str
    label: str
    kind: Literal["text", "email", "choice"]
    required: bool
    choices: list[str]


class WrongAnswers(Invalid):
    """Something in the form is not right."""

    code = "wrong_answers"


class EmailRequired(Invalid):
    """We are closed now; leave your e-mail address and we will answer you there."""

    code = "email_required"


def asked(*, is_open: bool) -> list[Field]:
    """The form's fields; in closed hours the answer needs an address to go to."""
    return [
        Field(key="name", label="Name", kind="text", required=False, choices=[]),
        Field(key="email", label="E-mail", kind="email", required=not is_open, choices=[]),
    ]


def checked(answers: Mapping[str, str], fields: Sequence[Field]) -> list[FormField]:
    """The answers in the form's order. Raises WrongAnswers with each field that is wrong, EmailRequired."""
    errors = [{"path": f"fields.{key}", "message": "unknown field"} for key in answers.keys() - {f.key for f in fields}]
    given: list[FormField] = []
    for field in fields:
        value = answers.get(field.key, "").replace("\0", "").strip()
        if problem := _problem(field, value):
            errors.append({"path": f"fields.{field.key}", "message": problem})
        elif value:
            given.append(FormField(key=field.key, label=field.label, value=value))
    if errors == [{"path": "fields.email", "message": "required"}]:
        raise EmailRequired(errors=errors)
    if errors:
        raise WrongAnswers(errors=errors)
    return given


def _problem(field: Field, value: str) -> str | None:
    if not value:
        return "required" if field.required else None
    if len(value) > LONGEST_ANSWER:
        return f"at most {LONGEST_ANSWER} characters"
    if field.kind == "choice" and value not in field.choices:
        return "not one of the choices"
    return _email_problem(value) if field.kind == "email" else None


def _email_problem(value: str) -> str | None:
    try:
        validate_email(value, check_deliverability=False)
    except EmailNotValidError:
        return "not an e-mail address"
    return None


def answer(fields: Sequence[FormField], key: str) -> str | None:
    return next((field.value for field in fields if field.key == key), None)
