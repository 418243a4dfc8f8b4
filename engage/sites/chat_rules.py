"""What a site decides about its chats: the form before, files, the rating after, and its own words. Pure."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from engage.kit.wire import PlainText, WireModel

FieldKind = Literal["text", "email", "phone", "number", "order_id", "choice", "checkbox"]
FileKind = Literal["pictures", "pdf", "text"]
Locale = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=20)]
Label = Annotated[PlainText, Field(min_length=1, max_length=120)]
#: an answer that a condition asks about; not a field: which queue was chosen
TOPIC = "topic"
#: the key of the address that answers go to
EMAIL = "email"
#: a ticked box
YES = "yes"

#: the widget's words that a site may say its own way, by their name in the widget's catalogue
TextKey = Literal[
    "greeting",
    "launcher_text",
    "searchPlaceholder",
    "contactUs",
    "chatIntro",
    "mailIntro",
    "closedLeaveMessage",
    "topic",
    "messagePlaceholder",
    "queueSoon",
    "queueHint",
    "rateAsk",
    "rateThanks",
]
Wording = dict[Locale, dict[TextKey, Annotated[PlainText, Field(max_length=300)]]]
#: languages in which the widget has words of its own
SPOKEN = frozenset({"en", "de"})


class Condition(WireModel):
    """Shown when another answer is this."""

    field: Annotated[str, Field(max_length=40)]
    value: Annotated[PlainText, Field(max_length=200)]


class Choice(WireModel):
    """An answer to choose: conditions and what is stored go by its value, people read its label."""

    value: Label
    #: by language; the value itself where there is none
    labels: Annotated[dict[Locale, Label], Field(default_factory=dict, max_length=30)]


def _with_value(choice: object) -> object:
    """A plain word, as choices were once written, is its own value."""
    return {"value": choice} if isinstance(choice, str) else choice


GivenChoice = Annotated[Choice, BeforeValidator(_with_value, json_schema_input_type=Label | Choice)]


class AskedField(WireModel):
    """One question of the form before a chat."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    kind: FieldKind
    #: by language
    labels: Annotated[dict[Locale, Label], Field(min_length=1, max_length=30)]
    required: bool = False
    choices: Annotated[tuple[GivenChoice, ...], Field(max_length=50)] = ()
    show_when: Condition | None = None

    @model_validator(mode="after")
    def choice_has_choices(self) -> Self:
        if self.kind == "choice" and len({each.value for each in self.choices}) < 2:
            raise ValueError("A choice needs two different answers at least.")
        return self


def check_form(fields: Sequence[AskedField]) -> None:
    """Raises ValueError for a key twice, and for a condition on what is not asked before or cannot be answered."""
    asked: dict[str, AskedField | None] = {TOPIC: None}
    for field in fields:
        if (field.key == EMAIL) != (field.kind == "email"):
            raise ValueError("The one field for the e-mail address has the key email.")
        if field.key in asked:
            raise ValueError(f"Two fields have the key {field.key}.")
        if field.show_when is not None:
            _check_condition(field.key, field.show_when, asked)
        asked[field.key] = field


def _check_condition(key: str, condition: Condition, asked: Mapping[str, AskedField | None]) -> None:
    if condition.field not in asked:
        raise ValueError(f"{key} depends on a question that does not stand before it.")
    other = asked[condition.field]
    if other is None or other.kind not in ("choice", "checkbox"):
        return
    answers = {YES} if other.kind == "checkbox" else {each.value for each in other.choices}
    if condition.value not in answers:
        raise ValueError(f"{key} is asked after an answer that {other.key} does not have any more.")


class RatingRule(WireModel):
    on: bool = True
    style: Literal["stars", "faces"] = "stars"


class UploadRule(WireModel):
    on: bool = True
    kinds: Annotated[tuple[FileKind, ...], Field(max_length=3)] = ("pictures", "pdf", "text")
    #: None is as much as the server takes
    max_bytes: Annotated[int | None, Field(ge=1_000)] = None


TYPES: dict[FileKind, tuple[str, ...]] = {
    "pictures": ("image/png", "image/jpeg", "image/webp", "image/gif"),
    "pdf": ("application/pdf",),
    "text": ("text/plain",),
}


def types_of(rule: UploadRule) -> tuple[str, ...]:
    return tuple(kind for each in rule.kinds for kind in TYPES[each]) if rule.on else ()


def in_language(labels: Mapping[str, str], locale: str, *, main: str) -> str:
    """The label for this visitor: his language, else the site's, else whichever there is."""
    for wanted in (locale, language(locale), main):
        if label := labels.get(wanted):
            return label
    return next(iter(labels.values()))


def words_for(texts: Mapping[str, Any], locale: str, *, main: str) -> dict[str, str]:
    """The site's own words in his language; in one that we do not speak either, those of its main one."""
    spoken = texts.get(language_of_words(texts, locale, main=main)) or {}
    return {key: text for key, text in spoken.items() if text}


def language_of_words(texts: Mapping[str, Any], locale: str, *, main: str) -> str:
    """Under which language the site's own words for him stand."""
    known = next((each for each in (locale, language(locale)) if texts.get(each)), None)
    if known is None and language(locale) not in SPOKEN:
        return main
    return known or locale


def language(locale: str) -> str:
    return locale.split("-", maxsplit=1)[0].lower()
