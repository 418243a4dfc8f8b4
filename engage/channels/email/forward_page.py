"""The mail by which a message is passed on: the agent's words, who wrote what to whom, and all of the message."""

import re
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web
from markupsafe import Markup

from engage.agents.models import Agent
from engage.channels.email import signature
from engage.channels.email.answer_page import INLINER, PARAGRAPHS, Written
from engage.channels.email.models import ReceivedMail
from engage.channels.email.words import WORDS
from engage.conversations.models import Conversation, TimelineRow
from engage.conversations.schemas import FormField
from engage.kit import languages
from engage.kit.languages import Language
from engage.kit.templates import TEMPLATES
from engage.settings import SETTINGS
from engage.sites import mails as mails_of_site
from engage.sites.models import Site

#: pictures that stand in the mail go along as files, and what lies elsewhere is not loaded for a stranger
PICTURES = re.compile(r"<img\b[^>]{0,20000}>", re.IGNORECASE)
REMOTE = re.compile(r'\sdata-remote-src="[^"]*"', re.IGNORECASE)


@dataclass(frozen=True)
class PassedOn:
    """What is passed on, and by whom."""

    site: Site
    conversation: Conversation
    row: TimelineRow
    #: the mail that the row stands for, if it was one
    received: ReceivedMail | None
    subject: str
    #: the agent's words above it
    text: str
    agent: Agent


def write(app: web.Application, passed_on: PassedOn) -> Written:
    site = passed_on.site
    # by the site and not by the customer: it is read by colleagues and partners
    language = languages.spoken(site.locale)
    page = {
        **mails_of_site.around(site, language, own_url=app[SETTINGS].own_url),
        "subject": passed_on.subject,
        "paragraphs": PARAGRAPHS.split(passed_on.text) if passed_on.text else [],
        "text": passed_on.text,
        "signature": signature.lines(site, language, author=passed_on.agent.name, agent=passed_on.agent),
        "head": WORDS[language].forwarded,
        "facts": _facts(passed_on, language),
        **_original(passed_on),
    }
    text = app[TEMPLATES].render("email/forward.txt", **page)
    html = app[TEMPLATES].render("email/forward.html", **page)
    return Written(text.strip() + "\n", INLINER.inline(html))


def _facts(passed_on: PassedOn, language: Language) -> list[tuple[str, str]]:
    words, row, mail = WORDS[language], passed_on.row, passed_on.received
    local = row.created_at.astimezone(ZoneInfo(passed_on.site.time_zone))
    sender = _person(mail.sender) if mail and mail.sender else row.author_name
    facts = [
        (words.sender, sender),
        (words.date, f"{languages.long_date(local.date(), language)}, {local:%H:%M}"),
        (words.subject, mail.subject if mail else passed_on.conversation.topic),
        (words.to, ", ".join(_person(each) for each in mail.to) if mail else ""),
        (words.copies, ", ".join(_person(each) for each in mail.cc) if mail else ""),
    ]
    return [(name, " ".join(value.split())[:1000]) for name, value in facts if value.strip()]


def _person(stored: dict[str, Any]) -> str:
    name, address = str(stored.get("name") or ""), str(stored.get("address") or "")
    return f"{name} <{address}>" if name and address and name != address else address or name


def _original(passed_on: PassedOn) -> dict[str, Any]:
    """All that was written, with what it quotes."""
    row, mail = passed_on.row, passed_on.received
    html = (mail.html if mail else row.details.get("html")) or None
    text = (mail.text if mail else "") or row.text or _answers(row)
    return {
        "said": text.strip(),
        "said_paragraphs": PARAGRAPHS.split(text.strip()) if text.strip() else [],
        # cleaned when it was stored
        "said_html": Markup(REMOTE.sub("", PICTURES.sub("", html))) if html else None,  # noqa: S704
    }


def _answers(row: TimelineRow) -> str:
    """What he filled in."""
    if row.kind != "form":
        return str(row.details.get("title") or "")
    fields = [FormField.model_validate(each) for each in row.details.get("fields", [])]
    return "\n".join(f"{each.label}: {each.answer or each.value}" for each in fields)
