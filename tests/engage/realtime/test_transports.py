"""The contract that every transport keeps."""

import asyncio

import pytest

from engage.kit.health import HEALTH
from engage.realtime.transport_memory import Refused
from tests.engage.realtime.nodes import Node
from tests.engage.realtime.sample import AgentTold, VisitorTold

pytestmark = pytest.mark.parametrize("transport", ["memory", "websocket", "polling"])


async def test_an_event_reaches_those_in_its_room_and_nobody_else(node: Node, transport: str) -> None:
    ann = await node.person("ann", transport=transport)
    bob = await node.person("bob", transport=transport)

    node.realtime.push(AgentTold(to="person:ann", text="for ann — only"))
    node.realtime.push(AgentTold(to="all", text="for all"))

    assert (await ann.next("told"))["text"] == "for ann — only"
    assert (await ann.next("told"))["text"] == "for all"
    assert (await bob.next("told"))["text"] == "for all"


async def test_the_rooms_of_an_event_are_not_sent_with_it(node: Node, transport: str) -> None:
    ann = await node.person("ann", transport=transport)

    node.realtime.push(AgentTold(to="all", text="hello"))

    assert await ann.next("told") == {"type": "told", "text": "hello", "n": 0}


async def test_a_socket_in_two_rooms_of_an_event_gets_it_once(node: Node, transport: str) -> None:
    ann = await node.person("ann", transport=transport)

    node.realtime.push(AgentTold(to="person:ann all", n=1))
    node.realtime.push(AgentTold(to="all", n=2))

    assert [(await ann.next("told"))["n"], (await ann.next("told"))["n"]] == [1, 2]


async def test_an_event_never_reaches_another_namespace_through_a_shared_room(node: Node, transport: str) -> None:
    visitor = await node.person("vera", namespace="/visitor", transport=transport)

    node.realtime.push(AgentTold(to="all", text="a note"))
    node.realtime.push(VisitorTold(to="all", text="an answer"))

    assert (await visitor.next("told"))["text"] == "an answer"


async def test_a_hundred_events_arrive_in_order(node: Node, transport: str) -> None:
    ann = await node.person("ann", transport=transport)

    for n in range(100):
        node.realtime.push(AgentTold(to="all", n=n))

    assert [(await ann.next("told"))["n"] for _ in range(100)] == list(range(100))


async def test_signals_of_a_socket_are_handled_in_order(node: Node, transport: str) -> None:
    ann = await node.person("ann", transport=transport)

    await asyncio.gather(*(ann.signal("say", {"text": str(n)}) for n in range(20)))

    assert node.sample.words == [str(n) for n in range(20)]


async def test_a_signal_is_acknowledged_with_its_result(node: Node, transport: str) -> None:
    ann = await node.person("ann", transport=transport)

    assert await ann.signal("say", {"text": "hi"}) == {"ok": True, "result": {"words": ["hi"]}}
    assert await ann.signal("watch", {"room": "attic"}) == {"ok": True, "result": None}


@pytest.mark.parametrize("payload", [None, {}, {"text": 7}, "text", [["text"]], {"txt": "x"}])
async def test_a_bad_payload_is_refused_and_changes_nothing(node: Node, transport: str, payload: object) -> None:
    ann = await node.person("ann", transport=transport)

    answer = await ann.signal("say", payload)

    assert not answer["ok"]
    assert answer["error"]["code"] == "bad_payload"
    assert node.sample.words == []


@pytest.mark.parametrize(("name", "code"), [("shout", "unknown_signal"), ("enter", "locked"), ("break", "internal")])
async def test_a_signal_that_fails_says_why_and_harms_no_later_one(
    node: Node, transport: str, name: str, code: str
) -> None:
    ann = await node.person("ann", transport=transport)

    answer = await ann.signal(name, {"room": "attic", "text": "x"})

    assert answer["error"]["code"] == code
    assert (await ann.signal("say", {"text": "still here"}))["ok"]


async def test_who_signals_without_end_is_refused_and_then_closed(node: Node, transport: str) -> None:
    ann = await node.person("ann", transport=transport)

    answers = [await ann.signal("say", {"text": "x"}) for _ in range(100)]
    flood = [asyncio.ensure_future(ann.signal("say", {"text": "x"})) for _ in range(300)]
    await ann.gone()

    assert answers[-1]["error"]["code"] == "too_many_signals"
    assert len(node.sample.words) < 100
    for signal in flood:
        signal.cancel()
    await asyncio.gather(*flood, return_exceptions=True)


