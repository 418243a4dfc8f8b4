import orjson
import pytest
from engineio.packet import MESSAGE
from engineio.packet import Packet as EnginePacket
from socketio.packet import EVENT, Packet

from engage.realtime.frames import Frame


def test_a_frame_reads_as_a_socketio_event() -> None:
    frame = Frame("/agent", "told", '{"text":"grüße"}'.encode())

    packet = Packet(encoded_packet=frame.text)

    assert (packet.packet_type, packet.namespace, packet.id) == (EVENT, "/agent", None)
    assert packet.data == ["told", {"text": "grüße"}]


@pytest.mark.parametrize("length", [0, 10, 125, 126, 127, 60_000, 65_500, 65_536, 70_000])
def test_the_websocket_frame_announces_its_own_length(length: int) -> None:
    frame = Frame("/agent", "told", orjson.dumps("x" * length))

    header, payload = _unpack(frame.websocket)

    assert header == 0x81
    assert payload.decode() == EnginePacket(MESSAGE, frame.text).encode()


def _unpack(data: bytes) -> tuple[int, bytes]:
    """RFC 6455, 5.2, read from the standard and not from our code."""
    short = data[1]
    start, length = {126: (4, int.from_bytes(data[2:4], "big")), 127: (10, int.from_bytes(data[2:10], "big"))}.get(
        short, (2, short)
    )
    assert len(data) == start + length
    return data[0], data[start:]
