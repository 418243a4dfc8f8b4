from typing import Literal
from uuid import UUID

from engage.kit.wire import WireModel

CentreState = Literal["open", "draining", "down"]
#: until done, with an outcome; until the time is over, with an outcome; the same without one; none at all
WrapUpMode = Literal["mandatory", "timed", "optional", "none"]
CentreCause = Literal["by_hand", "schedule", "heartbeat"]


class SiteName(WireModel):
    """A site as others mention it."""

    id: UUID
    key: str
    name: str


class QueueName(WireModel):
    id: UUID
    name: str
