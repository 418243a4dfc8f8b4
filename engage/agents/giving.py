"""Many agents who are given something at once: by as many statements as one would take."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Integer, Select, Table, Update, Uuid, bindparam, select, update

from engage.agents.models import Agent
from engage.agents.schemas import PresenceState
from engage.kit.db import Db, Given, UtcDateTime, Write, among, columns_of, db_of
from engage.kit.unit_of_work import UnitOfWork

_agents = cast(Table, Agent.__table__)


@dataclass(frozen=True, slots=True)
class Desk:
    """A locked agent: whoever holds his row decides what he is given."""

    id: UUID
    presence: PresenceState
    online_until: datetime | None
    capacity: int
    work_seq: int
    #: whether what he is offered accepts itself; none: as the queue says
    auto_accept: bool | None

    def is_there(self, now: datetime) -> bool:
        return self.presence == "available" and self.online_until is not None and self.online_until > now


async def lock_desks(work: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, Desk]:
    """In the order of ids, as everybody does who changes several agents."""
    found = await work.db.execute(_desks(db_of(work.db)), {"ids": list(ids)})
    return {row.id: Desk(*row) for row in found}


@cache
def _desks(db: Db) -> Select[Any]:
    row = columns_of(Agent)
    rows = select(*(row[name] for name in Desk.__slots__)).where(among(db, row.id, "ids"))
    return rows.order_by(row.id).with_for_update(key_share=True)


def giving(work: UnitOfWork, desks: Mapping[UUID, Desk], takers: Collection[UUID]) -> tuple[Write, list[int]]:
    """Locked agents are given something, each as often as he is named; with the numbers of the changes."""
    seqs, numbers = Counter({agent_id: desks[agent_id].work_seq for agent_id in takers}), []
    for agent_id in takers:
        seqs[agent_id] += 1
        numbers.append(seqs[agent_id])
    statement, given = _giving(db_of(work.db))
    return Write(statement, given.parameters(list(seqs.items()), now=work.now)), numbers


@cache
def _giving(db: Db) -> tuple[Update, Given]:
    given = Given(db, "desk", agent_id=Uuid(), seq=Integer())
    now = bindparam("now", type_=UtcDateTime())
    raised = update(_agents).where(_agents.c.id == given.agent_id).values(work_seq=given.seq, given_at=now)
    return raised, given
