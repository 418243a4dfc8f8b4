"""How a number is rung. One narrow port: by hand today, over a line of our own later; nothing else knows which.

A trunk is asked once for each attempt, after the guard has let the number pass and the attempt is stored. A trunk that
rings by itself answers `ringing` and tells of what happens in events; one that cannot hands the number over.
"""

from dataclasses import dataclass
from typing import Literal, Protocol
from uuid import UUID

from aiohttp import web


@dataclass(frozen=True)
class Dialled:
    """What has become of the attempt: somebody else rings it now, or the trunk does."""

    state: Literal["handed_over", "ringing"]
    #: what the agent's own device opens to ring it; none if nothing is left for him to do
    link: str | None = None


class TelephonyTrunk(Protocol):
    """Rings numbers."""

    #: kept with each attempt
    name: str

    async def dial(self, attempt_id: UUID, number: str) -> Dialled:
        """Begins to ring an E.164 number. Called again for the same attempt it rings nobody a second time."""
        ...


TRUNK: web.AppKey[TelephonyTrunk] = web.AppKey("telephony_trunk")
