"""One's own account: passwords, resets, the second factor, and the browsers where one is signed in."""

from collections.abc import AsyncIterator
from typing import Any

import pyotp
import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from engage.access.models import AuditEntry
from engage.agents.models import AccountLink, Agent, RecoveryCode
from engage.channels.email.models import Mail
from tests.engage.agents.guest import Guest
from tests.house import House
from tests.house.databases import on_one_database
from tests.house.people import HouseAgent

EMAIL = "anna@nordlink.example"
PASSWORD = "seven small ducks"
NEW = "eight small ducks"


@pytest.fixture(scope="session")
def password_hash() -> str:
    return PasswordHasher().hash(PASSWORD)


@pytest.fixture
async def anna(house: House, password_hash: str) -> AsyncIterator[HouseAgent]:
    """An admin with a password."""
    async with house.agent("anna", role="admin") as anna:
        async with house.working() as work:
            (await work.db.scalars(select(Agent).where(Agent.email == EMAIL))).one().password_hash = password_hash
        yield anna


async def acts(house: House) -> list[tuple[str, str]]:
    """What the audit log holds, with who did it."""
    async with house.looking() as work:
        return [(row.act, row.actor_kind) for row in await work.db.scalars(select(AuditEntry).order_by(AuditEntry.id))]


async def mails(house: House) -> list[str]:
    await house.settles()
    async with house.looking() as work:
        return list(await work.db.scalars(select(Mail.text).order_by(Mail.id)))


# Passwords.


async def test_new_password_signs_all_other_browsers_out_and_is_told_by_mail(house: House, anna: HouseAgent) -> None:
    async with Guest(house.url) as other:
        await other.signs_in(EMAIL, PASSWORD)
        await anna.post("/agent/account/password", old=PASSWORD, new=NEW)

        assert (await other.raw("GET", "/agent/me"))[0] == 401
        assert (await anna.raw("GET", "/agent/me")).status == 200
        assert (await other.tries_sign_in(EMAIL, PASSWORD))[1] == "wrong_credentials"
        await other.signs_in(EMAIL, NEW)
    (mail,) = await mails(house)
    assert "was changed" in mail
    assert NEW not in mail


@on_one_database
@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("too short", "short_password"),
        ("passwort1234", "common_password"),
        ("aaaaaaaaaaaaaaa", "common_password"),
        ("anna@nordlink.example", "own_password"),
        ("Anna 12345678", "own_password"),
    ],
)
async def test_password_that_is_easily_guessed_is_refused(house: House, anna: HouseAgent, new: str, code: str) -> None:
    answer = await anna.raw("POST", "/agent/account/password", json={"old": PASSWORD, "new": new})

    assert (answer.status, (await answer.json(content_type=None))["code"]) == (422, code)


async def test_whoever_does_not_know_the_old_password_sets_no_new_one(house: House, anna: HouseAgent) -> None:
    for path, body in (
        ("password", {"old": "a guess", "new": NEW}),
        ("second-factor", {"password": "a guess"}),
        ("second-factor/remove", {"password": "a guess"}),
        ("recovery-codes", {"password": "a guess"}),
    ):
        answer = await anna.raw("POST", f"/agent/account/{path}", json=body)
        assert (answer.status, (await answer.json(content_type=None))["code"]) == (403, "wrong_password")


async def test_nobody_signs_in_where_no_password_is_set(house: House) -> None:
    async with house.agent("anna"), Guest(house.url) as guest:
        for guess in ("", " ", "nobody has this password"):
            assert (await guest.tries_sign_in(EMAIL, guess))[1] == "wrong_credentials"


# "Forgot your password?"


async def test_forgotten_password_is_set_anew_by_a_link_that_works_once(house: House, anna: HouseAgent) -> None:
    async with Guest(house.url) as guest:
        await guest.post("/agent/password-reset", email=f" {EMAIL.upper()}")
        (mail,) = await mails(house)
        await guest.uses_link(mail, password=NEW)

        assert (await anna.raw("GET", "/agent/me")).status == 401
        assert anna.screen.closed_because == "revoked"
        assert await guest.tries_link(mail, "nine small ducks") == (404, "link_gone")
        me = await guest.signs_in(EMAIL, NEW)
    assert me["name"] == "Anna"
    assert ("password.reset", "agent") in await acts(house)


