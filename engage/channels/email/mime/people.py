"""Addresses with names out of From, To and their like (RFC 5322, 3.4), in one pass whatever stands there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from engage.channels.email.mime import words
from engage.channels.email.parsed import Person

MOST = 200
MOST_CHARACTERS = 64_000
ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\x00-\x1f]+@[^\s@<>(),;:\"\x00-\x1f]+\.?")

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|\\.|[()<>,;:]|[^"\\()<>,;:]+|.', re.DOTALL)
QUOTED = re.compile(r"\\(.)", re.DOTALL)


def read(values: list[bytes], faults: list[str]) -> tuple[Person, ...]:
    """All of a header's lines together; a person without a usable address has his name alone."""
    found: list[Person] = []
    for value in values:
        for name, address in _pairs(words.as_it_stands(value)[:MOST_CHARACTERS]):
            if len(found) == MOST:
                faults.append(f"It names more than {MOST} people; the others were left out.")
                return tuple(found)
            person = Person(_address(address), _name(name))
            if person.address or person.name:
                found.append(person)
    return tuple(found)


def _address(text: str) -> str:
    found = ADDRESS.search(text)
    whole = found.group().strip(".'").lower() if found else ""
    return whole if len(whole) <= 320 else ""


def _name(text: str) -> str:
    plain = words.decoded(" ".join(text.split())).strip().strip("\"'").strip()
    return " ".join(plain.split())[:200]


def _pairs(value: str) -> Iterator[tuple[str, str]]:
    """Name and address of each, as they stand."""
    for one in _each(value):
        outside, comment = "".join(one.outside), "".join(one.comment)
        if one.inside is not None:
            yield outside or comment, "".join(one.inside)
        elif "@" in outside:
            yield comment, outside
        elif outside.strip():
            yield outside, ""


@dataclass
class _One:
    """What stands outside of brackets, between them, and in parentheses."""

    outside: list[str] = field(default_factory=list)
    inside: list[str] | None = None
    comment: list[str] = field(default_factory=list)
    in_angle: bool = False

    def take(self, piece: str) -> None:
        if piece == "<":
            self.in_angle, self.inside = True, []
        elif piece == ">":
            self.in_angle = False
        elif piece == ":" and not self.in_angle and "@" not in "".join(self.outside[-3:]):
            # the name of a group ends here
            self.outside.clear()
        elif self.in_angle and self.inside is not None:
            self.inside.append(piece)
        else:
            self.outside.append(QUOTED.sub(r"\1", piece.strip('"')) if piece[0] in '"\\' else piece)


def _each(value: str) -> Iterator[_One]:
    """Commas divide people, and semicolons, which some programs write instead."""
    one = _One()
    for piece, in_comment in _cut_up(value):
        if in_comment:
            one.comment.append(piece)
        elif piece in ",;" and not one.in_angle:
            yield one
            one = _One()
        else:
            one.take(piece)
    yield one


def _cut_up(value: str) -> Iterator[tuple[str, bool]]:
    """Each with whether it stands in parentheses, which are counted, for they nest as deep as somebody likes."""
    depth = 0
    for found in TOKEN.finditer(value):
        piece = found.group()
        if piece == "(":
            depth += 1
        elif piece == ")" and depth:
            depth -= 1
        else:
            yield piece, depth > 0
