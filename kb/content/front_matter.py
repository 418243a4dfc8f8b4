"""An article's file: a block of YAML between two lines of dashes, then Markdown."""

import datetime

import yaml

from kb.content.article import SLUG, Article
from kb.content.errors import ContentError

_FENCE = "---\n"
_ALLOWED = {"id", "title", "category", "audience", "variants", "updated", "featured"}


def parse(text: str, *, slug: str) -> Article:
    """Read one file. Refuses unknown fields, so that a misspelt one is not silently lost."""
    if not SLUG.fullmatch(slug):
        raise ContentError(slug, "the file name must be lower-case words joined by hyphens")
    fields, body = _split(text.replace("\r\n", "\n"), slug)
    unknown = set(fields) - _ALLOWED
    if unknown:
        raise ContentError(slug, f"unknown fields: {', '.join(sorted(unknown))}")
    return Article(
        id=_text(fields, "id", slug),
        slug=slug,
        title=_text(fields, "title", slug),
        category=_text(fields, "category", slug),
        audience=_text(fields, "audience", slug),
        variants=_variants(fields.get("variants"), slug),
        updated=_date(fields.get("updated"), slug),
        featured=_rank(fields.get("featured"), slug),
        body=body.strip() + "\n",
    )


def _split(text: str, slug: str) -> tuple[dict[str, object], str]:
    if not text.startswith(_FENCE) or _FENCE not in text[len(_FENCE) :]:
        raise ContentError(slug, "the file must begin with fields between two lines of ---")
    head, body = text[len(_FENCE) :].split(_FENCE, 1)
    try:
        fields = yaml.safe_load(head)
    except yaml.YAMLError as error:
        raise ContentError(slug, f"the fields are not YAML: {error}") from error
    if not isinstance(fields, dict):
        raise ContentError(slug, "the fields must be written as `name: value`")
    return {str(name): value for name, value in fields.items()}, body


def _text(fields: dict[str, object], name: str, slug: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ContentError(slug, f"{name} is missing")
    return value.strip()


def _variants(value: object, slug: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(line, str) for line in value):
        raise ContentError(slug, "variants must be a list of texts")
    return tuple(line.strip() for line in value)


def _date(value: object, slug: str) -> datetime.date:
    # YAML reads a moment as a datetime, which is a date too.
    if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
        raise ContentError(slug, "updated must be a day, like 2026-09-01")
    return value


def _rank(value: object, slug: str) -> int | None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise ContentError(slug, "featured must be a whole number")
    return value
