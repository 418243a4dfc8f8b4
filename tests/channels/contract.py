"""What every channel promises, whatever it carries. A channel is tested by its name alone."""

import asyncio
import pkgutil
import uuid
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from engage import channels
from engage.channels import CHANNELS, BadProof, Channel, InboundMessage, OutboundMessage
from engage.channels.email.models import Mail
from engage.kit.ids import new_id
from engage.kit.jobs import Job
from tests.house import House
from tests.services.smtp import SmtpServer

ALWAYS_ON = ("webchat", "email")


def folders() -> list[str]:
    """Every channel there is: the folders beside the contract."""
    return [module.name for module in pkgutil.iter_modules(channels.__path__) if module.ispkg]


def with_channel(name: str, world: SmtpServer) -> dict[str, Any]:
    """Settings of a house that has it; whatever leaves it goes to one server, which may say no."""
    return {"channels": tuple(dict.fromkeys([*ALWAYS_ON, name])), "smtp_url": SecretStr(world.url)}


def channel(house: House, name: str) -> Channel:
    return house.app[CHANNELS][name]


def has_a_front_page(name: str) -> None:
    """Its folder's name, words for people, something that it does, and a line on what it needs."""
    front_page = channels.load(name)

    assert front_page.name == name
    assert front_page.label
    assert front_page.icon
    assert front_page.weight >= 1
    assert front_page.receive or front_page.deliver or front_page.way


async def stores_a_word_once_however_often_it_comes(house: House, name: str) -> None:
    receive = channel(house, name).receive
    assert receive is not None
    async with house.visitor() as visitor:
        chat = await visitor.starts_chat("Hello")
        message = word(chat["id"], proof=visitor.token)

        first = await receive(house.app, message)
        again = await asyncio.gather(*(receive(house.app, message) for _ in range(3)))

        assert {entry.id for entry in again} == {first.id}
        assert (await visitor.texts(chat["id"])).count(message.text) == 1


async def refuses_a_word_without_a_proof(house: House, name: str) -> None:
    receive = channel(house, name).receive
    assert receive is not None
    async with house.visitor() as visitor, house.visitor() as stranger:
        chat = await visitor.starts_chat("Hello")
        for proof in ("", "forged", stranger.token):
            with pytest.raises(BadProof):
                await receive(house.app, word(chat["id"], proof=proof))
        with pytest.raises(BadProof):
            await receive(house.app, word(str(uuid.uuid4()), proof=visitor.token))

        assert await visitor.texts(chat["id"]) == ["Hello"]


async def delivers_a_message_once_however_often_it_is_tried(house: House, name: str, world: SmtpServer) -> None:
    message = answer(house)

    await sends(house, name, message)
    await sends(house, name, message)

    assert len(world.mails) == 1
    assert message.text in world.mails[0].text


async def reports_a_delivery_that_fails_and_tries_again(house: House, name: str, world: SmtpServer) -> None:
    house.expects_failures_of = {"channels.deliver"}
    world.fail(times=1)

    await sends(house, name, answer(house))
    assert "451" in " ".join(await complaints(house))
    await house.passes(10)

    assert len(world.mails) == 1


def word(conversation_id: str, *, proof: str) -> InboundMessage:
    return InboundMessage(
        external_id="from-outside-1", proof=proof, conversation_id=uuid.UUID(conversation_id), text="It broke again"
    )


def answer(house: House) -> OutboundMessage:
    return OutboundMessage(
        id=new_id(), site_id=house.site.id, conversation_id=None, to="kim@shop.example", subject="Yours", text="Here"
    )


async def sends(house: House, name: str, message: OutboundMessage) -> None:
    async with house.working() as work:
        await channels.send(work, name, message)
    await house.settles()


async def complaints(house: House) -> list[str]:
    """Where an operator would look: the job, or the channel's own list."""
    async with house.looking() as work:
        jobs = await work.db.scalars(select(Job.last_error).where(Job.last_error.is_not(None)))
        mails = await work.db.scalars(select(Mail.last_error).where(Mail.last_error.is_not(None)))
        return [str(each) for each in (*jobs, *mails)]
