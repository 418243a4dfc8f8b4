"""Blocks: who may not write, since when and until when, by whom and why."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from pydantic import Field
from sqlalchemy import func, select

from engage.access import callers
from engage.access.audit import Subject
from engage.access.errors import NotAllowed
from engage.administration.desk import AdminCall, administered, record
from engage.agents.sign_in import an_agent
from engage.channels.email import senders
from engage.contacts import blocks
from engage.contacts.events import visitor_room
from engage.contacts.models import Block, BlockedKind, Visitor
from engage.conversations.errors import NoSuchConversation
from engage.conversations.models import Conversation
from engage.kit.errors import Conflict, Invalid, NotFound
from engage.kit.ids import new_id
from engage.kit.routes import Routes
from engage.kit.wire import Moment, PlainText, WireModel
from engage.realtime import REALTIME
from engage.routing import visibility

routes = Routes()

#: longer than this, and for good, only a supervisor may
AGENT_HOURS = 24
#: the shortest prefix by version of the address
WIDEST = {4: 16, 6: 32}
#: of one site at a time: all are compared with each message
MOST_ADDRESSES = 500
LONGEST_NAME = 100


class BlockForm(WireModel):
    reason: Annotated[PlainText, Field(min_length=1, max_length=500)]
    #: none is until somebody lifts it
    hours: Annotated[int | None, Field(ge=1, le=24 * 365)] = AGENT_HOURS


class AddressForm(BlockForm):
    #: one address, a range as 203.0.113.0/24, or of mails: kim@shop.example, or all of @shop.example
    address: Annotated[PlainText, Field(min_length=1, max_length=320)]


class NoAddress(Invalid):
    """This is no internet address, no range such as 203.0.113.0/24, and no mail address."""

    code = "no_address"


class TooManyAddresses(Invalid):
    """This range is too wide: at most /16, or /32 for version 6."""

    code = "too_many_addresses"


class TooManyBlocks(Conflict):
    """500 addresses are blocked already; lift a block first."""

    code = "too_many_blocks"


class OwnAddress(Invalid):
    """You are calling from there yourself, and so may your colleagues and customers."""

    code = "own_address"


class BlockView(WireModel):
    id: UUID
    kind: BlockedKind
    name: str
    reason: str
    by_name: str
    created_at: Moment
    until: Moment | None


class Blocks(WireModel):
    """Those that hold now, the newest first."""

    items: list[BlockView]


@routes.post("/api/v1/agent/conversations/{conversation_id}/block", may=an_agent, status=201)
async def block_visitor(call: AdminCall, conversation_id: UUID, body: BlockForm) -> BlockView:
    """Keep the conversation's visitor out; an agent for up to a day, a supervisor for longer."""
    conversation = await call.work.db.get(Conversation, conversation_id)
    if conversation is None:
        raise NoSuchConversation
    await visibility.must_see(call.work, call.who, conversation)
    visitor = await call.work.db.get_one(Visitor, conversation.visitor_id)
    block = await block_of(call, visitor, body)
    await keep_out(call, visitor, block)
    return _view(block)


async def keep_out(call: AdminCall, visitor: Visitor, block: Block) -> None:
    """From the next moment on; his open lines end."""
    call.work.db.add(block)
    await call.work.db.flush()
    record(call, "visitor.blocked", Subject(block.name, block.id, block.site_id), {"until": [None, _when(block)]})
    realtime = call.request.app[REALTIME]
    call.work.after_commit(lambda: realtime.disconnect_room(visitor_room(visitor.id)))


async def block_of(call: AdminCall, visitor: Visitor, body: BlockForm) -> Block:
    """Of whoever writes mails by his address, for that is all that is known of him. Raises NotAllowed."""
    if (body.hours is None or body.hours > AGENT_HOURS) and not call.who.may("supervise", visitor.site_id):
        raise NotAllowed(f"You may block somebody for up to {AGENT_HOURS} hours; a supervisor for longer.")
    mail_address = await senders.address_of(call.work, visitor)
    if mail_address is not None:
        site_id, name = visitor.site_id, mail_address[:LONGEST_NAME]
        return _made(call, body, site_id=site_id, kind="mail", subject=mail_address, name=name)
    is_person = visitor.verified_at is not None and visitor.contact_id is not None
    return _made(
        call,
        body,
        site_id=visitor.site_id,
        kind="contact" if is_person else "visitor",
        subject=str(visitor.contact_id if is_person else visitor.id),
        name=visitor.name or "",
    )


