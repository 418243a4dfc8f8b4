"""The conversation as a mail."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web

from engage import channels
from engage.channels import OutboundMessage
from engage.channels.webchat.words import WORDS
from engage.contacts.models import Visitor
from engage.conversations import service as conversations
from engage.conversations.models import Conversation
from engage.engagements import service as engagements
from engage.kit import languages, zones
from engage.kit.errors import Conflict
from engage.kit.ids import new_id
from engage.kit.templates import TEMPLATES
from engage.kit.unit_of_work import UnitOfWork
from engage.settings import SETTINGS
from engage.sites import mails
from engage.sites import service as sites
from engage.sites.models import Site


class NothingToSend(Conflict):
    """Nobody has answered yet, so there is nothing to send."""

    code = "nothing_to_send"


FOLDER = Path(__file__).parent / "templates"


async def send(work: UnitOfWork, app: web.Application, conversation: Conversation, *, to: str) -> None:
    """Puts the transcript into the outbox; the timeline says that it was sent, not to whom.

    Only of a conversation that an agent answered, or anybody could mail his own words to anybody from our address.
    Raises NothingToSend.
    """
    if not await engagements.was_answered(work, conversation.id):
        raise NothingToSend
    site = await sites.by_id(work, conversation.site_id)
    page = await _page(work, site, conversation) | mails.around(
        site, languages.spoken(conversation.locale), own_url=app[SETTINGS].own_url
    )
    message = OutboundMessage(
        id=new_id(),
        site_id=site.id,
        conversation_id=conversation.id,
        to=to,
        subject=page["words"].title.format(site=site.name),
        text=app[TEMPLATES].render("webchat/transcript.txt", **page),
        html=app[TEMPLATES].render("webchat/transcript_mail.html", **page),
    )
    await channels.send(work, "email", message)
    await conversations.note_state(work, conversation, "transcript_sent")


async def _page(work: UnitOfWork, site: Site, conversation: Conversation) -> dict[str, Any]:
    """In the visitor's language, with the hours of his own clock, else of the site's."""
    visitor = await work.db.get_one(Visitor, conversation.visitor_id)
    zone = zones.known(visitor.time_zone) or ZoneInfo(site.time_zone)
    language = languages.spoken(conversation.locale)
    return {
        "entries": await conversations.transcript(work, conversation),
        "words": WORDS[language],
        "zone": zone,
        "place": zones.place(zone),
        "date": languages.long_date(conversation.created_at.astimezone(zone), language),
    }
