"""Canned replies: a supervisor or admin writes the site's, every agent his own."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field
from sqlalchemy import select

from engage.access.audit import Subject, differences
from engage.administration.desk import AdminCall, record
from engage.agents.sign_in import an_agent
from engage.conversations import canned_replies
from engage.conversations.models import CannedReply
from engage.conversations.schemas import CannedReplyView
from engage.kit.errors import Conflict, Invalid, NotFound
from engage.kit.ids import new_id
from engage.kit.routes import Routes
from engage.kit.wire import PlainText, WireModel
from engage.sites.models import Queue

routes = Routes()


class ShortcutTaken(Conflict):
    """There is a canned reply with that shortcut already."""

    code = "shortcut_taken"


class UnknownQueue(Invalid):
    """One of these queues is not of this site."""

    code = "unknown_queue"


class CannedReplyForm(WireModel):
    shortcut: Annotated[PlainText, Field(max_length=40, pattern=r"^[\w-]+$"), AfterValidator(str.casefold)]
    title: Annotated[PlainText, Field(min_length=1, max_length=100)]
    text: Annotated[PlainText, Field(min_length=1, max_length=10_000)]
    locale: Annotated[str | None, Field(max_length=20)] = None
    queue_ids: Annotated[tuple[UUID, ...], Field(max_length=100)] = ()
    attachment_ids: Annotated[tuple[UUID, ...], Field(max_length=10)] = ()


class NewCannedReply(CannedReplyForm):
    #: for me alone
    personal: bool = False


@routes.post("/api/v1/admin/sites/{site_id}/canned-replies", may=an_agent, status=201)
async def add_canned_reply(call: AdminCall, site_id: UUID, body: NewCannedReply) -> CannedReplyView:
    """Add a canned reply of the site, or one of my own."""
    call.who.must("answer" if body.personal else "supervise", site_id)
    owner = call.who.agent_id if body.personal else None
    reply = CannedReply(id=new_id(), site_id=site_id, agent_id=owner)
    await _write(call, reply, body)
    call.work.db.add(reply)
    await call.work.db.flush()
    await canned_replies.set_files(call.work, reply, body.attachment_ids, uploader=call.who.key)
    _record(call, "canned_reply.added", reply)
    return await _view(call, reply)


@routes.put("/api/v1/admin/canned-replies/{reply_id}", may=an_agent)
async def change_canned_reply(call: AdminCall, reply_id: UUID, body: CannedReplyForm) -> CannedReplyView:
    """Change it; files that are not named any more are removed."""
    reply = await _of(call, reply_id)
    before = _facts(reply)
    await _write(call, reply, body)
    await canned_replies.set_files(call.work, reply, body.attachment_ids, uploader=call.who.key)
    _record(call, "canned_reply.changed", reply, differences(before, _facts(reply)))
    return await _view(call, reply)


@routes.delete("/api/v1/admin/canned-replies/{reply_id}", may=an_agent)
async def remove_canned_reply(call: AdminCall, reply_id: UUID) -> None:
    """What was sent with it stays as it is."""
    reply = await _of(call, reply_id)
    _record(call, "canned_reply.removed", reply)
    await canned_replies.remove(call.work, reply)


async def _of(call: AdminCall, reply_id: UUID) -> CannedReply:
    """Raises NotFound, NotYours, NotAllowed."""
    reply = await call.work.db.get(CannedReply, reply_id)
    if reply is None or reply.agent_id not in (None, call.who.agent_id):
        raise NotFound
    call.who.must("answer" if reply.agent_id else "supervise", reply.site_id)
    return reply


async def _write(call: AdminCall, reply: CannedReply, form: CannedReplyForm) -> None:
    canned_replies.check_variables(form.text)
    await _must_be_free(call, reply, form.shortcut)
    of_site = select(Queue.id).where(Queue.site_id == reply.site_id, Queue.id.in_(form.queue_ids))
    if len(set(form.queue_ids)) != len((await call.work.db.scalars(of_site)).all()):
        raise UnknownQueue
    reply.shortcut, reply.title, reply.text = form.shortcut, form.title.strip(), form.text
    reply.locale, reply.queue_ids = form.locale or None, [str(each) for each in form.queue_ids]
    reply.changed_at = call.work.now


async def _must_be_free(call: AdminCall, reply: CannedReply, shortcut: str) -> None:
    """One shortcut, one text; an own one may stand in for the site's."""
    same = select(CannedReply.id).where(
        CannedReply.site_id == reply.site_id,
        CannedReply.agent_id.is_not_distinct_from(reply.agent_id),
        CannedReply.shortcut == shortcut,
        CannedReply.id != reply.id,
    )
    if await call.work.db.scalar(same.limit(1)) is not None:
        raise ShortcutTaken


def _facts(reply: CannedReply) -> dict[str, Any]:
    return {name: getattr(reply, name) for name in ("shortcut", "title", "text", "locale", "queue_ids")}


def _record(call: AdminCall, act: str, reply: CannedReply, changes: dict[str, list[Any]] | None = None) -> None:
    """What an agent prepares for himself is no administrative act."""
    if reply.agent_id is None:
        record(call, act, Subject(reply.title, reply.id, reply.site_id), changes)


async def _view(call: AdminCall, reply: CannedReply) -> CannedReplyView:
    return (await canned_replies.views(call.work, [reply]))[0]
