"""Whether somebody gets an acknowledgement: so few that two programs soon stop talking to each other. Pure."""

from dataclasses import dataclass
from datetime import timedelta

PERIOD = timedelta(hours=1)
A_CONVERSATION, A_SENDER, A_DOMAIN = 1, 5, 100


@dataclass(frozen=True)
class Spent:
    """How many there were: of the conversation ever, of the sender and of his domain in the last hour."""

    conversation: int
    sender: int
    domain: int


def allows(spent: Spent | None) -> bool:
    """None is a counter that could not be read: then nobody is written to."""
    if spent is None:
        return False
    return spent.conversation < A_CONVERSATION and spent.sender < A_SENDER and spent.domain < A_DOMAIN
