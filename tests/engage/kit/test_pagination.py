"""Cursors: ours lead on, anything else is refused in words."""

from contextlib import suppress
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.kit.pagination import BadCursor, decode_cursor, encode_cursor


@given(st.uuids())
def test_cursor_leads_back_to_the_id_it_was_made_from(last_id: UUID) -> None:
    assert decode_cursor(encode_cursor(last_id)) == last_id


@pytest.mark.parametrize("cursor", [None, ""])
def test_no_cursor_is_the_first_page(cursor: str | None) -> None:
    assert decode_cursor(cursor) is None


@pytest.mark.parametrize("cursor", ["x", "not a cursor", "AAAA", "ü" * 22, "A" * 23, "'; DROP TABLE mails"])
def test_cursor_that_is_not_ours_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor):
        decode_cursor(cursor)


@given(st.text(min_size=1))
def test_any_text_is_a_cursor_or_refused(cursor: str) -> None:
    with suppress(BadCursor):
        assert isinstance(decode_cursor(cursor), UUID)
