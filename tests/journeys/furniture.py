"""One of everything that a screen could show or a dialog could be about, put into a carrier over its own interface."""

import asyncio
import smtplib
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from email.message import EmailMessage
from email.utils import formataddr
from typing import Any

from tests.people import TestAgent, TestVisitor

MAILBOX = "support@nordlink.example"
#: of somebody whose name runs the other way, with all that a mail can have
SENDER = "\u05d0\u05d1\u05d9 (Avi)"
SUBJECT = "Re: No light since yesterday, and a word without a place to break: " + "Wasserschaden" * 6
TEXT = """It is dark since yesterday, and nobody answers under +49 1512 3456789.

On Mon, 16 Nov 2026 at 10:00, Nordlink <support@nordlink.example> wrote:
> Is it on?
"""
HTML = '<p>It is <b>dark</b> since yesterday.</p><img src="https://tracker.example/p.png">'
ATTACHED = "When it was dark in our house and in that of the neighbours.txt"
#: a mailbox that nobody reads for us
NOWHERE = {"protocol": "imap", "host": "127.0.0.1", "port": 9, "security": "none", "password": "not today"}


async def sets_up(url: str) -> None:
    async with TestAgent(url, "anna", presence="offline") as anna:
        site = (await anna.get("/agent/me"))["sites"][0]["id"]
        at = f"/admin/sites/{site}"
        await anna.post(f"{at}/skills", name="Danish")
        await anna.post(f"{at}/centres", name="Hamburg")
        await anna.post(f"{at}/teams", name="Night shift", agent_ids=[anna.id])
        await anna.post(f"{at}/keys", name="Shop", scopes=["contacts:read"], expires_at=None)
        await anna.post(f"{at}/contact-fields", label="Customer number", kind="text")
        await anna.post(f"{at}/blocks", address="203.0.113.9", reason="Floods us", hours=24)
        await anna.post(f"{at}/do-not-call", number="+49 151 23456789", country="", reason="Asked us not to")
        await anna.post(f"{at}/promises", name="Within the hour", resolution_minutes=60)
        await anna.put(f"{at}/side-panel", title="Orders", url="https://panel.example/")
        await anna.post(f"{at}/webhooks", url="http://127.0.0.1:9/hook", events=["rating.given"], enabled=False)
        await sets_up_mail(anna, at)


async def sets_up_mail(anna: TestAgent, at: str) -> None:
    queue = (await anna.get(f"{at}/mailboxes"))["queues"][0]["id"]
    brought = {"name": "Support", "address": MAILBOX, "queue_id": queue, "protocol": "inbound"}
    await anna.post(f"{at}/mailboxes", **brought)
    await anna.post(f"{at}/mailboxes", name="Orders", address="orders@nordlink.example", queue_id=queue, **NOWHERE)
    from_a_shop = {"field": "sender_domain", "how": "is", "value": "shop.example"}
    await anna.post(f"{at}/mail-rules", name="From the shop", conditions=[from_a_shop], acts={"priority": 15})


async def plans_a_call(url: str) -> None:
    """At the latest time that can be had, so that it rings at nobody's desk today."""
    async with TestVisitor(url) as vera:
        slot = (await vera.get("/sites/nordlink/callback"))["slots"][-1]
        wish = {"number": "+49 151 23456780", "slot_at": slot, "name": "Vera Lind", "text": "My line is dead"}
        await vera.post("/visitor/callbacks", client_id=str(uuid.uuid4()), topic="technical", **wish)


async def takes_a_mail(anna: TestAgent, port: int) -> dict[str, Any]:
    """Brought over LMTP, and in her hands."""
    await asyncio.to_thread(brings, port)
    seen = await anna.screen.sees("queue_changed", lambda event: mails_in(event["queue"]))
    (mail,) = mails_in(seen["queue"])
    await anna.post(f"/agent/engagements/{mail['engagement_id']}/pull")
    return mail


def mails_in(queue: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for item in queue["items"] if item["channel"] == "email"]


def brings(port: int) -> None:
    mail = EmailMessage()
    # somebody new each time, so that it is a conversation of its own
    address = f"kim.{uuid.uuid4().hex[:8]}@home.example"
    mail["From"], mail["To"], mail["Cc"] = formataddr((SENDER, address)), MAILBOX, "Thea <thea@home.example>"
    mail["Subject"], mail["Message-ID"] = SUBJECT, f"<{uuid.uuid4()}@home.example>"
    mail.set_content(TEXT)
    mail.add_alternative(HTML, subtype="html")
    mail.add_attachment(b"On Monday\nOn Tuesday\n", maintype="text", subtype="plain", filename=ATTACHED)
    with smtplib.LMTP("127.0.0.1", port) as client:
        client.sendmail(address, [MAILBOX], mail.as_bytes())


async def has_two_in_one(visitor: TestVisitor, anna: TestAgent) -> dict[str, Any]:
    """Anna has merged what he began into what he had before."""
    before, again = [await visitor.starts_chat(text, topic="orders", name="Mia Holm") for text in ("Hello", "It is me")]
    await anna.post(f"/agent/conversations/{again['id']}/merge", into_id=before["id"])
    await visitor.post(f"/visitor/conversations/{before['id']}/end")
    return before


@asynccontextmanager
async def work_for_anna(url: str, port: int) -> AsyncIterator[dict[str, str]]:
    """Conversations by whose they are: Thea's, Otto's and a mail's in her hands. He has had one, and Thea's address.

    Mia's has ended, and was two.
    """
    async with AsyncExitStack() as entered:
        thea, otto, mia, nobody, rosa = [await entered.enter_async_context(TestVisitor(url)) for _ in range(5)]
        anna = await entered.enter_async_context(TestAgent(url, "anna", presence="busy"))
        before = await otto.starts_chat("It is dark", topic="technical", name="Otto Berg", email="home@shop.example")
        await otto.post(f"/visitor/conversations/{before['id']}/end")
        started = {
            "thea": await thea.starts_chat("Here is Thea", topic="technical", name="Thea", email="home@shop.example"),
            "otto": await otto.starts_chat("Dark again", topic="technical", name="Otto Berg"),
            "mia": await has_two_in_one(mia, anna),
            "nobody": await nobody.starts_chat("Guess who", topic="technical"),
        }
        waiting = [item for queue in (await anna.workspace())["queues"] for item in queue["items"]]
        for item in waiting:
            if item["conversation_id"] in (started["thea"]["id"], started["otto"]["id"]):
                await anna.post(f"/agent/engagements/{item['engagement_id']}/pull")
        mail = await takes_a_mail(anna, port)
        ben, _chiara = [await entered.enter_async_context(TestAgent(url, name)) for name in ("ben", "chiara")]
        (site,) = (await anna.get("/agent/me"))["sites"]
        (centre,) = (await anna.get(f"/admin/sites/{site['id']}/centres"))["items"]
        await anna.put(f"/admin/sites/{site['id']}/people/{ben.id}/routing", centre_id=centre["id"])
        waits = await rosa.starts_chat("I wait", topic="technical", name="Rosa Vik")
        try:
            yield {name: chat["id"] for name, chat in started.items()} | {"mail": mail["conversation_id"]}
        finally:
            await rosa.post(f"/visitor/conversations/{waits['id']}/end")
            await nobody.post(f"/visitor/conversations/{started['nobody']['id']}/end")
            seen = await anna.workspace()
            for item in seen["mine"]:
                at = f"/agent/engagements/{item['engagement_id']}"
                if item["state"] == "active":
                    await anna.post(f"{at}/end")
                    await anna.post(f"{at}/wrap-up", disposition_id=seen["dispositions"][0]["id"])
