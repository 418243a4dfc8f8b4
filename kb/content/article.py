"""The values everything else is about: an article, its category, and a shelf of both."""

import datetime
import hashlib
import re
from dataclasses import dataclass

PUBLIC = "public"

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Category:
    """A heading of the help centre; articles name it by its key."""

    key: str
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class Article:
    """One answer, as its author wrote it."""

    #: Stays the same when slug and title change.
    id: str
    #: The last part of its address.
    slug: str
    title: str
    #: Key of its Category.
    category: str
    #: Who may read it; `public` is everybody.
    audience: str
    #: The same question in customers' own words. They count almost as much as the title.
    variants: tuple[str, ...]
    #: The day the words last changed.
    updated: datetime.date
    #: Markdown, without the title.
    body: str
    #: Place among the popular answers, 1 first; None is not among them.
    featured: int | None = None

    @property
    def digest(self) -> str:
        """Same words, same digest: an import skips what has not changed."""
        parts = (
            self.id,
            self.slug,
            self.title,
            self.category,
            self.audience,
            *self.variants,
            self.updated.isoformat(),
            str(self.featured),
            self.body,
        )
        # The unit separator keeps ("ab", "c") apart from ("a", "bc").
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything one site says in one locale."""

    categories: tuple[Category, ...]
    articles: tuple[Article, ...]
