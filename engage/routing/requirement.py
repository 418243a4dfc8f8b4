"""What a queue asks of an agent, and how it asks for less while somebody waits. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID


@dataclass(frozen=True, order=True)
class Need:
    """A skill and the lowest proficiency (1-5) that will do."""

    skill_id: UUID
    level: int


Needs = frozenset[Need]


@dataclass(frozen=True)
class Step:
    """From this moment after the entry into the queue on, this is asked; nothing asked fits everybody in it."""

    after_seconds: int
    needs: Needs


#: a queue that asks for nothing
ANYBODY: tuple[Step, ...] = (Step(0, frozenset()),)


def meets(skills: Mapping[UUID, int], needs: Needs) -> bool:
    return all(skills.get(need.skill_id, 0) >= need.level for need in needs)


def lacking(skills: Mapping[UUID, int], needs: Needs) -> Need | None:
    """The first need that he does not meet."""
    return next((need for need in sorted(needs) if skills.get(need.skill_id, 0) < need.level), None)


def step_at(steps: Sequence[Step], waited_seconds: float, *, is_staffed: Callable[[Needs], bool] | None = None) -> int:
    """Which step holds after this wait. With `is_staffed`, steps that nobody present could meet are passed over."""
    at = max((n for n, step in enumerate(steps) if step.after_seconds <= waited_seconds), default=0)
    if is_staffed is not None:
        while at + 1 < len(steps) and not is_staffed(steps[at].needs):
            at += 1
    return at


def only_widens(steps: Sequence[Step]) -> bool:
    """Whether each step comes later than the one before it, and whoever met that one meets it too."""
    return all(a.after_seconds < b.after_seconds and _is_wider(b.needs, a.needs) for a, b in pairwise(steps))


def _is_wider(later: Needs, earlier: Needs) -> bool:
    asked = {need.skill_id: need.level for need in earlier}
    return all(need.level <= asked.get(need.skill_id, 0) for need in later)
