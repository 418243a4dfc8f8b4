"""The mail of an answer: text and HTML, in the customer's language, with what he wrote below it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import css_inline
from aiohttp import web
from markupsafe import Markup

from engage.agents.models import Agent
from engage.channels.email import signature
from engage.channels.email.words import WORDS
from engage.contacts.models import Visitor
from engage.conversations.models import Conversation, TimelineRow
from engage.kit import languages, zones
from engage.kit.templates import TEMPLATES
from engage.settings import SETTINGS
from engage.sites import mails as mails_of_site
from engage.sites.models import Site

PARAGRAPHS = re.compile(r"\n\s*\n")
#: of what he wrote; the whole of it lies in his own mail program
QUOTED_LINES = 200
INLINER = css_inline.CSSInliner(keep_style_tags=True, keep_at_rules=True, load_remote_stylesheets=False)


@dataclass(frozen=True)
class Written:
    """A mail's two forms."""

    text: str
    html: str


@dataclass(frozen=True)
class Letter:
    """What an answer is made of."""

    site: Site
    conversation: Conversation
    visitor: Visitor
    subject: str
    #: the agent's words, in order
    answers: Sequence[TimelineRow]
    #: what he wrote last, or nothing
    quoted: TimelineRow | None = None
    #: he was in a chat and missed them
    missed: bool = False
    #: who wrote the last of them
    agent: Agent | None = None


def write(app: web.Application, letter: Letter) -> Written:
    page = _page(app, letter)
    text = app[TEMPLATES].render("email/answer.txt", **page)
    html = app[TEMPLATES].render("email/answer.html", **page)
    return Written(text.strip() + "\n", INLINER.inline(html))


def _page(app: web.Application, letter: Letter) -> dict[str, Any]:
    language, own_url = languages.spoken(letter.conversation.locale), app[SETTINGS].own_url
    words = WORDS[language]
    return {
        **mails_of_site.around(letter.site, language, own_url=own_url),
        "subject": letter.subject,
        "answers": [_said(each, letter.site, own_url) for each in letter.answers],
        "signature": signature.lines(letter.site, language, author=letter.answers[-1].author_name, agent=letter.agent),
        "quoted": quoted(letter.site, letter.conversation, letter.visitor, letter.quoted) if letter.quoted else None,
        "lead": words.missed if letter.missed else None,
        "foot": words.go_on if letter.missed else None,
    }


def _said(entry: TimelineRow, site: Site, own_url: str) -> dict[str, Any]:
    html = entry.details.get("html")
    return {
        "text": entry.text,
        "paragraphs": PARAGRAPHS.split(entry.text) if entry.text else [],
        # cleaned when it was stored
        "html": Markup(html) if html else None,  # noqa: S704
        "article": _link(entry, site, own_url),
    }


def _link(entry: TimelineRow, site: Site, own_url: str) -> dict[str, str] | None:
    if entry.kind != "article":
        return None
    address = f"{own_url}/help/{entry.details['slug']}?site={site.key}"
    return {"title": entry.details["title"], "address": address}


def quoted(site: Site, conversation: Conversation, visitor: Visitor, entry: TimelineRow) -> dict[str, Any]:
    """What he wrote, under a line that says when."""
    language = languages.spoken(conversation.locale)
    zone = zones.known(visitor.time_zone) or ZoneInfo(site.time_zone)
    local = entry.created_at.astimezone(zone)
    head = WORDS[language].wrote.format(
        date=languages.long_date(local.date(), language),
        time=f"{local:%H:%M}",
        name=" ".join(entry.author_name.split()) or WORDS[language].you,
    )
    lines = entry.text.splitlines()
    return {"head": head, "lines": lines[:QUOTED_LINES] + (["…"] if len(lines) > QUOTED_LINES else [])}
