"""What changed, told to whoever matches. Names only: a hint that is late, repeated or lost does no harm."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import orjson


@dataclass(frozen=True)
class Hint:
    engagements: frozenset[UUID] = frozenset()
    agents: frozenset[UUID] = frozenset()
    #: a rule changed, or hints may have been lost: all is looked at
    everything: bool = False

    def __or__(self, other: "Hint") -> "Hint":
        return Hint(
            self.engagements | other.engagements, self.agents | other.agents, self.everything or other.everything
        )

    def __bool__(self) -> bool:
        return bool(self.everything or self.engagements or self.agents)

    def encoded(self) -> bytes:
        if self.everything:
            return b""
        return orjson.dumps([sorted(map(str, self.engagements)), sorted(map(str, self.agents))])


EVERYTHING = Hint(everything=True)


def of(*, engagements: Iterable[UUID | None] = (), agents: Iterable[UUID | None] = ()) -> Hint:
    """A hint at those of these that there are."""
    return Hint(frozenset(each for each in engagements if each), frozenset(each for each in agents if each))


def decoded(news: bytes) -> Hint:
    if not news:
        return EVERYTHING
    engagements, agents = orjson.loads(news)
    return of(engagements=map(UUID, engagements), agents=map(UUID, agents))
