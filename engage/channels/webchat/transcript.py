"""The conversation as a mail."""

from pathlib import Path

from aiohttp import web

from engage import channels
from engage.channels import OutboundMessage
from engage.conversations import service as conversations
from engage.conversations.models import Conversation
from engage.engagements import service as engagements
from engage.kit.errors import Conflict
from engage.kit.ids import new_id
from engage.kit.templates import TEMPLATES
from engage.kit.unit_of_work import UnitOfWork
from engage.sites import service as sites


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
    entries = await conversations.transcript(work, conversation)
    page = {"site": site, "conversation": conversation, "entries": entries}
    message = OutboundMessage(
        id=new_id(),
        site_id=site.id,
        conversation_id=conversation.id,
        to=to,
        subject=f"Your conversation with {site.name}",
        text=app[TEMPLATES].render("webchat/transcript.txt", **page),
        html=app[TEMPLATES].render("webchat/transcript.html", **page),
    )
    await channels.send(work, "email", message)
    await conversations.note_state(work, conversation, "transcript_sent")
