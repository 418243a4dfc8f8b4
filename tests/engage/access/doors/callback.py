from typing import Any

from tests.engage.access.doors import Door

RULES = "/api/v1/admin/sites/{site_id}/callback"
WORK = "/api/v1/agent/engagements/{engagement_id}/callback"
PLANNED = "/api/v1/agent/callbacks/{callback_id}"
LISTED = "/api/v1/admin/sites/{site_id}/do-not-call"
MINE = "/api/v1/visitor/callbacks"
NUMBER = "+49 1512 3456789"
ASKED = {"client_id": "12345678", "number": NUMBER}

DOORS = [
    Door("GET /api/v1/sites/{key}/callback", "public"),
    Door("POST /api/v1/sites/{key}/callback/number", "public", {"number": NUMBER}),
    Door(f"GET {MINE}", "visitor"),
    Door(f"POST {MINE}", "visitor", ASKED),
    Door(f"PUT {MINE}/{{callback_id}}", "his own", {"slot_at": None}),
    Door(f"DELETE {MINE}/{{callback_id}}", "his own"),
    Door(f"POST {MINE}/{{callback_id}}/never", "his own"),
    # only a mail's link opens them
    Door("POST /api/v1/callback-links/never", "public", {"token": "no.token"}),
    Door("POST /api/v1/callback-links/look", "public", {"token": "no.token"}),
    Door("POST /api/v1/callback-links/move", "public", {"token": "no.token"}),
    Door("POST /api/v1/callback-links/cancel", "public", {"token": "no.token"}),
    Door(f"GET {WORK}", "desk"),
    Door(f"POST {WORK}/dial", "holder"),
    Door(f"POST {WORK}/outcome", "holder", {"outcome": "reached"}),
    Door("GET /api/v1/agent/callbacks", "agent"),
    Door(f"GET {PLANNED}/times", "supervise"),
    Door(f"PUT {PLANNED}", "supervise", {"slot_at": None}),
    Door(f"POST {PLANNED}/cancel", "supervise"),
    Door(f"GET {LISTED}", "administer"),
    Door(f"POST {LISTED}", "administer", {"number": NUMBER}),
    Door("DELETE /api/v1/admin/do-not-call/{listed_id}", "administer"),
    Door(f"GET {RULES}", "administer"),
    Door(f"PUT {RULES}", "administer", {"on": True, "countries": ["DE"]}),
]


async def a_callback(town: Any, ids: dict[str, str]) -> str:
    """In the calendar, so that it is nobody's work yet."""
    rules = {"on": True, "countries": ["DE"], "slot_capacity": 9}
    await town.people["admin"].put(f"/admin/sites/{ids['site_id']}/callback", **rules)
    visitor = town.visitors["visitor"]
    slot = (await visitor.get("/sites/nordlink/callback"))["slots"][-1]
    asked = await visitor.post("/visitor/callbacks", client_id="in-the-calendar", number=NUMBER, slot_at=slot)
    return str(asked["id"])


async def a_listed_number(town: Any, ids: dict[str, str]) -> str:
    path = f"/admin/sites/{ids['site_id']}/do-not-call"
    listed = await town.people["admin"].post(path, number="+49 1512 3456000")
    return str(listed["items"][0]["id"])


MADE = {"callback_id": a_callback, "listed_id": a_listed_number}
