"""`/metrics` in Prometheus' text form."""

import asyncio

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest

REQUESTS = Histogram(
    "engage_request_seconds",
    "Time from a request to its answer, by route",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
STATEMENTS = Counter("engage_database_statements_total", "Statements sent to the database")
BATCHES = Histogram(
    "engage_batch_items", "Items of one group commit", ["of"], buckets=(1, 2, 5, 10, 20, 50, 100, 200, 500)
)
BATCHES_WAITING = Gauge("engage_batch_waiting", "Items that wait for a group commit", ["of"])
JOBS_DONE = Counter("engage_jobs_total", "Jobs by name and outcome", ["name", "outcome"])
PROMISES_PASSED = Counter("engage_promises_total", "Promises that were in danger or broken", ["promise", "threshold"])
FORECAST_ERROR = Histogram(
    "engage_wait_forecast_error_seconds",
    "Difference between the wait that somebody was told first and the real one",
    buckets=(5, 15, 30, 60, 120, 300, 600, 1800),
)
MAIL_ALARMS = Counter("engage_mail_alarms_total", "Sites whose mails could not leave for a minute")
ABANDONED = Counter("engage_abandoned_total", "Customers who left a queue before an answer", ["kind"])
TASKS = Gauge("engage_tasks", "Tasks of the event loop; a number that only grows is a leak")


async def metrics(_request: web.Request) -> web.Response:
    TASKS.set(len(asyncio.all_tasks()))
    return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})
