"""Health: `/health/live` says that the loop turns, `/health/ready` that every part answers."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

Check = Callable[[], Awaitable[str | None]]


class HealthChecks:
    """Named checks; each returns None when well, else a line that a person understands."""

    def __init__(self) -> None:
        self._checks: dict[str, Check] = {}

    def add(self, name: str, check: Check) -> None:
        self._checks[name] = check

    async def problems(self) -> dict[str, str]:
        answers = await asyncio.gather(*(self._ask(check) for check in self._checks.values()))
        return {name: answer for name, answer in zip(self._checks, answers, strict=True) if answer}

    async def _ask(self, check: Check) -> str | None:
        try:
            return await asyncio.wait_for(check(), 3)
        except Exception as problem:  # noqa: BLE001  # whatever it is, it is the answer
            cause = problem.__cause__ or problem
            return f"{type(cause).__name__}: {cause}"


HEALTH = web.AppKey("health", HealthChecks)


async def live(_request: web.Request) -> web.Response:
    return web.json_response({"status": "live"})


async def ready(request: web.Request) -> web.Response:
    problems = await request.app[HEALTH].problems()
    status = "unready" if problems else "ready"
    return web.json_response({"status": status, "problems": problems}, status=503 if problems else 200)
