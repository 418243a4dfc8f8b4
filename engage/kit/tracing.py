"""Traces of requests, statements and jobs for OpenTelemetry, where a collector is named; else nothing is imported.

Spans carry routes, statements without their values, and names of jobs: never a path, an id of a person or a text.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Optional

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine
from structlog.typing import EventDict, WrappedLogger

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Tracer

#: None when nobody collects
TRACER: web.AppKey[Optional["Tracer"]] = web.AppKey("tracer")
#: statements longer than this are cut
LONGEST_STATEMENT = 2_000
#: asked every second by machines, or open for hours
UNTRACED = frozenset({"/health/live", "/health/ready", "/metrics", "/socket.io/"})


def install(app: web.Application, url: str | None, engine: AsyncEngine) -> None:
    """Before the application begins. Raises SystemExit when the extra is not installed."""
    app[TRACER] = None
    if url is None:
        return
    provider = _provider(url)
    tracer = app[TRACER] = provider.get_tracer("engage")
    app.middlewares.insert(0, _requests(tracer))
    _follow_statements(engine, tracer)

    async def telling(_app: web.Application) -> AsyncIterator[None]:
        yield
        await asyncio.to_thread(provider.shutdown)

    app.cleanup_ctx.append(telling)


@contextmanager
def step(app: web.Application, name: str) -> Iterator[None]:
    """A piece of work of its own, such as a job; a failure inside stands in its span."""
    tracer = app.get(TRACER)
    if tracer is None:
        yield
        return
    with tracer.start_as_current_span(name):
        yield


def add_trace_id(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Lines of a request or a job can be found from its trace, and the other way round."""
    from opentelemetry import trace  # noqa: PLC0415  # an extra

    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        line["trace_id"], line["span_id"] = f"{context.trace_id:032x}", f"{context.span_id:016x}"
    return line


def _provider(url: str) -> "TracerProvider":
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415  # an extra
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    except ImportError as problem:
        raise SystemExit("ENGAGE_OTLP_URL needs OpenTelemetry: pip install 'engage[otel]'") from problem
    # a collector that is away must not hold up the end of the process
    exporter = OTLPSpanExporter(endpoint=f"{url.rstrip('/')}/v1/traces", timeout=3)
    provider = TracerProvider(resource=Resource.create({"service.name": "engage"}))
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return provider


def _requests(tracer: "Tracer") -> Middleware:
    from opentelemetry.propagate import extract  # noqa: PLC0415
    from opentelemetry.trace import SpanKind, Status, StatusCode  # noqa: PLC0415

    @web.middleware
    async def traced(request: web.Request, handler: Handler) -> web.StreamResponse:
        resource = request.match_info.route.resource
        route = resource.canonical if resource else "none"
        if route in UNTRACED:
            return await handler(request)
        attributes = {"http.request.method": request.method, "http.route": route}
        # a proxy in front may have begun the trace
        context = extract({name.lower(): value for name, value in request.headers.items()})
        with tracer.start_as_current_span(
            f"{request.method} {route}", context, kind=SpanKind.SERVER, attributes=attributes
        ) as span:
            response = await handler(request)
            span.set_attribute("http.response.status_code", response.status)
            if response.status >= 500:
                span.set_status(Status(StatusCode.ERROR))
            return response

    return traced


def _follow_statements(engine: AsyncEngine, tracer: "Tracer") -> None:
    from opentelemetry.trace import SpanKind, Status, StatusCode  # noqa: PLC0415

    system = {"sqlite": "sqlite"}.get(engine.dialect.name, "postgresql")

    def began(_connection: Any, _cursor: Any, statement: str, _values: Any, context: Any, _many: bool) -> None:
        attributes = {"db.system.name": system, "db.query.text": statement[:LONGEST_STATEMENT]}
        name = statement.split(maxsplit=1)[0].upper()
        context.engage_span = tracer.start_span(name, kind=SpanKind.CLIENT, attributes=attributes)

    def ended(_connection: Any, _cursor: Any, _statement: str, _values: Any, context: Any, _many: bool) -> None:
        context.engage_span.end()

    def failed(about: Any) -> None:
        span = getattr(about.execution_context, "engage_span", None)
        if span is not None:
            span.set_status(Status(StatusCode.ERROR, type(about.original_exception).__name__))
            span.end()

    event.listen(engine.sync_engine, "before_cursor_execute", began)
    event.listen(engine.sync_engine, "after_cursor_execute", ended)
    event.listen(engine.sync_engine, "handle_error", failed)
