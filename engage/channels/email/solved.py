"""The link in an acknowledgement: "that solved it" closes the work, once, and counts as an answer nobody had to give.

The link only opens a page, for mail programs and scanners follow links by themselves; its button closes.
"""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from aiohttp import web
from prometheus_client import Counter

from engage.access import callers
from engage.access.tokens import SIGNER, Signer
from engage.channels.email import ack_words
from engage.channels.email.models import MailAcknowledgement
from engage.contacts.sign_in import anyone
from engage.engagements import service as engagements
from engage.engagements.models import Engagement
from engage.engagements.schemas import CloseCause
from engage.kit.errors import NotFound
from engage.kit.rate_limit import RATE_LIMITS, Limit
from engage.kit.routes import Call, Routes
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wire import WireModel
from engage.routing import closing
from engage.sites import link_page

routes = Routes()

PATH, ASSETS, PURPOSE = "/mail-solved", "/mail-solved-assets/", "mail_solved"
GOOD_FOR = timedelta(days=30)
CAUSE: CloseCause = "solved_by_customer"
LINKS = Limit("mail_links", burst=20, per_minute=10)
DEFLECTED = Counter("engage_mail_deflected_total", "Mails whose customers were helped by the answers suggested to them")


class LinkForm(WireModel):
    token: str


class Closed(WireModel):
    """His request is closed."""

    closed: bool = True


def link(own_url: str, signer: Signer, conversation_id: UUID, now: datetime) -> str:
    """The secret stands behind the #, which browsers send to nobody."""
    token = signer.sign(str(conversation_id), purpose=PURPOSE, expires_at=now + GOOD_FOR)
    return f"{own_url}{PATH}#{token}"


@routes.post("/api/v1/mail-links/solved", may=anyone)
async def close_by_link(call: Call[None], body: LinkForm) -> Closed:
    """The suggested answers were enough; done twice it is done once."""
    app = call.request.app
    app[RATE_LIMITS].spend(LINKS, callers.address(call.request))
    statement = app[SIGNER].read(body.token, purpose=PURPOSE, now=call.work.now)
    if statement is None:
        raise NotFound
    await close(call.work, UUID(statement))
    return Closed()


async def close(work: UnitOfWork, conversation_id: UUID) -> None:
    """Raises NotFound."""
    found = await engagements.open_of(work, conversation_id)
    engagement = await engagements.locked(work, found.id) if found else None
    told = await work.db.get(MailAcknowledgement, conversation_id, with_for_update=True, populate_existing=True)
    if told is None:
        raise NotFound
    if told.solved_at is not None:
        return
    told.solved_at = work.now
    if engagement is not None:
        await _end(work, engagement)
        if engagement.accepted_at is None:
            work.after_commit(DEFLECTED.inc)


async def _end(work: UnitOfWork, engagement: Engagement) -> None:
    """Work that an agent is wrapping up ends by itself."""
    if engagement.state != "wrapping_up":
        await closing.close(work, engagement, cause=CAUSE)


def add_page(app: web.Application) -> None:
    app.router.add_get(PATH, page)
    app.router.add_static(ASSETS, Path(__file__).parent / "assets")


async def page(request: web.Request) -> web.Response:
    return link_page.scripted(request, "email/solved.html", ack_words.PAGE)
