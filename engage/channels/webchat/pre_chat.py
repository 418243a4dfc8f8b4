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


class Field(WireModel):
    key: str
    label: str
    kind: FieldKind
    required: bool
    choices: list[str]
    #: asked only then; `topic` is the chosen queue
    show_when: Condition | None = None


class WrongAnswers(Invalid):
    """Something in the form is not right."""

    code = "wrong_answers"


class EmailRequired(Invalid):
    """We are closed now; leave your e-mail address and we will answer you there."""

    code = "email_required"


#: what is asked of visitors of a site that set up no form of its own
USUAL = (
    AskedField(key="name", kind="text", labels={"en": "Name", "de": "Name"}),
    AskedField(key="email", kind="email", labels={"en": "E-mail", "de": "E-Mail"}),
)


def form_of(site: Site) -> tuple[AskedField, ...]:
    return tuple(AskedField.model_validate(each) for each in site.pre_chat) or USUAL


def asked(form: Sequence[AskedField] = USUAL, locale: str = "en", *, main: str = "en", is_open: bool) -> list[Field]:
    """The form's fields in his language; in closed hours the answer needs an address to go to."""
    if not is_open and not any(each.key == EMAIL and each.show_when is None for each in form):
        form = (*(each for each in form if each.key != EMAIL), USUAL[-1])
    return [_field(each, locale, main, is_open=is_open) for each in form]


def _field(field: AskedField, locale: str, main: str, *, is_open: bool) -> Field:
    return Field(
        key=field.key,
        label=chat_rules.in_language(field.labels, locale, main=main),
        kind=field.kind,
        required=field.required or (field.key == EMAIL and not is_open),
        choices=list(field.choices),
        show_when=field.show_when,
    )


def checked(answers: Mapping[str, str], fields: Sequence[Field], *, topic: str = "") -> list[FormField]:
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
