from typing import Any

from tests.engage.access.doors import Door

SITE = "/api/v1/admin/sites/{site_id}"
PERSON = f"{SITE}/people/{{agent_id}}/routing"
SKILL, CENTRE = "/api/v1/admin/skills/{skill_id}", "/api/v1/admin/centres/{centre_id}"
RULES = "/api/v1/admin/queues/{queue_id}/rules"
OVERFLOW = "/api/v1/admin/queues/{queue_id}/overflow"
CHANNELS = {"items": [{"channel": "webchat", "weight": 2}]}
HOURS = {"follows": True, "always": False, "time_zone": "Europe/Berlin"}

DOORS = [
    Door(f"GET {SITE}/skills", "administer"),
    Door(f"POST {SITE}/skills", "administer", {"name": "Danish"}),
    Door(f"PUT {SKILL}", "administer", {"name": "Danish"}),
    Door(f"DELETE {SKILL}", "administer"),
    Door(f"GET {SITE}/centres", "supervise"),
    Door(f"POST {SITE}/centres", "administer", {"name": "Bergen"}),
    Door(f"PUT {CENTRE}", "administer", {"name": "Bergen"}),
    Door(f"PUT {CENTRE}/state", "supervise", {"state": "draining"}),
    Door(f"PUT {CENTRE}/hours", "administer", HOURS),
    Door(f"DELETE {CENTRE}", "administer"),
    Door(f"GET {PERSON}", "administer"),
    Door(f"PUT {PERSON}", "administer", {"levels": []}),
    Door(f"GET {RULES}", "administer"),
    Door(f"PUT {RULES}", "administer", {"priority": 5}),
    Door(f"GET {OVERFLOW}", "administer"),
    Door(f"PUT {OVERFLOW}", "administer", {"depth": 5}),
    Door(f"GET {SITE}/channel-rules", "supervise"),
    Door(f"PUT {SITE}/channel-rules", "supervise", CHANNELS),
    Door(f"GET {SITE}/decline-reasons", "administer"),
    Door(f"POST {SITE}/decline-reasons", "administer", {"label": "Too busy"}),
    Door(f"PUT {SITE}/decline-reasons/order", "administer", {"ids": []}),
    Door("PUT /api/v1/admin/decline-reasons/{decline_reason_id}", "administer", {"label": "Too busy"}),
    Door("DELETE /api/v1/admin/decline-reasons/{decline_reason_id}", "administer"),
    Door("GET /api/v1/agent/engagements/{engagement_id}/what-if", "supervise", but={"narrow": 404}),
]


async def a_skill(town: Any, ids: dict[str, str]) -> str:
    return str((await town.people["admin"].post(f"/admin/sites/{ids['site_id']}/skills", name="Sami"))["id"])


async def a_centre(town: Any, ids: dict[str, str]) -> str:
    return str((await town.people["admin"].post(f"/admin/sites/{ids['site_id']}/centres", name="Tromsø"))["id"])


async def a_reason(town: Any, ids: dict[str, str]) -> str:
    path = f"/admin/sites/{ids['site_id']}/decline-reasons"
    return str((await town.people["admin"].post(path, label="On the phone"))["id"])


MADE = {"skill_id": a_skill, "centre_id": a_centre, "decline_reason_id": a_reason}
