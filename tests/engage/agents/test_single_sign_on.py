"""Single sign-on with a real provider: who is let in, and what a provider must not do."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from yarl import URL

from engage.access.models import AuditEntry
from engage.agents.models import IdentityProvider
from tests.engage.agents.guest import Guest
from tests.engage.conftest import BuildHouse
from tests.house import House, rows
from tests.services.oidc import CLIENT_ID, CLIENT_SECRET, run_provider

EVA = "eva@nordlink.example"


@pytest.fixture
async def house(build_house: BuildHouse) -> House:
    """It may call this machine, and its clock is the provider's."""
    house = await build_house(outgoing_allow=("127.0.0.1",))
    house.clock.advance(seconds=(datetime.now(UTC) - house.clock.now()).total_seconds())
    return house


@asynccontextmanager
async def provided(house: House, folder: Path, *, algorithm: str = "RS256", **form: Any) -> AsyncIterator[str]:
    """The site trusts a provider; its issuer."""
    with run_provider(folder, redirect_uri=f"{house.url}/sso/return", algorithm=algorithm) as issuer:
        async with house.agent("anna", role="admin") as anna:
            await anna.put(
                f"/admin/sites/{house.site.id}/single-sign-on",
                **{
                    "label": "Nordlink account",
                    "issuer": issuer,
                    "client_id": CLIENT_ID,
                    "client_secret": CLIENT_SECRET,
                    "domains": ["Nordlink.example"],
                    **form,
                },
            )
            yield issuer


async def goes_there(guest: Guest, email: str) -> URL:
    """Begins on our page and types his address at the provider; the address to which that sends him back."""
    (button,) = (await guest.get("/agent/sso"))["items"]
    url = (await guest.post("/agent/sso", site_id=button["site_id"]))["url"]
    page = await guest.browses("GET", url)
    action = re.search(r'action="([^"]+)"', page.text)
    assert action is not None
    form = {"prompt": "login", "login": email, "password": "anything"}
    there = await guest.browses("POST", action[1], until="/sso/return", data=form)
    return there.url


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
async def test_somebody_of_the_site_comes_in_by_his_verified_address(
    house: House, tmp_path: Path, algorithm: str
) -> None:
    async with provided(house, tmp_path, algorithm=algorithm), house.agent("eva"), Guest(house.url) as guest:
        back = await guest.browses("GET", str(await goes_there(guest, EVA)), until="/console/")

        assert (back.url.path, back.url.fragment) == ("/console/", "")
        assert (await guest.get("/agent/me"))["email"] == EVA
    async with house.looking() as work:
        lines = [line.act for line in await work.db.scalars(select(AuditEntry))]
        sealed = (await work.db.scalars(select(IdentityProvider.client_secret_sealed))).one()
        changes = str((await work.db.scalars(select(AuditEntry.changes))).all())
    assert "session.opened" in lines
    assert CLIENT_SECRET not in str(sealed) + changes


async def test_somebody_new_comes_in_only_where_the_site_wants_it(house: House, tmp_path: Path) -> None:
    async with provided(house, tmp_path), Guest(house.url) as early, Guest(house.url) as guest:
        back = await early.browses("GET", str(await goes_there(early, "new@nordlink.example")), until="/console/")
        assert back.url.fragment == "sso=unknown"
        async with house.working() as work:
            (await work.db.scalars(select(IdentityProvider))).one().role_of_new = "agent"
        await guest.browses("GET", str(await goes_there(guest, "new@nordlink.example")), until="/console/")
        me = await guest.get("/agent/me")
    assert (me["name"], me["sites"][0]["role"]) == ("Eva Lind", "agent")


@pytest.mark.parametrize(
    ("email", "told"),
    [
        ("unproved@nordlink.example", "sso=failed"),
        ("eva@elsewhere.example", "sso=unknown"),
        ("no address", "sso=unknown"),
    ],
)
async def test_address_that_nobody_vouches_for_or_of_a_foreign_domain_stays_outside(
    house: House, tmp_path: Path, email: str, told: str
) -> None:
    async with provided(house, tmp_path, role_of_new="agent"), Guest(house.url) as guest:
        back = await guest.browses("GET", str(await goes_there(guest, email)), until="/console/")

        assert back.url.fragment == told
        assert (await guest.raw("GET", "/agent/me"))[0] == 401


async def test_provider_of_one_site_lets_nobody_into_another(house: House, tmp_path: Path) -> None:
    async with house.working() as work:
        await rows.a_site(work, "southlink")
    async with (
        provided(house, tmp_path, role_of_new="admin"),
        house.agent("sven", site_key="southlink", role="admin") as sven,
        Guest(house.url) as guest,
    ):
        back = await guest.browses("GET", str(await goes_there(guest, sven.email)), until="/console/")
        assert back.url.fragment == "sso=unknown"


async def test_answer_of_another_browser_another_attempt_or_a_used_code_is_refused(
    house: House, tmp_path: Path
) -> None:
    async with provided(house, tmp_path), house.agent("eva"), Guest(house.url) as guest, Guest(house.url) as thief:
        back = await goes_there(guest, EVA)
        for browser, url in (
            (thief, back),
            (guest, back.update_query(state="forged")),
            (guest, back.update_query(code="forged")),
            (guest, URL(f"{house.url}/sso/return?error=access_denied&state={back.query['state']}")),
        ):
            told = await browser.browses("GET", str(url), until="/console/")
            assert told.url.fragment == "sso=failed"
            assert (await browser.raw("GET", "/agent/me"))[0] == 401


async def test_test_button_tells_what_is_wrong_and_reaches_no_private_network(house: House, tmp_path: Path) -> None:
    async with provided(house, tmp_path) as issuer, house.agent("bea", role="admin") as bea:
        path = f"/admin/sites/{house.site.id}/single-sign-on/test"
        assert (await bea.post(path, issuer=issuer))["issuer"] == issuer
        for wrong in (f"{issuer}/else", "https://169.254.169.254", "http://127.0.0.2:1", "ftp://x.example", "x"):
            assert (await bea.raw("POST", path, json={"issuer": wrong})).status in (422, 502)
        view = await bea.get(f"/admin/sites/{house.site.id}/single-sign-on")
    assert CLIENT_SECRET not in str(view)
    assert view["redirect_uri"] == f"{house.url}/sso/return"