async def test_answer_to_a_forgotten_password_tells_nobody_who_exists(house: House, anna: HouseAgent) -> None:
    async with Guest(house.url) as guest:
        known = await guest.raw("POST", "/agent/password-reset", json={"email": EMAIL})
        unknown = await guest.raw("POST", "/agent/password-reset", json={"email": "nobody@nordlink.example"})

    assert known == unknown == (204, None)
    assert len(await mails(house)) == 1


async def test_reset_link_ends_after_half_an_hour_and_few_can_be_asked_for(house: House, anna: HouseAgent) -> None:
    async with Guest(house.url) as guest:
        answers = [await guest.tries("/agent/password-reset", email=EMAIL) for _ in range(6)]
        house.clock.advance(seconds=1800)

        texts = await mails(house)
        assert await guest.tries_link(texts[0], NEW) == (404, "link_gone")
    assert [status for status, _ in answers] == [204, 204, 204, 204, 204, 429]
    assert len(texts) == 3


async def test_link_is_stored_as_its_hash_and_stands_in_no_log(house: House, anna: HouseAgent) -> None:
    async with Guest(house.url) as guest:
        await guest.post("/agent/password-reset", email=EMAIL)
    async with house.looking() as work:
        (stored,) = await work.db.scalars(select(AccountLink.token_hash))
        (line,) = await work.db.scalars(select(AuditEntry))
    (mail,) = await mails(house)
    token = mail.split("account-link#")[1].split()[0]
    assert token not in str(stored) + str(line.changes) + str(house.log)


# The second factor.


async def sets_up(anna: HouseAgent, house: House) -> tuple[pyotp.TOTP, list[str]]:
    offer = await anna.post("/agent/account/second-factor", password=PASSWORD)
    app = pyotp.TOTP(offer["secret"])
    assert offer["qr"].startswith("data:image/svg+xml")
    codes = await anna.post("/agent/account/second-factor/confirm", sealed=offer["sealed"], code=now(app, house))
    return app, codes["codes"]


def now(app: pyotp.TOTP, house: House) -> str:
    return app.at(house.clock.now())


async def ticket(guest: Guest) -> dict[str, Any]:
    status, answer = await guest.raw("POST", "/agent/session", json={"email": EMAIL, "password": PASSWORD})
    assert status in (401, 403)
    return {"ticket": answer["ticket"]}


async def test_signing_in_takes_a_code_that_works_once_with_a_little_drift(house: House, anna: HouseAgent) -> None:
    app, _ = await sets_up(anna, house)
    async with Guest(house.url) as guest:
        step = await ticket(guest)
        assert (await guest.raw("GET", "/agent/me"))[0] == 401
        assert (await guest.tries("/agent/session/code", **step, code=now(app, house)))[1] == "wrong_code"
        house.clock.advance(seconds=60)
        late = app.at(house.clock.now(), counter_offset=-1)
        me = await guest.post("/agent/session/code", **step, code=f" {late[:3]} {late[3:]}")
        assert me["name"] == "Anna"
        assert (await guest.tries("/agent/session/code", **step, code=late))[1] == "wrong_code"
    async with house.looking() as work:
        sealed = (await work.db.scalars(select(Agent.totp_sealed).where(Agent.email == EMAIL))).one()
    assert app.secret not in str(sealed)


async def test_recovery_code_opens_once(house: House, anna: HouseAgent) -> None:
    _, codes = await sets_up(anna, house)
    async with Guest(house.url) as guest:
        await guest.post("/agent/session/code", **await ticket(guest), code=codes[3].upper())
        assert (await guest.tries("/agent/session/code", **await ticket(guest), code=codes[3]))[1] == "wrong_code"
    assert (await anna.get("/agent/account"))["recovery_codes_left"] == 9
    renewed = (await anna.post("/agent/account/recovery-codes", password=PASSWORD))["codes"]
    async with house.looking() as work:
        hashes = set(await work.db.scalars(select(RecoveryCode.code_hash)))
    assert len(hashes | set(renewed)) == 20


async def test_guessing_codes_is_stopped_and_takes_ever_longer(house: House, anna: HouseAgent) -> None:
    await sets_up(anna, house)
    async with Guest(house.url) as guest:
        step = await ticket(guest)
        answers = [await guest.tries("/agent/session/code", **step, code=f"00000{n}") for n in range(6)]
    assert [status for status, _ in answers] == [401] * 5 + [429]


async def test_second_step_takes_no_longer_than_five_minutes_and_no_forged_ticket(
    house: House, anna: HouseAgent
) -> None:
    app, _ = await sets_up(anna, house)
    async with Guest(house.url) as guest:
        step = await ticket(guest)
        assert (await guest.tries("/agent/session/second-factor", **step))[1] == "step_over"
        house.clock.advance(seconds=300)
        assert (await guest.tries("/agent/session/code", **step, code=now(app, house)))[1] == "step_over"


