"""Notices by mail: once for an event, in the reader's language, and ended by one click that nobody else can make."""

import re
from uuid import UUID

import aiohttp
import pytest
from pydantic import SecretStr

from engage.channels.email import notices
from engage.channels.email.notices import Notice
from engage.contacts.models import Contact
from engage.kit.ids import new_id
from tests.engage.conftest import BuildHouse
from tests.house import House
from tests.services.smtp import SmtpServer

KIM = "Kim@shop.example"


@pytest.fixture
async def post_office(build_house: BuildHouse, smtp_server: SmtpServer) -> House:
    return await build_house(smtp_url=SecretStr(smtp_server.url))


async def a_contact(house: House) -> UUID:
    async with house.working() as work:
        contact = Contact(id=new_id(), site_id=house.site.id, name="Kim", email=KIM, created_at=work.now)
        work.db.add(contact)
        return contact.id


async def tells(house: House, contact_id: UUID, event: str, purpose: str = "service") -> None:
    said = {"subject": "Ihr Router\r\nBcc: x@evil.example", "lines": ("Er ist <b>unterwegs</b>.",), "locale": "de"}
    async with house.working() as work:
        await notices.tell(work, house.app, Notice(contact_id, event, purpose, **said))  # type: ignore[arg-type]
    await house.settles()


async def test_event_is_told_once_and_its_mail_ends_such_mails_by_one_click(
    post_office: House, smtp_server: SmtpServer
) -> None:
    kim = await a_contact(post_office)
    for _ in range(2):
        await tells(post_office, kim, "order:1:shipped")
    (mail,) = smtp_server.mails
    assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.message["Auto-Submitted"] == "auto-generated"
    assert mail.subject == "Ihr Router Bcc: x@evil.example"
    assert "Er ist &lt;b&gt;unterwegs&lt;/b&gt;." in str(mail.html)
    assert "Keine E-Mails dieser Art mehr" in mail.text
    link = re.sub(r"\s", "", str(mail.message["List-Unsubscribe"])).strip("<>")
    address = post_office.url + link[link.index("/mail-preferences/") :]

    async with aiohttp.ClientSession(headers={"Accept-Language": "de"}) as browser:
        async with browser.get(address) as page:
            assert (page.status, "Ihren Bestellungen" in await page.text()) == (200, True)
            assert "shop.example" not in await page.text()
        await tells(post_office, kim, "order:2:shipped")
        assert len(smtp_server.mails) == 2

        async with browser.post(f"{address[:-1]}{'a' if address[-1] != 'a' else 'b'}") as forged:
            assert forged.status == 404
        await tells(post_office, kim, "order:3:shipped")
        assert len(smtp_server.mails) == 3

        click = {"List-Unsubscribe": "One-Click"}
        async with browser.post(address, data=click, allow_redirects=False) as ended:
            assert (ended.status, "Erledigt" in await ended.text()) == (200, True)
        async with browser.post(address, data=click) as again:
            assert again.status == 200

    await tells(post_office, kim, "order:4:shipped")
    assert len(smtp_server.mails) == 3
    await tells(post_office, kim, "talk:1:answered", "conversation")
    assert len(smtp_server.mails) == 4
