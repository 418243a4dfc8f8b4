"""What the matcher must know, read from the rows: who waits for whom, who is there, and what each of them holds."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, Row, Select, and_, bindparam, func, null, select, union_all

from engage.access.principals import roles
from engage.agents.models import Agent as AgentRow
from engage.agents.models import AgentSite
from engage.agents.schemas import PresenceState
from engage.engagements.lifecycle import TAKING_ROOM
from engage.engagements.models import Engagement
from engage.kit.db import Db, UtcDateTime, among, columns_of, db_of, is_among
from engage.kit.unit_of_work import UnitOfWork
from engage.routing.capacity import Kind
from engage.routing.eligibility import Absence, Agent, QueueRules, Serves, Waiting
from engage.routing.models import AgentSkill, Offer, Wanted
from engage.routing.requirement import Need
from engage.routing.rulebook import Rulebook
from engage.routing.serving import SERVING
from engage.sites.models import Centre, Queue

#: who declined or missed it is not asked again for so long
EXCLUDED_FOR = timedelta(seconds=60)
#: work of a higher version has moved since it was queued first: somebody may have refused it
VERSION_OF_NEW = 1

#: what a transfer asks for is asked no longer than this; after it the queue's own rules hold alone
WANTED_SECONDS = 300

Held = dict[UUID, Kind]

_Standing: TypeAlias = Row[UUID, int, PresenceState, datetime | None, datetime, datetime | None]

#: columns and no objects: ten thousand rows are read again and again
_work = columns_of(Engagement)
_OF_WORK = (
    _work.id, _work.site_id, _work.queue_id, _work.channel, _work.weight, _work.place_since, _work.entered_at,
    _work.state_since, _work.agent_id, _work.version, _work.boost,
)  # fmt: skip
_agent = columns_of(AgentRow)
_OF_AGENTS = (
    _agent.id, _agent.capacity, _agent.presence, _agent.online_until, _agent.idle_since, _agent.given_at,
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """An agent and what he holds, pending offers included, by engagement."""

    agent: Agent
    held: Held


@dataclass
class Hands:
    """What somebody holds, and when the last of it came to him."""

    kinds: Held = field(default_factory=dict)
    since: datetime | None = None


#: he may be offered work: he says so, and a screen of his is connected
def is_there(now: datetime) -> ColumnElement[bool]:
    return and_(AgentRow.presence == "available", AgentRow.online_until > now)


# Work.


async def waiting(work: UnitOfWork, book: Rulebook, ids: Collection[UUID]) -> list[Waiting]:
    """Those of them that may be offered now."""
    rows = await work.db.execute(_queued(db_of(work.db)), {"ids": list(ids)})
    return await _as_waiting(work, book, rows.all())


async def one(work: UnitOfWork, engagement_id: UUID) -> Waiting:
    """This engagement as if it waited, whatever its state."""
    rows = await work.db.execute(_works(db_of(work.db)), {"ids": [engagement_id]})
    return (await _as_waiting(work, Rulebook(), rows.all()))[0]


@cache
def _works(db: Db) -> Select[Any]:
    wanted = columns_of(Wanted)
    # a centre is asked for as a skill is: whoever works there has it
    wants = func.coalesce(wanted.skill_id, wanted.centre_id).label("wants")
    rows = select(*_OF_WORK, wants).join_from(Engagement.__table__, Wanted.__table__, isouter=True)
    return rows.where(among(db, _work.id, "ids"))


@cache
def _queued(db: Db) -> Select[Any]:
    return _works(db).where(_work.state == "queued", _work.away_since.is_(None))


async def _as_waiting(work: UnitOfWork, book: Rulebook, rows: Sequence[Row[Any]]) -> list[Waiting]:
    await book.learn_queues(work, {row.queue_id for row in rows})
    await book.learn_sites(work, {row.site_id for row in rows})
    excluded = await _excluded(work, [row.id for row in rows if row.version > VERSION_OF_NEW])
    return [_waiting(row, book, excluded.get(row.id, {})) for row in rows]


def _waiting(row: Any, book: Rulebook, excluded: dict[UUID, datetime]) -> Waiting:
    rules = book.queue(row.queue_id)
    wants = None if row.wants is None else _Wants(Need(row.wants, 1))
    return Waiting(
        row.id,
        wants.of(rules) if wants else rules,
        row.place_since,
        row.entered_at,
        book.kind(row.site_id, row.channel, row.weight),
        row.agent_id,
        row.state_since + book.sticky(row.queue_id),
        excluded,
        row.version,
        row.boost,
    )


@dataclass(frozen=True)
class _Wants:
    """What a transfer asks for beside the queue."""

    need: Need

    def of(self, rules: QueueRules) -> QueueRules:
        steps = tuple(replace(step, needs=step.needs | {self.need}) for step in rules.steps)
        last = rules.steps[-1]
        return replace(rules, steps=(*steps, replace(last, after_seconds=last.after_seconds + WANTED_SECONDS)))


async def _excluded(work: UnitOfWork, ids: Sequence[UUID]) -> dict[UUID, dict[UUID, datetime]]:
    """By engagement: who refused it a moment ago, and until when he is left in peace."""
    if not ids:
        return {}
    lately = {"ids": list(ids), "since": work.now - EXCLUDED_FOR}
    found: defaultdict[UUID, dict[UUID, datetime]] = defaultdict(dict)
    for engagement_id, agent_id, ended_at in await work.db.execute(_refused(db_of(work.db)), lately):
        found[engagement_id][agent_id] = ended_at + EXCLUDED_FOR
    return found


@cache
def _refused(db: Db) -> Select[Any]:
    row = columns_of(Offer)
    refused = select(row.engagement_id, row.agent_id, row.ended_at).where(
        among(db, row.engagement_id, "ids"),
        row.role == "holder",
        row.state.in_(("declined", "missed")),
        row.ended_at > bindparam("since", type_=UtcDateTime()),
    )
    return refused.order_by(row.ended_at)


# People.


async def people(work: UnitOfWork, condition: ColumnElement[bool], book: Rulebook | None = None) -> list[Person]:
    """Every agent who fulfils the condition, there or not."""
    rows = (await work.db.execute(select(*_OF_AGENTS).where(condition))).all()
    ids = [row.id for row in rows]
    held = await hands(work, book or Rulebook(), ids)
    serves, skills = await _serves(work, ids), await _skills(work, ids)
    return [_person(_as_read(row, serves[row.id], skills[row.id]), row, held[row.id], work.now) for row in rows]


def _as_read(row: _Standing, serves: dict[UUID, Serves], skills: dict[UUID, int]) -> Agent:
    sits_in = {each.centre_id: 1 for each in serves.values() if each.centre_id is not None}
    return Agent(row.id, serves, row.capacity, row.idle_since, {**skills, **sits_in})


async def as_they_are(work: UnitOfWork, book: Rulebook, agents: Iterable[Agent]) -> list[Person]:
    """The same people, who serve and can what they did: what they hold, and what they say of themselves."""
    known = {agent.agent_id: agent for agent in agents}
    rows = (await work.db.execute(_standing(db_of(work.db)), {"ids": list(known)})).all()
    held = await hands(work, book, list(known))
    return [_person(known[row.id], row, held[row.id], work.now) for row in rows]


@cache
def _standing(db: Db) -> Select[Any]:
    return select(*_OF_AGENTS).where(among(db, _agent.id, "ids"))


def _person(agent: Agent, row: _Standing, hands: Hands, now: datetime) -> Person:
    given = [moment for moment in (row.given_at, hands.since) if moment is not None]
    current = Agent(
        agent.agent_id, agent.serves, row.capacity, row.idle_since, agent.skills, max(given, default=None),
        absence_of(row, now),
    )  # fmt: skip
    return Person(current, hands.kinds)


def absence_of(row: _Standing, now: datetime) -> Absence | None:
    if row.presence != "available":
        return "not_available"
    return None if row.online_until is not None and row.online_until > now else "offline"


async def held_by(work: UnitOfWork, agent_ids: Sequence[UUID]) -> dict[UUID, Held]:
    """What each of them holds, pending offers included: always read, never a stored counter."""
    return {agent_id: each.kinds for agent_id, each in (await hands(work, Rulebook(), agent_ids)).items()}


async def hands(work: UnitOfWork, book: Rulebook, agent_ids: Sequence[UUID]) -> defaultdict[UUID, Hands]:
    """The same, each with its moment."""
    rows = (await work.db.execute(_hands(db_of(work.db)), {"ids": list(agent_ids)})).all()
    await book.learn_sites(work, {site_id for _, _, site_id, *_ in rows})
    found: defaultdict[UUID, Hands] = defaultdict(Hands)
    for agent_id, engagement_id, site_id, channel, weight, since in rows:
        his = found[agent_id]
        his.kinds[engagement_id] = book.kind(site_id, channel, weight)
        if since is not None:
            his.since = max(his.since or since, since)
    return found


async def works_of(work: UnitOfWork, agent_ids: Sequence[UUID]) -> defaultdict[UUID, set[UUID]]:
    """The same by name only, for who wants to know whether anything is new."""
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for agent_id, engagement_id in await work.db.execute(_works_of(db_of(work.db)), {"ids": list(agent_ids)}):
        found[agent_id].add(engagement_id)
    return found


@cache
def _hands(db: Db) -> CompoundSelect[Any]:
    what = (_work.site_id, _work.channel, _work.weight)
    held = select(_work.agent_id, _work.id, *what, _work.state_since)
    joined = select(columns_of(Offer).agent_id, _work.id, *what, null())
    return union_all(_held(db, held), _as_party(db, joined))


@cache
def _works_of(db: Db) -> CompoundSelect[Any]:
    its = (select(_work.agent_id, _work.id), select(columns_of(Offer).agent_id, _work.id))
    return union_all(_held(db, its[0]), _as_party(db, its[1]))


def _held(db: Db, rows: Select[Any]) -> Select[Any]:
    return rows.where(among(db, _work.agent_id, "ids"), _work.state.in_(TAKING_ROOM))


def _as_party(db: Db, rows: Select[Any]) -> Select[Any]:
    """What they are parties to, or were asked to be: it takes of them what it takes of its holder."""
    offer = columns_of(Offer)
    here = rows.join_from(Offer.__table__, Engagement.__table__, _work.id == offer.engagement_id)
    return here.where(among(db, offer.agent_id, "ids"), offer.role != "holder", offer.left_at.is_(None))


async def _serves(work: UnitOfWork, agent_ids: Sequence[UUID]) -> defaultdict[UUID, dict[UUID, Serves]]:
    """Their queues at sites where they may answer, each with the state of their centre there."""
    works_here = and_(AgentSite.agent_id == SERVING.agent_id, AgentSite.site_id == Queue.site_id)
    members = (
        select(SERVING.agent_id, SERVING.queue_id, SERVING.priority, SERVING.delay_seconds, Centre.id, Centre.state)
        .join(Queue, Queue.id == SERVING.queue_id)
        .join(AgentSite, works_here)
        .outerjoin(Centre, Centre.id == AgentSite.centre_id)
        .where(is_among(db_of(work.db), SERVING.agent_id, agent_ids))
        .where(AgentSite.suspended_at.is_(None), AgentSite.role.in_(roles("answer")))
        # who is named by himself and with a team serves as the one to whom the queue is nearest
        .order_by(SERVING.priority.desc(), SERVING.delay_seconds.desc())
    )
    found: defaultdict[UUID, dict[UUID, Serves]] = defaultdict(dict)
    alike: dict[tuple[Any, ...], Serves] = {}
    for agent_id, queue_id, *how in await work.db.execute(members):
        found[agent_id][queue_id] = alike.setdefault(tuple(how), Serves(how[0], how[1], how[3] or "open", how[2]))
    return found


async def _skills(work: UnitOfWork, agent_ids: Sequence[UUID]) -> defaultdict[UUID, dict[UUID, int]]:
    row = columns_of(AgentSkill)
    theirs = select(row.agent_id, row.skill_id, row.level).where(is_among(db_of(work.db), row.agent_id, agent_ids))
    found: defaultdict[UUID, dict[UUID, int]] = defaultdict(dict)
    for agent_id, skill_id, level in await work.db.execute(theirs):
        found[agent_id][skill_id] = level
    return found
