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
from tests.engage.channels.email.post import a_mail, a_mailbox, brings, raw
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

    # below the one click stand all kinds, and what had ended begins again
    async with aiohttp.ClientSession(headers={"Accept-Language": "en"}) as browser:
        chosen = {"chosen": "1", "kind": "service"}
        async with browser.post(address, data=chosen, allow_redirects=False) as saved:
            page_text = await saved.text()
            assert (saved.status, "Your choice counts" in page_text, page_text.count(" checked")) == (200, True, 1)
        async with browser.post(address[:-3], data=chosen) as forged:
            assert (forged.status, "checked" in await forged.text()) == (404, False)
    await tells(post_office, kim, "talk:2:answered", "conversation")
    await tells(post_office, kim, "order:5:shipped")
    assert len(smtp_server.mails) == 5


async def test_customer_is_told_that_his_request_is_closed_where_the_site_wants_it(
    post_office: House, smtp_server: SmtpServer
) -> None:
    await a_mailbox(post_office)
    async with post_office.agent("anna", role="admin") as anna:
        for name, wants in (("one", False), ("two", True)):
            site = f"/admin/sites/{post_office.site.id}/mail"
            await anna.put(site, tells_closed=wants)
            mail = a_mail(f"No light {name}", name=f"{name}@shop.example", subject=f"Light {name}")
            came = await raw(post_office, await brings(post_office, mail))
            engagement = await anna.takes(str(came.conversation_id))
            await anna.post(f"/agent/engagements/{engagement}/end")
            await anna.post(f"/agent/engagements/{engagement}/wrap-up")
            await post_office.settles()

        (told,) = [each for each in smtp_server.mails if "is closed" in each.subject]
        assert (told.recipients, "Light two" in told.subject) == (["kim@shop.example"], True)
        assert told.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert "+r." in str(told.message["Reply-To"])
