"""A pushed event as bytes, made once for its whole audience (Socket.IO protocol 5, Engine.IO protocol 4)."""

from dataclasses import dataclass
from functools import cached_property

# RFC 6455, 5.2: FIN and the opcode of text; a server's frames carry no mask, so one copy serves all
_TEXT_FRAME = 0x81


@dataclass(frozen=True)
class Frame:
    """What travels to sockets and between nodes: the payload is encoded already."""

    namespace: str
    name: str
    #: JSON
    data: bytes
    volatile: bool = False

    @cached_property
    def text(self) -> str:
        """The Socket.IO packet: an event without acknowledgement."""
        return f'2{self.namespace},["{self.name}",{self.data.decode()}]'

    @cached_property
    def websocket(self) -> bytes:
        """The same as an Engine.IO message in one uncompressed websocket frame."""
        return websocket_frame(b"4" + self.text.encode())

    @cached_property
    def size(self) -> int:
        return len(self.data) + len(self.name) + len(self.namespace) + 6


def websocket_frame(message: bytes) -> bytes:
    return _header(len(message)) + message


def _header(length: int) -> bytes:
    if length < 126:
        return bytes((_TEXT_FRAME, length))
    if length < 65_536:
        return bytes((_TEXT_FRAME, 126)) + length.to_bytes(2, "big")
    return bytes((_TEXT_FRAME, 127)) + length.to_bytes(8, "big")
