from typing import Any

from tests.engage.access.doors import Door

SITE = "/api/v1/admin/sites/{site_id}"
PROMISE = {"name": "Standard", "first_response_minutes": 600}

DOORS = [
    Door(f"GET {SITE}/promises", "administer"),
    Door(f"POST {SITE}/promises", "administer", PROMISE),
    Door("PUT /api/v1/admin/promises/{promise_id}", "administer", PROMISE),
    Door("DELETE /api/v1/admin/promises/{promise_id}", "administer"),
    Door(f"PUT {SITE}/promises/order", "administer", {"ids": []}),
]


async def a_promise(town: Any, ids: dict[str, str]) -> str:
    made = await town.people["admin"].post(f"/admin/sites/{ids['site_id']}/promises", **PROMISE)
    return str(made["id"])


MADE = {"promise_id": a_promise}
