"""What a password must be. Pure. By NIST SP 800-63B: long, not guessable, and no riddles about special characters."""

import re
from typing import Literal

Refusal = Literal["short", "common", "own"]

LEAST = 10
#: the most used ones that are long enough, and what people make of shorter ones to reach the length
COMMON = frozenset(
    """
    1234567890 0123456789 0987654321 1q2w3e4r5t 1qaz2wsx3edc qwertyuiop qwertzuiop asdfghjkl1 qwerty12345 qwerty123456
    password123 password1234 password12345 passwort123 passwort1234 passw0rd123 p@ssw0rd123 p@ssword123 password!1
    iloveyou123 iloveyou12 sunshine123 princess123 football123 baseball123 superman123 trustno1234 letmein1234
    welcome123 welcome1234 welcome12345 willkommen1 administrator admin12345 administrator1 changeme123 changeme1234
    geheim12345 hallo12345 schatzi123 ichliebedich passwort12 dragonball1 master12345 monkey12345 shadow12345
    michael123 jennifer123 abcdefghij abcd123456 abc1234567 a1b2c3d4e5 1a2b3c4d5e q1w2e3r4t5 zaq12wsxcde
    startrek123 starwars123 summer2024 summer2025 summer2026 winter2024 winter2025 winter2026 sommer2024 sommer2025
    correcthorsebatterystaple
    """.split()  # noqa: SIM905  # words read better than a list of quotes
)


def refusal(password: str, *, email: str, name: str) -> Refusal | None:
    """Why not; None when it will do."""
    if len(password) < LEAST:
        return "short"
    plain = password.lower().strip()
    if plain in COMMON or len(set(plain)) < 4 or _letters(plain) in ("password", "passwort", "qwerty", "qwertz"):
        return "common"
    if _is_made_of(plain, [email.lower(), email.lower().partition("@")[0], name.lower()]):
        return "own"
    return None


def _is_made_of(password: str, words: list[str]) -> bool:
    """It is one of the words, whatever digits and signs stand around it."""
    core = _letters(password)
    return any(password == word or core == _letters(word) for word in words if _letters(word))


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", text)
