"""How a parsed mail comes from the parser's child: a length, a header in JSON, and the files behind it.

Plain data and nothing that runs: whoever took the child over can send us a wrong mail and no more.
"""

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import orjson

from engage.channels.email.parsed import DeliveryStatus, Invitation, ParsedMail, Part, Person

#: bytes of the number before the header
LENGTH = 8
MOST_HEADER = 64_000_000


def packed(mail: ParsedMail, *, used_megabytes: int) -> list[bytes]:
    contents = [each.content for each in mail.files]
    light = asdict(replace(mail, files=tuple(replace(each, content=b"") for each in mail.files)))
    for each, content in zip(light["files"], contents, strict=True):
        each["content"] = len(content)
    header = orjson.dumps({"mail": light, "used_megabytes": used_megabytes})
    return [len(header).to_bytes(LENGTH, "big"), header, *contents]


def failure(reason: str) -> list[bytes]:
    header = orjson.dumps({"failure": reason.encode("utf-8", "replace").decode()[:400]})
    return [len(header).to_bytes(LENGTH, "big"), header]


def sizes(header: dict[str, Any]) -> Iterator[int]:
    """Of the files that follow."""
    for each in header["mail"]["files"]:
        yield each["content"]


def unpacked(header: dict[str, Any], contents: list[bytes]) -> ParsedMail:
    mail = header["mail"]
    files = [Part(**{**each, "content": content}) for each, content in zip(mail["files"], contents, strict=True)]
    made: dict[str, Any] = {
        "headers": _pairs(mail["headers"]),
        "inner_headers": _pairs(mail["inner_headers"]),
        "answers_to": tuple(mail["answers_to"]),
        "sender": Person(**mail["sender"]) if mail["sender"] else None,
        "dated": _moment(mail["dated"]),
        "shown": tuple((begin, end) for begin, end in mail["shown"]),
        "files": tuple(files),
        "invitation": _invitation(mail["invitation"]),
        "report": tuple(DeliveryStatus(**each) for each in mail["report"]),
        "faults": tuple(mail["faults"]),
        **{name: tuple(Person(**each) for each in mail[name]) for name in ("reply_to", "to", "cc")},
    }
    return ParsedMail(**{**mail, **made})


def _pairs(rows: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in rows)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _invitation(row: dict[str, Any] | None) -> Invitation | None:
    if row is None:
        return None
    moments = {name: _moment(row[name]) for name in ("starts_at", "ends_at")}
    return Invitation(**{**row, **moments})
