"""What a visitor is asked before a chat begins. Pure."""

import re
from collections.abc import Mapping, Sequence

from email_validator import EmailNotValidError, validate_email

from engage.conversations.schemas import FormField
from engage.kit.errors import Invalid
from engage.kit.wire import WireModel
from engage.sites import chat_rules
from engage.sites.chat_rules import EMAIL, TOPIC, YES, AskedField, Condition, FieldKind
from engage.sites.models import Site

LONGEST_ANSWER = 200


#: what each kind of answer looks like, and what is said of others
SHAPES: dict[FieldKind, tuple[re.Pattern[str], str]] = {
    "phone": (re.compile(r"\+?(?:[ ()/.-]*[0-9]){5,20}[ )]*"), "not a phone number"),
    "number": (re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,6})?"), "not a number"),
    "order_id": (re.compile(r"[A-Za-z0-9][A-Za-z0-9/_.#-]{2,39}"), "not an order number"),
    "checkbox": (re.compile(YES), "not yes"),
}


#: a ticked box, read by an agent
TICKED = {"en": "Yes", "de": "Ja"}


class OfferedChoice(WireModel):
    #: what is sent back
    value: str
    label: str


class Field(WireModel):
    key: str
    label: str
    kind: FieldKind
    required: bool
    choices: list[OfferedChoice]
    #: asked only then; `topic` is the chosen queue
    show_when: Condition | None = None


class WrongAnswers(Invalid):
    """Something in the form is not right."""

    code = "wrong_answers"


class EmailRequired(Invalid):
    """Leave your e-mail address and we will answer you there."""

    code = "email_required"


#: what is asked of visitors of a site that set up no form of its own
USUAL = (
    AskedField(key="name", kind="text", labels={"en": "Name", "de": "Name"}),
    AskedField(key="email", kind="email", labels={"en": "E-mail", "de": "E-Mail"}),
)


def form_of(site: Site) -> tuple[AskedField, ...]:
    return tuple(AskedField.model_validate(each) for each in site.pre_chat) or USUAL


def asked_now(form: Sequence[AskedField] = USUAL, *, by_mail: bool) -> list[AskedField]:
    """An answer by mail needs an address to go to."""
    if not by_mail:
        return list(form)
    if not any(each.key == EMAIL and each.show_when is None for each in form):
        form = (*(each for each in form if each.key != EMAIL), USUAL[-1])
    return [each.model_copy(update={"required": True}) if each.key == EMAIL else each for each in form]


def shown(fields: Sequence[AskedField], locale: str, *, main: str) -> list[Field]:
    """The form in the visitor's language."""
    return [_field(each, locale, main) for each in fields]


def _field(field: AskedField, locale: str, main: str) -> Field:
    return Field(
        key=field.key,
        label=chat_rules.in_language(field.labels, locale, main=main),
        kind=field.kind,
        required=field.required,
        choices=[
            OfferedChoice(
                value=each.value, label=chat_rules.in_language(each.labels or {main: each.value}, locale, main=main)
            )
            for each in field.choices
        ],
        show_when=field.show_when,
    )


def checked(
    answers: Mapping[str, str], fields: Sequence[AskedField], *, topic: str = "", main: str = "en"
) -> list[FormField]:
    """The answers in the form's order; what was not asked of him does not count.

    Raises WrongAnswers with each field that is wrong, EmailRequired.
    """
    errors = [{"path": f"fields.{key}", "message": "unknown field"} for key in answers.keys() - {f.key for f in fields}]
    given: list[FormField] = []
    said = {TOPIC: topic}
    for field in fields:
        if field.show_when is not None and said.get(field.show_when.field) != field.show_when.value:
            continue
        value = said[field.key] = answers.get(field.key, "").replace("\0", "").strip()
        if problem := _problem(field, value):
            errors.append({"path": f"fields.{field.key}", "message": problem})
        elif value:
            given.append(_answered(field, value, main))
    if errors == [{"path": "fields.email", "message": "required"}]:
        raise EmailRequired(errors=errors)
    if errors:
        raise WrongAnswers(errors=errors)
    return given


def _answered(field: AskedField, value: str, main: str) -> FormField:
    answers = _words_of(field, value)
    return FormField(
        key=field.key,
        label=chat_rules.in_language(field.labels, main, main=main),
        value=value,
        labels=field.labels,
        answer=chat_rules.in_language(answers, main, main=main) if answers else None,
        answers=answers,
    )


def _words_of(field: AskedField, value: str) -> dict[str, str]:
    if field.kind == "checkbox":
        return TICKED
    return next((each.labels for each in field.choices if each.value == value), {})


def _problem(field: AskedField, value: str) -> str | None:
    if not value:
        return "required" if field.required else None
    if len(value) > LONGEST_ANSWER:
        return f"at most {LONGEST_ANSWER} characters"
    if field.kind == "choice" and all(value != each.value for each in field.choices):
        return "not one of the choices"
    if field.kind in SHAPES and not SHAPES[field.kind][0].fullmatch(value):
        return SHAPES[field.kind][1]
    return _email_problem(value) if field.kind == "email" else None


def _email_problem(value: str) -> str | None:
    try:
        validate_email(value, check_deliverability=False)
    except EmailNotValidError:
        return "not an e-mail address"
    return None


def answer(fields: Sequence[FormField], key: str) -> str | None:
    return next((field.value for field in fields if field.key == key), None)
