"""Mailboxes in the settings: secrets stay where they were typed in for, and a trial says what the server answered."""

import base64
import hashlib
from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from yarl import URL

from engage.agents.sign_in import COOKIE
from engage.channels.email import mailbox_check
from engage.channels.email.models import Mail, MailRule
from engage.kit.ids import new_id
from engage.sites.models import Site
from tests.engage.conftest import BuildHouse
from tests.house import House, rows
from tests.house.people import HouseAgent
from tests.people.visitor import Refused
from tests.services.dovecot import PASSWORD as DOVECOT_PASSWORD
from tests.services.dovecot import DovecotServer
from tests.services.silent import SilentServer

PASSWORD = "correct horse battery"
IMAP = {"protocol": "imap", "host": "imap.nordlink.example", "login": "support", "password": PASSWORD}


async def test_mailbox_is_set_up_and_its_password_is_sealed_and_goes_to_no_other_server(house: House) -> None:
    path = f"/admin/sites/{house.site.id}/mailboxes"
    async with house.agent("anna", role="admin") as anna:
        queue_id = (await anna.get(path))["queues"][0]["id"]
        form = {"name": "Support", "address": "Support@Nordlink.example", "queue_id": queue_id, **IMAP}
        alias = {"address": "bills@nordlink.example", "queue_id": queue_id}
        made = await anna.post(path, **form, aliases=[alias])
        one = f"/admin/mailboxes/{made['id']}"
        without = {name: value for name, value in form.items() if name != "password"}
        renamed = await anna.put(one, **{**without, "name": "Care", "aliases": [alias]})
        with pytest.raises(Refused, match="mailbox_secret_needed"):
            await anna.put(one, **{**without, "host": "imap.evil.example"})
        with pytest.raises(Refused, match="mailbox_secret_needed"):
            await anna.post(f"{path}/sign-in", mailbox_id=made["id"], mailbox={**without, "host": "imap.evil.example"})
        with pytest.raises(Refused, match="mail_address_taken"):
            await anna.post(path, **{**form, "address": "bills@nordlink.example"})
        with pytest.raises(Refused, match="invalid"):
            await anna.post(path, **{**form, "address": "a@nordlink.example", "login": "x\r\nA1 DELETE"})
        off = await anna.put(f"{one}/on", is_on=False)
        log = await anna.get(f"/admin/sites/{house.site.id}/audit")
        await anna.delete(one)
        none = await anna.get(path)

    assert (made["address"], made["state"], made["has_password"]) == ("support@nordlink.example", "connecting", True)
    assert (renamed["name"], renamed["has_password"], off["state"]) == ("Care", True, "disabled")
    assert PASSWORD not in str((made, renamed, off, log))
    assert none["items"] == []


async def test_mailbox_by_which_a_mail_left_or_that_a_rule_or_the_mail_server_names_stays(house: House) -> None:
    async with house.working() as work:
        left, ruled, sends, free = [
            await rows.a_mailbox(work, address=f"{name}@nordlink.example")
            for name in ("left", "ruled", "sends", "free")
        ]
        work.db.add(a_mail(house, work.now, left.id))
        work.db.add(MailRule(id=new_id(), site_id=house.site.id, mailbox_id=ruled.id, name="x", created_at=work.now))
        site = await work.db.get_one(Site, house.site.id)
        site.mail = {"server": {"host": "smtp.nordlink.example", "mailbox_id": str(sends.id)}}
    async with house.agent("anna", role="admin") as anna:
        for box in (left, ruled, sends):
            with pytest.raises(Refused, match="mailbox_in_use"):
                await anna.delete(f"/admin/mailboxes/{box.id}")
        await anna.delete(f"/admin/mailboxes/{free.id}")
        kept = (await anna.get(f"/admin/sites/{house.site.id}/mailboxes"))["items"]

    assert {each["id"] for each in kept} == {str(box.id) for box in (left, ruled, sends)}


def a_mail(house: House, now: datetime, mailbox_id: UUID) -> Mail:
    return Mail(
        id=new_id(), site_id=house.site.id, mailbox_id=mailbox_id, sender="left@nordlink.example",
        recipient="kim@home.example", subject="Hello", text="Hello", files=[], state="kept", created_at=now,
    )  # fmt: skip


