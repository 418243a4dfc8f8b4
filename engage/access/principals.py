"""Principals: who a request or socket speaks for, established once at the edge, and what his role allows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from engage.access.errors import NotAllowed, NotYours

Role = Literal["admin", "supervisor", "agent", "editor"]
Right = Literal["answer", "supervise", "write_articles", "administer"]

RIGHTS: dict[Role, frozenset[Right]] = {
    "editor": frozenset({"write_articles"}),
    "agent": frozenset({"answer"}),
    "supervisor": frozenset({"answer", "supervise"}),
    "admin": frozenset({"answer", "supervise", "write_articles", "administer"}),
}


def roles(right: Right) -> tuple[Role, ...]:
    """Those that have it."""
    return tuple(role for role, rights in RIGHTS.items() if right in rights)


@dataclass(frozen=True)
class CallingVisitor:
    visitor_id: UUID
    site_id: UUID

    @property
    def key(self) -> str:
        return f"visitor:{self.visitor_id}"


@dataclass(frozen=True)
class Membership:
    """What somebody is at one site."""

    role: Role
    #: he sees the work of all queues; else only of those he serves, and his own
    all_queues: bool = True


@dataclass(frozen=True)
class CallingAgent:
    agent_id: UUID
    name: str
    #: by site; nothing of another site exists for him
    memberships: Mapping[UUID, Membership] = field(hash=False)
    sign_in_id: UUID

    @property
    def key(self) -> str:
        return f"agent:{self.agent_id}"

    @property
    def site_ids(self) -> frozenset[UUID]:
        return frozenset(self.memberships)

    def must_belong_to(self, site_id: UUID) -> None:
        """Raises NotYours, which looks like "not found"."""
        if site_id not in self.memberships:
            raise NotYours

    def sites_where(self, right: Right) -> frozenset[UUID]:
        """The sites at which his role has this right."""
        return frozenset(site for site, membership in self.memberships.items() if right in RIGHTS[membership.role])

    def may(self, right: Right, site_id: UUID) -> bool:
        membership = self.memberships.get(site_id)
        return membership is not None and right in RIGHTS[membership.role]

    def must(self, right: Right, site_id: UUID) -> None:
        """Raises NotYours at a foreign site, which looks like "not found"; NotAllowed where his role is too small."""
        self.must_belong_to(site_id)
        if not self.may(right, site_id):
            raise NotAllowed


@dataclass(frozen=True)
class CallingKey:
    """A program that shows an API key of one site."""

    key_id: UUID
    name: str
    site_id: UUID
    scopes: frozenset[str]

    @property
    def key(self) -> str:
        return f"key:{self.key_id}"

    def must_belong_to(self, site_id: UUID) -> None:
        """Raises NotYours, which looks like "not found"."""
        if site_id != self.site_id:
            raise NotYours
