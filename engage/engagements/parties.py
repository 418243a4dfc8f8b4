"""Who is at a piece of work, and who may do what there. Pure.

One agent holds it and answers for it. Beside him others may be parties: somebody he consults, whom the customer does
not see, and those in a conference, who talk to the customer too.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from engage.engagements.lifecycle import State

PartyRole = Literal["consult", "conference"]
#: beside the holder; more voices than this nobody follows
MOST_PARTIES = 4


@dataclass(frozen=True)
class Party:
    """An agent beside the holder, or asked to be one."""

    agent_id: UUID
    role: PartyRole
    #: since when he is in; none while it rings at his desk
    joined_at: datetime | None


@dataclass(frozen=True)
class Round:
    """All who are at it."""

    holder_id: UUID | None
    state: State
    parties: tuple[Party, ...] = ()

    def party(self, agent_id: UUID) -> Party | None:
        return next((each for each in self.parties if each.agent_id == agent_id), None)

    def is_in(self, agent_id: UUID) -> bool:
        party = self.party(agent_id)
        return party is not None and party.joined_at is not None

    def may_speak(self, agent_id: UUID) -> bool:
        """Whether the customer hears him."""
        return agent_id == self.holder_id or (self.is_in(agent_id) and self._is(agent_id, "conference"))

    def may_ask_in(self, asker_id: UUID, role: PartyRole) -> bool:
        """The holder asks for advice; whoever talks to the customer may bring somebody along."""
        if self.state != "active":
            return False
        return asker_id == self.holder_id or (role == "conference" and self.may_speak(asker_id))

    def has_place(self, role: PartyRole) -> bool:
        """One is consulted at a time; two who hear different questions advise nobody."""
        if role == "consult" and any(each.role == "consult" for each in self.parties):
            return False
        return len(self.parties) < MOST_PARTIES

    def may_send_away(self, agent_id: UUID, party_id: UUID) -> bool:
        """The holder whomever he likes, everybody himself."""
        return self.party(party_id) is not None and agent_id in (self.holder_id, party_id)

    def may_complete(self, agent_id: UUID, party_id: UUID) -> bool:
        """The holder hands over to whom he consulted, or to somebody in the conference."""
        return agent_id == self.holder_id and self.state == "active" and self.is_in(party_id)

    def heir(self, *, of_those: Collection[UUID] | None = None) -> UUID | None:
        """Who holds it when the holder leaves: the first of the conference, whom the customer knows already."""
        talking = [each for each in self.parties if each.role == "conference" and each.joined_at is not None]
        there = [each for each in talking if of_those is None or each.agent_id in of_those]
        first = min(there, key=lambda each: (each.joined_at, each.agent_id.int), default=None)
        return first.agent_id if first else None

    def _is(self, agent_id: UUID, role: PartyRole) -> bool:
        party = self.party(agent_id)
        return party is not None and party.role == role
