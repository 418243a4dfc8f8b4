"""Whether a value fits the field that a site has defined. Pure."""

import re
from collections.abc import Mapping
from datetime import date
from math import isfinite
from typing import Any
from uuid import UUID

from engage.contacts.errors import UnfitValue
from engage.contacts.models import ContactField

Value = str | float | bool
LONGEST = 500
LINK = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)


def fitted(fields: Mapping[UUID, ContactField], values: Mapping[UUID, Value | None]) -> dict[str, Value | None]:
    """The values as they are kept, None for what is to be emptied. Raises UnfitValue."""
    return {str(field_id): _fitted(fields.get(field_id), value) for field_id, value in values.items()}


def _fitted(field: ContactField | None, value: Value | None) -> Value | None:
    if field is None:
        raise UnfitValue("There is no such field.")
    value = value.strip() if isinstance(value, str) else value
    if value in (None, ""):
        return None
    if not _fits(field, value):
        raise UnfitValue(f"This is not a value for “{field.label}”.", field_id=field.id)
    return value


def _fits(field: ContactField, value: Any) -> bool:
    if field.kind == "yes_no":
        return isinstance(value, bool)
    if field.kind == "number":
        return isinstance(value, float | int) and not isinstance(value, bool) and isfinite(value)
    if not isinstance(value, str) or len(value) > LONGEST:
        return False
    if field.kind == "date":
        return _is_date(value)
    if field.kind == "link":
        return LINK.fullmatch(value) is not None
    return field.kind == "text" or value in field.choices


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
