"""`/metrics` in Prometheus' text form."""

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest

REQUESTS = Histogram(
    "engage_request_seconds",
    "Time from a request to its answer, by route",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
STATEMENTS = Counter("engage_database_statements_total", "Statements sent to the database")
JOBS_DONE = Counter("engage_jobs_total", "Jobs by name and outcome", ["name", "outcome"])


async def metrics(_request: web.Request) -> web.Response:
    return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})
