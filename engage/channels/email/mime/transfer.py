"""Content-Transfer-Encoding (RFC 2045, 6): the bytes that were meant, or as many of them as can be read."""

import re
from binascii import Error, a2b_qp, a2b_uu

from engage.channels.email.mime import words

UU_BEGIN = re.compile(rb"^begin(?:-base64)? \d{3,4} [^\n]*\n", re.MULTILINE)


def content(body: bytes, encoding: str) -> bytes:
    """What it is called without a name we know stands as it is."""
    called = encoding.strip().strip("\"'").lower().partition(";")[0].strip()
    if called in ("base64", "b"):
        return words.base64(body)
    if called in ("quoted-printable", "q", "quoted_printable"):
        return a2b_qp(body)
    if called in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return _uu(body)
    return body


def _uu(body: bytes) -> bytes:
    begin = UU_BEGIN.search(body)
    if begin is None:
        return body
    out = bytearray()
    for line in body[begin.end() :].splitlines():
        if line.strip() in (b"end", b"`"):
            break
        try:
            out += a2b_uu(line)
        except Error:
            # some programs write a length that is wrong (binascii's own advice)
            out += _uu_without_length(line)
    return bytes(out)


def _uu_without_length(line: bytes) -> bytes:
    if not line:
        return b""
    try:
        return a2b_uu(line[: ((line[0] - 32 & 63) * 4 + 5) // 3])
    except Error:
        return b""
