"""All schemas and pushed events in one OpenAPI 3.1 document, and the page on which a person reads it."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from aiohttp import web
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from engage import __version__
from engage.kit.routes import API, Route
from engage.kit.templates import TEMPLATES
from engage.realtime.events import PushedEvent

REF = "#/components/schemas/{model}"
TEMPLATE_FOLDER = Path(__file__).parent / "templates"
#: the name of a model's schema in the document, for each of its two modes
Names = dict[tuple[Any, str], str]
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "An error (RFC 9457).",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence for a person."},
        "code": {"type": "string", "description": "A word for a machine."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["path", "message"],
                "properties": {"path": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}
#: how one shows who one is, by the route's permission
SCHEMES = {"a_visitor": "visitor", "an_agent": "agent", "a_key": "key"}
FILE_UPLOAD: dict[str, Any] = {
    "multipart/form-data": {
        "schema": {
            "type": "object",
            "required": ["file"],
            "properties": {"file": {"type": "string", "contentMediaType": "application/octet-stream"}},
        }
    }
}


def openapi(routes: list[Route]) -> dict[str, Any]:
    """The document; complete for the routes given and for every pushed event that is loaded."""
    events = pushed_events()
    names, schemas = _schemas(routes, events)
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, names)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Engage",
            "version": __version__,
            "description": "REST for commands and snapshots; what is pushed by Socket.IO stands in x-pushed-events.",
        },
        "paths": paths,
        "x-pushed-events": _pushed(events, names),
        "components": {
            "schemas": schemas | {"Problem": PROBLEM},
            "securitySchemes": {
                "visitor": {"type": "http", "scheme": "bearer"},
                "agent": {"type": "apiKey", "in": "cookie", "name": "engage_agent"},
                "key": {"type": "http", "scheme": "bearer", "description": "An API key of the site: engage_…"},
            },
        },
    }


def pushed_events() -> list[type[PushedEvent]]:
    """Every event that can leave the server: the leaves of its class tree."""

    def leaves(kind: type[PushedEvent]) -> list[type[PushedEvent]]:
        below = kind.__subclasses__()
        return [leaf for each in below for leaf in leaves(each)] if below else [kind]

    ours = [
        event
        for event in leaves(PushedEvent)  # type: ignore[type-abstract]  # the root of the tree
        if event.__module__.startswith("engage.")
    ]
    return sorted(set(ours), key=lambda event: event.__name__)


def _schemas(routes: list[Route], events: list[type[PushedEvent]]) -> tuple[Names, dict[str, Any]]:
    wanted: dict[tuple[type[BaseModel], Any], None] = {}
    for route in routes:
        if route.body is not None:
            wanted[route.body, "validation"] = None
        if _is_model(route.returns):
            wanted[route.returns, "serialization"] = None
    wanted |= {(event, "serialization"): None for event in events}
    refs, document = models_json_schema(list(wanted), ref_template=REF)
    names = {(key[0], str(key[1])): value["$ref"].removeprefix(REF.format(model="")) for key, value in refs.items()}
    return names, document.get("$defs", {})


def _pushed(events: list[type[PushedEvent]], names: Names) -> dict[str, dict[str, Any]]:
    """By namespace and name on the wire."""
    pushed: dict[str, dict[str, Any]] = {}
    for event in events:
        ref = {"$ref": REF.format(model=names[event, "serialization"])}
        pushed.setdefault(event.namespace, {})[event.model_fields["type"].default] = ref
    return pushed


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _operation(route: Route, names: Names) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": f"{_tag(route.path)}_{route.handler.__name__}",
        "summary": route.summary,
        "tags": [_tag(route.path)],
        "parameters": _parameters(route),
        "responses": _responses(route, names),
    }
    if route.body is not None:
        ref = {"$ref": REF.format(model=names[route.body, "validation"])}
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": ref}}}
    elif route.prepare is not None:
        operation["requestBody"] = {"required": True, "content": FILE_UPLOAD}
    if (scheme := SCHEMES.get(getattr(route.may, "__name__", ""))) is not None:
        scope = getattr(route.may, "scope", None)
        operation["security"] = [{scheme: [scope] if scope else []}]
    return operation


def _tag(path: str) -> str:
    return path.removeprefix("/api/v1/").split("/", 1)[0]


def _parameters(route: Route) -> list[dict[str, Any]]:
    parameters: list[dict[str, Any]] = []
    for name in re.findall(r"{(\w+)}", route.path):
        schema = {"type": "string"} | ({"format": "uuid"} if name.endswith("_id") else {})
        parameters.append({"name": name, "in": "path", "required": True, "schema": schema})
    if route.query is not None:
        document = route.query.model_json_schema()
        required = document.get("required", [])
        parameters += [
            {"name": name, "in": "query", "required": name in required, "schema": schema}
            for name, schema in document["properties"].items()
        ]
    if route.method == "POST" and route.prepare is None:
        key = {"name": "Idempotency-Key", "in": "header", "required": False}
        parameters.append(key | {"schema": {"type": "string", "minLength": 1, "maxLength": 200}})
    return parameters


def _responses(route: Route, names: Names) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": "Done."}
    if _is_model(route.returns):
        ref = {"$ref": REF.format(model=names[route.returns, "serialization"])}
        answer["content"] = {"application/json": {"schema": ref}}
    elif route.returns is not type(None):
        answer["content"] = {"*/*": {}}
    status = 204 if route.returns is type(None) and route.status == 200 else route.status
    problem = {"application/problem+json": {"schema": {"$ref": REF.format(model="Problem")}}}
    # what is sent twice is made once: the second time the same body says so by its status
    done = {"200", "201"} if _is_model(route.returns) and route.method in ("POST", "PUT") else {str(status)}
    answers = dict.fromkeys(sorted(done), answer)
    return answers | {"default": {"description": "What went wrong.", "content": problem}}


def add_documents(app: web.Application) -> None:
    """Drawn when first asked for: most processes are never asked."""

    @cache
    def document() -> dict[str, Any]:
        return openapi(app[API].routes)

    @cache
    def encoded() -> bytes:
        return orjson.dumps(document())

    async def as_json(_request: web.Request) -> web.Response:
        return web.Response(body=encoded(), content_type="application/json")

    async def as_page(request: web.Request) -> web.Response:
        return request.app[TEMPLATES].page("docs/api.html", document=document())

    async def as_style(_request: web.Request) -> web.FileResponse:
        return web.FileResponse(TEMPLATE_FOLDER / "api.css")

    app[TEMPLATES].add("docs", TEMPLATE_FOLDER)
    app.router.add_get("/api/openapi.json", as_json)
    app.router.add_get("/api/docs", as_page)
    app.router.add_get("/api/docs.css", as_style)
