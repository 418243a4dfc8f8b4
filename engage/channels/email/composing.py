"""What an answer by mail will look like, before it is written: for the composer to show."""

from email.utils import parseaddr
from typing import Annotated
from uuid import UUID

from aiohttp import web
from pydantic import EmailStr, Field
from sqlalchemy import select

from engage.access.principals import CallingAgent
from engage.agents.models import Agent
from engage.agents.sign_in import an_agent
from engage.channels.email import answer_page, letterhead, signature, suppressed
from engage.channels.email.answer import answered_to, asked_last, subject_of
from engage.channels.email.models import Mail, MailParticipant
from engage.channels.email.schemas import SuppressedView
from engage.contacts.models import Visitor
from engage.conversations import timeline
from engage.conversations.models import Conversation
from engage.kit import languages
from engage.kit.routes import Call, Routes
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wire import WireModel
from engage.routing import visibility
from engage.settings import SETTINGS
from engage.sites import service as sites

routes = Routes()
CONVERSATION = "/api/v1/agent/conversations/{conversation_id}"


class QuotedView(WireModel):
    """What the customer wrote last, as it stands below an answer."""

    head: str
    lines: list[str]


class ParticipantView(WireModel):
    address: str
    name: str


class MailFrame(WireModel):
    """What stands around an answer, if its writer changes nothing."""

    sender: str
    #: the customer's address, or where his mail asks answers to be sent; none if nobody can be answered
    to: str | None
    subject: str
    signature: list[str]
    quoted: QuotedView | None
    #: who takes part by mail, besides the customer; nobody of them gets it by himself
    participants: list[ParticipantView]
    #: it can be taken back for so long
    undo_seconds: int


class AddressesToCheck(WireModel):
    addresses: Annotated[tuple[EmailStr, ...], Field(max_length=50)]


class CheckedAddresses(WireModel):
    #: those to which mails came back
    suppressed: list[SuppressedView]


@routes.get(f"{CONVERSATION}/mail-frame", may=an_agent)
async def read_mail_frame(call: Call[CallingAgent], conversation_id: UUID) -> MailFrame:
    """Subject, sender, signature and quoted words of the answer that I could write now."""
    conversation = await _seen(call, conversation_id)
    work, app = call.work, call.request.app
    site = await sites.by_id(work, conversation.site_id)
    visitor = await work.db.get_one(Visitor, conversation.visitor_id)
    agent = await work.db.get_one(Agent, call.who.agent_id)
    last = await asked_last(work, conversation.id)
    to = await answered_to(work, conversation, visitor)
    language = languages.spoken(conversation.locale)
    return MailFrame(
        sender=await _sender(work, app, conversation),
        to=to,
        subject=await subject_of(work, conversation, site),
        signature=signature.lines(site, language, author=agent.name, agent=agent),
        quoted=QuotedView(**answer_page.quoted(site, conversation, visitor, last)) if last else None,
        participants=await _participants(work, conversation.id, to),
        undo_seconds=app[SETTINGS].mail_undo_seconds,
    )


@routes.post(f"{CONVERSATION}/address-check", may=an_agent)
async def check_addresses(call: Call[CallingAgent], conversation_id: UUID, body: AddressesToCheck) -> CheckedAddresses:
    """To which of these addresses mails of the site came back."""
    conversation = await _seen(call, conversation_id)
    addresses = [str(each) for each in body.addresses]
    return CheckedAddresses(suppressed=await suppressed.among(call.work, conversation.site_id, addresses))


async def _seen(call: Call[CallingAgent], conversation_id: UUID) -> Conversation:
    """Raises NoSuchConversation, NotYours."""
    conversation = await timeline.found(call.work, conversation_id)
    await visibility.must_see(call.work, call.who, conversation)
    return conversation


async def _sender(work: UnitOfWork, app: web.Application, conversation: Conversation) -> str:
    site = await sites.by_id(work, conversation.site_id)
    mail = Mail(id=conversation.id, conversation_id=conversation.id, kind="answer")
    await letterhead.write(work, app, site, mail)
    return parseaddr(mail.sender)[1]


async def _participants(work: UnitOfWork, conversation_id: UUID, answered_to: str | None) -> list[ParticipantView]:
    row = MailParticipant
    its = select(row.address, row.name).where(row.conversation_id == conversation_id)
    found = await work.db.execute(its.order_by(row.added_at, row.address))
    others = [each for each in found if each.address != (answered_to or "").lower()]
    return [ParticipantView(address=each.address, name=each.name) for each in others]
