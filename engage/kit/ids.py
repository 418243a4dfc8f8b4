"""Ids: UUIDv7 (RFC 9562), so that a table's order of ids is its order of time."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    return uuid7()
