"""A generator of odd mails: headers, charsets, encodings and structures at random, in every way that was met."""

import random
from collections.abc import Iterator

CHARSETS = [
    "utf-8", "iso-8859-1", "windows-1252", "us-ascii", "utf-7", "iso-2022-jp", "gb18030", "gb2312", "big5", "koi8-r",
    "windows-1251", "euc-kr", "shift_jis", "utf-16", "x-unknown", "", '"utf-8', "idna", "unicode_escape", "utf-8*de",
    "binary", "cp65001", "iso-8859-8-i", "hz-gb-2312", "rot13", "x" * 300,
]  # fmt: skip
ENCODINGS = ["7bit", "8bit", "base64", "quoted-printable", "x-uuencode", "binary", "BASE64 ", "none", "", "base64;x=y"]
KINDS = [
    "text/plain", "text/html", "TEXT/PLAIN", "text", "text/enriched", "text/calendar", "image/png", "message/rfc822",
    "message/delivery-status", "application/ms-tnef", "application/octet-stream", "multipart/mixed",
    "multipart/alternative", "multipart/related", "multipart/signed", "multipart/report", "multipart/digest",
    "application/pkcs7-mime", "/", ";", "text/plain; format=flowed; delsp=yes", "text/rfc822-headers",
]  # fmt: skip
WORDS = [
    "Grüße", "\u202e", "日本語", "Привет", "مرحبا", "😀", "a", "=?utf-8?B?w6Q=?=", "=?x?Q?=FF?=", "=?utf-8?Q?=C3?=",
    "\0", "\x1b$B",
    "<b>bold</b>", "> quoted", "-- ", "begin 644 x", "=3D=\r\n", "<a href=javascript:x>", "BEGIN:VCALENDAR",
]  # fmt: skip
ENDS = [b"\r\n", b"\n", b"\r\n", b"\r", b"\n\r"]
NAMES = [
    "From", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Reply-To", "Content-ID", "X", "",
    "Received", "Authentication-Results", "From ", "MIME-Version", "Content-Disposition",
]  # fmt: skip
VALUES = [
    "Anna <anna@home.example>", "anna@home.example", "<>", "", '"Anna', "(((", "a@b, c@d; e: f@g;", "<a@b> <c@d>,<e f>",
    "Sun, 22 Nov 2026 10:00:00 +0100", "attachment; filename*0*=utf-8''%C3; filename*1=x", "inline; filename=../../x",
    "=?utf-8?B?SGFsbG8=?= <anna@home.example>", "x" * 2000, "1.0", "pass", "\t", "Undisclosed recipients:;",
]  # fmt: skip


def odd_mails(count: int, *, seed: int) -> Iterator[bytes]:
    chance = random.Random(seed)
    for _ in range(count):
        mail = _entity(chance, 0)
        yield _damaged(chance, mail) if chance.random() < 0.4 else mail


def _entity(chance: random.Random, depth: int) -> bytes:
    end = chance.choice(ENDS)
    kind, charset = chance.choice(KINDS), chance.choice(CHARSETS)
    head = [
        f"{chance.choice(NAMES)}: {chance.choice(VALUES)} {chance.choice(WORDS)}" for _ in range(chance.randrange(6))
    ]
    boundary = chance.choice(["b", "b b", "", "=_x", '"', "b" * 80]) if "multipart" in kind else ""
    head.append(f"Content-Type: {kind}; charset={charset}" + (f'; boundary="{boundary}"' if boundary else ""))
    head.append(f"Content-Transfer-Encoding: {chance.choice(ENCODINGS)}")
    chance.shuffle(head)
    lines = [each.encode(chance.choice(["utf-8", "utf-16-le", "latin-1"]), "replace") for each in head]
    body = _body(chance, boundary, depth, end)
    return end.join([*lines, b"", body] if chance.random() < 0.9 else [*lines, body])


def _body(chance: random.Random, boundary: str, depth: int, end: bytes) -> bytes:
    if not boundary or depth > 4:
        return " ".join(chance.choices(WORDS, k=chance.randrange(12))).encode("utf-8")
    parts = [b"--" + boundary.encode() + end + _entity(chance, depth + 1) for _ in range(chance.randrange(4))]
    closing = [b"--" + boundary.encode() + b"--"] if chance.random() < 0.7 else []
    return end.join([*parts, *closing])


def _damaged(chance: random.Random, mail: bytes) -> bytes:
    data = bytearray(mail)
    for _ in range(chance.randrange(1, 20)):
        at = chance.randrange(len(data)) if data else 0
        match chance.randrange(3):
            case 0:
                data[at : at + chance.randrange(50)] = b""
            case 1:
                data[at:at] = chance.randbytes(chance.randrange(1, 8))
            case _:
                data[at : at + 1] = data[at : at + 40] * 2
    return bytes(data)
