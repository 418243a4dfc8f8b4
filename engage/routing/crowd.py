"""Who serves a queue and what each holds, as this process last read it: for estimates, which are asked for often.

Reading thousands of agents for each visitor who begins to wait would take longer than he waits. So they are kept, and
after a hint only those whom it names are read again. Nobody is given work by this: whoever matches, or claims, reads.
"""

from collections import Counter
from collections.abc import Collection
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from engage.agents.models import Agent
from engage.kit.db import db_of, is_among
from engage.kit.unit_of_work import UnitOfWork
from engage.routing import hints, snapshot
from engage.routing.eligibility import attends
from engage.routing.hints import Hint
from engage.routing.matcher import slices
from engage.routing.rulebook import Rulebook
from engage.routing.serving import SERVING
from engage.routing.snapshot import Person

#: nobody says that a screen went dark: who is there is asked again after so long
LOOK = timedelta(seconds=20)


class Crowd:
    def __init__(self) -> None:
        self._known = _Known()

    def hear(self, news: bytes) -> None:
        self.note(hints.decoded(news))

    def note(self, hint: Hint) -> None:
        """These are not what they were; they are read when somebody asks."""
        if hint.everything:
            # whoever reads at this moment goes on with what he has
            self._known = _Known()
        else:
            self._known.changed |= hint.agents | hint.people

    async def serving(self, work: UnitOfWork, queue_ids: Collection[UUID]) -> dict[UUID, list[Person]]:
        """Who is there for each of these queues, be his hands full or not."""
        found = await self._members(work, queue_ids)
        return {key: [each for each in some if attends(each.agent, key)] for key, some in found.items()}

    async def members(self, work: UnitOfWork, queue_id: UUID) -> list[Person]:
        """Who serves this queue, there or not."""
        return (await self._members(work, [queue_id]))[queue_id]

    async def counts(self, work: UnitOfWork, queue_ids: Collection[UUID]) -> dict[UUID, int]:
        """How many are there for each of these queues, be their hands full or not."""
        known = self._known
        await known.catch_up(work, _touched(work))
        await known.meet(work, set(queue_ids))
        return {queue_id: known.there[queue_id] for queue_id in queue_ids}

    async def _members(self, work: UnitOfWork, queue_ids: Collection[UUID]) -> dict[UUID, list[Person]]:
        known, touched = self._known, _touched(work)
        await known.catch_up(work, touched)
        await known.meet(work, set(queue_ids))
        # what this transaction has done to them, others may not see yet
        now = {each.agent.agent_id: each for each in await known.read(work, touched & known.people.keys())}
        people = known.people | now if now else known.people
        return {queue_id: [people[each] for each in known.members[queue_id]] for queue_id in queue_ids}


class _Known:
    """All who serve one of the queues that were asked for, and whoever else was met."""

    def __init__(self) -> None:
        self.people: dict[UUID, Person] = {}
        self.members: dict[UUID, set[UUID]] = {}
        self.there: Counter[UUID] = Counter()
        self.changed: set[UUID] = set()
        self._book = Rulebook()
        self._looked_at: datetime | None = None

    async def catch_up(self, work: UnitOfWork, touched: Collection[UUID]) -> None:
        await self._look(work)
        changed = self.changed.difference(touched) if self.members else set()
        self.changed -= changed
        try:
            await self._keep(work, changed)
        except BaseException:
            self.changed |= changed
            raise

    async def _look(self, work: UnitOfWork) -> None:
        if not self.people or (self._looked_at is not None and work.now - self._looked_at < LOOK):
            return
        self._looked_at = work.now
        there = set(await work.db.scalars(select(Agent.id).where(snapshot.is_there(work.now))))
        known = {key for key, person in self.people.items() if person.agent.absent is None}
        self.changed |= (there ^ known) & self.people.keys()

    async def meet(self, work: UnitOfWork, queue_ids: set[UUID]) -> None:
        if not (new := queue_ids - self.members.keys()):
            return
        serving = select(SERVING.agent_id).where(is_among(db_of(work.db), SERVING.queue_id, new))
        ids = set(await work.db.scalars(serving))
        await self._keep(work, ids - self.people.keys())
        # somebody else may have asked for the same meanwhile
        new -= self.members.keys()
        self.members |= {queue_id: set() for queue_id in new}
        for person in (self.people[each] for each in ids & self.people.keys()):
            self._seat(person, new)

    async def _keep(self, work: UnitOfWork, ids: Collection[UUID]) -> None:
        for person in await self.read(work, ids):
            if (before := self.people.get(person.agent.agent_id)) is not None:
                self._unseat(before)
            self.people[person.agent.agent_id] = person
            self._seat(person, self.members.keys())

    def _seat(self, person: Person, queue_ids: AbstractSet[UUID]) -> None:
        for queue_id in person.agent.serves.keys() & queue_ids:
            self.members[queue_id].add(person.agent.agent_id)
            self.there[queue_id] += attends(person.agent, queue_id)

    def _unseat(self, person: Person) -> None:
        for queue_id in person.agent.serves.keys() & self.members.keys():
            self.members[queue_id].discard(person.agent.agent_id)
            self.there[queue_id] -= attends(person.agent, queue_id)

    async def read(self, work: UnitOfWork, ids: Collection[UUID]) -> list[Person]:
        found: list[Person] = []
        for some in slices(ids):
            found += await snapshot.people(work, is_among(db_of(work.db), Agent.id, some), self._book)
        return found


def _touched(work: UnitOfWork) -> set[UUID]:
    """Agents to whom this transaction has done something."""
    named = (getattr(event, name, None) for event in work.published for name in ("agent_id", "agent_before"))
    return {each for each in named if each is not None}
