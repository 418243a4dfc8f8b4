"""Secrets at rest: what must be read again, such as a mail password, is stored encrypted (Fernet: AES and HMAC)."""

import base64

from aiohttp import web
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from engage.kit.errors import EngageError


class SecretUnreadable(EngageError):
    """A stored secret cannot be read: the program's own secret is not the one it was stored with."""

    code = "secret_unreadable"


class Vault:
    """Seals and opens short texts with a key derived from the program's secret."""

    def __init__(self, secret: str) -> None:
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"engage secrets at rest").derive(secret.encode())
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def seal(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Raises SecretUnreadable."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken as problem:
            raise SecretUnreadable from problem


VAULT = web.AppKey("vault", Vault)
