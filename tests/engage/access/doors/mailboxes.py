from typing import Any
from uuid import UUID

from engage.channels.email import accept
from engage.channels.email.addresses import ADDRESS_BOOK
from engage.channels.email.models import RawMail
from tests.engage.access.doors import Door

SITE = "/api/v1/admin/sites/{site_id}/mailboxes"
ONE = "/api/v1/admin/mailboxes/{mailbox_id}"
NEW = {"name": "Bills", "address": "bills@nordlink.example", "queue_id": "{queue_id}", "protocol": "inbound"}
# a host of our own network, so that nothing is called
TRIAL = {"mailbox": {**NEW, "protocol": "imap", "host": "127.0.0.1", "password": "secret"}}
RULES = "/api/v1/admin/sites/{site_id}/mail-rules"
RULE = {"name": "Spam", "conditions": [{"field": "sender", "value": "spam"}], "acts": {"drop": True}}

DOORS = [
    Door(f"GET {SITE}", "administer"),
    Door(f"POST {SITE}", "administer", NEW),
    Door(f"POST {SITE}/sign-in", "administer", TRIAL),
    Door(f"PUT {ONE}", "administer", {**NEW, "address": "support@nordlink.example"}),
    Door(f"PUT {ONE}/on", "administer", {"is_on": False}),
    # without OAuth there is no consent to ask for
    Door(f"POST {ONE}/consent", "administer", but={"admin": 422}),
    Door(f"POST {ONE}/round-trip", "administer"),
    Door(f"GET {ONE}/round-trip/{{token}}", "administer"),
    Door(f"DELETE {ONE}", "administer"),
    Door(f"GET {RULES}", "administer"),
    Door(f"POST {RULES}", "administer", RULE),
    Door(f"PUT {RULES}/order", "administer", {"ids": []}),
    Door(f"POST {RULES}/dry-run", "administer", RULE),
    Door("PUT /api/v1/admin/mail-rules/{rule_id}", "administer", RULE),
    Door("DELETE /api/v1/admin/mail-rules/{rule_id}", "administer"),
    Door("GET /api/v1/admin/sites/{site_id}/incoming-mails", "administer"),
    Door("GET /api/v1/admin/incoming-mails/{raw_id}/source", "administer"),
    Door("POST /api/v1/admin/incoming-mails/{raw_id}/retry", "administer"),
    Door("GET /api/v1/agent/conversations/{conversation_id}/received-mails", "desk"),
    # it waits in a queue that the narrow one serves
    Door("GET /api/v1/agent/received-mails/{entry_id}", "desk", but={"narrow": 200}),
    # it has no look of its own
    Door("GET /api/v1/agent/received-mails/{entry_id}/original", "desk"),
    Door("GET /api/v1/agent/received-mails/{entry_id}/source", "desk", but={"narrow": 200}),
    # of the sites that one administers, which may be none
    Door("GET /api/v1/admin/mail-alarms", "agent"),
]


async def a_mailbox(town: Any, ids: dict[str, str]) -> str:
    form = {**NEW, "address": "support@nordlink.example", "queue_id": ids["queue_id"]}
    made = await town.people["admin"].post(f"/admin/sites/{ids['site_id']}/mailboxes", **form)
    return str(made["id"])


async def a_token(_town: Any, _ids: dict[str, str]) -> str:
    """Of a mail that went round; none came back."""
    return "0123456789ab"


async def a_rule(town: Any, ids: dict[str, str]) -> str:
    made = await town.people["admin"].post(f"/admin/sites/{ids['site_id']}/mail-rules", **RULE)
    return str(made["id"])


async def a_mail_that_came(town: Any, ids: dict[str, str]) -> str:
    app = town.house.app
    place = await app[ADDRESS_BOOK].place("support@nordlink.example")
    blob = await accept.store(app, b"From: kim@shop.example\r\nSubject: Hello\r\n\r\nHello\r\n")
    (raw_id,) = await accept.accept(
        app, blob, source="pipe", sender="kim@shop.example", recipients=[("support@nordlink.example", place)]
    )
    await town.house.settles()
    return str(raw_id)


async def an_entry(town: Any, ids: dict[str, str]) -> str:
    async with town.house.looking() as work:
        raw = await work.db.get_one(RawMail, UUID(ids["raw_id"]))
    return str(raw.entry_id)


MADE = {"mailbox_id": a_mailbox, "token": a_token, "rule_id": a_rule, "raw_id": a_mail_that_came, "entry_id": an_entry}
