"""Keeping the audit log: every administrative act leaves one line, in the transaction that did it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from engage.access.models import AuditEntry
from engage.access.principals import CallingAgent, CallingKey
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork

#: stands for a value that nobody may read
HIDDEN = "\N{BULLET}\N{BULLET}\N{BULLET}"


@dataclass(frozen=True)
class Actor:
    """Who acts."""

    kind: str
    id: UUID | None
    name: str
    address: str | None = None


def agent(who: CallingAgent, address: str | None = None) -> Actor:
    return Actor("agent", who.agent_id, who.name, address)


def key(who: CallingKey, address: str | None = None) -> Actor:
    return Actor("key", who.key_id, who.name, address)


@dataclass(frozen=True)
class Subject:
    """What was acted upon, by a name that stays readable when it is gone."""

    name: str
    id: UUID | None = None
    site_id: UUID | None = None


def record(
    work: UnitOfWork, actor: Actor, act: str, subject: Subject, changes: Mapping[str, Any] | None = None
) -> None:
    """Adds a line; `act` names the noun and what happened, such as `queue.changed`."""
    work.db.add(
        AuditEntry(
            id=new_id(),
            site_id=subject.site_id,
            actor_kind=actor.kind,
            actor_id=actor.id,
            actor_name=actor.name,
            act=act,
            subject_id=subject.id,
            subject_name=subject.name[:200],
            changes=dict(changes or {}),
            address=actor.address,
            at=work.now,
        )
    )


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """`{field: [before, after]}` of what is not the same; both sides must be JSON values."""
    return {key: [before.get(key), value] for key, value in after.items() if before.get(key) != value}
