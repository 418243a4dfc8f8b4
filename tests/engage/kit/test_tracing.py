"""Traces go to a collector when one is named: a request, its statements and the job it left, and nothing private."""

import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestServer
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from engage.kit import tracing
from engage.kit.tracing import TRACER
from tests.house import House

SECRET_WORDS = "my order number is 4711"
TRACE = "0af7651916cd43dd8448eb211c80319c"


class Collector:
    """Takes what is exported, as the real ones do."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        told = ExportTraceServiceRequest.FromString(await request.read())
        self.spans += [span for each in told.resource_spans for scope in each.scope_spans for span in scope.spans]
        return web.Response(content_type="application/x-protobuf")

    def named(self, name: str) -> Span:
        return next(span for span in self.spans if span.name == name)


@asynccontextmanager
async def a_collector() -> AsyncIterator[Collector]:
    collector, app = Collector(), web.Application()
    app.router.add_post("/v1/traces", collector.take)
    server = TestServer(app)
    await server.start_server()
    collector.url = str(server.make_url("")).rstrip("/")
    yield collector
    await server.close()


async def test_request_its_statements_and_its_job_are_traced_without_a_word_of_what_was_said(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with a_collector() as collector, House(sqlite_url, tmp_path, otlp_url=collector.url) as house:
        async with house.agent("anna") as anna, house.visitor() as kim:
            chat = await kim.starts_chat(SECRET_WORDS)
            await anna.raw("GET", "/agent/me", headers={"traceparent": f"00-{TRACE}-b7ad6b7169203331-01"})
            await house.passes(120)
        tracer = house.app[TRACER]
        assert tracer is not None
        with tracer.start_as_current_span("here"):
            line = tracing.add_trace_id(None, "info", {"event": "anything"})

    started = collector.named("POST /api/v1/visitor/conversations")
    statements = [span for span in collector.spans if span.parent_span_id == started.span_id]
    assert any(span.name == "INSERT" for span in statements)
    assert {span.trace_id for span in statements} == {started.trace_id}
    assert TRACE in {span.trace_id.hex() for span in collector.spans if span.name == "GET /api/v1/agent/me"}
    assert any(span.name.startswith("job ") for span in collector.spans)
    assert line["trace_id"] == collector.named("here").trace_id.hex()
    everything = str(collector.spans)
    assert SECRET_WORDS not in everything
    assert chat["id"] not in everything


def test_nobody_loads_the_exporter_who_does_not_trace() -> None:
    # the interface itself may be there: redis looks for it
    loaded = "import sys, engage.cli; sys.exit('opentelemetry.exporter' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", loaded], check=False).returncode == 0
