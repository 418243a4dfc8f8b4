from typing import Any

from engage.contacts.models import Block
from engage.kit.ids import new_id
from tests.engage.access.doors import Door

SITE = "/api/v1/admin/sites/{site_id}"
HOOK = "/api/v1/admin/webhooks/{webhook_id}"
FORM = {"url": "https://93.184.215.14/hook", "events": ["message.created"]}
SPAN = {"since": "2026-01-01T00:00:00Z", "until": "2026-12-01T00:00:00Z"}
CONVERSATION = "/api/v1/conversations/{conversation_id}"
WORDS = {"client_id": "12345678", "text": "Hello"}

DOORS = [
    Door("POST /api/v1/agent/conversations/{conversation_id}/block", "desk", {"reason": "Insults", "hours": 1}),
    Door(f"GET {SITE}/blocks", "supervise"),
    Door("DELETE /api/v1/admin/blocks/{block_id}", "supervise"),
    Door(f"GET {SITE}/webhooks", "administer"),
    Door(f"POST {SITE}/webhooks", "administer", FORM),
    Door(f"POST {HOOK}", "administer", FORM),
    Door(f"POST {HOOK}/secret", "administer"),
    Door(f"POST {HOOK}/test", "administer"),
    Door(f"GET {HOOK}/deliveries", "administer"),
    Door(f"POST {HOOK}/replay", "administer", SPAN),
    Door("POST /api/v1/admin/deliveries/{delivery_id}/replay", "administer"),
    Door(f"DELETE {HOOK}", "administer"),
    Door("GET /api/v1/contacts", "key"),
    Door("GET /api/v1/contacts/{contact_id}", "key of the site"),
    Door("PUT /api/v1/contacts/external/{external_id}", "key", {"name": "Kim"}),
    Door("GET /api/v1/conversations", "key"),
    Door(f"GET {CONVERSATION}", "key of the site"),
    Door(f"GET {CONVERSATION}/entries", "key of the site"),
    Door(f"POST {CONVERSATION}/messages", "key of the site", WORDS),
    Door(f"POST {CONVERSATION}/notes", "key of the site", WORDS),
]


async def a_webhook(town: Any, ids: dict[str, str]) -> str:
    made = await town.people["admin"].post(f"/admin/sites/{ids['site_id']}/webhooks", **FORM)
    return str(made["webhook"]["id"])


async def a_delivery(town: Any, ids: dict[str, str]) -> str:
    return str((await town.people["admin"].post(f"/admin/webhooks/{ids['webhook_id']}/test"))["id"])


async def a_block(town: Any, _ids: dict[str, str]) -> str:
    """Of nobody in the town: all of them still have to knock."""
    async with town.house.working() as work:
        block = Block(
            id=new_id(), site_id=town.house.site.id, kind="visitor", subject="nobody", name="", reason="Insults",
            by_name="Sue", created_at=work.now,
        )  # fmt: skip
        work.db.add(block)
    return str(block.id)


async def an_external_id(_town: Any, _ids: dict[str, str]) -> str:
    return "customer-7"


MADE = {"webhook_id": a_webhook, "delivery_id": a_delivery, "external_id": an_external_id, "block_id": a_block}
