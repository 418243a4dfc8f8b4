import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from engage.realtime.events import PushedEvent
from engage.realtime.heads import HASTE_SECONDS, due
from engage.realtime.port import Identity
from tests.engage.realtime.nodes import Node
from tests.engage.realtime.test_rooms import a_socket


def test_every_socket_has_its_turn_once_in_a_round_and_no_second_has_all_of_them() -> None:
    sockets = [a_socket(n) for n in range(100)]

    turns = [due(sockets, second=second, every_seconds=25) for second in range(50)]

    assert {len(turn) for turn in turns} == {4}
    assert set(Counter(socket for turn in turns for socket in turn).values()) == {2}


async def test_two_tabs_of_one_person_are_asked_for_once_and_told_both(node: Node) -> None:
    tabs = [await node.person("ann", transport="memory") for _ in range(4)]

    await node.realtime.heads.beat()
    await node.realtime.heads.beat()

    assert node.sample.asked == [["ann"], ["ann"]]
    assert [(await tab.next("heads"))["head"] for tab in tabs] == [7] * 4


async def test_the_beacon_follows_the_clock(node: Node) -> None:
    ann = await node.person("ann", transport="memory")

    heads = asyncio.ensure_future(ann.next("heads"))
    while not heads.done():
        node.clock.advance(seconds=1)
        await asyncio.wait((heads,), timeout=0.01)

    assert (await heads)["head"] == 7


@pytest.mark.parametrize("hasten", ["gap", "clock"])
async def test_after_a_gap_or_when_the_clock_was_set_everybody_is_told_soon(node: Node, hasten: str) -> None:
    people = [await node.person(f"p{n}", transport="memory") for n in range(10)]
    node.realtime.heads.beacons = [replace(node.realtime.heads.beacons[0], every_seconds=3600)]

    if hasten == "gap":
        node.realtime.hasten_heads()
    else:
        node.clock.jump(seconds=-3600)
    for _ in range(HASTE_SECONDS):
        await node.realtime.heads.beat()

    assert [(await person.next("heads"))["head"] for person in people] == [7] * 10


async def test_a_beacon_that_fails_stops_no_other_one(node: Node) -> None:
    ann = await node.person("ann", transport="memory")
    (working,) = node.realtime.heads.beacons
    node.realtime.heads.beacons = [replace(working, query=_broken), working]

    with capture_logs() as logs:
        await node.realtime.heads.beat()
        await node.realtime.heads.beat()

    assert "heads_failed" in {entry["event"] for entry in logs}
    assert (await ann.next("heads"))["head"] == 7


async def _broken(_app: web.Application, _people: Sequence[Identity]) -> Mapping[Identity, PushedEvent]:
    raise RuntimeError("no database")
