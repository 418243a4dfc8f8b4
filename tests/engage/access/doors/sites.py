from typing import Any

from tests.engage.access.doors import Door

SITE = "/api/v1/admin/sites/{site_id}"
#: an admin of any site may add one
NO_ADMINS = dict.fromkeys(("foreign_agent", "narrow", "editor", "colleague", "supervisor"), 403)
NEW = {"name": "Westlink", "key": "westlink", "origin": "https://westlink.example", "queues": ["Sales"]}
GENERAL = {"name": "Nordlink", "locale": "en", "time_zone": "Europe/Berlin"}
LOOK = {"accent": "#2f6f5e", "position": "left"}
HOURS = {"always": False, "time_zone": "UTC", "spans": [{"day": "mon", "begin": "08:00", "end": "18:00"}]}
ARTICLE = {"title": "Hello", "category": "bills", "body": "Words"}
QUEUE = {"name": "Sales"}
TEAM = {"name": "Second line"}
RULES = {"rating": {"on": False}, "uploads": {"on": False}}

DOORS = [
    Door("GET /api/v1/admin/site-key", "agent", query={"name": "Westlink"}, but=NO_ADMINS),
    Door("POST /api/v1/admin/sites", "agent", NEW, but=NO_ADMINS),
    Door(f"GET {SITE}", "administer"),
    Door(f"GET {SITE}/teams", "administer"),
    Door(f"POST {SITE}/teams", "administer", TEAM),
    Door("PUT /api/v1/admin/teams/{team_id}", "administer", TEAM),
    Door("DELETE /api/v1/admin/teams/{team_id}", "administer"),
    Door(f"PUT {SITE}/general", "administer", GENERAL),
    Door(f"PUT {SITE}/origins", "administer", {"origins": ["https://nordlink.example"]}),
    Door(f"GET {SITE}/look", "administer"),
    Door(f"PUT {SITE}/look", "administer", LOOK),
    Door(f"GET {SITE}/opening-hours", "administer"),
    Door(f"PUT {SITE}/opening-hours", "administer", HOURS),
    Door(f"POST {SITE}/opening-hours/preview", "administer", HOURS),
    Door(f"GET {SITE}/queues", "administer"),
    Door(f"POST {SITE}/queues", "administer", QUEUE),
    Door(f"PUT {SITE}/queues/order", "administer", {"ids": []}),
    Door("PUT /api/v1/admin/queues/{queue_id}", "administer", QUEUE),
    Door("POST /api/v1/admin/queues/{queue_id}/retire", "administer", {"target_id": "{queue_id}"}),
    Door(f"GET {SITE}/pre-chat", "administer"),
    Door(f"PUT {SITE}/pre-chat", "administer", {"fields": []}),
    Door(f"GET {SITE}/texts", "administer"),
    Door(f"PUT {SITE}/texts", "administer", {"texts": {"en": {"greeting": "Hello"}}}),
    Door(f"GET {SITE}/chat-rules", "administer"),
    Door(f"PUT {SITE}/chat-rules", "administer", RULES),
    Door(f"GET {SITE}/mail", "administer"),
    Door(f"PUT {SITE}/mail", "administer", {"sender": "care@nordlink.example"}),
    Door(f"POST {SITE}/mail/test", "administer", {"to": "anna@nordlink.example"}),
    Door(f"GET {SITE}/articles", "articles"),
    Door(f"POST {SITE}/articles", "articles", ARTICLE),
    Door(f"GET {SITE}/articles/{{article}}", "articles"),
    Door(f"PUT {SITE}/articles/{{article}}", "articles", ARTICLE),
    Door(f"DELETE {SITE}/articles/{{article}}", "articles"),
    Door(f"DELETE {SITE}/articles/{{article}}/for-good", "articles"),
    Door(f"GET {SITE}/first-answers", "articles"),
    Door(f"PUT {SITE}/first-answers", "articles", {"slugs": []}),
    Door(f"POST {SITE}/blocks", "administer", {"address": "203.0.113.7", "reason": "Spam"}),
    Door(f"POST {SITE}/articles/preview", "articles", {"body": "# Hello"}),
    Door(f"PUT {SITE}/article-categories", "articles", {"items": [{"title": "Bills"}]}),
]


async def an_article(town: Any, ids: dict[str, str]) -> str:
    editor, path = town.people["editor"], f"/admin/sites/{ids['site_id']}"
    await editor.put(f"{path}/article-categories", items=[{"key": "bills", "title": "Bills"}])
    return str((await editor.post(f"{path}/articles", **ARTICLE))["id"])


async def a_team(town: Any, ids: dict[str, str]) -> str:
    made = await town.people["admin"].post(f"/admin/sites/{ids['site_id']}/teams", name="First line")
    return str(made["id"])


MADE = {"article": an_article, "team_id": a_team}
