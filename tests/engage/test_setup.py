"""A carrier begins: a site and an agent from the command line."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from engage import setup
from engage.app import create_app
from engage.kit.unit_of_work import UNITS
from engage.settings import Settings
from tests.conftest import StartEngage
from tests.people import TestAgent, TestVisitor

ACME = setup.NewSite("acme", "Acme", ["https://www.acme.example"], ["Sales", "Help!"], "Europe/Berlin", [], None)


def test_opening_hours_are_read_as_people_write_them() -> None:
    hours = setup.opening_hours(["mon-wed 08:00-12:00", "Mon 13:00-17:00", "sat 09:00-24:00"])

    assert hours == {
        "mon": [["08:00", "12:00"], ["13:00", "17:00"]],
        "tue": [["08:00", "12:00"]],
        "wed": [["08:00", "12:00"]],
        "sat": [["09:00", "24:00"]],
    }


@pytest.mark.parametrize("span", ["monday 8-9", "mon 18:00-08:00", "fri-mon 08:00-09:00", "", "mon"])
def test_opening_hours_that_make_no_sense_are_refused_in_words(span: str) -> None:
    with pytest.raises(setup.NotPossible, match="look like"):
        setup.opening_hours([span])


async def test_a_new_site_can_be_chatted_with_by_its_new_agent(
    start_engage: StartEngage, database_url: str, tmp_path: Path
) -> None:
    settings = Settings(database_url=database_url, data_dir=tmp_path, secret=SecretStr("only here"))
    app = create_app(settings, role="web")
    await setup.add_site(app, ACME)
    password = await setup.add_agent(app, email="lea@acme.example", name="Lea", site_key="acme", role="agent")
    await app[UNITS].database.close()
    server = start_engage(ENGAGE_DATABASE_URL=database_url)

    async with (
        TestVisitor(server.url, "acme") as visitor,
        TestAgent(server.url, "lea", domain="acme.example", password=password) as lea,
    ):
        chat = await visitor.starts_chat("Hello", topic="help")
        item = await lea.accepts(chat["id"])

    assert item["queue"]["name"] == "Help!"


async def test_the_same_key_twice_and_a_wrong_origin_are_refused(sqlite_url: str, tmp_path: Path) -> None:
    settings = Settings(database_url=sqlite_url, data_dir=tmp_path, secret=SecretStr("only here"))
    app = create_app(settings, role="web")
    await setup.add_site(app, ACME)

    with pytest.raises(setup.NotPossible, match="already"):
        await setup.add_site(app, ACME)
    with pytest.raises(setup.NotPossible, match="origin"):
        await setup.add_site(app, setup.NewSite("other", "O", ["www.acme.example"], [], "UTC", [], None))
    with pytest.raises(setup.NotPossible, match="time zone"):
        await setup.add_site(app, setup.NewSite("other", "O", [], [], "Mars/Base", [], None))

    await app[UNITS].database.close()
