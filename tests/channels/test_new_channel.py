"""A new channel is one new folder: dropped beside the others and named in the settings, it keeps the contract.

The folder is the one of docs/adding-a-channel.md, as it stands there.
"""

import re
import sys
from pathlib import Path

import pytest

from engage import channels
from tests.architecture.sources import ROOT
from tests.channels import contract
from tests.engage.conftest import BuildHouse
from tests.services.smtp import SmtpServer

PAGE = (ROOT / "docs" / "adding-a-channel.md").read_text()
(TELEGRAPH,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def telegraph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    folder = tmp_path / "dropped" / "telegraph"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(TELEGRAPH)
    monkeypatch.setattr(channels, "__path__", [*channels.__path__, str(folder.parent)])
    monkeypatch.delitem(sys.modules, "engage.channels.telegraph", raising=False)
    return folder.name


def test_folder_that_was_dropped_is_found_with_its_front_page(telegraph: str) -> None:
    assert telegraph in contract.folders()

    contract.has_a_front_page(telegraph)


async def test_it_stores_a_word_once(build_house: BuildHouse, smtp_server: SmtpServer, telegraph: str) -> None:
    house = await build_house(**contract.with_channel(telegraph, smtp_server))

    await contract.stores_a_word_once_however_often_it_comes(house, telegraph)


async def test_it_refuses_a_word_without_a_proof(
    build_house: BuildHouse, smtp_server: SmtpServer, telegraph: str
) -> None:
    house = await build_house(**contract.with_channel(telegraph, smtp_server))

    await contract.refuses_a_word_without_a_proof(house, telegraph)


async def test_it_delivers_a_message_once(build_house: BuildHouse, smtp_server: SmtpServer, telegraph: str) -> None:
    house = await build_house(**contract.with_channel(telegraph, smtp_server))

    await contract.delivers_a_message_once_however_often_it_is_tried(house, telegraph, smtp_server)


async def test_it_reports_a_delivery_that_fails(
    build_house: BuildHouse, smtp_server: SmtpServer, telegraph: str
) -> None:
    house = await build_house(**contract.with_channel(telegraph, smtp_server))

    await contract.reports_a_delivery_that_fails_and_tries_again(house, telegraph, smtp_server)


async def test_channel_that_is_not_named_in_the_settings_is_not_even_imported(
    build_house: BuildHouse, telegraph: str
) -> None:
    house = await build_house()

    assert f"engage.channels.{telegraph}" not in sys.modules
    assert telegraph not in house.app[channels.CHANNELS]


async def test_message_for_a_channel_that_is_off_is_reported(build_house: BuildHouse, telegraph: str) -> None:
    house = await build_house()
    house.expects_failures_of = {"channels.deliver"}

    await contract.sends(house, telegraph, contract.answer(house))

    assert await contract.complaints(house) == [f"DeliveryFailed: No channel {telegraph} delivers here."]
