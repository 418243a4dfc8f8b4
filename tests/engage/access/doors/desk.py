from typing import Any

from tests.engage.access.doors import Door

SITE = "/api/v1/admin/sites/{site_id}"
CONVERSATION = "/api/v1/agent/conversations/{conversation_id}"
REPLY = {"shortcut": "hi", "title": "Greeting", "text": "Hello {{visitor.name}}"}
LABEL = {"name": "Urgent", "colour": "bad"}

DOORS = [
    Door("GET /api/v1/agent/canned-replies", "site", query={"site_id": "{site_id}"}),
    Door(f"POST {CONVERSATION}/canned-replies/{{reply_id}}/files", "desk"),
    Door(f"POST {SITE}/canned-replies", "supervise", REPLY),
    Door("PUT /api/v1/admin/canned-replies/{reply_id}", "supervise", REPLY),
    Door("DELETE /api/v1/admin/canned-replies/{reply_id}", "supervise"),
    Door(f"PUT {CONVERSATION}/draft", "desk", {"reply": "Hel"}),
    Door(f"PUT {CONVERSATION}/labels/{{label_id}}", "desk"),
    Door(f"DELETE {CONVERSATION}/labels/{{label_id}}", "desk"),
    Door(f"GET {SITE}/labels", "administer"),
    Door(f"POST {SITE}/labels", "administer", LABEL),
    Door("PUT /api/v1/admin/labels/{label_id}", "administer", LABEL),
    Door("DELETE /api/v1/admin/labels/{label_id}", "administer"),
    Door("GET /api/v1/agent/mentions", "agent"),
    Door(f"PUT {CONVERSATION}/mentions/read", "desk"),
    Door(f"GET {CONVERSATION}/colleagues", "desk"),
]


async def a_reply(town: Any, ids: dict[str, str]) -> str:
    path = f"/admin/sites/{ids['site_id']}/canned-replies"
    made = await town.people["admin"].post(path, shortcut="lights", title="Lights", text="Switch it off and on.")
    return str(made["id"])


async def a_label(town: Any, ids: dict[str, str]) -> str:
    made = await town.people["admin"].post(f"/admin/sites/{ids['site_id']}/labels", name="Outage", colour="warn")
    return str(made["id"])


MADE = {"reply_id": a_reply, "label_id": a_label}
