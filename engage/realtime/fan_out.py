"""Which node hears which message. Pure: the registry's answers are arguments."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from engage.realtime.messages import Join, Message, audience


def fan_out(messages: Iterable[Message], nodes_of: Mapping[str, set[str]], *, own: str) -> dict[str, list[Message]]:
    """Messages for each other node, in their order.

    A join opens its new room to the nodes it goes to: what follows it in the same batch reaches them already.
    """
    nodes = defaultdict(set, {room: set(members) for room, members in nodes_of.items()})
    batches: defaultdict[str, list[Message]] = defaultdict(list)
    for message in messages:
        hearers = set().union(*(nodes[room] for room in audience(message)))
        for node in hearers - {own}:
            batches[node].append(message)
        if isinstance(message, Join):
            nodes[message.room] |= hearers
    return dict(batches)
