"""The visitor's REST routes: the widget's configuration, its first screen, and his conversations."""

from datetime import timedelta
from uuid import UUID

from aiohttp import web

from engage.access import callers
from engage.access.principals import CallingVisitor
from engage.channels import CHANNELS
from engage.channels.webchat import bootstrap, home, plain_words, service, transcript
from engage.channels.webchat.errors import NoMailHere
from engage.channels.webchat.schemas import (
    AnswerByMail,
    AskTranscript,
    ConversationView,
    Home,
    HomeQuery,
    StartConversation,
    VisitorHome,
    WidgetConfig,
)
from engage.contacts import service as contacts
from engage.contacts.models import Visitor
from engage.contacts.sign_in import a_visitor, anyone
from engage.conversations import cursors, files, timeline
from engage.conversations import service as conversations
from engage.conversations.attachments import StoredFile
from engage.conversations.errors import FileTooLarge, FileTypeRefused
from engage.conversations.schemas import AttachmentView, Entry, EntryPage, EntryQuery, MoveCursor, SendMessage
from engage.engagements import ratings
from engage.engagements.errors import NothingToRate
from engage.engagements.schemas import Rate
from engage.engagements.traits import Traits
from engage.kit.rate_limit import RATE_LIMITS, Limit
from engage.kit.routes import Call, Reply, Routes
from engage.settings import SETTINGS
from engage.sites import service as sites
from engage.sites.chat_rules import RatingRule

routes = Routes()

STARTS = Limit("conversation_starts", burst=10, per_minute=6)
STARTS_BY_ADDRESS = Limit("conversation_starts_address", burst=60, per_minute=30)
UPLOADS = Limit("visitor_uploads", burst=20, per_minute=20)
TRANSCRIPTS = Limit("visitor_transcripts", burst=3, per_minute=1)
TRANSCRIPTS_BY_ADDRESS = Limit("visitor_transcripts_address", burst=10, per_minute=1)
TRANSCRIPTS_BY_RECIPIENT = Limit("visitor_transcripts_recipient", burst=3, per_minute=0.1)
CONFIG_AGE = timedelta(seconds=60)

VisitorCall = Call[CallingVisitor]


def _live(call: VisitorCall) -> Traits:
    return call.request.app[CHANNELS]["webchat"].traits


def _mail(call: VisitorCall) -> Traits:
    channels = call.request.app[CHANNELS]
    return channels["email"].traits if "email" in channels else channels["webchat"].traits


@routes.get("/api/v1/sites/{key}/widget", may=anyone)
async def widget_config(call: Call[None], key: str) -> WidgetConfig:
    """What the launcher needs: cacheable, without cookie, without a row written."""
    return await bootstrap.answer(call.request, key, max_age=CONFIG_AGE)  # type: ignore[return-value]  # encoded


@routes.get("/api/v1/sites/{key}/home", may=anyone)
async def widget_home(call: Call[None], key: str, query: HomeQuery) -> Home:
    """The widget's first screen: which ways are open now, what to ask, popular answers."""
    site = await sites.embedded(call.work, key, call.request)
    return await home.read(call.work, site, call.request.app, query.locale)


@routes.get("/api/v1/visitor/me", may=a_visitor)
async def visitor_home(call: VisitorCall) -> VisitorHome:
    """Who I am and my conversations, with their head numbers."""
    visitor = await call.work.db.get_one(Visitor, call.who.visitor_id)
    return VisitorHome(
        visitor=contacts.view(visitor), conversations=await service.summaries(call.work, call.who.visitor_id)
    )


@routes.post("/api/v1/visitor/conversations", may=a_visitor, status=201)
async def start_conversation(call: VisitorCall, body: StartConversation) -> ConversationView:
    """Begin a conversation; one that is to be answered by mail, and any in closed hours, becomes e-mail work."""
    limits = call.request.app[RATE_LIMITS]
    limits.spend(STARTS, call.who.key)
    limits.spend(STARTS_BY_ADDRESS, callers.address(call.request))
    if body.channel == "email" and "email" not in call.request.app[CHANNELS]:
        raise NoMailHere
    conversation, known = await service.start(call.work, call.who, body, live=_live(call), mail=_mail(call))
    view = await service.view(call.work, conversation)
    return Reply(view, 200) if known else view  # type: ignore[return-value]  # the same body, another status


@routes.get("/api/v1/visitor/conversations/{conversation_id}", may=a_visitor)
async def read_conversation(call: VisitorCall, conversation_id: UUID) -> ConversationView:
    """One conversation: its last entries, cursors and place in the queue."""
    conversation = await conversations.of_visitor(call.work, conversation_id, call.who.visitor_id)
    return await service.view(call.work, conversation)


@routes.get("/api/v1/visitor/conversations/{conversation_id}/entries", may=a_visitor)
async def read_entries(call: VisitorCall, conversation_id: UUID, query: EntryQuery) -> EntryPage:
    """Entries after or before a number; how gaps are closed."""
    conversation = await conversations.of_visitor(call.work, conversation_id, call.who.visitor_id)
    return await timeline.page(call.work, conversation, "customer", query)


