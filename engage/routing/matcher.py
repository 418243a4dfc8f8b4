"""What the router knows, and how it is kept true: by hints as things change, and by looking at everything."""

import asyncio
from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from engage.agents.models import Agent
from engage.engagements.models import Engagement
from engage.kit.db import db_of, is_among
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import snapshot
from engage.routing.eligibility import Waiting
from engage.routing.hints import Hint
from engage.routing.models import RouterLease
from engage.routing.router import Decision, Router
from engage.routing.rulebook import Rulebook
from engage.routing.snapshot import Person

#: read at once, before others have their turn
SLICE = 500

T = TypeVar("T")


class Matcher:
    """The router and what it was told. What is read again and is the same costs nothing."""

    def __init__(self, *, at_once: int = SLICE) -> None:
        self._at_once = at_once
        self.router = Router()
        self.book = Rulebook()
        #: the number of the last change of the rules that was looked at
        self.rules_seen: int | None = None
        self._people: dict[UUID, Person] = {}
        self._waiting: dict[UUID, Waiting] = {}

    @property
    def people(self) -> AbstractSet[UUID]:
        """Who is there, as far as is known."""
        return self.router.agents

    @property
    def works(self) -> AbstractSet[UUID]:
        """What waits, as far as is known."""
        return self._waiting.keys()

    async def look(self, work: UnitOfWork, hint: Hint) -> None:
        """Reads what the hint names, or all there is."""
        if hint.everything:
            await self._look_at_everything(work)
        else:
            await self._look_at_people(work, hint.people | (hint.agents - self.people))
            await self._look_at_hands(work, (hint.agents & self.people) - hint.people)
            await self._look_at_works(work, hint.engagements)

    async def _look_at_everything(self, work: UnitOfWork) -> None:
        self.book = Rulebook()
        self.rules_seen = await rules_changed(work)
        there = set(await work.db.scalars(select(Agent.id).where(snapshot.is_there(work.now))))
        for some in slices(there | self.people, self._at_once):
            await self._look_at_people(work, some)
        queued = select(Engagement.id).where(Engagement.state == "queued", Engagement.away_since.is_(None))
        for some in slices(set(await work.db.scalars(queued)) | self.works, self._at_once):
            await self._look_at_works(work, some)

    async def _look_at_people(self, work: UnitOfWork, ids: Collection[UUID]) -> None:
        """Whoever was asked for and is not found is not there any more."""
        if ids:
            condition = is_among(db_of(work.db), Agent.id, ids)
            self._seat_all(await snapshot.people(work, condition, self.book), ids, work.now)

    async def _look_at_hands(self, work: UnitOfWork, ids: Collection[UUID]) -> None:
        """Of people who are known: what changes with every step of their work."""
        if ids:
            known = [self.router.agent(agent_id) for agent_id in ids]
            self._seat_all(await snapshot.as_they_are(work, self.book, known), ids, work.now)

    async def _look_at_works(self, work: UnitOfWork, ids: Collection[UUID]) -> None:
        if not ids:
            return
        found = {each.engagement_id: each for each in await snapshot.waiting(work, self.book, ids)}
        for engagement_id in set(ids) - found.keys():
            self._waiting.pop(engagement_id, None)
            self.router.drop_waiting(engagement_id)
        for each in found.values():
            self._queue(each, work.now)
        await asyncio.sleep(0)

    def _seat_all(self, people: Sequence[Person], asked: Collection[UUID], now: datetime) -> None:
        for agent_id in set(asked) - {person.agent.agent_id for person in people}:
            self._forget(agent_id, now)
        for person in people:
            self._seat(person, now)

    def _forget(self, agent_id: UUID, now: datetime) -> None:
        self._people.pop(agent_id, None)
        self.router.drop_agent(agent_id, now)

    def _seat(self, person: Person, now: datetime) -> None:
        agent_id = person.agent.agent_id
        if person.agent.absent is not None:
            self._forget(agent_id, now)
        elif self._people.get(agent_id) != person:
            self._people[agent_id] = person
            self.router.put_agent(person.agent, person.held, now)

    def _queue(self, each: Waiting, now: datetime) -> None:
        if self._waiting.get(each.engagement_id) != each:
            self._waiting[each.engagement_id] = each
            self.router.put_waiting(each, now)

    def decide(self, now: datetime, *, limit: int) -> list[Decision]:
        """What is decided counts as done, until it is looked at again."""
        decisions = self.router.decide(now, limit=limit)
        for decision in decisions:
            self._waiting.pop(decision.engagement_id, None)
            self._people.pop(decision.agent_id, None)
        return decisions

    def next_change(self) -> float | None:
        """When something changes by itself, as a timestamp."""
        return self.router.next_change()

    # What a sweep asks.

    def waits(self, engagement_id: UUID, version: int, boost: int) -> bool:
        """Whether it is known to wait, in this version and with this boost."""
        known = self._waiting.get(engagement_id)
        return known is not None and (known.version, known.boost) == (version, boost)

    def holds(self, agent_id: UUID, capacity: int, held: AbstractSet[UUID]) -> bool:
        """Whether he is known to have this capacity and to hold exactly this."""
        return self.router.seats(agent_id, capacity, held)

    def serves(self, person: Person) -> bool:
        """Whether he is known to serve and to be able to do what this says."""
        if person.agent.agent_id not in self.people:
            return person.agent.absent is not None
        known = self.router.agent(person.agent.agent_id)
        return known.serves == person.agent.serves and known.skills == person.agent.skills


async def rules_changed(work: UnitOfWork) -> int | None:
    """How often a rule, a right or a membership has changed."""
    seen: int | None = await work.db.scalar(select(RouterLease.epoch).where(RouterLease.part == "rules"))
    return seen


def slices(ids: Collection[T], size: int = SLICE) -> Iterator[Sequence[T]]:
    every = list(ids)
    return (every[at : at + size] for at in range(0, len(every), size))
