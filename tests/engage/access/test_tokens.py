"""Tickets: nobody makes one, nobody stretches one, and a ticket for one door opens no other."""

import base64
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from engage.access import tokens
from engage.access.tokens import Signer
from engage.settings import Settings

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
SIGNER = Signer("a secret")


def ticket(statement: str = "anna", *, purpose: str = "socket") -> str:
    return SIGNER.sign(statement, purpose=purpose, expires_at=LATER)


def test_ticket_says_what_was_signed() -> None:
    assert SIGNER.read(ticket("anna|with|bars"), purpose="socket", now=NOW) == "anna|with|bars"


def test_ticket_ends_with_its_time() -> None:
    assert SIGNER.read(ticket(), purpose="socket", now=LATER - timedelta(seconds=1)) == "anna"
    assert SIGNER.read(ticket(), purpose="socket", now=LATER) is None


def test_ticket_for_one_purpose_is_none_for_another() -> None:
    assert SIGNER.read(ticket(purpose="link"), purpose="socket", now=NOW) is None


def test_ticket_of_another_secret_is_forged() -> None:
    forged = Signer("another secret").sign("anna", purpose="socket", expires_at=LATER)

    assert SIGNER.read(forged, purpose="socket", now=NOW) is None


def test_ticket_with_another_statement_under_the_same_seal_is_forged() -> None:
    body, seal = ticket().split(".")
    changed = base64.urlsafe_b64encode(base64.urlsafe_b64decode(body + "==").replace(b"anna", b"ben!")).decode()

    assert SIGNER.read(f"{changed.rstrip('=')}.{seal}", purpose="socket", now=NOW) is None


def test_ticket_whose_end_was_moved_is_forged() -> None:
    body, seal = ticket().split(".")
    plain = base64.urlsafe_b64decode(body + "==").decode()
    longer = plain.replace(str(int(LATER.timestamp())), str(int(LATER.timestamp()) + 9999))
    moved = base64.urlsafe_b64encode(longer.encode()).decode().rstrip("=")

    assert longer != plain
    assert SIGNER.read(f"{moved}.{seal}", purpose="socket", now=NOW) is None


@given(st.text() | st.from_regex(r"[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*", fullmatch=True))
def test_garbage_is_no_ticket(garbage: str) -> None:
    assert SIGNER.read(garbage, purpose="socket", now=NOW) is None


@given(st.integers(0, 200), st.integers(1, 255))
def test_ticket_with_any_byte_changed_says_nothing_new(place: int, change: int) -> None:
    raw = bytearray(ticket().encode())
    raw[place % len(raw)] ^= change

    assert SIGNER.read(raw.decode("latin-1"), purpose="socket", now=NOW) in (None, "anna")


def test_token_is_new_each_time_and_stored_as_its_hash_only() -> None:
    one, other = tokens.new_token(), tokens.new_token()

    assert one != other
    assert len(tokens.token_hash(one)) == 64
    assert one not in tokens.token_hash(one)


def test_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new")

    first, second = tokens.load_secret(settings), tokens.load_secret(settings)

    assert first == second
    assert len(first) >= 43
    assert stat.S_IMODE((tmp_path / "new" / "secret").stat().st_mode) == 0o600


def test_secret_of_the_settings_goes_before_the_kept_one(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, secret=SecretStr("from outside"))

    assert tokens.load_secret(settings) == "from outside"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("purpose", ["", "socket", "a b"])
def test_empty_statement_is_a_statement(purpose: str) -> None:
    assert SIGNER.read(ticket("", purpose=purpose), purpose=purpose, now=NOW) == ""
