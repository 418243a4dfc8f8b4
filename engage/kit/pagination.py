"""Cursor pages: a page knows where the next one begins, so that nothing is skipped or shown twice."""

import base64
import binascii
from typing import Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from engage.kit.errors import Invalid

T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    """One page of a list."""

    model_config = ConfigDict(frozen=True)

    items: list[T]
    #: give it back as `cursor` to get the next page; null on the last one
    next_cursor: str | None = None


class BadCursor(Invalid):
    """This cursor is not one of ours."""

    code = "bad_cursor"


def encode_cursor(last_id: UUID) -> str:
    return base64.urlsafe_b64encode(last_id.bytes).decode().rstrip("=")


def decode_cursor(cursor: str | None) -> UUID | None:
    """Raises BadCursor."""
    if not cursor:
        return None
    try:
        return UUID(bytes=base64.urlsafe_b64decode(cursor + "=="))
    except (ValueError, binascii.Error) as problem:
        raise BadCursor from problem
