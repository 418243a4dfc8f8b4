"""What a client may say, and what is no language of ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as some
from socketio.packet import Packet as StockPacket

from engage.realtime import socketio_packets
from engage.realtime.socketio_packets import Malformed, Packet, parse

EVENT, CONNECT = 2, 0


@given(some.text())
def test_any_text_is_a_packet_or_malformed(text: str) -> None:
    for beginning in ("", "4", "40", "41", "42", "42/agent,", "42/agent,7"):
        try:
            packet = parse(beginning + text)
        except Malformed:
            continue
        assert packet.said in ("connect", "disconnect", "event")


@given(
    name=some.text(min_size=1).filter(lambda each: each not in socketio_packets.RESERVED),
    payload=some.recursive(
        some.none() | some.booleans() | some.integers(-(2**53), 2**53) | some.text(),
        lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner),
        max_leaves=10,
    ),
    ack=some.none() | some.integers(0, 10**9),
)
def test_an_event_of_the_stock_client_is_understood(name: str, payload: object, ack: int | None) -> None:
    text = "4" + StockPacket(EVENT, data=[name, payload], namespace="/agent", id=ack).encode()

    packet = parse(text)

    assert packet == Packet("event", "/agent", [name, payload], ack)
    assert (packet.name, packet.payload) == (name, payload)


def test_a_namespace_may_carry_a_query_and_the_root_has_no_name() -> None:
    assert parse('40/agent?x=1,{"a":1}') == Packet("connect", "/agent", {"a": 1})
    assert parse("40") == Packet("connect", "/", None)
    assert parse("41/agent,") == Packet("disconnect", "/agent", None)


@pytest.mark.parametrize("text", ["", "2", "4", "43/agent,7[]", "42", '42["disconnect"]', "42[1]", "45-[]", "b4"])
def test_what_is_never_said_is_malformed(text: str) -> None:
    with pytest.raises(Malformed):
        parse(text)


def test_answers_are_read_by_the_stock_client() -> None:
    for packet in (
        socketio_packets.connected("/agent", "abc"),
        socketio_packets.refused("/agent", "No.", "locked"),
        socketio_packets.disconnected("/agent"),
        socketio_packets.answered("/agent", 7, {"ok": True}),
    ):
        assert StockPacket(encoded_packet=packet[1:].decode()).namespace == "/agent"
