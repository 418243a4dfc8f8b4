"""The quick way of a visitor's words: no files, and his work stays as it is. All else goes by `service.speak`."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from aiohttp import web

from engage.access import callers
from engage.access.tokens import token_hash
from engage.contacts.sign_in import shown_token
from engage.contacts.speakers import Shown, Speaker, speakers
from engage.conversations.plain_messages import DOORS, PLAIN_MESSAGES, Door, PlainMessage
from engage.conversations.plain_rows import Place
from engage.conversations.schemas import Author, SendMessage
from engage.engagements import service as engagements
from engage.kit.errors import TooMany
from engage.kit.rate_limit import RATE_LIMITS, Limit, RateLimits
from engage.kit.unit_of_work import UnitOfWork

MESSAGES = Limit("visitor_messages", burst=60, per_minute=60)


@dataclass(frozen=True)
class Proof:
    """What a visitor shows, and where he calls from."""

    token_hash: str
    address: str


async def say(request: web.Request, conversation_id: UUID, body: SendMessage) -> bytes | None:
    """Stored and committed; None sends it the ordinary way."""
    token, text = shown_token(request), body.text.strip()
    if body.attachment_ids or not text or not token:
        return None
    proof = Proof(token_hash(token), callers.address(request))
    message = PlainMessage("visitor", conversation_id, body.client_id, text, proof)
    stored = await request.app[PLAIN_MESSAGES].submit(message)
    return stored.for_customer if stored else None


def install(app: web.Application) -> None:
    app[DOORS]["visitor"] = _door(app[RATE_LIMITS])


def _door(limits: RateLimits) -> Door:
    async def admit(work: UnitOfWork, messages: Sequence[tuple[PlainMessage, Place]]) -> list[Author | None]:
        """Each in his own conversation, with open work that goes on as it is; not blocked, and not too fast."""
        known = await speakers(work, [_shown(message.proof, place) for message, place in messages])
        open_work = await engagements.open_among(work, {place.id for _, place in messages})
        going_on = {each for each, found in open_work.items() if found.state != "parked"}
        return [
            _author(limits, speaker) if place.id in going_on else None
            for (_, place), speaker in zip(messages, known, strict=True)
        ]

    return admit


def _shown(proof: Proof, place: Place) -> Shown:
    return Shown(place.visitor_id, place.site_id, proof.token_hash, proof.address)


def _author(limits: RateLimits, speaker: Speaker | None) -> Author | None:
    if speaker is None:
        return None
    try:
        limits.spend(MESSAGES, f"visitor:{speaker.visitor_id}")
    except TooMany:
        return None  # the ordinary way says how long to wait
    return Author(kind="visitor", id=speaker.visitor_id, name=speaker.name, picture=None)
