"""The parts of a mail as spans of its bytes, found in one pass and within limits, before anything looks into them.

Made for hostile mails: no recursion, no look back, and work that grows with the length alone. What is too much is left
out and said so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from engage.channels.email.mime import parameters

MOST_HEADER_BYTES = 256_000
MOST_HEADERS = 1_000
MOST_PARTS = 200
MOST_DEPTH = 20
LONG_HEADERS = "Its headers are longer than we read."

#: what a header's line begins with (RFC 5322, 2.2), blanks before the colon forgiven
NAME = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
#: a line that may end a part (RFC 2046, 5.1.1)
DELIMITER = re.compile(rb"^--[^\r\n]{1,250}", re.MULTILINE)

Header = tuple[str, bytes]


@dataclass
class Entity:
    """A mail or a part of one."""

    headers: list[Header]
    #: where its content lies
    start: int
    end: int
    depth: int
    content_type: str = "text/plain"
    params: dict[str, str] = field(default_factory=dict)
    children: list["Entity"] = field(default_factory=list)

    def all(self, name: str) -> list[bytes]:
        return [value for each, value in self.headers if each == name]

    def first(self, name: str) -> str:
        """A header's text as it stands, for names and parameters; empty if there is none."""
        found = self.all(name)
        return found[0].decode("utf-8", "replace") if found else ""

    @property
    def is_multipart(self) -> bool:
        return self.content_type.startswith("multipart/")

    @property
    def subtype(self) -> str:
        return self.content_type.partition("/")[2]


@dataclass
class Scanned:
    data: bytes
    root: Entity
    faults: list[str]

    def body(self, entity: Entity) -> bytes:
        return self.data[entity.start : entity.end]


def scan(data: bytes) -> Scanned:
    if b"\n" not in data:
        # from a system whose lines end with a carriage return alone
        data = data.replace(b"\r", b"\n")
    faults: list[str] = []
    root = _entity(data, 0, len(data), 0, faults, otherwise="text/plain")
    _split(data, root, faults)
    return Scanned(data, root, list(dict.fromkeys(faults)))


@dataclass
class _Open:
    """A multipart whose end was not seen yet."""

    entity: Entity
    boundary: bytes


def _split(data: bytes, root: Entity, faults: list[str]) -> None:
    opened = [each] if (each := _opened(data, root)) else []
    leaf: Entity | None = None
    count = 0
    if not opened:
        return
    for found in DELIMITER.finditer(data, root.start):
        line = found.group().rstrip()
        depth = _depth_of(opened, line)
        if depth is None or (leaf is not None and found.start() < leaf.start):
            continue
        _close(opened[depth + 1 :], leaf, data, found.start())
        leaf = None
        del opened[depth + 1 :]
        if line == b"--" + opened[depth].boundary + b"--":
            opened.pop().entity.end = found.start()
            if not opened:
                return
            continue
        if count == MOST_PARTS:
            faults.append(f"It has more than {MOST_PARTS} parts; the others were left out.")
            return
        count += 1
        leaf = _begin(data, opened, depth, found.end(), faults)
    _undivided(opened)


def _depth_of(opened: list[_Open], line: bytes) -> int | None:
    """Which of the open multiparts the line divides or ends, the innermost first; at most as many as may be nested."""
    for depth in range(len(opened) - 1, -1, -1):
        if line in (b"--" + opened[depth].boundary, b"--" + opened[depth].boundary + b"--"):
            return depth
    return None


def _begin(data: bytes, opened: list[_Open], depth: int, at: int, faults: list[str]) -> Entity:
    """The part behind a delimiter; it lies open until the next one."""
    parent = opened[depth].entity
    start = data.find(b"\n", at) + 1 or len(data)
    otherwise = "message/rfc822" if parent.subtype == "digest" else "text/plain"
    part = _entity(data, start, len(data), parent.depth + 1, faults, otherwise=otherwise)
    parent.children.append(part)
    if part.depth >= MOST_DEPTH and part.is_multipart:
        faults.append(f"Its parts are nested more than {MOST_DEPTH} deep; what lies deeper was left as it is.")
        part.content_type = "application/octet-stream"
    elif (inner := _opened(data, part)) is not None:
        opened.append(inner)
    return part


