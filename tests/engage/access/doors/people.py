from typing import Any

from tests.engage.access.doors import Door

CONTACT = "/api/v1/agent/contacts/{contact_id}"
SITE = "/api/v1/admin/sites/{site_id}"
NAMED = {"name": "Somebody"}
FIELD = {"label": "Number", "kind": "text"}
PANEL = {"title": "Orders", "url": "https://crm.shop.example/panel"}
UNSEEN = {"editor": 404}
INTO = {"into_id": "{other_conversation_id}"}
#: his own view is nobody else's, whatever they are at the site
HIS = {"foreign_agent": 404, "foreign_admin": 404, "narrow": 404, "colleague": 404, "editor": 404, "supervisor": 404}

SOMEBODY = f"{SITE}/people/{{agent_id}}/picture"

DOORS = [
    Door("POST /api/v1/agent/account/picture", "agent"),
    Door("DELETE /api/v1/agent/account/picture", "agent"),
    Door(f"POST {SOMEBODY}", "administer"),
    Door(f"DELETE {SOMEBODY}", "administer"),
    Door(f"POST {SITE}/logo", "administer"),
    Door(f"DELETE {SITE}/logo", "administer"),
    Door("GET /api/v1/agent/contacts", "agent"),
    Door("POST /api/v1/agent/contacts/export", "supervise", {"site_id": "{site_id}"}),
    Door(f"GET {CONTACT}", "desk", but=UNSEEN),
    Door(f"PUT {CONTACT}", "desk", NAMED, but=UNSEEN),
    Door(f"GET {CONTACT}/colleagues", "desk", but=UNSEEN),
    Door(f"POST {CONTACT}/merge", "desk", {"other_id": "{other_contact_id}"}, but=UNSEEN),
    Door("POST /api/v1/agent/contact-merges/{contact_merge_id}/undo", "desk", but=UNSEEN),
    Door("POST /api/v1/agent/conversations/{conversation_id}/contact", "desk", NAMED),
    Door("POST /api/v1/agent/conversations/{conversation_id}/side-panel", "desk"),
    Door("POST /api/v1/agent/conversations/{conversation_id}/merge", "holder", INTO, but={"narrow": 404}),
    Door("GET /api/v1/agent/search", "agent", query={"query": "account"}),
    Door("GET /api/v1/agent/views", "agent"),
    Door("POST /api/v1/agent/views", "agent", {"name": "Mine", "query": {}}),
    Door("PUT /api/v1/agent/views/{view_id}", "agent", {"name": "Mine", "query": {}}, but=HIS),
    Door("DELETE /api/v1/agent/views/{view_id}", "agent", but=HIS),
    Door(f"GET {SITE}/contact-fields", "administer"),
    Door(f"POST {SITE}/contact-fields", "administer", FIELD),
    Door("PUT /api/v1/admin/contact-fields/{field_id}", "administer", FIELD),
    Door("DELETE /api/v1/admin/contact-fields/{field_id}", "administer"),
    Door(f"PUT {SITE}/contact-fields/order", "administer", {"ids": []}),
    Door(f"GET {SITE}/side-panel", "administer"),
    Door(f"PUT {SITE}/side-panel", "administer", PANEL),
    Door(f"POST {SITE}/side-panel/secret", "administer"),
    Door(f"DELETE {SITE}/side-panel", "administer"),
]


async def a_contact(town: Any, ids: dict[str, str]) -> str:
    admin = town.people["admin"]
    made = await admin.post(f"/agent/conversations/{ids['conversation_id']}/contact", name="Kim")
    return str(made["id"])


async def _somebody_else(town: Any, name: str) -> str:
    """Known from a chat of his own, in the colleague's queue."""
    async with town.house.visitor(on_site=False) as visitor:
        chat = await visitor.starts_chat("Hello", name=name)
    facts = await town.people["admin"].get(f"/agent/conversations/{chat['id']}")
    return str(facts["visitor"]["contact_id"])


async def another_contact(town: Any, _ids: dict[str, str]) -> str:
    return await _somebody_else(town, "Kim L.")


async def a_merge(town: Any, ids: dict[str, str]) -> str:
    contact_id = ids.get("contact_id") or await a_contact(town, ids)
    gone = await _somebody_else(town, "K. Lind")
    merged = await town.people["admin"].post(f"/agent/contacts/{contact_id}/merge", other_id=gone)
    return str(merged["merges"][0]["id"])


async def a_view(town: Any, _ids: dict[str, str]) -> str:
    return str((await town.people["admin"].post("/agent/views", name="Waiting", query={}))["id"])


async def a_field(town: Any, ids: dict[str, str]) -> str:
    made = await town.people["admin"].post(f"/admin/sites/{ids['site_id']}/contact-fields", **FIELD)
    await town.people["admin"].put(f"/admin/sites/{ids['site_id']}/side-panel", **PANEL)
    return str(made["id"])


async def another_conversation(town: Any, _ids: dict[str, str]) -> str:
    return str((await town.visitors["visitor"].starts_chat("Once more"))["id"])


MADE = {
    "other_conversation_id": another_conversation,
    "contact_id": a_contact,
    "other_contact_id": another_contact,
    "contact_merge_id": a_merge,
    "view_id": a_view,
    "field_id": a_field,
}
