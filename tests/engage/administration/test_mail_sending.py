"""A site's own mail server: its password is sealed, its answer is told, and it is not our neighbour."""

import pytest

from tests.engage.conftest import BuildHouse
from tests.house import House
from tests.people.visitor import Refused
from tests.services.smtp import SmtpServer

SECRET = "correct horse battery"


async def test_site_s_mails_leave_by_its_own_server_with_its_signature(
    build_house: BuildHouse, smtp_server: SmtpServer
) -> None:
    house = await build_house(outgoing_allow=("127.0.0.1",))
    path = f"/admin/sites/{house.site.id}/mail"
    server = {"host": "127.0.0.1", "port": smtp_server.port, "security": "none"}
    async with house.agent("anna", role="admin") as anna, house.visitor() as kim:
        await anna.put(
            path, sender="Nordlink Care <hello@nordlink.example>", signature="Open day and night", server=server
        )
        tested = await anna.post(f"{path}/test", to="anna@nordlink.example")
        await house.closes()
        chat = await kim.starts_chat("Hello", email="kim@shop.example")
        await house.has_told_that_it_came(chat)
        await house.settles()
        engagement = await anna.get("/agent/work?view=queue")
        await anna.post(f"/agent/engagements/{engagement['items'][0]['engagement_id']}/pull")
        await anna.says(chat["id"], "We are on it")
        await house.passes(10)
        await anna.put(f"/admin/sites/{house.site.id}/general", name="Nordlink", locale="de", time_zone="Europe/Berlin")
        await anna.post(f"{path}/test", to="anna@nordlink.example")

    assert tested == {"sent": True, "problem": None}
    test, answer, in_german = smtp_server.mails
    assert [test.subject, in_german.subject] == ["Test mail of Nordlink", "Testmail von Nordlink"]
    assert answer.message["From"] == "Nordlink Care <hello@nordlink.example>"
    assert answer.text.split()[:11] == [
        "We",
        "are",
        "on",
        "it",
        "--",
        "Anna,",
        "Nordlink",
        "Open",
        "day",
        "and",
        "night",
    ]


async def test_password_is_sealed_and_never_shown(house: House) -> None:
    path = f"/admin/sites/{house.site.id}/mail"
    server = {"host": "smtp.nordlink.example", "user": "care"}
    async with house.agent("anna", role="admin") as anna:
        shown = await anna.put(path, server=server, password=SECRET)
        kept = await anna.put(path, server=server, signature="Bye", reopen_days=3)
        log = await anna.get(f"/admin/sites/{house.site.id}/audit")
        gone = await anna.put(path)

    assert [each["has_password"] for each in (shown, kept, gone)] == [True, True, False]
    assert [each["reopen_days"] for each in (shown, kept)] == [14, 3]
    assert SECRET not in str((shown, kept, log))


async def test_server_in_our_own_network_is_not_called(house: House, smtp_server: SmtpServer) -> None:
    path = f"/admin/sites/{house.site.id}/mail"
    async with house.agent("anna", role="admin") as anna:
        await anna.put(path, server={"host": "127.0.0.1", "port": smtp_server.port})
        told = await anna.post(f"{path}/test", to="anna@nordlink.example")

    assert told["sent"] is False
    assert "private network" in told["problem"]
    assert smtp_server.mails == []


async def test_without_any_server_the_test_says_so(house: House) -> None:
    async with house.agent("anna", role="admin") as anna:
        told = await anna.post(f"/admin/sites/{house.site.id}/mail/test", to="anna@nordlink.example")

    assert told["sent"] is False
    assert "No mail server is set" in told["problem"]


@pytest.mark.parametrize("sender", ["nobody", "Care <care@nordlink.example>\r\nBcc: all@x.example", "a@b@c"])
async def test_sender_that_would_be_more_than_one_header_is_refused(house: House, sender: str) -> None:
    async with house.agent("anna", role="admin") as anna:
        with pytest.raises(Refused) as refused:
            await anna.put(f"/admin/sites/{house.site.id}/mail", sender=sender)

    assert refused.value.status == 422
