"""Principals: who a request or socket speaks for, established once at the edge."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from engage.access.errors import NotYours

Role = Literal["admin", "supervisor", "agent", "editor"]


@dataclass(frozen=True)
class CallingVisitor:
    visitor_id: UUID
    site_id: UUID

    @property
    def key(self) -> str:
        return f"visitor:{self.visitor_id}"


@dataclass(frozen=True)
class CallingAgent:
    agent_id: UUID
    name: str
    role: Role
    #: the sites he works for; nothing of another site exists for him
    site_ids: frozenset[UUID]
    sign_in_id: UUID

    @property
    def key(self) -> str:
        return f"agent:{self.agent_id}"

    def must_work_for(self, site_id: UUID) -> None:
        """Raises NotYours, which looks like "not found"."""
        if site_id not in self.site_ids:
            raise NotYours
