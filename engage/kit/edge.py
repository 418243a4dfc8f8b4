"""The edge: turns a request into a call of a route's handler, in one transaction that only this file commits."""

import re
from typing import Any

import orjson
from aiohttp import web
from aiohttp.typedefs import Handler
from pydantic import BaseModel, ValidationError

from engage.kit import idempotency
from engage.kit.errors import Invalid, NotFound
from engage.kit.problems import invalid, problem
from engage.kit.routes import API, Call, Reply, Route, path_value
from engage.kit.unit_of_work import UNITS, UnitOfWork

#: an escaped NUL, which PostgreSQL refuses in text and no person types; before it only pairs of backslashes
NUL = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")


#: whole, so that nobody has to put it together for each answer
_JSON = {"Content-Type": "application/json; charset=utf-8"}


class NotJson(Invalid):
    """The body is not JSON of the form that this address takes."""

    code = "not_json"
    status = 400


def serve_api(app: web.Application) -> None:
    """Adds every route of the table to the application's router."""
    for route in app[API].routes:
        app.router.add_route(route.method, route.path, _handler(route), name=None)


def _handler(route: Route) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        arguments = _path_arguments(route, request)
        raw = await request.read() if route.body is not None else b""
        arguments |= _parsed(route, request, raw)
        if route.shortcut is not None and idempotency.HEADER not in request.headers:
            answer = await route.shortcut(request, **arguments)
            if answer is not None:
                return web.Response(body=answer, status=route.status, headers=_JSON)
        units = request.app[UNITS]
        if route.prepare is not None:
            async with units.read() as work:
                await route.may(request, work)
            arguments["prepared"] = await route.prepare(request, arguments.get("body"))
        async with units.begin() if route.writes else units.read() as work:
            return await _answer(route, request, work, raw, arguments)

    return handle


def _path_arguments(route: Route, request: web.Request) -> dict[str, Any]:
    try:
        return {name: path_value(kind, request.match_info[name]) for name, kind in route.path_types.items()}
    except ValueError as problem:
        raise NotFound from problem


def _parsed(route: Route, request: web.Request, raw: bytes) -> dict[str, Any]:
    arguments: dict[str, Any] = {}
    try:
        if route.body is not None:
            arguments["body"] = route.body.model_validate(_json(raw))
        if route.query is not None:
            arguments["query"] = route.query.model_validate(
                {name: text.replace("\0", "") for name, text in request.query.items()}
            )
    except ValidationError as failure:
        raise invalid(failure) from failure
    return arguments


def _json(raw: bytes) -> Any:
    try:
        return orjson.loads(NUL.sub(rb"\1", raw))
    except orjson.JSONDecodeError as problem:
        raise NotJson from problem


async def _answer(
    route: Route, request: web.Request, work: UnitOfWork, raw: bytes, arguments: dict[str, Any]
) -> web.StreamResponse:
    who = await route.may(request, work)
    key = request.headers.get(idempotency.HEADER) if _is_repeatable(route) and who is not None else None
    if key is None:
        return _response(route, await route.handler(Call(request, work, who), **arguments))
    if not 1 <= len(key) <= 200:
        raise Invalid("An Idempotency-Key has 1 to 200 characters.")
    print_ = idempotency.fingerprint(route.method, request.path, raw)
    if (known := await idempotency.answered(work, who=who.key, key=key, print_=print_)) is not None:
        return web.Response(status=known[0], body=known[1], content_type="application/json")
    response = _response(route, await route.handler(Call(request, work, who), **arguments))
    if isinstance(kept := _to_keep(response), web.Response) and isinstance(kept.body, bytes | None):
        await idempotency.remember(work, who=who.key, key=key, status=kept.status, body=kept.body or b"")
    return response


def _to_keep(response: web.StreamResponse) -> web.StreamResponse:
    """What a second try is answered: the same, unless that is a secret."""
    secret = "no-store" in response.headers.get("Cache-Control", "")
    return problem(idempotency.ShownOnce()) if secret else response


def _is_repeatable(route: Route) -> bool:
    """An upload is not: its body was never held whole, and an unbound file harms nobody."""
    return route.method == "POST" and route.prepare is None


def _response(route: Route, result: Any) -> web.StreamResponse:
    if isinstance(result, web.StreamResponse):
        return result
    if isinstance(result, Reply):
        return _json_response(result.body, result.status, result.headers)
    return _json_response(result, 204 if result is None and route.status == 200 else route.status, None)


def _json_response(body: BaseModel | None, status: int, headers: dict[str, str] | None) -> web.Response:
    if body is None:
        return web.Response(status=status, headers=headers)
    return web.Response(body=body.model_dump_json().encode(), status=status, headers=_JSON | (headers or {}))
