"""Mail servers by TLS, ours and those of others: a certificate that nobody vouches for ends it, in words."""

import asyncio
import smtplib
import socket
import ssl
from contextlib import ExitStack
from email.message import EmailMessage

import pytest

from engage.channels.email import smtp_listener
from engage.channels.email.letters import NotTaken
from engage.channels.email.smtp import Security, SmtpPostman
from tests.engage.channels.email.test_accepting import MAIL, TO, a_house, mails
from tests.engage.channels.email.test_reading import a_mailbox, has, is_in, mail, now, reading, until
from tests.engage.conftest import BuildHouse
from tests.services.certificates import Certificates
from tests.services.dovecot import DovecotServer
from tests.services.smtp import run_smtp

#: what is encrypted and what is refused is the same on every database
once = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def sent(port: int, security: Security) -> str | None:
    """Why it was not; None if it was."""
    letter = EmailMessage()
    letter["Subject"] = "Hello"
    postman = SmtpPostman("127.0.0.1", port, None, None, security, seconds=20)
    try:
        await postman.send(letter, sender="care@nordlink.example", recipients=["kim@shop.example"])
    except NotTaken as problem:
        return str(problem) if problem.no_way else None
    finally:
        postman.lines.close()
    return None


async def test_mail_leaves_encrypted_to_a_server_that_is_vouched_for_and_to_no_other(
    certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ExitStack() as opened:
        by_tls = opened.enter_context(run_smtp(tls=certificates.server()))
        by_starttls = opened.enter_context(run_smtp(starttls=certificates.server()))
        of_another = opened.enter_context(run_smtp(starttls=certificates.server(of_another_host=True)))
        in_the_clear = opened.enter_context(run_smtp())

        unknown = [await sent(by_tls.port, "tls"), await sent(by_starttls.port, "starttls")]
        monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
        fine = [await sent(by_tls.port, "tls"), await sent(by_starttls.port, "starttls")]
        another = await sent(of_another.port, "starttls")
        bare = [await sent(in_the_clear.port, "starttls"), await sent(in_the_clear.port, "tls")]

    for told in (*unknown, another):
        assert told is not None
        assert "certificate was not accepted, so nothing was sent" in told
    assert fine == [None, None]
    assert all(told is not None and "nothing was sent" in told for told in bare)
    counts = [len(each.mails) for each in (by_tls, by_starttls, of_another, in_the_clear)]
    assert counts == [1, 1, 0, 0]


@once
async def test_customers_mail_comes_encrypted_and_nothing_said_before_it_counts(
    build_house: BuildHouse, certificates: Certificates
) -> None:
    house = await a_house(build_house, mail_tls_cert=certificates.chain, mail_tls_required=True)

    async with smtp_listener.listening(house.app) as (smtp, lmtp):
        assert await asyncio.to_thread(injected, smtp, certificates.client()) == [b"530", b"250", b"503"]
        for kind, port in ((smtplib.SMTP, smtp), (smtplib.LMTP, lmtp)):
            await asyncio.to_thread(brought, kind, port, certificates.client())

    assert [each.source for each in await mails(house)] == ["smtp", "lmtp"]
    await house.settles()


def brought(kind: type[smtplib.SMTP], port: int, trusts: ssl.SSLContext) -> None:
    with kind("127.0.0.1", port, timeout=20) as client:
        client.starttls(context=trusts)
        client.sendmail("anna@home.example", [TO], MAIL)


def injected(port: int, trusts: ssl.SSLContext) -> list[bytes]:
    """The codes of MAIL before STARTTLS, and of EHLO and RCPT after it; commands came along with STARTTLS."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        said(line)
        codes = [asked(line, b"EHLO x.example\r\n"), asked(line, b"MAIL FROM:<a@home.example>\r\n")][1:]
        # whoever sits between us adds commands of his own, to be taken for those of the encrypted line
        assert asked(line, b"STARTTLS\r\nEHLO evil.example\r\nMAIL FROM:<evil@x.example>\r\n") == b"220"
        with trusts.wrap_socket(line, server_hostname="127.0.0.1") as secret:
            codes.append(asked(secret, b"EHLO x.example\r\n"))
            codes.append(asked(secret, f"RCPT TO:<{TO}>\r\n".encode()))
            asked(secret, b"QUIT\r\n")
    return codes


def asked(line: socket.socket, words: bytes) -> bytes:
    line.sendall(words)
    return said(line)


def said(line: socket.socket) -> bytes:
    """The code of a whole answer."""
    answer = b""
    while not (answer.endswith(b"\r\n") and answer.splitlines()[-1][3:4] == b" "):
        piece = line.recv(4096)
        if not piece:
            break
        answer += piece
    return answer[:3]


@once
async def test_mailbox_is_read_by_tls_and_by_starttls_and_never_behind_a_certificate_nobody_vouches_for(
    build_house: BuildHouse, dovecot: DovecotServer, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await build_house(outgoing_allow=("127.0.0.1",))
    # an account each: of two readers of one folder the slower would find it read already
    anna, ben = dovecot.account(), dovecot.account()
    for user in (anna, ben):
        dovecot.append(user, mail(1))
    by_tls = await a_mailbox(house, dovecot, anna, security="tls", port=dovecot.tls_port, address="a@carrier.example")
    by_starttls = await a_mailbox(house, dovecot, ben, security="starttls", address="b@carrier.example")

    async with reading(house):
        for box in (by_tls, by_starttls):
            await until(is_in(house, box, "backing_off"))
            assert "could not be encrypted" in ((await now(house, box)).trouble or "")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
        await until(has(house, 2))
        for box in (by_tls, by_starttls):
            await until(is_in(house, box, "idle"))
            assert (await now(house, box)).trouble is None
    await house.settles()
