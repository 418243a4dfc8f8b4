"""Headers as people read them: encoded words (RFC 2047), raw bytes, and all that is neither."""

import re
from binascii import Error, a2b_base64

from engage.channels.email.mime import charsets

#: blanks inside and a language behind the charset are forgiven
WORD = re.compile(r"=\?([^?*\s]{1,60})(?:\*[^?\s]{0,60})?\?([bBqQ])\?([^?]*)\?=")
HEX = re.compile(rb"=([0-9A-Fa-f]{2})")


def text(raw: bytes, *, most: int = 10_000) -> str:
    """A header's value, decoded, in one line."""
    return " ".join(decoded(as_it_stands(raw)).split())[:most]


def as_it_stands(raw: bytes) -> str:
    """Not decoded yet: commas and quotes inside of encoded words divide nothing."""
    return charsets.decode(raw)


def decoded(value: str) -> str:
    """Neighbours of one charset are put together first: some programs cut characters in two."""
    pieces: list[str | tuple[str, bytes]] = []
    at = 0
    for found in WORD.finditer(value):
        between = value[at : found.start()]
        at = found.end()
        charset, content = found[1].lower(), _content(found[2], found[3])
        last = pieces[-1] if pieces else ""
        if between.strip() or not isinstance(last, tuple):
            pieces += [between, (charset, content)]
        elif last[0] == charset:
            pieces[-1] = (charset, last[1] + content)
        else:
            pieces.append((charset, content))
    pieces.append(value[at:])
    return "".join(each if isinstance(each, str) else charsets.decode(each[1], each[0]) for each in pieces)


def _content(encoding: str, written: str) -> bytes:
    raw = written.encode("utf-8", "replace")
    if encoding in "qQ":
        return HEX.sub(lambda found: bytes([int(found[1], 16)]), raw.replace(b"_", b" "))
    return base64(raw)


def base64(raw: bytes) -> bytes:
    """Whatever can be read of it."""
    kept = re.sub(rb"[^A-Za-z0-9+/]", b"", raw.split(b"=", 1)[0] if raw.count(b"=") < 3 else raw)
    usable = kept[: len(kept) - 1] if len(kept) % 4 == 1 else kept
    try:
        return a2b_base64(usable + b"=" * (-len(usable) % 4))
    except Error:
        return b""
