from dataclasses import dataclass
from typing import Literal
from uuid import UUID


def agent_room(agent_id: UUID) -> str:
    """All screens of one agent."""
    return f"agent:{agent_id}"


def sign_in_room(sign_in_id: UUID) -> str:
    """The sockets of one signed-in browser: they end with it."""
    return f"sign_in:{sign_in_id}"


def site_agents_room(site_id: UUID) -> str:
    """Agents who work for the site."""
    return f"site_agents:{site_id}"


@dataclass(frozen=True)
class PresenceChanged:
    """An agent said something else about himself, or we did for him."""

    agent_id: UUID
    presence: str


@dataclass(frozen=True)
class ProfileChanged:
    """Colleagues see another name or face."""

    agent_id: UUID


@dataclass(frozen=True)
class AgentCame:
    """An agent's live socket opened."""

    agent_id: UUID


@dataclass(frozen=True)
class AgentLost:
    """An agent was away from the network for longer than the grace."""

    agent_id: UUID


@dataclass(frozen=True)
class SignedOut:
    sign_in_id: UUID


@dataclass(frozen=True)
class RightsChanged:
    """What an agent may do, or where, is not what it was when his sockets opened."""

    agent_id: UUID


@dataclass(frozen=True)
class LinkMade:
    """A one-time link that sets a password; whoever mails it is the only one who hears the token."""

    agent_id: UUID
    site_id: UUID
    purpose: Literal["invitation", "reset"]
    token: str


@dataclass(frozen=True)
class JoinedSite:
    """Somebody who has an account works for one more site."""

    agent_id: UUID
    site_id: UUID


@dataclass(frozen=True)
class AccountSecured:
    """Something changed that he should hear of if it was not him: a new password, another second factor."""

    agent_id: UUID
    what: Literal["password", "second_factor_on", "second_factor_off"]
