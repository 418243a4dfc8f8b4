"""People of a site: invited, given duties, suspended and removed; nobody gets in by another's invitation."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import select, text

from engage.access.models import AuditEntry
from engage.administration.letters import ENGLISH, FRAMES, LETTERS
from engage.agents.models import Agent, AgentSite
from engage.channels.email.models import Mail
from engage.sites.models import Site
from tests.engage.agents.guest import Guest, token_in
from tests.house import House, rows
from tests.house.databases import on_one_database
from tests.house.people import HouseAgent

NEW = "dora@nordlink.example"
PASSWORD = "seven small ducks"


def people_of(house: House) -> str:
    return f"/admin/sites/{house.site.id}/people"


async def person(house: House, admin: HouseAgent, email: str) -> dict[str, Any]:
    people = (await admin.get(people_of(house)))["items"]
    return next(each for each in people if each["email"] == email)


async def test_invited_person_sets_a_password_comes_in_and_is_offered_work(house: House) -> None:
    async with house.agent("anna", role="admin", presence="offline") as anna, house.visitor() as visitor:
        queues = (await anna.get(people_of(house)))["queues"]
        invited = await anna.post(people_of(house), email=f" {NEW.upper()} ", role="agent", queue_ids=[queues[0]["id"]])
        assert (await person(house, anna, NEW))["state"] == "invited"

        async with Guest(house.url) as dora:
            seen = await dora.post("/agent/account-links/look", token=token_in(invited["link"]))
            assert (seen["purpose"], seen["email"], seen["name"]) == ("invitation", NEW, "")
            await dora.uses_link(invited["link"], name="Dora", password=PASSWORD)
            me = await dora.signs_in(NEW, PASSWORD)
            assert (me["name"], me["sites"][0]["role"]) == ("Dora", "agent")
            await dora.opens_console(house)
            await visitor.starts_chat("Hello")
            await house.settles()
            offers = (await dora.get("/agent/workspace"))["offers"]

        assert (await person(house, anna, NEW))["state"] == "active"
    assert len(offers) == 1


async def test_invitation_is_mailed_with_a_link_that_only_those_may_read_who_gain_nothing(house: House) -> None:
    async with house.agent("anna", role="admin") as anna, house.agent("ben", role="supervisor") as ben:
        await anna.post(people_of(house), email=NEW, role="agent")
        await house.settles()

        (mail,) = (await anna.get("/agent/mails"))["items"]
        text = (await anna.get(f"/agent/mails/{mail['id']}"))["text"]
        assert (await ben.get("/agent/mails"))["items"] == []
    assert "/console/account-link#" in text


async def test_mails_of_a_german_site_speak_german(house: House) -> None:
    async with house.agent("anna", role="admin") as anna:
        async with house.working() as work:
            (await work.db.get_one(Site, house.site.id)).locale = "de-DE"
        await anna.post(people_of(house), email=NEW, role="agent")
        await house.settles()

        (mail,) = (await anna.get("/agent/mails"))["items"]
        text = (await anna.get(f"/agent/mails/{mail['id']}"))["text"]
    assert mail["subject"] == "Einladung zu Nordlink"
    assert text.startswith("Guten Tag,")


def test_every_letter_is_written_in_every_language() -> None:
    assert all(letters.keys() == ENGLISH.keys() for letters in LETTERS.values())
    assert LETTERS.keys() == FRAMES.keys()


async def test_link_works_once_and_for_three_days(house: House) -> None:
    async with house.agent("anna", role="admin") as anna, Guest(house.url) as dora:
        link = (await anna.post(people_of(house), email=NEW, role="agent"))["link"]
        await dora.uses_link(link, name="Dora", password=PASSWORD)
        assert (await dora.tries_link(link, PASSWORD)) == (404, "link_gone")

        late = (await anna.post(people_of(house), email="eva@nordlink.example", role="agent"))["link"]
        house.clock.advance(seconds=3 * 86_400)
        assert (await dora.tries_link(late, PASSWORD)) == (404, "link_gone")


async def test_whoever_has_an_account_is_given_the_site_and_the_answer_does_not_tell(house: House) -> None:
    async with house.working() as work:
        await rows.a_site(work, "southlink")
    async with (
        house.agent("anna", role="admin") as anna,
        house.agent("sven", site_key="southlink") as sven,
        Guest(house.url) as guest,
    ):
        new = await anna.post(people_of(house), email=NEW, role="agent")
        known = await anna.post(people_of(house), email=sven.email, role="agent")

        assert new.keys() == known.keys()
        assert len(new["link"]) == len(known["link"])
        assert (await guest.tries_link(known["link"], PASSWORD)) == (404, "link_gone")
        assert sven.screen.closed_because == "revoked"  # his console comes back, into the rooms of both sites
        assert [site["key"] for site in (await sven.get("/agent/me"))["sites"]] == ["nordlink", "southlink"]


async def test_account_of_a_mailbox_that_nobody_proved_does_not_open_a_second_site(house: House) -> None:
    """The admin of the first site made it by himself, from the link that he was shown."""
    async with house.working() as work:
        south = await rows.a_site(work, "southlink")
    async with (
        house.agent("sven", site_key="southlink", role="admin") as sven,
        house.agent("anna", role="admin") as anna,
        Guest(house.url) as thief,
    ):
        link = (await sven.post(f"/admin/sites/{south.id}/people", email=NEW, role="agent"))["link"]
        await thief.uses_link(link, name="Not Dora", password=PASSWORD)
        await thief.signs_in(NEW, PASSWORD)

        shown = (await anna.post(people_of(house), email=NEW, role="admin"))["link"]
        await house.settles()

        assert (await thief.raw("GET", "/agent/me"))[0] == 401
        assert (await thief.tries_sign_in(NEW, PASSWORD))[1] == "wrong_credentials"
        assert (await thief.tries_link(shown, PASSWORD)) == (404, "link_gone")
        (mail,) = (await anna.get("/agent/mails"))["items"]
        assert "account-link#" not in (await anna.get(f"/agent/mails/{mail['id']}"))["text"]
        async with house.looking() as work:
            text = (await work.db.scalars(select(Mail.text).where(Mail.site_id == house.site.id))).one()
        await thief.uses_link(text, name="Dora", password="eight small ducks")
        assert len((await thief.signs_in(NEW, "eight small ducks"))["sites"]) == 2


async def test_suspended_agent_is_out_at_once_and_his_chat_goes_to_somebody_else(house: House) -> None:
    async with (
        house.visitor() as visitor,
        house.agent("anna", role="admin", presence="busy") as anna,
        house.agent("ben") as ben,
    ):
        chat = await visitor.starts_chat("Hello")
        await house.settles()
        await ben.takes(chat["id"])

        await anna.post(f"{people_of(house)}/{ben.id}/suspend")
        await house.settles()

        assert ben.screen.closed_because == "revoked"
        assert (await ben.raw("GET", "/agent/me")).status == 401
        assert (await visitor.place(chat["id"]))[0] == "queued"
        assert ben.id not in str((await anna.workspace())["colleagues"])
        await anna.post(f"{people_of(house)}/{ben.id}/resume")
        assert (await ben.raw("GET", "/agent/me")).status == 200
        assert (await person(house, anna, ben.email))["queue_ids"] != []


async def test_removed_agent_is_gone_and_what_he_wrote_stays(house: House) -> None:
    async with house.visitor() as visitor, house.agent("anna", role="admin", presence="busy") as anna:
        async with house.agent("ben") as ben:
            chat = await visitor.starts_chat("Hello")
            await house.settles()
            await ben.takes(chat["id"])
            await ben.says(chat["id"], "I am Ben")

            await anna.delete(f"{people_of(house)}/{ben.id}")
            await house.settles()

            assert (await ben.raw("GET", "/agent/me")).status == 401
        assert [each["name"] for each in (await anna.get(people_of(house)))["items"]] == ["Anna"]
        assert "I am Ben" in await visitor.texts(chat["id"])
        assert await visitor.place(chat["id"]) == ("queued", 1)


async def test_change_of_role_counts_from_the_next_request(house: House) -> None:
    async with house.agent("anna", role="admin") as anna, house.agent("ben", role="supervisor") as ben:
        path, queues = f"{people_of(house)}/{ben.id}", (await anna.get(people_of(house)))["queues"]
        only = [queues[0]["id"]]

        changed = await anna.put(path, role="agent", all_queues=False, queue_ids=only, capacity=2)

        assert (changed["role"], changed["all_queues"], changed["queue_ids"], changed["capacity"]) == (
            "agent", False, only, 2
        )  # fmt: skip
        assert (await ben.get("/agent/me"))["sites"][0]["role"] == "agent"
        assert ben.screen.closed_because == "revoked"
    async with house.looking() as work:
        line = (await work.db.scalars(select(AuditEntry).where(AuditEntry.act == "person.changed"))).one()
    assert line.changes["role"] == ["supervisor", "agent"]
    assert line.changes["queues"] == [["Billing", "Orders"], [queues[0]["name"]]]


async def test_last_admin_can_neither_go_nor_be_made_less(house: House) -> None:
    async with house.agent("anna", role="admin") as anna:
        await anna.post(people_of(house), email=NEW, role="admin")  # who has not come yet does not count
        path = f"{people_of(house)}/{anna.id}"
        for answer in (
            await anna.raw("PUT", path, json={"role": "agent", "capacity": 4}),
            await anna.raw("POST", f"{path}/suspend"),
            await anna.raw("DELETE", path),
        ):
            assert (answer.status, (await answer.json(content_type=None))["code"]) == (409, "last_admin")
        async with house.agent("ben", role="admin"):
            await anna.put(path, role="agent", capacity=4)
        assert (await anna.get("/agent/me"))["sites"][0]["role"] == "agent"


@on_one_database
@pytest.mark.parametrize(
    "form",
    [
        {"email": "no address"},
        {"email": "a@b.example\nBcc: x@y.example"},
        {"role": "owner"},
        {"queue_ids": ["01a200d1-34df-76f3-b339-278bcd488e61"]},
        {"email": f"{'x' * 400}@nordlink.example"},
    ],
)
async def test_invitation_that_makes_no_sense_leaves_nothing(house: House, form: dict[str, Any]) -> None:
    async with house.agent("anna", role="admin") as anna:
        answer = await anna.raw("POST", people_of(house), json={"email": NEW, "role": "agent", **form})

        assert answer.status == 422
        assert len((await anna.get(people_of(house)))["items"]) == 1


async def test_second_factor_is_reset_only_by_who_administers_all_that_he_works_for(house: House) -> None:
    async with house.working() as work:
        south = await rows.a_site(work, "southlink")
    async with (
        house.agent("anna", role="admin") as anna,
        house.agent("sven", site_key="southlink", role="admin") as sven,
        house.agent("ben") as ben,
    ):
        async with house.working() as work:
            (await work.db.scalars(select(Agent).where(Agent.email == ben.email))).one().totp_sealed = "sealed"
        await sven.post(f"/admin/sites/{south.id}/people", email=ben.email, role="agent")
        refused = await sven.raw("POST", f"/admin/sites/{south.id}/people/{ben.id}/reset-second-factor")
        assert refused.status == 403
        await sven.delete(f"/admin/sites/{south.id}/people/{ben.id}")
        await anna.post(f"{people_of(house)}/{ben.id}/reset-second-factor")
        assert not (await person(house, anna, ben.email))["second_factor"]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_two_admins_who_remove_each_other_at_the_same_moment_leave_one(house: House) -> None:
    async with house.agent("anna", role="admin") as anna, house.agent("ben", role="admin") as ben:
        path = people_of(house)
        async with at_the_same_moment(house, 2) as acts:
            for who, whom in ((anna, ben), (ben, anna)):
                acts.append(asyncio.create_task(who.raw("DELETE", f"{path}/{whom.id}")))
        statuses = sorted([(await act).status for act in acts])

        async with house.looking() as work:
            left = (await work.db.scalars(select(AgentSite).where(AgentSite.site_id == house.site.id))).all()
    assert statuses == [204, 409]
    assert [each.role for each in left] == ["admin"]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_two_admins_who_remove_the_same_person_at_the_same_moment_both_get_an_answer(house: House) -> None:
    async with (
        house.agent("anna", role="admin") as anna,
        house.agent("ben", role="admin") as ben,
        house.agent("cleo") as cleo,
    ):
        async with at_the_same_moment(house, 2) as acts:
            for who in (anna, ben):
                acts.append(asyncio.create_task(who.raw("DELETE", f"{people_of(house)}/{cleo.id}")))
        statuses = sorted([(await act).status for act in acts])

    assert statuses == [204, 404]


@asynccontextmanager
async def at_the_same_moment(house: House, number: int) -> AsyncIterator[list[asyncio.Task[Any]]]:
    """The acts that begin in it have all begun, and wait for one another's rows, when it ends."""
    acts: list[asyncio.Task[Any]] = []
    async with house.working() as work:
        await work.db.execute(select(AgentSite).where(AgentSite.site_id == house.site.id).with_for_update())
        yield acts
        while await _waiting_for_rows(house) < number:
            pass


async def _waiting_for_rows(house: House) -> int:
    here = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    async with house.looking() as work:
        return await work.db.scalar(text(here)) or 0
