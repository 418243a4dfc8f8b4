from typing import Any

from tests.engage.access.doors import Door, Signal

LIST = "/api/v1/admin/sites/{site_id}/presence-reasons"
ONE = "/api/v1/admin/presence-reasons/{presence_reason_id}"
LUNCH = {"label": "Lunch", "presence": "break"}

DOORS = [
    # whoever is signed in already signs in anew; a wrong password is refused like a stranger's
    Door("POST /api/v1/agent/session", "our page", {"email": "anna@nordlink.example", "password": "wrong"}),
    Door("DELETE /api/v1/agent/session", "agent"),
    Door("GET /api/v1/agent/me", "agent"),
    Door("POST /api/v1/agent/socket-ticket", "agent"),
    Door("PUT /api/v1/agent/presence", "agent", {"presence": "busy"}),
    Door(f"GET {LIST}", "administer"),
    Door(f"POST {LIST}", "administer", LUNCH),
    Door(f"PUT {LIST}/order", "administer", {"ids": []}),
    Door(f"PUT {ONE}", "administer", LUNCH),
    Door(f"DELETE {ONE}", "administer"),
]
SIGNALS = [Signal("/agent", "alive", {}, frozenset())]


async def a_reason(town: Any, ids: dict[str, str]) -> str:
    path = f"/admin/sites/{ids['site_id']}/presence-reasons"
    return str((await town.people["admin"].post(path, label="Training"))["id"])


MADE = {"presence_reason_id": a_reason}
