"""Errors as RFC 9457 problem documents, and the headers that every answer carries."""

import secrets
from functools import cache
from time import monotonic
from typing import Any

import orjson
import structlog
from aiohttp import web
from aiohttp.typedefs import Handler
from prometheus_client import Histogram
from pydantic import ValidationError

from engage.kit import db
from engage.kit.errors import EngageError, Invalid, NotFound, TooLarge
from engage.kit.metrics import REQUESTS

log = structlog.get_logger(__name__)


def problem(error: EngageError) -> web.Response:
    document = {
        "type": f"urn:engage:problem:{error.code}",
        "title": (type(error).__doc__ or "").strip().split("\n")[0],
        "status": error.status,
        "detail": error.detail,
        "code": error.code,
        **error.facts,
    }
    headers = {"Retry-After": str(error.facts["retry_after"])} if "retry_after" in error.facts else None
    return web.Response(
        body=orjson.dumps(document, default=str),
        status=error.status,
        content_type="application/problem+json",
        headers=headers,
    )


def invalid(failure: ValidationError) -> Invalid:
    """Every field that is wrong, with its path and a sentence; the value itself is not repeated."""
    errors: list[dict[str, Any]] = [
        {"path": ".".join(str(part) for part in each["loc"]), "message": each["msg"]} for each in failure.errors()
    ]
    return Invalid(errors=errors)


@web.middleware
async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Whatever goes wrong becomes a problem document; what we did not foresee is logged with the request's id."""
    request_id, started = secrets.token_hex(6), monotonic()
    structlog.contextvars.bind_contextvars(request=request_id)
    try:
        response = await handler(request)
    except EngageError as error:
        response = problem(error)
    except web.HTTPException as error:
        if error.status < 400 or not request.path.startswith("/api/"):
            raise
        response = problem(_translated(error))
    except Exception as error:
        if (told := db.told_of(error)) is None:
            log.exception("request_failed", method=request.method, route=_route_name(request))
        response = problem(told or EngageError())
    finally:
        structlog.contextvars.unbind_contextvars("request")
    if not response.prepared:
        response.headers["X-Request-Id"] = request_id
    _measure(request.method, _route_name(request), response.status).observe(monotonic() - started)
    return response


@cache
def _measure(method: str, route: str, status: int) -> Histogram:
    """Kept: to look one up by its labels takes longer than to count."""
    return REQUESTS.labels(method, route, status)


def _translated(error: web.HTTPException) -> EngageError:
    if error.status == 404:
        return NotFound()
    if error.status == 413:
        return TooLarge()
    translated = EngageError(error.reason)
    translated.status, translated.code = error.status, error.reason.lower().replace(" ", "_")  # type: ignore[misc]
    return translated


def _route_name(request: web.Request) -> str:
    """The route's pattern and never its path: ids and keys stay out of the log."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else "none"


async def security_headers(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
    response.headers.setdefault(
        "Content-Security-Policy",
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'self'",
    )
