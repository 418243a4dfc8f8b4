"""Web chat: a visitor of a site writes, an agent writes back.

Needs nothing but the server itself. Inbound is the visitor's REST door, outbound the push to his open tabs.
"""

from aiohttp import web

from engage.access.principals import CallingVisitor
from engage.channels import CHANNELS, BadProof, Channel, InboundMessage
from engage.channels.webchat import api, bootstrap, pages, plain_words, reactions, service, sockets, transcript
from engage.contacts import service as contacts
from engage.conversations import service as conversations
from engage.conversations.errors import NoSuchConversation
from engage.conversations.schemas import Entry, SendMessage
from engage.kit.bus import BUS
from engage.kit.jobs import JOBS
from engage.kit.routes import API
from engage.kit.templates import TEMPLATES
from engage.kit.unit_of_work import UNITS, UnitOfWork
from engage.realtime import REALTIME
from engage.settings import SETTINGS


def install(app: web.Application) -> None:
    mail = app[CHANNELS].get("email")
    app[API].include(api.routes)
    app[BUS].include(reactions.reactions)
    app[BUS].include(bootstrap.reactions)
    bootstrap.install(app)
    app[JOBS].include(reactions.timers(app[SETTINGS], mail.traits if mail else None))
    app[REALTIME].include(sockets.sockets)
    app[TEMPLATES].add("webchat", transcript.FOLDER)
    plain_words.install(app)
    pages.add_pages(app)


async def receive(app: web.Application, message: InboundMessage) -> Entry:
    """A message of the visitor who holds the token, into a conversation of his. Raises BadProof."""
    mail = app[CHANNELS].get("email", CHANNEL)
    async with app[UNITS].begin() as work:
        who = await _proved(work, message)
        try:
            conversation = await conversations.of_visitor(work, message.conversation_id, who.visitor_id, lock=True)
        except NoSuchConversation as problem:
            raise BadProof from problem
        said = SendMessage(client_id=message.external_id, text=message.text)
        appended = await service.speak(work, conversation, said, live=CHANNEL.traits, mail=mail.traits)
        return appended.seen_by("customer")


async def _proved(work: UnitOfWork, message: InboundMessage) -> CallingVisitor:
    who = await contacts.by_token(work, message.proof)
    if who is None:
        raise BadProof
    return who


CHANNEL = Channel(name="webchat", label="Chat", icon="message-circle", install=install, live=True, receive=receive)
