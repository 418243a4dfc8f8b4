"""What happens here is told to a program of the site's own: signed, after the commit, until it is taken."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import select
from standardwebhooks import WebhookVerificationError

from engage.integrations import deliveries
from engage.integrations.models import Webhook
from tests.conftest import StartEngage
from tests.engage.conftest import BuildHouse
from tests.engage.integrations.receiver import Receiver, a_receiver
from tests.house import House, rows
from tests.house.databases import on_one_database
from tests.house.people import HouseAgent
from tests.people import TestAgent, TestVisitor
from tests.people.visitor import Refused

ALL = [
    "conversation.created",
    "message.created",
    "engagement.queued",
    "engagement.accepted",
    "engagement.closed",
    "rating.given",
    "contact.updated",
]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with a_receiver() as receiver:
        yield receiver


@pytest.fixture
async def house(build_house: BuildHouse) -> House:
    """At the hour of the machine's own clock, by which the verifier judges."""
    house = await build_house(outgoing_allow=("127.0.0.1",))
    house.clock.advance(seconds=(datetime.now(UTC) - house.clock.now()).total_seconds())
    return house


@pytest.fixture
async def admin(house: House) -> AsyncIterator[HouseAgent]:
    async with house.agent("adam", role="admin", presence="offline") as admin:
        yield admin


async def listens(admin: HouseAgent, house: House, url: str, *events: str) -> tuple[str, str]:
    made = await admin.post(f"/admin/sites/{house.site.id}/webhooks", url=url, events=list(events) or ALL)
    return made["webhook"]["id"], made["secret"]


async def log_of(admin: HouseAgent, hook_id: str) -> list[dict[str, object]]:
    return list((await admin.get(f"/admin/webhooks/{hook_id}/deliveries"))["items"])


async def test_a_chat_is_told_from_its_first_word_to_its_rating(
    house: House, admin: HouseAgent, receiver: Receiver
) -> None:
    _, secret = await listens(admin, house, receiver.url)
    async with house.visitor() as kim, house.agent("anna") as anna:
        chat = await kim.starts_chat("Where is <b>my</b> router?", name="Kim")
        await house.settles()
        await anna.takes(chat["id"])
        await anna.notes(chat["id"], "Sounds annoyed.")
        await anna.says(chat["id"], "It arrives tomorrow.")
        await kim.post(f"/visitor/conversations/{chat['id']}/rating", score=5, comment="Fine")
        await house.settles()

    assert sorted(receiver.types()) == sorted([*ALL[:4], "message.created", "rating.given"])
    texts = [event["data"]["text"] for event in receiver.events() if event["type"] == "message.created"]
    assert sorted(texts) == ["It arrives tomorrow.", "Where is <b>my</b> router?"]
    assert "annoyed" not in str(receiver.requests)
    receiver.verify(secret)
    with pytest.raises(WebhookVerificationError):
        receiver.verify("whsec_" + "AAAA" * 8)


async def test_what_is_not_taken_is_sent_again_later_with_the_same_id(
    house: House, admin: HouseAgent, receiver: Receiver
) -> None:
    hook, secret = await listens(admin, house, receiver.url)
    receiver.answers = [500, 302]

    await admin.post(f"/admin/webhooks/{hook}/test")
    await house.settles()
    (failed,) = await log_of(admin, hook)
    assert (failed["state"], failed["status"], failed["answer"]) == ("pending", 500, "taken")
    house.clock.advance(seconds=5)
    await house.settles()
    house.clock.advance(seconds=30)
    await house.settles()

    (sent,) = await log_of(admin, hook)
    assert (sent["state"], sent["attempts"], sent["status"]) == ("sent", 3, 200)
    assert len(set(receiver.ids())) == 1
    receiver.verify(secret)


