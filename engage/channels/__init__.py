"""Channels: the ways in and out. This page is their contract, and the job that delivers.

A channel is a folder here, enabled by its name in the settings. Its front page has one `CHANNEL`; nobody imports it.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal
from uuid import UUID

from aiohttp import web
from pydantic import Field

from engage.conversations.schemas import Entry
from engage.engagements.declared import DECLARED, Ability, Declared, OnAt
from engage.engagements.traits import Traits
from engage.kit.errors import EngageError
from engage.kit.jobs import CLAIM_SECONDS, JOBS, JobTable, enqueue
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wire import Moment, WireModel
from engage.settings import SETTINGS
from engage.sites.models import Site


class InboundMessage(WireModel):
    """What arrived, before anything is believed."""

    #: the channel's own id of the message: a redelivery brings the same one
    external_id: str
    #: what proves the sender: a token or a signature
    proof: str
    conversation_id: UUID
    text: str


class OutboundMessage(WireModel):
    """What is to leave. `id` stays the same through all tries."""

    id: UUID
    site_id: UUID
    conversation_id: UUID | None
    to: str
    subject: str
    text: str
    html: str | None = None
    #: attachments of the conversation that go along
    files: tuple[UUID, ...] = ()
    cc: tuple[str, ...] = ()
    kind: Literal["answer", "acknowledgement", "notice"] = "notice"
    #: further headers, by name
    headers: Mapping[str, str] = Field(default_factory=dict)
    #: it holds a one-time link: only the addressee reads it, and it is forgotten once it is gone
    secret: bool = False


class Way(WireModel):
    """A way to reach a person."""

    channel: str
    label: str
    #: name of an icon of the Lucide set
    icon: str
    open: bool
    expected_wait_seconds: int | None
    #: when an answer can be expected
    answered_by: Moment | None


class BadProof(EngageError):
    """The sender could not show that he is who he says."""

    status = 401
    code = "bad_proof"


class DeliveryFailed(EngageError):
    """The message could not be delivered; it is tried again."""

    status = 502
    code = "delivery_failed"


@dataclass(frozen=True)
class Channel:
    """A channel's front page, from which routing, console and widget draw."""

    name: str
    label: str
    #: name of an icon of the Lucide set
    icon: str
    install: Callable[[web.Application], None]
    #: what it does where work is done: listening, reading
    work: Callable[[web.Application], None] | None = None
    #: units of an agent's capacity that one engagement takes
    weight: int = 1
    #: the customer is expected to be there
    live: bool = False
    #: nothing else beside it, whatever the weight
    exclusive: bool = False
    composer: tuple[Ability, ...] = ("write", "files", "articles")
    #: how long its customers bear to wait where nothing is promised to them: consoles colour a wait by it
    patience_seconds: int = 180
    #: those of these sites that have it switched on; none: it is on wherever the server has it
    on_at: OnAt | None = None
    #: how it leads to a person at this moment, for the widget's first screen; none if it does not
    way: Callable[[UnitOfWork, Site, web.Application], Awaitable[Way | None]] | None = None
    #: stores an inbound message once, and returns the entry that it made the first time; raises BadProof
    receive: Callable[[web.Application, InboundMessage], Awaitable[Entry]] | None = None
    #: sends, idempotent by the message's id; raises DeliveryFailed
    deliver: Callable[[web.Application, OutboundMessage], Awaitable[None]] | None = None

    @property
    def traits(self) -> Traits:
        return Traits(self.name, self.weight, self.live)

    @property
    def declared(self) -> Declared:
        return Declared(self.name, self.label, self.composer, self.patience_seconds, self.on_at)


Channels = dict[str, Channel]
CHANNELS: web.AppKey[Channels] = web.AppKey("channels")
#: the line of jobs that hand something to servers of others, of all channels
POST_LINE = "post"
jobs = JobTable()


def load(name: str) -> Channel:
    """The channel of the folder with this name."""
    channel: Channel = import_module(f"{__name__}.{name}").CHANNEL
    return channel


def install(app: web.Application) -> None:
    """Loads what the settings name; a channel that is not named is not even imported."""
    app[CHANNELS] = {name: load(name) for name in app[SETTINGS].channels}
    app[DECLARED] = [channel.declared for channel in app[CHANNELS].values()]
    app[JOBS].include(jobs)
    for channel in app[CHANNELS].values():
        channel.install(app)


def begin_work(app: web.Application) -> None:
    """In the processes that do what is due."""
    for channel in app[CHANNELS].values():
        if channel.work is not None:
            channel.work(app)


async def send(work: UnitOfWork, channel: str, message: OutboundMessage) -> None:
    """Puts the message into the outbox: it leaves after the commit, and again until it is gone."""
    payload = {"channel": channel, "message": message.model_dump(mode="json")}
    await enqueue(work, "channels.deliver", payload, max_attempts=80)


@jobs.stream("channels.deliver", line=POST_LINE, claim_seconds=CLAIM_SECONDS)
async def deliver(app: web.Application, payload: dict[str, Any]) -> None:
    """Hands the message to its channel; what fails is reported in the job and tried again."""
    channel = app[CHANNELS].get(payload["channel"])
    if channel is None or channel.deliver is None:
        raise DeliveryFailed(f"No channel {payload['channel']} delivers here.")
    await channel.deliver(app, OutboundMessage.model_validate(payload["message"]))
