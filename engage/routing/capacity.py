"""How much an agent can hold at once, and what may come on top of it. Pure."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """What one engagement takes of an agent."""

    channel: str
    #: units of his capacity
    weight: int = 1
    #: most of its channel at once; None: only the capacity is a limit
    maximum: int | None = None
    #: nothing else beside it, whatever the weight
    exclusive: bool = False
    #: channels that may come on top of it: against their work it does not count
    interrupted_by: frozenset[str] = frozenset()


def fits(capacity: int, held: Collection[Kind], kind: Kind) -> bool:
    """Whether he has room for it beside what he holds, pending offers included."""
    counted = [each for each in held if kind.channel not in each.interrupted_by]
    if any(each.exclusive for each in counted) or is_at_maximum(held, kind):
        return False
    if kind.exclusive:
        return not counted
    return sum(each.weight for each in counted) + kind.weight <= capacity


def is_at_maximum(held: Collection[Kind], kind: Kind) -> bool:
    return kind.maximum is not None and sum(each.channel == kind.channel for each in held) >= kind.maximum


def is_full(capacity: int, held: Collection[Kind]) -> bool:
    """Whether nothing at all fits any more: a quick answer that never says so wrongly."""
    lasting = [each for each in held if not each.interrupted_by]
    return any(each.exclusive for each in lasting) or sum(each.weight for each in lasting) >= capacity


def load(held: Collection[Kind]) -> int:
    return sum(each.weight for each in held)
