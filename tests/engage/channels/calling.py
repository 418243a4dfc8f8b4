"""What people do about call-backs, in the house."""

import re
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from engage.channels.callback import rules, settings_api
from engage.channels.callback.schemas import CallbackRules
from engage.channels.email.models import Mail
from engage.contacts.models import Visitor
from engage.engagements.models import Engagement
from tests.house import House
from tests.house.people import HouseAgent, HouseVisitor
from tests.people.visitor import Refused

GERMAN = "+49 1512 3456789"
DIALLED = "+4915123456789"
LEAP_SECONDS = 120


async def switches_on(house: House, **changed: Any) -> None:
    its = CallbackRules(**{"on": True, "countries": ("DE", "GB"), "slot_capacity": 1, **changed})
    async with house.working() as work:
        await rules.keep(work, house.site.id, its)
        await settings_api.alone_with_a_call(work, house.site.id)


async def asks(visitor: HouseVisitor, *, number: str = GERMAN, **more: Any) -> dict[str, Any]:
    body = {"client_id": str(uuid.uuid4()), "number": number, "country": "DE", "time_zone": "Europe/Berlin", **more}
    return await visitor.post("/visitor/callbacks", **body)  # type: ignore[no-any-return]  # JSON


async def mine(visitor: HouseVisitor) -> dict[str, Any]:
    """The one that he asked for last."""
    return (await visitor.get("/visitor/callbacks"))["items"][0]  # type: ignore[no-any-return]


async def slots(visitor: HouseVisitor) -> list[str]:
    return (await visitor.get("/sites/nordlink/callback?zone=Europe/Berlin"))["slots"]  # type: ignore[no-any-return]


async def dials(agent: HouseAgent, engagement_id: str) -> dict[str, Any]:
    return await agent.post(f"/agent/engagements/{engagement_id}/callback/dial")  # type: ignore[no-any-return]


async def records(agent: HouseAgent, engagement_id: str, outcome: str, **more: Any) -> dict[str, Any]:
    path = f"/agent/engagements/{engagement_id}/callback/outcome"
    return await agent.post(path, outcome=outcome, **more)  # type: ignore[no-any-return]


async def calls_in(visitor: HouseVisitor, conversation_id: str) -> list[str]:
    entries = await visitor.entries(conversation_id)
    return [entry["details"]["what"] for entry in entries if entry["kind"] == "call"]


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str | None:
    return refused.value.code


def at(iso: str) -> datetime:
    return datetime.fromisoformat(iso).astimezone(UTC)


async def knows_address(house: House, visitor: HouseVisitor) -> None:
    async with house.working() as work:
        (await work.db.get_one(Visitor, uuid.UUID(visitor.id))).email = "vera@shop.example"


async def engagements_of(house: House, conversation_id: str) -> list[uuid.UUID]:
    async with house.looking() as work:
        of_it = select(Engagement.id).where(Engagement.conversation_id == uuid.UUID(conversation_id))
        return list(await work.db.scalars(of_it))


async def subjects(house: House) -> list[str]:
    async with house.looking() as work:
        return list(await work.db.scalars(select(Mail.subject).order_by(Mail.id)))


async def token_of(house: House) -> str:
    await house.settles()
    async with house.looking() as work:
        (text,) = await work.db.scalars(select(Mail.text))
    (token,) = re.findall(r"/call-back#(\S+)", text)
    return str(token)


async def waits(house: House, seconds: float) -> None:
    """Hours go by in leaps that are short beside what a call-back waits for."""
    await house.settles()
    while seconds > 0:
        leap = min(seconds, LEAP_SECONDS)
        await house.leaps(leap)
        seconds -= leap
