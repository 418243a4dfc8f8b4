"""Mails as the parser hands them on, with speaking defaults."""

from typing import Any

from engage.channels.email.parsed import ParsedMail, Person

KIM = "kim@shop.example"


def a_mail(
    text: str = "Where is my router?",
    *,
    sender: str | None = KIM,
    name: str = "Kim",
    subject: str = "Router",
    headers: tuple[tuple[str, str], ...] = (),
    to: tuple[str, ...] = ("support@nordlink.example",),
    cc: tuple[str, ...] = (),
    message_id: str | None = "one@shop.example",
    **more: Any,
) -> ParsedMail:
    usual: dict[str, Any] = {"answers_to": (), "shown": (), "reply_to": (), "dated": None, "html": None}
    return ParsedMail(
        headers=headers,
        message_id=message_id,
        sender=Person(sender, name) if sender else None,
        to=tuple(Person(each) for each in to),
        cc=tuple(Person(each) for each in cc),
        subject=subject,
        text=text,
        **{**usual, **more},
    )
