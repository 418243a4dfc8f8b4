"""The jobs that a slice can do, by name."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from engage.kit.unit_of_work import UnitOfWork

#: a claim of a stream's job that is older belongs to a process that died
STREAM_CLAIM_SECONDS = 60
#: jobs of a stream that run at a time
AT_ONCE = 20

Inside = Callable[[UnitOfWork, dict[str, Any]], Awaitable[None]]
#: True says that the job has taken its own row away
Outside = Callable[[web.Application, dict[str, Any]], Awaitable[bool | None]]


@dataclass(frozen=True)
class Stream:
    """How many of its jobs run at a time, and whom they let go first."""

    line: str
    #: how long a claim of one of its jobs holds
    claim_seconds: int
    at_once: int
    #: the stream that goes first while it has much to do
    behind: str | None
    #: whoever has found something looks again no sooner: what comes meanwhile is taken up together
    breath_seconds: float


class JobTable:
    """A slice's jobs by name, filled by decorators and included by its `install`."""

    def __init__(self) -> None:
        self.inside_jobs: dict[str, Inside] = {}
        self.outside_jobs: dict[str, Outside] = {}
        #: those of the outside jobs that many come of at once
        self.streams: dict[str, Stream] = {}

    def inside(self, name: str) -> Callable[[Inside], Inside]:
        """The job runs in one transaction together with its own completion: exactly once for the database."""

        def keep(run: Inside) -> Inside:
            self.inside_jobs[name] = run
            return run

        return keep

    def outside(self, name: str) -> Callable[[Outside], Outside]:
        """The job talks to the world and opens its own transactions: at least once, so it must be idempotent."""

        def keep(run: Outside) -> Outside:
            self.outside_jobs[name] = run
            return run

        return keep

    def stream(
        self, name: str, *, line: str | None = None, claim_seconds: int = STREAM_CLAIM_SECONDS, at_once: int = AT_ONCE,
        behind: str | None = None, breath_seconds: float = 0,
    ) -> Callable[[Outside], Outside]:  # fmt: skip
        """The same in a line of its own, where each job begins as soon as there is room: a slow one holds up no other.

        Streams that name the same `line` share it. A job may cancel its own key in the transaction that settles it, and
        return True; it must be done before its claim runs out, or another process begins with it too. One that goes
        `behind` another stream waits for some seconds while that one has much to do. With a breath, what comes right
        after others waits so long for those that come with it; what comes alone does not.
        """
        self.streams[name] = Stream(line or name, claim_seconds, at_once, behind, breath_seconds)
        return self.outside(name)
