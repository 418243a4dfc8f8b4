"""Mails that came, for whoever may see their conversation."""

import asyncio
from uuid import UUID

from aiohttp import web

from engage.access.principals import CallingAgent
from engage.agents.sign_in import an_agent
from engage.channels.email import blobs, mail_source, received
from engage.channels.email.received import MailInFull, OriginalQuery, ReceivedMails
from engage.kit.errors import NotFound
from engage.kit.routes import Call, Routes
from engage.settings import SETTINGS

routes = Routes()
MAIL = "/api/v1/agent/received-mails/{entry_id}"
#: nothing runs, nothing is sent, and nothing of ours is within reach
SANDBOX = (
    "default-src 'none'; img-src data:{remote}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)


@routes.get("/api/v1/agent/conversations/{conversation_id}/received-mails", may=an_agent)
async def read_received_mails(call: Call[CallingAgent], conversation_id: UUID) -> ReceivedMails:
    """The mails that came into a conversation, by the entry of each."""
    return ReceivedMails(items=await received.of_conversation(call.work, call.who, conversation_id))


@routes.get(MAIL, may=an_agent)
async def read_received_mail(call: Call[CallingAgent], entry_id: UUID) -> MailInFull:
    """All its words with what they quote, and its headers."""
    mail, raw = await received.one(call.work, call.who, entry_id)
    path = blobs.path_of(call.request.app[SETTINGS].mail_dir, raw.sha256)
    return MailInFull(parts=received.parts_of(mail), headers=await asyncio.to_thread(received.headers_of, path))


@routes.get(f"{MAIL}/original", may=an_agent)
async def show_original(call: Call[CallingAgent], entry_id: UUID, query: OriginalQuery) -> web.Response:
    """Its own look, as a page that can do nothing."""
    mail, _ = await received.one(call.work, call.who, entry_id)
    if not mail.html:
        raise NotFound
    pictures, folder = await received.pictures_of(call.work, mail), call.request.app[SETTINGS].upload_dir
    page = await asyncio.to_thread(received.page, mail, pictures, folder, remote=query.pictures)
    headers = {
        "Content-Security-Policy": SANDBOX.format(remote=" https:" if query.pictures else ""),
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return web.Response(text=page, content_type="text/html", headers=headers)


@routes.get(f"{MAIL}/source", may=an_agent)
async def download_source(call: Call[CallingAgent], entry_id: UUID) -> web.FileResponse:
    """The mail as it came, to be saved."""
    _, raw = await received.one(call.work, call.who, entry_id)
    return mail_source.response(call.request.app, raw.sha256, str(raw.id))