async def test_a_webhook_that_takes_nothing_for_days_is_switched_off_and_can_be_replayed(
    house: House, admin: HouseAgent, receiver: Receiver
) -> None:
    hook, _ = await listens(admin, house, receiver.url)
    receiver.answers = [500] * 100
    await admin.post(f"/admin/webhooks/{hook}/test")
    for _ in range(len(deliveries.WAITS) + 1):
        await house.settles()
        house.clock.advance(seconds=12 * 3600)
    async with house.agent("abel", role="admin", presence="offline") as abel:  # a sign-in does not last that long
        await house.settles()
        listed = await abel.get(f"/admin/sites/{house.site.id}/webhooks")
        (failed,) = await log_of(abel, hook)

        assert (listed["items"][0]["enabled"], failed["state"]) == (False, "failed")
        receiver.answers = []
        await abel.post(f"/admin/webhooks/{hook}", url=receiver.url, events=ALL)
        span = {"since": "2026-01-01T00:00:00Z", "until": "2099-01-01T00:00:00Z"}
        assert (await abel.post(f"/admin/webhooks/{hook}/replay", **span))["count"] == 1
        await house.settles()
        (sent,) = await log_of(abel, hook)
        assert sent["state"] == "sent"
        await abel.post(f"/admin/deliveries/{sent['id']}/replay")
        await house.settles()
    assert len(set(receiver.ids())) == 1


@on_one_database
@pytest.mark.parametrize(
    "url", ["http://169.254.169.254/latest", "https://10.0.0.1/", "https://[::1]/", "ftp://127.0.0.1/", "nonsense"]
)
async def test_a_private_address_is_refused_when_it_is_saved(house: House, admin: HouseAgent, url: str) -> None:
    with pytest.raises(Refused, match="address_refused"):
        await listens(admin, house, url)


async def test_a_name_that_became_private_is_refused_when_something_is_sent(
    house: House, admin: HouseAgent, receiver: Receiver
) -> None:
    hook, _ = await listens(admin, house, receiver.url)
    async with house.working() as work:
        (await work.db.get_one(Webhook, UUID(hook))).url = "https://10.0.0.1/hook"

    await admin.post(f"/admin/webhooks/{hook}/test")
    await house.settles()

    (failed,) = await log_of(admin, hook)
    assert failed["status"] is None
    assert "private network" in str(failed["answer"])


async def test_secrets_are_sealed_and_a_foreign_site_hears_nothing(
    house: House, admin: HouseAgent, receiver: Receiver
) -> None:
    hook, secret = await listens(admin, house, receiver.url)
    async with house.working() as work:
        await rows.a_site(work, "southlink")
    async with house.agent("sven", site_key="southlink", role="admin", presence="offline") as sven:
        with pytest.raises(Refused, match="404"):
            await log_of(sven, hook)
        with pytest.raises(Refused, match="404"):
            await sven.post(f"/admin/webhooks/{hook}/test")
    async with house.visitor(site_key="southlink") as kim:
        await kim.starts_chat("Hello")
        await house.settles()

    assert receiver.requests == []
    site = f"/admin/sites/{house.site.id}"
    assert secret not in str(await admin.get(f"{site}/webhooks")) + str(await admin.get(f"{site}/audit"))
    async with house.looking() as work:
        assert secret not in (await work.db.scalars(select(Webhook.secret))).one()


async def test_a_process_killed_after_the_commit_loses_no_webhook(
    start_engage: StartEngage, demo_postgres_url: str, receiver: Receiver
) -> None:
    settings = {"ENGAGE_DATABASE_URL": demo_postgres_url, "ENGAGE_OUTGOING_ALLOW": '["127.0.0.1"]'}
    web = start_engage(role="web", **settings)
    async with TestAgent(web.url, "anna", presence="offline") as anna, TestVisitor(web.url) as kim:
        site = (await anna.get("/agent/me"))["sites"][0]["id"]
        made = await anna.post(f"/admin/sites/{site}/webhooks", url=receiver.url, events=["message.created"])
        await kim.starts_chat("Do not lose this")
        web.kill()

    start_engage(role="work", **settings)
    async with asyncio.timeout(30):
        await receiver.news.wait()

    assert [event["data"]["text"] for event in receiver.events()] == ["Do not lose this"]
    receiver.verify(made["secret"])
