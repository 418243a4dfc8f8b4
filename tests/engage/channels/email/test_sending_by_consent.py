"""A site's mails leave by XOAUTH2, with the consent that was given to read one of its mailboxes."""

import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import orjson
import pytest
from sqlalchemy import select

from engage import channels
from engage.channels import OutboundMessage
from engage.channels.email.models import Mail, Mailbox
from engage.channels.email.smtp import LINES
from engage.kit.ids import new_id
from engage.kit.secrets import VAULT
from tests.engage.conftest import BuildHouse
from tests.house import House, rows
from tests.people.visitor import Refused
from tests.services.certificates import Certificates
from tests.services.consent import Consent
from tests.services.smtp import SmtpServer, run_smtp

#: how a server is signed in to is the same on every database
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

BOX, ACCOUNT = "support@carrier.example", "ada@carrier.example"


@pytest.fixture
def post(certificates: Certificates, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmtpServer]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    with run_smtp(starttls=certificates.server(), by_token=True) as server:
        yield server


def gives_to(post: SmtpServer) -> Consent:
    """Tokens by which the account may sign in; the one before is void."""

    def new_token() -> str:
        post.tokens[ACCOUNT] = secrets.token_hex(8)
        return post.tokens[ACCOUNT]

    return Consent(new_token)


async def a_mailbox(house: House, token_url: str, *, lives: int) -> Mailbox:
    kept = {"refresh_token": "r0", "client_secret": "s", "access_token": "old"}
    ends = house.clock.now() + timedelta(seconds=lives)
    asked = {"token_url": token_url, "client_id": "us", "account": ACCOUNT, "expires_at": ends.isoformat()}
    async with house.working() as work:
        return await rows.a_mailbox(
            work, address=BOX, protocol="imap", host="127.0.0.1", auth="oauth", oauth=asked,
            secrets=house.app[VAULT].seal(orjson.dumps(kept).decode()),
        )  # fmt: skip


async def sends(house: House, subject: str) -> None:
    message = OutboundMessage(
        id=new_id(), site_id=house.site.id, conversation_id=None, to="kim@shop.example", subject=subject, text="Here"
    )
    async with house.working() as work:
        await channels.send(work, "email", message)
    await house.settles()


async def states(house: House) -> list[str]:
    async with house.looking() as work:
        return list(await work.db.scalars(select(Mail.state).order_by(Mail.id)))


async def test_token_is_fetched_before_its_end_and_when_it_is_refused_and_a_refusal_alarms_and_loses_nothing(
    build_house: BuildHouse, post: SmtpServer
) -> None:
    house = await build_house(outgoing_allow=("127.0.0.1",))
    house.expects_failures_of = {"channels.deliver"}
    consent, path = gives_to(post), f"/admin/sites/{house.site.id}/mail"
    async with consent.running() as url, house.agent("anna", role="admin") as anna:
        box = await a_mailbox(house, url, lives=60)
        server = {"host": "127.0.0.1", "port": post.port, "mailbox_id": str(box.id)}
        await anna.put(path, server=server)
        assert await anna.post(f"{path}/test", to="anna@nordlink.example") == {"sent": True, "problem": None}
        await sends(house, "one")
        assert (len(consent.asked), {user for user, _ in post.sign_ins}) == (1, {ACCOUNT})

        taken_back(house, post)
        await sends(house, "two")
        assert (await states(house), len(consent.asked)) == (["sent", "sent"], 2)

        taken_back(house, post)
        consent.refuses = True
        await sends(house, "three")
        assert "consent" in (await anna.get(path))["trouble"]
        await house.passes(60)
        assert [line["event"] for line in house.log if line["event"] == "mails_cannot_leave"]
        (alarm,) = (await anna.get("/admin/mail-alarms"))["items"]
        assert "consent" in alarm["mailboxes"][0]["trouble"]

        consent.refuses = False
        await house.passes(120)
        assert (await anna.get(path))["trouble"] is None

    assert await states(house) == ["sent"] * 3
    assert [each.subject for each in post.mails] == ["Test mail of Nordlink", "one", "two", "three"]
    assert "old" not in {token for _, token in post.sign_ins}


def taken_back(house: House, post: SmtpServer) -> None:
    """The token is void before its time, and nobody is signed in any more."""
    post.tokens.clear()
    house.app[LINES].close()


async def test_consent_is_only_used_where_it_was_given_and_a_password_goes_to_no_other_server(house: House) -> None:
    path = f"/admin/sites/{house.site.id}/mail"
    async with house.working() as work:
        await rows.a_site(work, "southlink")
        theirs = await rows.a_mailbox(work, site_key="southlink", auth="oauth")
        no_consent = await rows.a_mailbox(work, address="bills@carrier.example")
    server: dict[str, Any] = {"host": "smtp.nordlink.example"}
    async with house.agent("anna", role="admin") as anna:
        assert (await anna.get(path))["mailboxes"] == []
        for box in (theirs, no_consent):
            with pytest.raises(Refused, match="invalid"):
                await anna.put(path, server={**server, "mailbox_id": str(box.id)})
        await anna.put(path, server=server, password="correct horse")
        with pytest.raises(Refused, match="mailbox_secret_needed"):
            await anna.put(path, server={"host": "smtp.evil.example"})
        moved = await anna.put(path, server={"host": "smtp.south.example"}, password="battery")
    assert moved["server"]["host"] == "smtp.south.example"
