from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class SiteChanged:
    """What an administrator has set up for the site is different now."""

    site_id: UUID
    key: str


@dataclass(frozen=True)
class CentresChanged:
    """A site has another centre, or one is called otherwise: news for boards, none for who gives out work."""
