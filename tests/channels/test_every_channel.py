"""The contract, kept by every folder in engage/channels."""

import pytest

from engage import channels
from tests.channels import contract
from tests.engage.conftest import BuildHouse
from tests.services.smtp import SmtpServer

FOLDERS = contract.folders()
RECEIVE = [name for name in FOLDERS if channels.load(name).receive]
DELIVER = [name for name in FOLDERS if channels.load(name).deliver]


def test_there_are_channels() -> None:
    assert {"webchat", "email"} <= set(FOLDERS)


@pytest.mark.parametrize("name", FOLDERS)
def test_channel_has_a_front_page(name: str) -> None:
    contract.has_a_front_page(name)


@pytest.mark.parametrize("name", RECEIVE)
async def test_word_is_stored_once_however_often_it_comes(
    build_house: BuildHouse, smtp_server: SmtpServer, name: str
) -> None:
    house = await build_house(**contract.with_channel(name, smtp_server))

    await contract.stores_a_word_once_however_often_it_comes(house, name)


@pytest.mark.parametrize("name", RECEIVE)
async def test_word_without_a_proof_is_refused(build_house: BuildHouse, smtp_server: SmtpServer, name: str) -> None:
    house = await build_house(**contract.with_channel(name, smtp_server))

    await contract.refuses_a_word_without_a_proof(house, name)


@pytest.mark.parametrize("name", DELIVER)
async def test_message_is_delivered_once_however_often_it_is_tried(
    build_house: BuildHouse, smtp_server: SmtpServer, name: str
) -> None:
    house = await build_house(**contract.with_channel(name, smtp_server))

    await contract.delivers_a_message_once_however_often_it_is_tried(house, name, smtp_server)


@pytest.mark.parametrize("name", DELIVER)
async def test_delivery_that_fails_is_reported_and_tried_again(
    build_house: BuildHouse, smtp_server: SmtpServer, name: str
) -> None:
    house = await build_house(**contract.with_channel(name, smtp_server))

    await contract.reports_a_delivery_that_fails_and_tries_again(house, name, smtp_server)
