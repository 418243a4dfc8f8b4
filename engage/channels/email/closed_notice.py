"""A customer is told by mail that his request was closed, where the site wants that: he can simply answer it."""

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from engage.channels.email import notices
from engage.channels.email.notices import Notice
from engage.contacts.models import Visitor
from engage.conversations.models import Conversation
from engage.engagements.events import EngagementMoved
from engage.kit import languages
from engage.kit.bus import Reactions
from engage.kit.languages import Language
from engage.kit.unit_of_work import UnitOfWork
from engage.sites import service as sites


@dataclass(frozen=True)
class ClosedWords:
    subject: str
    closed: str
    go_on: str


WORDS: Mapping[Language, ClosedWords] = {
    "en": ClosedWords(
        subject="Your request is closed: {topic}",
        closed="We have closed your request “{topic}”.",
        go_on="If something is still open, simply answer this mail: we go on where we left off.",
    ),
    "de": ClosedWords(
        subject="Ihre Anfrage ist abgeschlossen: {topic}",
        closed="Wir haben Ihre Anfrage „{topic}“ abgeschlossen.",
        go_on="Ist noch etwas offen? Antworten Sie einfach auf diese E-Mail: Wir machen dort weiter, wo wir aufgehört"
        " haben.",
    ),
}


def reactions(app: web.Application) -> Reactions:
    table = Reactions()

    @table.on(EngagementMoved)
    async def tell_of_the_end(work: UnitOfWork, event: EngagementMoved) -> None:
        """Of mail work that an agent has wrapped up; the same end is told once. Who sends spam hears nothing."""
        if event.channel != "email" or event.step != "wrap_up" or event.cause == "spam":
            return
        site = await sites.by_id(work, event.site_id)
        visitor = await work.db.get_one(Visitor, event.visitor_id)
        if not site.mail.get("tells_closed") or visitor.contact_id is None:
            return
        conversation = await work.db.get_one(Conversation, event.conversation_id)
        words = WORDS[languages.spoken(conversation.locale)]
        notice = Notice(
            contact_id=visitor.contact_id,
            event=f"engagement:{event.engagement_id}:closed",
            purpose="conversation",
            subject=words.subject.format(topic=conversation.topic),
            lines=(words.closed.format(topic=conversation.topic), words.go_on),
            locale=conversation.locale,
            conversation_id=conversation.id,
        )
        await notices.tell(work, app, notice)

    return table
