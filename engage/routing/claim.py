"""The way to an agent: turns decisions into offers, if what they were decided on still holds.

Hundreds at once take as many statements as one. Locks are taken in the order of ADR 0005: engagements, then agents.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Insert, Integer, String, Table, Uuid, bindparam, insert, literal, select

from engage.agents import giving as agents
from engage.agents.giving import Desk
from engage.engagements import giving as engagements
from engage.engagements.giving import Gift, Waits
from engage.kit import jobs
from engage.kit.db import Db, Given, UtcDateTime, Write, db_of, write_all
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import auto_accept, snapshot
from engage.routing.capacity import Kind, fits
from engage.routing.events import OfferMade
from engage.routing.models import Offer
from engage.routing.router import Decision
from engage.routing.rulebook import Rulebook
from engage.routing.snapshot import Hands

#: offers that ring out together are ended together, and so many at once
EXPIRED_AT_ONCE = 20

_offers = cast(Table, Offer.__table__)


@dataclass(frozen=True)
class Claimed:
    made: Sequence[Decision]
    #: the work or the agent is not what it was: both are to be read again
    refused: Sequence[Decision]


async def claim(work: UnitOfWork, decisions: Sequence[Decision], book: Rulebook) -> Claimed:
    """Makes the offers of those decisions that still hold; `book` is what they were decided by."""
    waiting = await engagements.lock_waiting(work, [each.engagement_id for each in decisions])
    fresh = [each for each in decisions if _is_fresh(waiting.get(each.engagement_id), each)]
    desks = await agents.lock_desks(work, {each.agent_id for each in fresh})
    held = await snapshot.hands(work, book, list(desks))
    made = _with_room(work.now, fresh, waiting, desks, held, book)
    if made:
        given, seqs = agents.giving(work, desks, [each.agent_id for each in made])
        gifts = [Gift(waiting[each.engagement_id], each.agent_id, each.rule) for each in made]
        await _offer(work, gifts, desks, given, seqs)
    kept = set(made)
    return Claimed(made, [each for each in decisions if each not in kept])


def _is_fresh(found: Waits | None, decision: Decision) -> bool:
    return found is not None and found.version == decision.version


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


async def _offer(
    work: UnitOfWork, gifts: Sequence[Gift], desks: Mapping[UUID, Desk], given: Write, seqs: Sequence[int]
) -> None:
    ids, now = [new_id() for _ in gifts], work.now
    rows = [_row(now, offer_id, gift, desks[gift.agent_id]) for offer_id, gift in zip(ids, gifts, strict=True)]
    statement, offers = _offering(db_of(work.db))
    timers, enqueued = jobs.enqueueing(work, _due(rows))
    writes = [given, *engagements.offering(work, gifts), Write(statement, offers.parameters(rows, now=now)), timers]
    await write_all(work.db, writes)
    await work.publish(enqueued)
    await work.publish_all([engagements.moved(gift) for gift in gifts])
    await work.publish_all(
        [
            OfferMade(offer_id=offer_id, engagement_id=gift.engagement.id, agent_id=gift.agent_id, work_seq=seq)
            for offer_id, gift, seq in zip(ids, gifts, seqs, strict=True)
        ]
    )


_Row = tuple[UUID, UUID, UUID, datetime, datetime | None, int, str]


def _row(now: datetime, offer_id: UUID, gift: Gift, desk: Desk) -> _Row:
    each = gift.engagement
    accepts_at = auto_accept.moment(now, of_queue=each.accept_after_seconds, of_agent=desk.auto_accept)
    expires_at = (accepts_at or now) + timedelta(seconds=each.offer_seconds)
    waited = max(0, int((now - each.place_since).total_seconds()))
    return (offer_id, each.id, gift.agent_id, expires_at, accepts_at, waited, gift.rule)


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


def _due(rows: Sequence[_Row]) -> list[tuple[str, datetime, dict[str, Any]]]:
    """One timer for those that ring out at the same moment, and one for each that accepts itself."""
    by_moment: defaultdict[datetime, list[str]] = defaultdict(list)
    for offer_id, _, _, expires_at, *_ in rows:
        by_moment[expires_at].append(str(offer_id))
    accepting = [("routing.accept_offer", each[4], {"offer": str(each[0])}) for each in rows if each[4] is not None]
    expiring = [
        ("routing.expire_offers", moment, {"offers": ids[at : at + EXPIRED_AT_ONCE]})
        for moment, ids in by_moment.items()
        for at in range(0, len(ids), EXPIRED_AT_ONCE)
    ]
    return [*accepting, *expiring]