async def test_site_may_ask_for_a_second_factor_which_is_then_set_up_at_the_door(
    house: House, anna: HouseAgent
) -> None:
    await anna.put(f"/admin/sites/{house.site.id}/sign-in-rules", requires_second_factor=True)
    async with Guest(house.url) as guest:
        step = await ticket(guest)
        offer = await guest.post("/agent/session/second-factor", **step)
        app = pyotp.TOTP(offer["secret"])
        wrong = {**step, "sealed": offer["sealed"], "code": "000000"}
        assert (await guest.tries("/agent/session/second-factor/confirm", **wrong))[1] == "wrong_code"
        right = {**step, "sealed": offer["sealed"], "code": now(app, house)}
        codes = (await guest.post("/agent/session/second-factor/confirm", **right))["codes"]
        assert (await guest.get("/agent/me"))["name"] == "Anna"
    assert len(set(codes)) == 10


async def test_second_factor_proposed_to_another_is_none(house: House, anna: HouseAgent, password_hash: str) -> None:
    async with house.agent("ben") as ben:
        async with house.working() as work:
            (await work.db.scalars(select(Agent).where(Agent.email == ben.email))).one().password_hash = password_hash
        offer = await ben.post("/agent/account/second-factor", password=PASSWORD)
        body = {"sealed": offer["sealed"], "code": now(pyotp.TOTP(offer["secret"]), house)}
        assert (await anna.raw("POST", "/agent/account/second-factor/confirm", json=body)).status == 401


# Locking out.


async def test_each_further_failure_costs_twice_the_time_and_other_addresses_are_not_locked_out(
    house: House, anna: HouseAgent
) -> None:
    async with Guest(house.url) as guest:
        assert [(await guest.tries_sign_in(EMAIL, "a guess"))[0] for _ in range(5)] == [401] * 5
        for minutes in (1, 2, 4, 8, 15):
            status, told = await guest.raw("POST", "/agent/session", json={"email": EMAIL, "password": PASSWORD})
            assert (status, told["retry_after"]) == (429, minutes * 60)
            assert ("in a minute" if minutes == 1 else f"in {minutes} minutes") in told["detail"]
            house.clock.advance(seconds=minutes * 60)
            if minutes < 15:
                assert (await guest.tries_sign_in(EMAIL, "a guess"))[0] == 401
        await guest.signs_in(EMAIL, PASSWORD)
    lines = await acts(house)
    assert lines.count(("session.refused", "nobody")) == 9
    assert lines.count(("session.opened", "agent")) == 1


# Browsers.


async def test_browsers_are_listed_and_signed_out_one_by_one_or_all(house: House, anna: HouseAgent) -> None:
    async with Guest(house.url) as phone, Guest(house.url) as tablet:
        await phone.signs_in(EMAIL, PASSWORD)
        await tablet.signs_in(EMAIL, PASSWORD)
        rows = (await anna.get("/agent/account/sign-ins"))["items"]
        assert [row["is_this"] for row in rows] == [False, False, True]

        await anna.delete(f"/agent/account/sign-ins/{rows[0]['id']}")
        assert (await tablet.raw("GET", "/agent/me"))[0] == 401
        assert (await phone.raw("GET", "/agent/me"))[0] == 200
        await anna.delete("/agent/account/sign-ins")
        assert (await phone.raw("GET", "/agent/me"))[0] == 401
    assert len((await anna.get("/agent/account/sign-ins"))["items"]) == 1
    async with house.agent("ben") as ben:
        assert (await ben.raw("DELETE", f"/agent/account/sign-ins/{rows[2]['id']}")).status == 404


async def test_browser_that_is_open_is_seen(house: House, anna: HouseAgent) -> None:
    (before,) = (await anna.get("/agent/account/sign-ins"))["items"]
    await house.passes(120)
    (after,) = (await anna.get("/agent/account/sign-ins"))["items"]

    assert after["seen_at"] > before["seen_at"]


async def test_own_name_is_changed_and_never_empty(house: House, anna: HouseAgent) -> None:
    assert (await anna.raw("PUT", "/agent/account", json={"name": " \t "})).status == 422
    me = await anna.put("/agent/account", name="  Anna   <b>Lind</b> ")

    assert me["name"] == "Anna <b>Lind</b>"
