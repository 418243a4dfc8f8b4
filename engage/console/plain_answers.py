"""The quick way of an agent's words to the customer whose work he holds. All else goes by `service.answer`."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from aiohttp import web

from engage.access.tokens import token_hash
from engage.agents import sign_in
from engage.agents.sign_in import SignedIn
from engage.console.schemas import AgentMessage
from engage.conversations import drafts
from engage.conversations.plain_messages import DOORS, PLAIN_MESSAGES, PlainMessage
from engage.conversations.plain_rows import Place
from engage.conversations.schemas import Author
from engage.engagements import service as engagements
from engage.engagements.service import OpenWork
from engage.kit.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Proof:
    cookie_hash: str
    #: the last number that stood on his screen; none if it does not matter
    seen_seq: int | None


async def say(request: web.Request, conversation_id: UUID, body: AgentMessage) -> bytes | None:
    """Stored and committed; None sends it the ordinary way. Raises NotFromOurPage."""
    sign_in.from_our_page(request)
    cookie, text = request.cookies.get(sign_in.COOKIE), body.text.strip()
    is_plain = not (body.attachment_ids or body.article_slug is not None or body.html or body.posting)
    if not is_plain or not text or not cookie:
        return None
    proof = Proof(token_hash(cookie), None if body.force else body.seen_seq)
    message = PlainMessage("agent", conversation_id, body.client_id, text, proof)
    stored = await request.app[PLAIN_MESSAGES].submit(message)
    return stored.for_agents if stored else None


def install(app: web.Application) -> None:
    app[DOORS]["agent"] = _admit


async def _admit(work: UnitOfWork, messages: Sequence[tuple[PlainMessage, Place]]) -> list[Author | None]:
    """Signed in, with the right to answer there, holding the work, and nothing new has come that he has not seen."""
    signed_in = await sign_in.by_cookie_hashes(work, {message.proof.cookie_hash for message, _ in messages})
    open_work = await engagements.open_among(work, {place.id for _, place in messages})
    authors = [
        _author(signed_in.get(message.proof.cookie_hash), open_work.get(place.id), place, message.proof)
        for message, place in messages
    ]
    await _settle_drafts(work, [(m, author) for (m, _), author in zip(messages, authors, strict=True) if author])
    return authors


def _author(signed_in: SignedIn | None, open_work: OpenWork | None, place: Place, proof: Proof) -> Author | None:
    if signed_in is None or open_work is None:
        return None
    who = signed_in.who
    # whoever holds the open work of a conversation sees it, whichever queues he serves
    holds = place.with_agent_id == who.agent_id == open_work.agent_id
    if not holds or open_work.channel == "email" or not who.may("answer", place.site_id):
        return None
    if proof.seen_seq is not None and proof.seen_seq < place.last_seq:
        return None
    return Author(kind="agent", id=who.agent_id, name=who.name, picture=signed_in.picture)


async def _settle_drafts(work: UnitOfWork, said: Sequence[tuple[PlainMessage, Author]]) -> None:
    """What is sent is no draft any more."""
    kept = await drafts.kept_in(work, {message.conversation_id for message, _ in said}) if said else set()
    for message, author in said:
        if author.id is not None and (author.id, message.conversation_id) in kept:
            await drafts.sent(work, author.id, message.conversation_id, reply=message.text)
