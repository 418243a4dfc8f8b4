"""Outcomes as a tree: at most three levels, leaves alone can be chosen, what is retired stays readable."""

from typing import Any

import pytest

from tests.house import House
from tests.people.visitor import Refused


async def test_leaf_is_chosen_by_its_path_and_stays_readable_when_it_is_retired(house: House) -> None:
    site = f"/admin/sites/{house.site.id}/outcomes"
    async with house.visitor() as visitor, house.agent("anna", role="admin") as anna:
        billing = await anna.post(site, label="Billing")
        refund = await anna.post(site, label="Refund", parent_id=billing["id"])
        granted = await anna.post(site, label="Granted", parent_id=refund["id"])
        assert granted["path"] == ["Billing", "Refund", "Granted"]
        with pytest.raises(Refused, match="misplaced_outcome"):
            await anna.post(site, label="Too deep", parent_id=granted["id"])
        choices = [each["path"] for each in (await anna.workspace())["dispositions"]]
        assert choices == [["Solved"], ["Billing", "Refund", "Granted"]]

        chat = await visitor.starts_chat("Hello")
        await house.settles()
        work = f"/agent/engagements/{await anna.takes(chat['id'])}"
        await anna.post(f"{work}/end")
        with pytest.raises(Refused, match="unknown_disposition"):
            await anna.post(f"{work}/wrap-up", disposition_id=refund["id"])
        await anna.post(f"{work}/wrap-up", disposition_id=granted["id"])
        assert (await anna.entries(chat["id"]))[-1]["details"]["disposition"] == "Billing › Refund › Granted"

        await anna.delete(f"/admin/outcomes/{billing['id']}")
        assert [each["label"] for each in (await anna.get(site))["items"]] == ["Solved"]
        other = await visitor.starts_chat("Once more")
        (earlier,) = (await anna.get(f"/agent/conversations/{other['id']}"))["earlier"]
        assert earlier["disposition"] == "Billing › Refund › Granted"


async def test_order_and_nesting_are_set_at_once_and_never_make_a_ring(house: House) -> None:
    site = f"/admin/sites/{house.site.id}/outcomes"
    async with house.agent("anna", role="admin") as anna:
        (solved,) = (await anna.get(site))["items"]
        one, two = await anna.post(site, label="One"), await anna.post(site, label="Two")

        def places(*pairs: tuple[Any, Any]) -> list[dict[str, Any]]:
            return [{"id": it["id"], "parent_id": above and above["id"]} for it, above in pairs]

        await anna.put(f"{site}/order", items=places((two, None), (one, two), (solved, one)))
        assert [each["path"] for each in (await anna.get(site))["items"]] == [
            ["Two"], ["Two", "One"], ["Two", "One", "Solved"],
        ]  # fmt: skip
        foreign = {"id": str(house.site.id)}
        for wrong in (places((one, two), (two, one)), places((one, one)), places((one, foreign))):
            with pytest.raises(Refused, match="misplaced_outcome"):
                await anna.put(f"{site}/order", items=wrong)
        assert len((await anna.get(site))["items"]) == 3
