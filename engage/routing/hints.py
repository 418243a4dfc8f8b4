"""What changed, told to whoever matches. Names only: a hint that is late, repeated or lost does no harm."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import orjson


@dataclass(frozen=True)
class Hint:
    engagements: frozenset[UUID] = frozenset()
    #: what they hold or say of themselves
    agents: frozenset[UUID] = frozenset()
    #: of these agents also whom they serve and what they can
    people: frozenset[UUID] = frozenset()
    #: a rule changed, or hints may have been lost: all is looked at
    everything: bool = False

    def __or__(self, other: "Hint") -> "Hint":
        return Hint(
            self.engagements | other.engagements,
            self.agents | other.agents,
            self.people | other.people,
            self.everything or other.everything,
        )

    def __bool__(self) -> bool:
        return bool(self.everything or self.engagements or self.agents or self.people)

    def encoded(self) -> bytes:
        if self.everything:
            return b""
        return orjson.dumps([sorted(map(str, each)) for each in (self.engagements, self.agents, self.people)])


EVERYTHING = Hint(everything=True)


def of(
    *,
    engagements: Iterable[UUID | None] = (),
    agents: Iterable[UUID | None] = (),
    people: Iterable[UUID | None] = (),
) -> Hint:
    """A hint at those of these that there are."""
    return Hint(_named(engagements), _named(agents), _named(people))


def _named(ids: Iterable[UUID | None]) -> frozenset[UUID]:
    return frozenset(each for each in ids if each)


def decoded(news: bytes) -> Hint:
    if not news:
        return EVERYTHING
    engagements, agents, *people = orjson.loads(news)
    return of(
        engagements=map(UUID, engagements), agents=map(UUID, agents), people=map(UUID, people[0] if people else ())
    )
