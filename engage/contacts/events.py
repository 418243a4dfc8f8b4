from dataclasses import dataclass
from uuid import UUID


def visitor_room(visitor_id: UUID) -> str:
    """All tabs of one visitor."""
    return f"visitor:{visitor_id}"


@dataclass(frozen=True)
class VisitorCame:
    """A visitor's first live socket opened."""

    visitor_id: UUID
    site_id: UUID


@dataclass(frozen=True)
class VisitorWent:
    """A visitor's last live socket closed; he may be back in a moment."""

    visitor_id: UUID
    site_id: UUID


@dataclass(frozen=True)
class TrailGrew:
    visitor_id: UUID
    site_id: UUID


@dataclass(frozen=True)
class VisitorMerged:
    """A visitor turned out to be another one, who has all that was his."""

    visitor_id: UUID
    into_id: UUID
    site_id: UUID


@dataclass(frozen=True)
class ContactChanged:
    """Something that is known of a contact is new."""

    contact_id: UUID
    site_id: UUID
