"""Passwords: argon2id (RFC 9106) in a thread, for one check costs about 50 ms of a core."""

import asyncio
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()


async def hash_of(password: str) -> str:
    return await asyncio.to_thread(_hasher.hash, password)


async def matches(password: str, stored: str | None) -> bool:
    """With nothing stored, or no password set yet, an equally long check fails: time does not tell who exists."""
    return await asyncio.to_thread(_verify, password, stored)


def _verify(password: str, stored: str | None) -> bool:
    try:
        _hasher.verify(stored or _nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(stored)


@cache
def _nobodys_hash() -> str:
    return _hasher.hash("nobody has this password")
