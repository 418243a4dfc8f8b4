"""What the router knows, and how it is kept true: by hints as things change, and by looking at everything."""

from collections.abc import Set as AbstractSet
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, true

from engage.agents.models import Agent
from engage.engagements.models import Engagement
from engage.kit.db import db_of, is_among
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import snapshot
from engage.routing.eligibility import Waiting
from engage.routing.hints import Hint
from engage.routing.router import Decision, Router
from engage.routing.snapshot import Person


class Matcher:
    """The router and what it was told. What is read again and is the same costs nothing."""

    def __init__(self) -> None:
        self._router = Router()
        self._people: dict[UUID, Person] = {}
        self._waiting: dict[UUID, Waiting] = {}

    async def look(self, work: UnitOfWork, hint: Hint) -> None:
        """Reads what the hint names, or all there is."""
        if hint.everything:
            await self._look_at_people(work, snapshot.is_there(work.now), set(self._people))
            await self._look_at_work(work, true(), set(self._waiting))
        elif hint:
            db = db_of(work.db)
            if hint.agents:
                await self._look_at_people(work, is_among(db, Agent.id, hint.agents), hint.agents)
            if hint.engagements:
                await self._look_at_work(work, is_among(db, Engagement.id, hint.engagements), hint.engagements)

    async def _look_at_people(self, work: UnitOfWork, condition: ColumnElement[bool], asked: AbstractSet[UUID]) -> None:
        """Whoever was asked for and is not found is not there any more."""
        found = {person.agent.agent_id: person for person in await snapshot.people(work, condition)}
        for agent_id in asked - found.keys():
            self._forget(agent_id, work.now)
        for person in found.values():
            self._seat(person, work.now)

    async def _look_at_work(self, work: UnitOfWork, condition: ColumnElement[bool], asked: AbstractSet[UUID]) -> None:
        found = {each.engagement_id: each for each in await snapshot.waiting(work, condition)}
        for engagement_id in asked - found.keys():
            self._waiting.pop(engagement_id, None)
            self._router.drop_waiting(engagement_id)
        for each in found.values():
            self._queue(each, work.now)

    def _forget(self, agent_id: UUID, now: datetime) -> None:
        self._people.pop(agent_id, None)
        self._router.drop_agent(agent_id, now)

    def _seat(self, person: Person, now: datetime) -> None:
        agent_id = person.agent.agent_id
        if person.agent.absent is not None:
            self._forget(agent_id, now)
        elif self._people.get(agent_id) != person:
            self._people[agent_id] = person
            self._router.put_agent(person.agent, person.held, now)

    def _queue(self, each: Waiting, now: datetime) -> None:
        if self._waiting.get(each.engagement_id) != each:
            self._waiting[each.engagement_id] = each
            self._router.put_waiting(each, now)

    def decide(self, now: datetime, *, limit: int) -> list[Decision]:
        """What is decided counts as done, until it is looked at again."""
        decisions = self._router.decide(now, limit=limit)
        for decision in decisions:
            self._waiting.pop(decision.engagement_id, None)
            self._people.pop(decision.agent_id, None)
        return decisions

    def next_change(self) -> float | None:
        """When something changes by itself, as a timestamp."""
        return self._router.next_change()
