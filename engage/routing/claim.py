"""The way to an agent: turns decisions into offers, if what they were decided on still holds.

Hundreds at once take as many statements as one. Locks are taken in the order of ADR 0005: engagements, conversations
where something is said there, then agents. What accepts itself at once is accepted by this transaction (ADR 0020).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import Insert, Integer, String, Table, Uuid, bindparam, insert, literal, select

from engage.agents import giving as agents
from engage.agents.giving import Desk
from engage.conversations import timeline
from engage.engagements import giving as engagements
from engage.engagements.giving import Gift, Waits
from engage.kit import jobs
from engage.kit.db import Db, Given, UtcDateTime, Write, db_of, write_all
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import auto_accept, offers, snapshot
from engage.routing.capacity import Kind, fits
from engage.routing.events import OfferMade
from engage.routing.models import Offer
from engage.routing.router import Decision
from engage.routing.rulebook import Rulebook
from engage.routing.snapshot import Hands

#: offers that ring out together are ended together, and so many at once
EXPIRED_AT_ONCE = 20
#: an acceptance says something in its conversation and takes a dozen statements: others wait for so many at most
ACCEPTED_AT_ONCE = 20

_offers = cast(Table, Offer.__table__)


@dataclass(frozen=True)
class Claimed:
    made: Sequence[Decision]
    #: the work or the agent is not what it was: both are to be read again
    refused: Sequence[Decision]


async def claim(work: UnitOfWork, decisions: Sequence[Decision], book: Rulebook, *, accepting: bool = True) -> Claimed:
    """Makes the offers of those decisions that still hold; `book` is what they were decided by.

    Unless it is `accepting`, what accepts itself at once does so by its timer, in a transaction of its own.
    """
    waiting = await engagements.lock_waiting(work, [each.engagement_id for each in decisions])
    fresh = [each for each in decisions if _is_fresh(waiting.get(each.engagement_id), each)]
    if accepting:
        fresh = await _hold_talks(work, fresh, waiting)
    desks = await agents.lock_desks(work, {each.agent_id for each in fresh})
    held = await snapshot.hands(work, book, list(desks))
    made = _with_room(work.now, fresh, waiting, desks, held, book)
    if made:
        gifts = [Gift(waiting[each.engagement_id], each.agent_id, each.rule) for each in made]
        await _offer(work, gifts, desks, accepting=accepting)
    kept = set(made)
    return Claimed(made, [each for each in decisions if each not in kept])


def _is_fresh(found: Waits | None, decision: Decision) -> bool:
    return found is not None and found.version == decision.version


async def _hold_talks(work: UnitOfWork, decisions: Sequence[Decision], waiting: Mapping[UUID, Waits]) -> list[Decision]:
    """Locks the conversations in which an acceptance may be said; without those that are too many for now."""
    at_once = [each for each in decisions if waiting[each.engagement_id].accept_after_seconds == 0]
    held, later = at_once[:ACCEPTED_AT_ONCE], set(at_once[ACCEPTED_AT_ONCE:])
    if held:
        await timeline.hold_all(work, [waiting[each.engagement_id].conversation_id for each in held])
    return [each for each in decisions if each not in later]


def _with_room(
    now: datetime,
    decisions: Sequence[Decision],
    waiting: Mapping[UUID, Waits],
    desks: Mapping[UUID, Desk],
    held: Mapping[UUID, Hands],
    book: Rulebook,
) -> list[Decision]:
    """Whose agent is there and has room, one after the other. Nobody else gives them more: they are locked."""
    loads: defaultdict[UUID, list[Kind]] = defaultdict(list)
    loads |= {agent_id: list(hands.kinds.values()) for agent_id, hands in held.items()}
    made = []
    for each in decisions:
        desk, found = desks.get(each.agent_id), waiting[each.engagement_id]
        kind = book.kind(found.site_id, found.channel, found.weight)
        if desk is not None and desk.is_there(now) and fits(desk.capacity, loads[desk.id], kind):
            loads[desk.id].append(kind)
            made.append(each)
    return made


async def _offer(work: UnitOfWork, gifts: Sequence[Gift], desks: Mapping[UUID, Desk], *, accepting: bool) -> None:
    now = work.now
    rows = [_row(now, gift, desks[gift.agent_id]) for gift in gifts]
    ringing = [row for row in rows if not accepting or row.accepts_at != now]
    statement, offering = _offering(db_of(work.db))
    timers, enqueued = jobs.enqueueing(work, _due(rows, ringing))
    given, made = _given(work, desks, ringing)
    writes = [*engagements.offering(work, gifts), Write(statement, offering.parameters(rows, now=now)), timers]
    await write_all(work.db, [*given, *writes])
    await work.publish(enqueued)
    await work.publish_all([engagements.moved(gift) for gift in gifts])
    if made:
        await work.publish_all(made)
    await offers.accept_at_once(work, {row.id for row in rows} - {row.id for row in ringing})


def _given(
    work: UnitOfWork, desks: Mapping[UUID, Desk], ringing: Sequence["_Row"]
) -> tuple[list[Write], list[OfferMade]]:
    if not ringing:
        return [], []
    given, seqs = agents.giving(work, desks, [row.agent_id for row in ringing])
    numbered = zip(ringing, seqs, strict=True)
    return [given], [OfferMade(row.id, row.engagement_id, row.agent_id, seq) for row, seq in numbered]


class _Row(NamedTuple):
    id: UUID
    engagement_id: UUID
    agent_id: UUID
    expires_at: datetime
    accepts_at: datetime | None
    waited_seconds: int
    rule: str


def _row(now: datetime, gift: Gift, desk: Desk) -> _Row:
    each = gift.engagement
    accepts_at = auto_accept.moment(now, of_queue=each.accept_after_seconds, of_agent=desk.auto_accept)
    expires_at = (accepts_at or now) + timedelta(seconds=each.offer_seconds)
    waited = max(0, int((now - each.place_since).total_seconds()))
    return _Row(new_id(), each.id, gift.agent_id, expires_at, accepts_at, waited, gift.rule)


@cache
def _offering(db: Db) -> tuple[Insert, Given]:
    given = Given(
        db, "offer", id=Uuid(), engagement_id=Uuid(), agent_id=Uuid(), expires_at=UtcDateTime(),
        accepts_at=UtcDateTime(), waited_seconds=Integer(), rule=String(),
    )  # fmt: skip
    row = {
        "id": given.id, "engagement_id": given.engagement_id, "agent_id": given.agent_id,
        "role": literal("holder"), "state": literal("pending"),
        "offered_at": bindparam("now", type_=UtcDateTime()), "expires_at": given.expires_at,
        "accepts_at": given.accepts_at, "waited_seconds": given.waited_seconds, "rule": given.rule,
    }  # fmt: skip
    return insert(_offers).from_select(list(row), select(*row.values())), given


def _due(rows: Sequence[_Row], ringing: Sequence[_Row]) -> list[tuple[str, datetime, dict[str, Any]]]:
    """One timer for those that ring out at the same moment, and one for each that accepts itself later."""
    by_moment: defaultdict[datetime, list[str]] = defaultdict(list)
    for row in rows:
        by_moment[row.expires_at].append(str(row.id))
    accepting = [
        ("routing.accept_offer", row.accepts_at, {"offer": str(row.id)})
        for row in ringing
        if row.accepts_at is not None
    ]
    expiring = [
        ("routing.expire_offers", moment, {"offers": ids[at : at + EXPIRED_AT_ONCE]})
        for moment, ids in by_moment.items()
        for at in range(0, len(ids), EXPIRED_AT_ONCE)
    ]
    return [*accepting, *expiring]
