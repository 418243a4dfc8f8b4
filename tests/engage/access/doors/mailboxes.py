from typing import Any

from tests.engage.access.doors import Door

SITE = "/api/v1/admin/sites/{site_id}/mailboxes"
ONE = "/api/v1/admin/mailboxes/{mailbox_id}"
NEW = {"name": "Bills", "address": "bills@nordlink.example", "queue_id": "{queue_id}", "protocol": "inbound"}
# a host of our own network, so that nothing is called
TRIAL = {"mailbox": {**NEW, "protocol": "imap", "host": "127.0.0.1", "password": "secret"}}

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
]


async def a_mailbox(town: Any, ids: dict[str, str]) -> str:
    form = {**NEW, "address": "support@nordlink.example", "queue_id": ids["queue_id"]}
    made = await town.people["admin"].post(f"/admin/sites/{ids['site_id']}/mailboxes", **form)
    return str(made["id"])


async def a_token(_town: Any, _ids: dict[str, str]) -> str:
    """Of a mail that went round; none came back."""
    return "0123456789ab"


MADE = {"mailbox_id": a_mailbox, "token": a_token}
