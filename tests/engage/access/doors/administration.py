from typing import Any

from tests.engage.access.doors import Door

SITE = "/api/v1/admin/sites/{site_id}"
OUTCOME = {"label": "Solved at once"}

DOORS = [
    Door(f"GET {SITE}/outcomes", "administer"),
    Door(f"POST {SITE}/outcomes", "administer", OUTCOME),
    Door("PUT /api/v1/admin/outcomes/{outcome_id}", "administer", OUTCOME),
    Door("DELETE /api/v1/admin/outcomes/{outcome_id}", "administer"),
    Door(f"PUT {SITE}/outcomes/order", "administer", {"items": []}),
    Door(f"GET {SITE}/identity", "administer"),
    Door(f"POST {SITE}/identity", "administer", {"method": "secret"}),
    Door(f"POST {SITE}/identity/secret", "administer"),
    Door(f"POST {SITE}/identity/try", "administer", {"token": "no token"}),
    Door(f"GET {SITE}/suppressed-addresses", "administer"),
    Door(f"POST {SITE}/suppressed-addresses/lift", "administer", {"address": "no@shop.example"}, but={"admin": 404}),
    Door(f"GET {SITE}/audit", "administer"),
    Door(f"POST {SITE}/audit/export", "administer", {}),
]


async def an_outcome(town: Any, ids: dict[str, str]) -> str:
    made = await town.people["admin"].post(f"/admin/sites/{ids['site_id']}/outcomes", label="Passed on")
    return str(made["id"])


MADE = {"outcome_id": an_outcome}
