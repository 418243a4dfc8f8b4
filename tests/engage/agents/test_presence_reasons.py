"""Reasons of presence: what a site lets its people say, in its languages, and what is kept of it."""

from uuid import UUID

import pytest
from sqlalchemy import select

from engage.agents.models import PresenceStep
from tests.house import House
from tests.people.visitor import Refused


async def test_reason_is_chosen_shown_and_kept_as_it_was_on_its_day(house: House) -> None:
    reasons = f"/admin/sites/{house.site.id}/presence-reasons"
    async with house.agent("anna", role="admin") as anna, house.agent("ben") as ben:
        lunch = await anna.post(reasons, label="Lunch", names={"de": "Mittag"}, presence="break")
        training = await anna.post(reasons, label="Training", presence="busy", productive=True)
        await ben.screen.sees("choices_changed")
        assert [each["label"] for each in (await ben.workspace())["presence_reasons"]] == ["Lunch", "Training"]

        said = await ben.put("/agent/presence", presence="break", reason_id=lunch["id"], reason="ignored")
        assert (said["reason"], said["reason_id"]) == ("Lunch", lunch["id"])
        with pytest.raises(Refused, match="unknown_reason"):
            await ben.put("/agent/presence", presence="away", reason_id=lunch["id"])
        await house.passes(60)
        later = await ben.put("/agent/presence", presence="busy", reason_id=training["id"])
        assert later["since"] > said["since"]
        (seen,) = [
            each for each in (await anna.get(f"/agent/sites/{house.site.id}/board"))["agents"] if each["id"] == ben.id
        ]
        assert (seen["reason"], seen["reason_id"]) == ("Training", training["id"])

        await anna.put(
            f"/admin/presence-reasons/{training['id']}", label="Schooling", presence="busy", productive=False
        )
        await anna.delete(f"/admin/presence-reasons/{lunch['id']}")
        assert [each["label"] for each in (await ben.workspace())["presence_reasons"]] == ["Schooling"]
        with pytest.raises(Refused, match="unknown_reason"):
            await ben.put("/agent/presence", presence="break", reason_id=lunch["id"])
        assert await _steps(house, ben.id) == [
            ("available", None, None), ("break", "Lunch", False), ("busy", "Training", True),
        ]  # fmt: skip


async def _steps(house: House, agent_id: str) -> list[tuple[str, str | None, bool | None]]:
    row = PresenceStep
    his = select(row.presence, row.reason, row.productive).where(row.agent_id == UUID(agent_id))
    async with house.looking() as work:
        return [(presence, reason, counts) for presence, reason, counts in await work.db.execute(his.order_by(row.id))]