def _made(call: AdminCall, body: BlockForm, *, site_id: UUID, kind: BlockedKind, subject: str, name: str) -> Block:
    return Block(
        id=new_id(),
        site_id=site_id,
        kind=kind,
        subject=subject,
        name=name,
        reason=body.reason,
        by_name=call.who.name,
        created_at=call.work.now,
        until=call.work.now + timedelta(hours=body.hours) if body.hours else None,
    )


@routes.post("/api/v1/admin/sites/{site_id}/blocks", may=an_agent, status=201)
async def block_address(call: AdminCall, site_id: UUID, body: AddressForm) -> BlockView:
    """Keep everybody out who writes from an address; many people may share one. Of a mail address: drop its mails."""
    await administered(call, site_id)
    if "@" in body.address:
        return await _block_mails(call, site_id, body)
    network = blocks.network_of(body.address)
    if network is None:
        raise NoAddress
    if network.prefixlen < WIDEST[network.version]:
        raise TooManyAddresses
    if blocks.covers(str(network), callers.address(call.request)):
        raise OwnAddress
    name = str(network.network_address) if network.num_addresses == 1 else str(network)
    return await _added(call, _made(call, body, site_id=site_id, kind="address", subject=str(network), name=name))


async def _block_mails(call: AdminCall, site_id: UUID, body: AddressForm) -> BlockView:
    """Raises NoAddress, TooManyBlocks."""
    typed = body.address.strip().lower()
    try:
        whole = validate_email(f"all{typed}" if typed.startswith("@") else typed, check_deliverability=False)
    except EmailNotValidError as problem:
        raise NoAddress from problem
    subject = f"@{whole.ascii_domain or whole.domain}" if typed.startswith("@") else whole.normalized.lower()
    return await _added(
        call, _made(call, body, site_id=site_id, kind="mail", subject=subject, name=subject[:LONGEST_NAME])
    )


async def _added(call: AdminCall, block: Block) -> BlockView:
    """Raises TooManyBlocks."""
    here = (Block.site_id == block.site_id, Block.kind == block.kind, blocks.counts_at(call.work))
    if (await call.work.db.scalar(select(func.count()).where(*here)) or 0) >= MOST_ADDRESSES:
        raise TooManyBlocks
    call.work.db.add(block)
    await call.work.db.flush()
    record(call, "address.blocked", Subject(block.name, block.id, block.site_id), {"until": [None, _when(block)]})
    return _view(block)


@routes.get("/api/v1/admin/sites/{site_id}/blocks", may=an_agent)
async def list_blocks(call: AdminCall, site_id: UUID) -> Blocks:
    """Who may not write at the moment."""
    call.who.must("supervise", site_id)
    rows = select(Block).where(Block.site_id == site_id, blocks.counts_at(call.work)).order_by(Block.id.desc())
    return Blocks(items=[_view(row) for row in await call.work.db.scalars(rows.limit(500))])


@routes.delete("/api/v1/admin/blocks/{block_id}", may=an_agent)
async def lift_block(call: AdminCall, block_id: UUID) -> None:
    """He may write again, from now on."""
    block = await call.work.db.get(Block, block_id)
    if block is None or block.lifted_at is not None:
        raise NotFound
    call.who.must("supervise", block.site_id)
    block.lifted_at = call.work.now
    record(call, "visitor.unblocked", Subject(block.name, block.id, block.site_id))


def _when(block: Block) -> str | None:
    return block.until.isoformat() if block.until else None


def _view(block: Block) -> BlockView:
    return BlockView(
        id=block.id,
        kind=block.kind,
        name=block.name,
        reason=block.reason,
        by_name=block.by_name,
        created_at=block.created_at,
        until=block.until,
    )
