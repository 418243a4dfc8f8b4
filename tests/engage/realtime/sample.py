"""A slice as a real one would be: people in rooms, who say things to each other."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal
from uuid import UUID, uuid5

from aiohttp import web
from pydantic import BaseModel, Field

from engage.kit.errors import Forbidden
from engage.realtime import REALTIME
from engage.realtime.events import PushedEvent
from engage.realtime.port import Handshake, Identity, Socket
from engage.realtime.socket_table import SocketTable

_PEOPLE = UUID("8a1e7b0c-6f0e-4f0e-9d3d-2f6f6f0c7a11")


class Told(PushedEvent):
    """Something said in a room."""

    to: str = Field(exclude=True)

    def rooms(self) -> frozenset[str]:
        return frozenset(self.to.split())


class AgentTold(Told):
    namespace: ClassVar[str] = "/agent"
    type: Literal["told"] = "told"
    text: str = ""
    n: int = 0


class VisitorTold(Told):
    namespace: ClassVar[str] = "/visitor"
    type: Literal["told"] = "told"
    text: str = ""
    n: int = 0


class AgentTyping(Told):
    namespace: ClassVar[str] = "/agent"
    volatile: ClassVar[bool] = True
    type: Literal["typing"] = "typing"


class HeadsTold(Told):
    namespace: ClassVar[str] = "/agent"
    type: Literal["heads"] = "heads"
    head: int


class RoomName(BaseModel):
    room: str


class Word(BaseModel):
    text: str


class Heard(BaseModel):
    words: list[str]


class Locked(Forbidden):
    """This room is locked."""

    code = "locked"


class Sample:
    """The slice and what it remembers."""

    def __init__(self) -> None:
        self.sockets = SocketTable()
        self.words: list[str] = []
        self.asked: list[list[str]] = []
        for namespace in ("/agent", "/visitor"):
            self.sockets.authenticator(namespace)(self.authenticate)
        self.sockets.on("/agent", "watch", RoomName)(self.watch)
        self.sockets.on("/agent", "say", Word)(self.say)
        self.sockets.on("/agent", "enter", RoomName)(self.enter)
        self.sockets.on("/agent", "break", Word)(self.break_down)
        self.sockets.heads("/agent", every_seconds=2)(self.heads)

    async def authenticate(self, _app: web.Application, handshake: Handshake) -> Identity | None:
        """Whoever names himself comes in; his own room, and the room of all, are his first."""
        match handshake.auth:
            case {"name": "thief"}:
                raise Locked
            case {"name": str(name)}:
                rooms = frozenset({f"person:{name}", "all"})
                return Identity("person", uuid5(_PEOPLE, name), name=name, rooms=rooms)
            case _:
                return None

    async def watch(self, socket: Socket, payload: RoomName) -> None:
        await socket.app[REALTIME].join(socket, payload.room)

    async def say(self, _socket: Socket, payload: Word) -> Heard:
        if payload.text == "0":
            await asyncio.sleep(0)  # gives way: whoever may overtake it does so now
        self.words.append(payload.text)
        return Heard(words=self.words)

    async def enter(self, _socket: Socket, _payload: RoomName) -> None:
        raise Locked

    async def break_down(self, _socket: Socket, _payload: Word) -> None:
        raise RuntimeError("a bug of ours")

    async def heads(self, _app: web.Application, people: Sequence[Identity]) -> Mapping[Identity, PushedEvent]:
        self.asked.append(sorted(person.name for person in people))
        return {person: HeadsTold(to="", head=7) for person in people}
