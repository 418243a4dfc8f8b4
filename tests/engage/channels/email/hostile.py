"""Mails that nobody sends by mistake: made to cost time or memory, to break what reads them, or to deceive."""

import io
import random
import zipfile
from collections.abc import Callable

HEAD = b"From: eve@home.example\r\nTo: support@carrier.example\r\nSubject: hostile\r\nMIME-Version: 1.0\r\n"


def _parts(count: int) -> bytes:
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * count + b"--b--\r\n"


def _nested(depth: int) -> bytes:
    levels = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth))
    return HEAD + levels + b"\r\nthe core\r\n"


def _zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(2000):
            archive.writestr(f"{'../' * 20}{number}" * 5, b"")
    return held.getvalue()


def _with_file(name: bytes, content: bytes) -> bytes:
    kind = b"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=" + name + b"\r\n\r\n"
    return (
        HEAD
        + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b\r\n"
        + kind
        + content
        + b"\r\n--b--"
    )


def _html(source: bytes) -> bytes:
    return HEAD + b"Content-Type: text/html\r\n\r\n" + source


MAILS: dict[str, Callable[[], bytes]] = {
    "50,000 parts": lambda: _parts(50_000),
    "3,000 levels": lambda: _nested(3000),
    "20,000 levels of one boundary": lambda: _nested(1).replace(b"b0", b"b") * 20_000,
    "10,000 addresses": lambda: b"To: " + b"a@b.example, " * 10_000 + b"\r\n" + HEAD + b"\r\nx",
    "20,000 brackets in From": lambda: b"From: " + b"(" * 20_000 + b"\r\n\r\nx",
    "20,000 quotes in From": lambda: b"From: " + b'"\\' * 20_000 + b"\r\n\r\nx",
    "30 MB in one line": lambda: HEAD + b"\r\n" + b"x" * 30_000_000,
    "30 MB of base64": lambda: HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"QUJD" * 7_500_000,
    "25 MB attached": lambda: _with_file(b"a.bin", b"\x00\xff" * 12_500_000),
    "1 MB of >": lambda: HEAD + b"\r\n" + b">" * 1_000_000,
    "1 MB of line breaks": lambda: HEAD + b"\r\n" + b"\r\n" * 500_000,
    "1 MB of flowed quotes": lambda: HEAD + b"Content-Type: text/plain; format=flowed\r\n\r\n" + b"> \r\n" * 250_000,
    "200,000 open tags": lambda: _html(b"<div>" * 200_000),
    "200,000 open tables": lambda: _html(b"<table><tr><td>" * 70_000),
    "30,000 open links": lambda: _html(b"<a><b><i><p>" * 30_000),
    "1 MB of attributes": lambda: _html(b"<p " + b"a=1 " * 250_000 + b">"),
    "1 MB of entities": lambda: _html(b"&lt;&#x110000;&amp;" * 60_000),
    "300,000 comments": lambda: _html(b"<!--" * 300_000),
    "100,000 headers": lambda: b"a: b\r\n" * 100_000 + HEAD + b"\r\nx",
    "1 MB folded header": lambda: b"Subject: x\r\n" + b" y\r\n" * 250_000 + HEAD + b"\r\nx",
    "10,000 encoded words": lambda: b"Subject: " + b"=?utf-8?Q?=C3=A4?= " * 10_000 + b"\r\n\r\nx",
    "words that never end": lambda: b"Subject: " + b"=?utf-8?B?" * 20_000 + b"\r\n\r\nx",
    "10,000 pieces of a name": lambda: _with_file(b"".join(b"; f*%d=x" % n for n in range(10_000)), b"x"),
    "zip of names": lambda: _with_file(b"a.zip", _zip()),
    "name with NUL": lambda: _with_file(b'"a\x00b\xe2\x80\xae.exe"', b"x"),
    "broken winmail": lambda: _with_file(b"winmail.dat", b"\x78\x9f\x3e\x22" + b"\xff" * 100_000),
    "calendar of rules": lambda: HEAD + b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"
    + b"RRULE:FREQ=SECONDLY\r\n" * 20_000 + b"END:VEVENT\r\nEND:VCALENDAR",
    "NULs": lambda: b"\x00" * 1_000_000,
    "noise": lambda: random.Random(7).randbytes(1_000_000),
    "boundary that is everywhere": lambda: HEAD
    + b"Content-Type: multipart/mixed; boundary=-\r\n\r\n"
    + b"---\r\n" * 300_000,
    "10,000 reports": lambda: HEAD
    + b"Content-Type: message/delivery-status\r\n\r\n"
    + b"Action: failed\r\n\r\n" * 10_000,
    "nothing": lambda: b"",
}  # fmt: skip
