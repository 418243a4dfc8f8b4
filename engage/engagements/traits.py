"""What routing must know of a channel, without knowing the channel."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Traits:
    channel: str
    #: units of an agent's capacity that one engagement takes
    weight: int = 1
    #: the customer is expected to be there: silence and absence mean something
    live: bool = False
