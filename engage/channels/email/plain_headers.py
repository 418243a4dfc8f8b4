"""Headers and texts that can stand in a mail as they are: written without the parsing that others need.

The standard library parses each header to fold it, and makes a class for it: two thirds of what writing a mail costs.
"""

import binascii
import re
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage, MIMEPart
from email.policy import Policy
from typing import Any, Self

#: letters of a line with its name (RFC 5322, 2.1.1)
LINE = 78
PLAIN = re.compile(r"[\x20-\x7e]+")
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
ADDRESS = re.compile(rf"{ATOM}(?:\.{ATOM})*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")


class Registry(HeaderRegistry):
    """Makes a class for each name of a header once, not for each header."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        kind = name.lower()
        if kind not in self.registry:
            # any name may come: those are not kept
            return super().__getitem__(name)
        if kind not in self._made:
            self._made[kind] = super().__getitem__(name)
        return self._made[kind]


class Line(str):
    """A header that stands on one line. Policies take what has a name as it is."""

    __slots__ = ("name",)
    name: str

    def __new__(cls, name: str, value: str) -> Self:
        line = super().__new__(cls, value)
        line.name = name
        return line

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


def line(name: str, value: str) -> Line | None:
    """None for what has to be folded or encoded."""
    fits = len(name) + 2 + len(value) <= LINE and value == value.strip()
    return Line(name, value) if fits and PLAIN.fullmatch(value) and "=?" not in value else None


def set_text(part: MIMEPart, text: str, subtype: str) -> None:
    """As `set_content` does, into a part that is empty."""
    body = b"\n".join([*text.encode("utf-8", "replace").splitlines(), b""])
    fits = body.isascii() and all(len(each) <= LINE for each in body.split(b"\n"))
    part["Content-Type"] = Line("Content-Type", f'text/{subtype}; charset="utf-8"')
    part["Content-Transfer-Encoding"] = Line("Content-Transfer-Encoding", "7bit" if fits else "quoted-printable")
    part.set_payload((body if fits else binascii.b2a_qp(body, istext=True)).decode("ascii"))


def alternative(text: str, html: str, *, boundary: str, into: EmailMessage) -> None:
    """Text and HTML in an empty mail; the boundary stands in neither."""
    into["Content-Type"] = Line("Content-Type", f'multipart/alternative; boundary="{boundary}"')
    parts: list[Any] = []
    for content, subtype in ((text, "plain"), (html, "html")):
        part = MIMEPart(policy=into.policy)
        set_text(part, content, subtype)
        parts.append(part)
    into.set_payload(parts)
