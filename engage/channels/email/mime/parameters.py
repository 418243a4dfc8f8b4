"""A header's value with its parameters, as in Content-Type (RFC 2045, 5.1; RFC 2231), however badly it is written."""

import re
from urllib.parse import unquote_to_bytes

from engage.channels.email.mime import charsets

MOST_CHARACTERS = 20_000
PARAMETER = re.compile(r';\s*([^\s=;"]{1,100})\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)', re.DOTALL)
#: name, the number of the piece, and whether it is written in per cent
PIECE = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?")


def read(value: str) -> tuple[str, dict[str, str]]:
    """The value in small letters, and its parameters by their names in small letters."""
    head = value[:MOST_CHARACTERS]
    kind = head.partition(";")[0].strip().lower()
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, raw in PARAMETER.findall(head):
        text = re.sub(r"\\(.)", r"\1", raw[1:-1], flags=re.DOTALL) if raw[:1] == '"' and len(raw) > 1 else raw.strip()
        found = PIECE.fullmatch(name.lower())
        if found is None or not (found[2] or found[3]):
            plain.setdefault(name.lower(), text)
        else:
            pieces.setdefault(found[1], {}).setdefault(int(found[2] or 0), (text, bool(found[3])))
    return kind, plain | {name: _whole(its) for name, its in pieces.items()}


def _whole(pieces: dict[int, tuple[str, bool]]) -> str:
    """The pieces in their order; the first one may name a charset, in which all in per cent is written."""
    charset, content = "", b""
    for number in sorted(pieces):
        text, in_per_cent = pieces[number]
        if in_per_cent and number == min(pieces) and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        content += unquote_to_bytes(text) if in_per_cent else text.encode("utf-8", "replace")
    return charsets.decode(content, charset or "utf-8")
