"""A slice's side of the sockets: who may come in, what he may signal, which heads he is told."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from aiohttp import web
from pydantic import BaseModel

from engage.realtime.events import PushedEvent
from engage.realtime.port import Handshake, Identity, Socket

P = TypeVar("P", bound=BaseModel)
R = TypeVar("R", bound=BaseModel | None)

#: None refuses as `not_admitted`; an EngageError refuses with its own code
Authenticator: TypeAlias = Callable[[web.Application, Handshake], Awaitable[Identity | None]]
#: reads the heads of a slice of the people from SQL, in one query
HeadQuery: TypeAlias = Callable[[web.Application, Sequence[Identity]], Awaitable[Mapping[Identity, PushedEvent]]]
#: the payload is an instance of the signal's own model
SignalHandler: TypeAlias = Callable[[Socket, Any], Awaitable[BaseModel | None]]


@dataclass(frozen=True)
class Signal:
    """A small message up. Handlers are short: the next signal of this socket waits for them."""

    namespace: str
    name: str
    payload: type[BaseModel]
    handler: SignalHandler


@dataclass(frozen=True)
class Beacon:
    """Numbers told to every socket of a namespace, again and again, so that no loss lasts."""

    namespace: str
    every_seconds: int
    query: HeadQuery


class SocketTable:
    """Filled by decorators and included by the slice's `install`: `app[REALTIME].include(sockets)`."""

    def __init__(self) -> None:
        self.authenticators: dict[str, Authenticator] = {}
        self.signals: list[Signal] = []
        self.beacons: list[Beacon] = []

    def authenticator(self, namespace: str) -> Callable[[Authenticator], Authenticator]:
        """Opens the namespace: one authenticator each."""

        def keep(authenticate: Authenticator) -> Authenticator:
            self.authenticators[namespace] = authenticate
            return authenticate

        return keep

    def on(
        self, namespace: str, name: str, payload: type[P]
    ) -> Callable[[Callable[[Socket, P], Awaitable[R]]], Callable[[Socket, P], Awaitable[R]]]:
        """The handler gets a validated payload; what it returns is the acknowledgement's `result`."""

        def keep(handler: Callable[[Socket, P], Awaitable[R]]) -> Callable[[Socket, P], Awaitable[R]]:
            self.signals.append(Signal(namespace, name, payload, handler))
            return handler

        return keep

    def heads(self, namespace: str, *, every_seconds: int) -> Callable[[HeadQuery], HeadQuery]:
        """The query gets a slice of the connected people each second and each of them once in `every_seconds`."""

        def keep(query: HeadQuery) -> HeadQuery:
            self.beacons.append(Beacon(namespace, every_seconds, query))
            return query

        return keep