async def test_sign_in_is_never_tried_in_our_own_network(house: House) -> None:
    async with house.agent("anna", role="admin") as anna:
        path = f"/admin/sites/{house.site.id}/mailboxes"
        queue_id = (await anna.get(path))["queues"][0]["id"]
        form = {"name": "Support", "address": "support@nordlink.example", "queue_id": queue_id, **IMAP}
        told = await anna.post(f"{path}/sign-in", mailbox={**form, "host": "127.0.0.1", "port": 1})

    assert "private network" in told["problem"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_trial_tells_what_the_mail_server_answered(
    build_house: BuildHouse, dovecot: DovecotServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await build_house(outgoing_allow=("127.0.0.1",))
    path, user = f"/admin/sites/{house.site.id}/mailboxes", dovecot.account()
    dovecot.append(user, b"Subject: Hello\r\n\r\nx\r\n")
    async with house.agent("anna", role="admin") as anna, SilentServer() as silent:
        form = {
            "name": "Support", "address": "support@nordlink.example", "protocol": "imap", "login": user,
            "queue_id": (await anna.get(path))["queues"][0]["id"], "host": dovecot.host, "port": dovecot.port,
            "security": "none", "password": DOVECOT_PASSWORD,
        }  # fmt: skip

        async def tried(**changed: object) -> str | None:
            return (await anna.post(f"{path}/sign-in", mailbox=form | changed))["problem"]  # type: ignore[no-any-return]

        fine = await anna.post(f"{path}/sign-in", mailbox=form)
        nowhere = await tried(folder="Nowhere")
        unknown = await tried(security="tls", port=dovecot.tls_port)
        # after it Dovecot takes its time
        wrong = await tried(password="wrong")
        monkeypatch.setattr(mailbox_check, "TIMEOUT_SECONDS", 1)
        hanging = await tried(port=silent.port)

    assert (fine["problem"], fine["mails"], fine["folders"]) == (None, 1, ["INBOX"])
    assert (wrong or "").startswith("The server refused the sign-in: ")
    assert nowhere == "Signed in, but there is no folder “Nowhere”."
    assert unknown == "The connection could not be encrypted (CERTIFICATE_VERIFY_FAILED). Check port and encryption."
    assert hanging == "127.0.0.1 did not answer within 1 seconds. Check host and port."


class AuthorizationServer:
    """Gives a code at once, and tokens for it to whoever began (RFC 6749, RFC 7636)."""

    def __init__(self) -> None:
        self.asked: dict[str, str] = {}
        app = web.Application()
        app.router.add_get("/authorize", self._authorize)
        app.router.add_post("/token", self._token)
        self.server = TestServer(app)

    async def _authorize(self, request: web.Request) -> web.Response:
        self.asked = dict(request.query)
        back = f"{self.asked['redirect_uri']}?code=the-code&state={self.asked['state']}"
        raise web.HTTPFound(back)

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        digest = hashlib.sha256(str(form["code_verifier"]).encode()).digest()
        is_same = base64.urlsafe_b64encode(digest).decode().rstrip("=") == self.asked["code_challenge"]
        if form["code"] != "the-code" or form["client_secret"] != "of the client" or not is_same:
            return web.json_response({"error": "invalid_grant"}, status=400)
        return web.json_response({"access_token": "access", "refresh_token": "refresh", "expires_in": 3600})


@pytest.fixture
async def consent_server() -> AsyncIterator[AuthorizationServer]:
    service = AuthorizationServer()
    await service.server.start_server()
    yield service
    await service.server.close()


async def test_consent_is_asked_with_a_proof_and_kept_sealed_only_for_whoever_began(
    build_house: BuildHouse, consent_server: AuthorizationServer
) -> None:
    house = await build_house(outgoing_allow=("127.0.0.1",))
    path = f"/admin/sites/{house.site.id}/mailboxes"
    base = str(consent_server.server.make_url("")).rstrip("/")
    async with house.agent("anna", role="admin") as anna:
        queue_id = (await anna.get(path))["queues"][0]["id"]
        oauth = {
            "provider": "other", "client_id": "us", "client_secret": "of the client", "scope": "mail",
            "authorize_url": f"{base}/authorize", "token_url": f"{base}/token",
        }  # fmt: skip
        form = {"name": "Support", "address": "support@nordlink.example", "queue_id": queue_id, "auth": "oauth"}
        box = await anna.post(path, **form, host="imap.nordlink.example", oauth=oauth)
        async with a_browser(anna) as browser, aiohttp.ClientSession() as stranger:
            asked = await browser.post(f"{house.url}/api/v1/admin/mailboxes/{box['id']}/consent")
            sent_back = await stranger.get((await asked.json())["url"], allow_redirects=False)
            back = sent_back.headers["Location"]
            stolen = await stranger.get(back, allow_redirects=False)
            answer = await browser.get(back, allow_redirects=False)
        shown = (await anna.get(path))["items"][0]
        moved = await anna.put(f"/admin/mailboxes/{box['id']}", **form, host="imap.evil.example", oauth=oauth)
        log = await anna.get(f"/admin/sites/{house.site.id}/audit")

    assert stolen.headers["Location"].endswith("#consent=failed")
    assert answer.headers["Location"].endswith("#consent=given")
    assert shown["oauth"]["has_consent"]
    assert shown["oauth"]["account"] == "support@nordlink.example"
    # another server is not sent what was given for this one
    assert not moved["oauth"]["has_consent"]
    assert "refresh" not in str((shown, log))
    assert "of the client" not in str((shown, log))


def a_browser(agent: HouseAgent) -> aiohttp.ClientSession:
    """One in which he is signed in, and that keeps what it is given."""
    jar = aiohttp.CookieJar(unsafe=True)
    jar.update_cookies({COOKIE: agent.token}, URL(agent.url))
    return aiohttp.ClientSession(cookie_jar=jar, headers={"X-Engage-Request": "1"})