@routes.post(
    "/api/v1/visitor/conversations/{conversation_id}/messages", may=a_visitor, status=201, shortcut=plain_words.say
)
async def send_message(call: VisitorCall, conversation_id: UUID, body: SendMessage) -> Entry:
    """Say something; the answer means that it is stored. A known client_id returns what is stored, with 200."""
    call.request.app[RATE_LIMITS].spend(plain_words.MESSAGES, call.who.key)
    conversation = await conversations.of_visitor(call.work, conversation_id, call.who.visitor_id, lock=True)
    appended = await service.speak(call.work, conversation, body, live=_live(call), mail=_mail(call))
    entry = appended.seen_by("customer")
    return Reply(entry, 200) if appended.known else entry  # type: ignore[return-value]


@routes.put("/api/v1/visitor/conversations/{conversation_id}/cursor", may=a_visitor, status=204)
async def move_cursor(call: VisitorCall, conversation_id: UUID, body: MoveCursor) -> None:
    """How far this visitor has got and read; only grows."""
    conversation = await conversations.of_visitor(call.work, conversation_id, call.who.visitor_id, lock=True)
    await cursors.move(call.work, conversation, "visitor", body)


@routes.post("/api/v1/visitor/conversations/{conversation_id}/end", may=a_visitor, status=204)
async def end_conversation(call: VisitorCall, conversation_id: UUID) -> None:
    """Say goodbye."""
    conversation = await conversations.of_visitor(call.work, conversation_id, call.who.visitor_id)
    short = call.request.app[SETTINGS].short_abandon_seconds
    await service.end(call.work, conversation.id, short_abandon_seconds=short)


@routes.post("/api/v1/visitor/conversations/{conversation_id}/mail", may=a_visitor)
async def answer_by_mail(call: VisitorCall, conversation_id: UUID, body: AnswerByMail) -> ConversationView:
    """Be answered by mail instead of waiting; what was written goes along, and so does the place in the queue."""
    if "email" not in call.request.app[CHANNELS]:
        raise NoMailHere
    call.request.app[RATE_LIMITS].spend(STARTS, call.who.key)
    conversation = await conversations.of_visitor(call.work, conversation_id, call.who.visitor_id)
    email = str(body.email) if body.email else None
    await service.answer_by_mail(call.work, call.who, conversation.id, email, _mail(call))
    return await service.view(call.work, await timeline.found(call.work, conversation.id))


@routes.post("/api/v1/visitor/conversations/{conversation_id}/rating", may=a_visitor, status=204)
async def rate_conversation(call: VisitorCall, conversation_id: UUID, body: Rate) -> None:
    """Rate the answer from 1 to 5."""
    call.request.app[RATE_LIMITS].spend(plain_words.MESSAGES, call.who.key)
    site = await sites.by_id(call.work, call.who.site_id)
    if not RatingRule.model_validate(site.rating).on:
        raise NothingToRate
    conversation = await conversations.of_visitor(call.work, conversation_id, call.who.visitor_id, lock=True)
    await ratings.rate(call.work, conversation, score=body.score, comment=body.comment)


@routes.post("/api/v1/visitor/conversations/{conversation_id}/transcript", may=a_visitor, status=202)
async def ask_transcript(call: VisitorCall, conversation_id: UUID, body: AskTranscript) -> None:
    """Have the conversation sent by mail."""
    limits = call.request.app[RATE_LIMITS]
    limits.spend(TRANSCRIPTS, call.who.key)
    limits.spend(TRANSCRIPTS_BY_ADDRESS, callers.address(call.request))
    limits.spend(TRANSCRIPTS_BY_RECIPIENT, str(body.email).lower())
    conversation = await conversations.of_visitor(call.work, conversation_id, call.who.visitor_id, lock=True)
    await transcript.send(call.work, call.request.app, conversation, to=str(body.email))


@routes.post("/api/v1/visitor/attachments", may=a_visitor, status=201, prepare=files.read_and_write)
async def upload(call: VisitorCall, prepared: StoredFile) -> AttachmentView:
    """Upload a file; it is bound to the message that names it, or removed after a day."""
    call.request.app[RATE_LIMITS].spend(UPLOADS, call.who.key)
    site = await sites.by_id(call.work, call.who.site_id)
    max_bytes, types = home.upload_rule(site, call.request.app)
    if len(prepared.file.content) > max_bytes:
        raise FileTooLarge(max_bytes=max_bytes)
    if prepared.file.content_type not in types:
        raise FileTypeRefused
    return await files.receive(call.work, prepared, site_id=call.who.site_id, uploader=call.who.key)


@routes.get("/api/v1/visitor/attachments/{attachment_id}", may=a_visitor)
async def download(call: VisitorCall, attachment_id: UUID) -> web.FileResponse:
    """A file of one of my conversations."""
    attachment = await files.of_visitor(call.work, attachment_id, call.who)
    return files.response(call.request.app, attachment)
