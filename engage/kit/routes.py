"""REST routes as frozen data: path, types and permission on one line, from which OpenAPI is drawn."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar, get_type_hints
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel

from engage.kit.unit_of_work import UnitOfWork


class Principal(Protocol):
    """Who is calling."""

    @property
    def key(self) -> str:
        """One word that tells him apart from all others."""
        ...


P = TypeVar("P")
#: gets the request and its parsed body; what it returns is the handler's argument `prepared`
Prepare = Callable[[web.Request, Any], Awaitable[Any]]
Permission = Callable[[web.Request, UnitOfWork], Awaitable[P]]
#: gets the request and its parsed arguments; the answer's JSON, or None, which sends it the ordinary way
Shortcut = Callable[..., Awaitable[bytes | None]]


@dataclass(frozen=True)
class Call(Generic[P]):
    """One request: who calls, and the unit of work that his command runs in."""

    request: web.Request
    work: UnitOfWork
    who: P


@dataclass(frozen=True)
class Reply:
    """An answer whose status or headers are not the route's own."""

    body: BaseModel | None
    status: int
    headers: dict[str, str] | None = None


#: headers of an answer that holds a secret: nobody keeps it, and neither do we for a second try
SHOWN_ONCE = {"Cache-Control": "no-store"}


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    handler: Callable[..., Awaitable[Any]]
    may: Permission[Any]
    status: int
    path_types: dict[str, type]
    body: type[BaseModel] | None
    query: type[BaseModel] | None
    returns: Any
    #: what takes long and needs no transaction, such as reading a file: runs between permission and transaction
    prepare: Prepare | None
    #: answers the plain cases in a transaction that it shares with others; it asks the permission itself
    shortcut: Shortcut | None = None

    @property
    def summary(self) -> str:
        return (inspect.getdoc(self.handler) or self.handler.__name__.replace("_", " ").capitalize()).split("\n")[0]

    @property
    def writes(self) -> bool:
        return self.method not in ("GET", "HEAD")


class Routes:
    """A slice's REST routes, filled by decorators and included by its `install`."""

    def __init__(self) -> None:
        self.routes: list[Route] = []

    def get(self, path: str, *, may: Permission[Any], status: int = 200) -> Callable[[Any], Any]:
        return self._route("GET", path, may, status)

    def post(
        self,
        path: str,
        *,
        may: Permission[Any],
        status: int = 200,
        prepare: Prepare | None = None,
        shortcut: Shortcut | None = None,
    ) -> Callable[[Any], Any]:
        return self._route("POST", path, may, status, prepare, shortcut)

    def put(self, path: str, *, may: Permission[Any], status: int = 200) -> Callable[[Any], Any]:
        return self._route("PUT", path, may, status)

    def delete(self, path: str, *, may: Permission[Any], status: int = 204) -> Callable[[Any], Any]:
        return self._route("DELETE", path, may, status)

    def _route(
        self,
        method: str,
        path: str,
        may: Permission[Any],
        status: int,
        prepare: Prepare | None = None,
        shortcut: Shortcut | None = None,
    ) -> Callable[[Any], Any]:
        def keep(handler: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
            hints = get_type_hints(handler)
            returns = hints.pop("return")
            path_types = {name: kind for name, kind in hints.items() if "{" + name + "}" in path}
            self.routes.append(
                Route(
                    method,
                    path,
                    handler,
                    may,
                    status,
                    path_types,
                    hints.get("body"),
                    hints.get("query"),
                    returns,
                    prepare,
                    shortcut,
                )
            )
            return handler

        return keep


def path_value(kind: type, text: str) -> Any:
    """The path's text as the handler's type; ValueError if it is none."""
    if "\0" in text:
        raise ValueError("NUL in a path")
    return UUID(text) if kind is UUID else kind(text)


class Api:
    """All routes of the program; the application serves them and OpenAPI describes them."""

    def __init__(self) -> None:
        self.routes: list[Route] = []

    def include(self, routes: Routes) -> None:
        self.routes.extend(routes.routes)


API = web.AppKey("api", Api)
