"""Tokens: random ones of which only the hash is stored, and short-lived signed tickets."""

import base64
import hashlib
import hmac
import os
import secrets
from datetime import datetime
from pathlib import Path

from aiohttp import web

from engage.settings import Settings


def new_token() -> str:
    """256 bits; shown once, stored as a hash only."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """SHA-256 is enough: the token is random, so there is nothing to guess."""
    return hashlib.sha256(token.encode()).hexdigest()


class Signer:
    """Signs short statements for one purpose and a limited time (HMAC-SHA256)."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def sign(self, statement: str, *, purpose: str, expires_at: datetime) -> str:
        body = f"{purpose}|{int(expires_at.timestamp())}|{statement}"
        return f"{_b64(body.encode())}.{_b64(self._mac(body))}"

    def read(self, ticket: str, *, purpose: str, now: datetime) -> str | None:
        """The statement, or None when the ticket is forged, late or for another purpose."""
        try:
            encoded, mac = ticket.split(".")
            body = _unb64(encoded).decode()
            said_purpose, expires_at, statement = body.split("|", 2)
            genuine = hmac.compare_digest(_unb64(mac), self._mac(body))
        except ValueError:
            return None
        return statement if genuine and said_purpose == purpose and int(expires_at) > now.timestamp() else None

    def _mac(self, body: str) -> bytes:
        return hmac.digest(self._secret, body.encode(), "sha256")


def load_secret(settings: Settings) -> str:
    """The setting, or a secret made once and kept beside the data, readable by its owner only."""
    if settings.secret is not None:
        return settings.secret.get_secret_value()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return _kept_secret(settings.data_dir / "secret")


def _kept_secret(file: Path) -> str:
    # Written whole under another name and then linked: a second process sees all of it or nothing.
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(new_token())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return file.read_text()


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


SIGNER = web.AppKey("signer", Signer)