def _close(inner: list[_Open], leaf: Entity | None, data: bytes, at: int) -> None:
    """A delimiter ends what lies inside; the line break before it belongs to it."""
    end = at - 1 if at and data[at - 1 : at] == b"\n" else at
    end = end - 1 if end and data[end - 1 : end] == b"\r" else end
    for each in [*(one.entity for one in inner), *([leaf] if leaf else [])]:
        each.end = max(each.start, end)
    _undivided(inner)


def _undivided(opened: list[_Open]) -> None:
    """One that was never divided is text, whatever it says."""
    for each in opened:
        if not each.entity.children:
            each.entity.content_type = "text/plain"


def _opened(data: bytes, entity: Entity) -> _Open | None:
    if not entity.is_multipart:
        return None
    boundary = entity.params.get("boundary", "").rstrip().encode("utf-8", "replace")
    if not boundary:
        # it says that it has parts and not how they are divided: the first line that could divide them
        found = DELIMITER.search(data, entity.start, min(entity.start + 10_000, len(data)))
        boundary = found.group()[2:].rstrip() if found else b""
    if not boundary:
        entity.content_type = "text/plain"
        return None
    return _Open(entity, boundary[:250])


def _entity(data: bytes, start: int, end: int, depth: int, faults: list[str], *, otherwise: str) -> Entity:
    headers, body = read_headers(data, start, end, faults)
    entity = Entity(headers, body, end, depth)
    value = entity.first("content-type")
    kind, entity.params = parameters.read(value)
    entity.content_type = kind if re.fullmatch(r"[\w.+-]+/[\w.+-]+", kind, re.ASCII) else _kind(kind) or otherwise
    return entity


def _kind(said: str) -> str:
    """What is meant by a type that is none, as old programs write it."""
    return {"text": "text/plain", "html": "text/html", "multipart": "multipart/mixed"}.get(said, "")


def read_headers(data: bytes, start: int, end: int, faults: list[str]) -> tuple[list[Header], int]:
    """Names in small letters with their unfolded values, and where the body begins."""
    headers: list[tuple[str, list[bytes]]] = []
    at = start
    for begins, ends, line in _lines(data, start, end):
        at = ends
        if not line:
            return _joined(headers), ends
        if line[:1] in b" \t" and headers:
            headers[-1][1].append(line.strip())
        elif found := NAME.match(line):
            headers.append((found[1].decode("ascii").lower(), [line[found.end() :].strip()]))
        elif begins == start and line.startswith((b"From ", b">From ")):
            continue
        else:
            # a body that no blank line divides from its headers
            return _joined(headers), begins
        if ends - start > MOST_HEADER_BYTES or len(headers) > MOST_HEADERS:
            faults.append(LONG_HEADERS)
            return _joined(headers), _behind_headers(data, ends, end)
    return _joined(headers), at


def _joined(headers: list[tuple[str, list[bytes]]]) -> list[Header]:
    return [(name, b" ".join(pieces)[:MOST_HEADER_BYTES]) for name, pieces in headers]


def _behind_headers(data: bytes, at: int, end: int) -> int:
    found = re.compile(rb"\r?\n\r?\n").search(data, max(0, at - 2), end)
    return found.end() if found else end


def _lines(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
    """Where each line begins, where the next one does, and its text; the longest is cut."""
    at = start
    while at < end:
        feed = data.find(b"\n", at, end)
        after = feed + 1 if feed >= 0 else end
        line = data[at : min(after, at + MOST_HEADER_BYTES)].rstrip(b"\r\n")
        yield at, after, line
        at = after