async def test_who_joins_a_room_hears_it_and_who_leaves_does_not(node: Node, transport: str) -> None:
    ann = await node.person("ann", transport=transport)
    await ann.signal("watch", {"room": "attic"})
    (socket,) = node.realtime.sockets_in("attic")

    node.realtime.push(AgentTold(to="attic", n=1))
    node.realtime.leave(socket, "attic")
    node.realtime.push(AgentTold(to="attic", n=2))
    node.realtime.push(AgentTold(to="all", n=3))

    assert [(await ann.next("told"))["n"], (await ann.next("told"))["n"]] == [1, 3]


@pytest.mark.parametrize(("name", "code"), [(None, "not_admitted"), ("thief", "locked")])
async def test_who_is_not_known_is_refused_with_a_code(node: Node, transport: str, name: str | None, code: str) -> None:
    with pytest.raises(Refused) as refused:
        await node.person(name, transport=transport)

    assert refused.value.code == code
    assert node.opened.empty()


async def test_a_namespace_that_nobody_opened_is_refused(node: Node, transport: str) -> None:
    with pytest.raises(Refused) as refused:
        await node.person("ann", namespace="/admin", transport=transport)

    assert refused.value.code == "not_admitted"


async def test_the_slices_hear_who_came_and_who_went(node: Node, transport: str) -> None:
    first = await node.person("ann", transport=transport)
    second = await node.person("ann", transport=transport)
    opened = [await node.opened.get(), await node.opened.get()]

    await first.close()
    closed = await node.closed.get()
    await second.close()
    closed_last = await node.closed.get()

    assert {event.identity.name for event in opened} == {"ann"}
    assert (closed.socket_id, closed.last) == (opened[0].socket_id, False)
    assert (closed_last.socket_id, closed_last.last) == (opened[1].socket_id, True)
    assert node.realtime.sockets_in("all") == frozenset()


async def test_a_revoked_person_hears_nothing_from_that_moment(node: Node, transport: str) -> None:
    ann = await node.person("ann", transport=transport)
    bob = await node.person("bob", transport=transport)

    node.realtime.disconnect_room("person:ann")
    node.realtime.push(AgentTold(to="all", text="a secret"))

    assert (await bob.next("told"))["text"] == "a secret"
    await ann.gone()
    assert (await node.closed.get()).identity.name == "ann"


async def test_whoever_is_in_one_room_can_be_taken_into_another(node: Node, transport: str) -> None:
    ann = await node.person("ann", transport=transport)

    node.realtime.join_room("person:ann", "case:1")
    node.realtime.push(AgentTold(to="case:1", n=1))
    node.realtime.leave_room("person:ann", "case:1")
    node.realtime.push(AgentTold(to="case:1", n=2))
    node.realtime.push(AgentTold(to="all", n=3))

    assert [(await ann.next("told"))["n"], (await ann.next("told"))["n"]] == [1, 3]


async def test_heads_are_told_to_every_socket_within_their_time(node: Node, transport: str) -> None:
    people = [await node.person(name, transport=transport) for name in ("ann", "bob", "cid")]

    await node.realtime.heads.beat()
    await node.realtime.heads.beat()

    assert [(await person.next("heads"))["head"] for person in people] == [7, 7, 7]
    assert sorted(name for asked in node.sample.asked for name in asked) == ["ann", "bob", "cid"]


async def test_when_a_node_goes_people_are_asked_to_move_and_nobody_new_comes_in(node: Node, transport: str) -> None:
    ann = await node.person("ann", transport=transport)
    leaving = asyncio.ensure_future(node.realtime.move_away(within_seconds=60))

    assert await ann.next("going_away") == {"type": "going_away", "within_seconds": 60}
    assert (await ann.signal("say", {"text": "one last thing"}))["ok"]
    assert await node.app[HEALTH].problems() == {"realtime": "going away"}
    with pytest.raises(Refused):
        await node.person("bob", transport=transport)
    await ann.close()
    await leaving


async def test_who_stays_when_a_node_goes_is_closed(node: Node, transport: str) -> None:
    ann = await node.person("ann", transport=transport)

    await node.realtime.move_away(within_seconds=0.01)

    await ann.gone()
    assert (await node.closed.get()).identity.name == "ann"
