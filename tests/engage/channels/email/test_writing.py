"""What we write is read by other programs as it was meant."""

import email
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP, default
from typing import Any
from uuid import uuid4

import pytest

from engage.channels.email import letters
from engage.channels.email.letters import NotTaken
from engage.channels.email.models import Mail

HOSTILE = "Hello\n.\n..\nFrom me\n--=_\n=?utf-8?q?x?=\n\tä \u202e 🎉 \n" + "x" * 3000 + " \n\n end =3D="


def a_letter(**said: Any) -> Mail:
    usual: dict[str, Any] = {
        "id": uuid4(),
        "kind": "acknowledgement",
        "sender": "Nordlink <care@nordlink.example>",
        "recipient": "kim@shop.example",
        "cc": [],
        "subject": "Router",
        "text": "Hello",
        "html": "<p>Hello</p>",
        "headers": {},
        "reference_ids": [],
        "created_at": datetime(2026, 3, 2, tzinfo=UTC),
    }
    return Mail(**usual | said)


def read(mail: Mail) -> EmailMessage:
    """By a program at the other end of the line."""
    found = email.message_from_bytes(letters.compose(mail).as_bytes(policy=SMTP), policy=default)
    assert isinstance(found, EmailMessage)
    assert not found.defects
    return found


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


@pytest.mark.parametrize("text", ["Hello", "", "\n\n", "Grüße\n", HOSTILE])
@pytest.mark.parametrize("html", [None, "<p>ä</p>", HOSTILE])
def test_texts_arrive_as_they_were_written(text: str, html: str | None) -> None:
    mail = a_letter(text=text, html=html)

    found = read(mail)

    assert body(found, "plain").rstrip("\n") == text.rstrip("\n")
    assert html is None or body(found, "html").rstrip("\n") == html
    assert max(map(len, letters.compose(mail).as_bytes(policy=SMTP).split(b"\r\n"))) < 998


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("kim@shop.example", "kim@shop.example"),
        ('"Lee, Kim" <kim.lee+x@shop.example>', "kim.lee+x@shop.example"),
        ("Kím <kim@bücher.example>", "kim@xn--bcher-kva.example"),
        ('"odd one"@shop.example', '"odd one"@shop.example'),
        ("x" * 60 + "@" + "y" * 60 + ".example", "x" * 60 + "@" + "y" * 60 + ".example"),
    ],
)
def test_addresses_and_subjects_arrive_in_any_writing(written: str, address: str) -> None:
    subject = f"Grüße an {written} =?utf-8?q?x?= " + "lang " * 40

    for said in (subject, "Router", "Router " * 20):
        found = read(a_letter(sender=written, recipient=written, subject=said.strip()))

        assert [found[name].addresses[0].addr_spec for name in ("From", "To")] == [address, address]
        assert " ".join(str(found["Subject"]).split()) == said.strip() or "=?utf-8" in said
        assert (found["Auto-Submitted"], found["MIME-Version"]) == ("auto-replied", "1.0")


@pytest.mark.parametrize(
    "bad", ["kim@shop.example\r\nBcc: a@b.example", "nobody", "a..b@shop.example", "ä@shop.example"]
)
def test_what_is_no_address_is_refused(bad: str) -> None:
    with pytest.raises(NotTaken):
        letters.compose(a_letter(recipient=bad))


def test_header_of_two_lines_is_refused() -> None:
    with pytest.raises(NotTaken):
        letters.compose(a_letter(subject="Router\r\nBcc: a@b.example"))
