"""Agents' sockets: a ticket opens one, and while one lives the agent is there."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import ClassVar, Literal
from uuid import UUID

from aiohttp import web
from pydantic import Field
from sqlalchemy import select

from engage.access.principals import CallingAgent
from engage.access.tokens import SIGNER
from engage.agents import service, sign_in
from engage.agents.events import RightsChanged, SignedOut, agent_room, sign_in_room, site_agents_room
from engage.agents.models import Agent
from engage.kit.bus import Reactions
from engage.kit.clock import CLOCK
from engage.kit.unit_of_work import UNITS, UnitOfWork
from engage.kit.wire import WireModel
from engage.realtime import REALTIME
from engage.realtime.events import PushedEvent, SocketClosed, SocketOpened
from engage.realtime.port import Handshake, Identity, Socket
from engage.realtime.socket_table import SocketTable

sockets = SocketTable()
NAMESPACE = "/agent"
TICKET = "agent_socket"


class AgentHead(PushedEvent):
    """The agent's own sequence number, so that a lost event is noticed within seconds."""

    namespace: ClassVar[str] = NAMESPACE
    type: Literal["agent_head"] = "agent_head"
    agent_id: UUID = Field(exclude=True)
    work_seq: int

    def rooms(self) -> frozenset[str]:
        return frozenset({agent_room(self.agent_id)})


class Nothing(WireModel):
    """A signal that carries nothing."""


@sockets.authenticator(NAMESPACE)
async def know_agent(app: web.Application, handshake: Handshake) -> Identity | None:
    ticket = handshake.auth.get("ticket")
    said = app[SIGNER].read(str(ticket), purpose=TICKET, now=app[CLOCK].now()) if ticket else None
    if said is None:
        return None
    async with app[UNITS].read() as work:
        who = await sign_in.by_sign_in(work, UUID(said))
    if who is None:
        return None
    rooms = {agent_room(who.agent_id), sign_in_room(who.sign_in_id)} | {site_agents_room(s) for s in who.site_ids}
    return Identity("agent", who.agent_id, name=who.name, site_ids=who.site_ids, rooms=frozenset(rooms), data=who)


@sockets.on(NAMESPACE, "alive", Nothing)
async def alive(_socket: Socket, _signal: Nothing) -> None:
    """The connection itself is the sign of life; the answer lets the client measure the way."""


@sockets.heads(NAMESPACE, every_seconds=5)
async def tell_heads(app: web.Application, people: Sequence[Identity]) -> Mapping[Identity, PushedEvent]:
    """Renews their presence on the network, and tells each his number, by one statement each."""
    ids = [person.id for person in people]
    if not ids:
        return {}
    async with app[UNITS].begin() as work:
        await service.renew_online(work, ids)
        rows = await work.db.execute(select(Agent.id, Agent.work_seq).where(Agent.id.in_(ids)))
        seqs = dict(rows.all())
        here = _sign_ins(app, set(people))
        ended = await sign_in.ended(work, here)
        await sign_in.note_seen(work, here - ended)
    for sign_in_id in ended:
        # a cut at sign-out may be lost while Redis is away, and a sign-in may run out: nobody stays beyond this turn
        app[REALTIME].disconnect_room(sign_in_room(sign_in_id))
    return {person: AgentHead(agent_id=person.id, work_seq=seqs[person.id]) for person in people if person.id in seqs}


def _sign_ins(app: web.Application, people: set[Identity]) -> set[UUID]:
    """Of the browsers behind these people's sockets here: one person may have several."""
    identities = (socket.identity for socket in app[REALTIME].sockets(NAMESPACE) if socket.identity in people)
    return {each.data.sign_in_id for each in identities if isinstance(each.data, CallingAgent)}


def reactions(grace: timedelta) -> Reactions:
    """Sockets come and go; `grace` is how long an agent may be away."""
    table = Reactions()

    @table.on(SocketOpened)
    async def came(work: UnitOfWork, event: SocketOpened) -> None:
        if event.identity.kind == "agent":
            await service.came_online(work, event.identity.id)
            await service.look_after(work, event.identity.id, grace=grace + service.ONLINE_FOR)

    @table.on(SocketClosed)
    async def went(work: UnitOfWork, event: SocketClosed) -> None:
        if event.identity.kind == "agent" and event.last:
            await service.went_offline(work, event.identity.id)
            await service.look_after(work, event.identity.id, grace=grace)

    @table.after_commit(SignedOut)
    async def cut_off(app: web.Application, event: SignedOut) -> None:
        app[REALTIME].disconnect_room(sign_in_room(event.sign_in_id))

    @table.after_commit(RightsChanged)
    async def come_again(app: web.Application, event: RightsChanged) -> None:
        """A socket keeps the rights it came with: his console connects anew, and fetches all it shows."""
        app[REALTIME].disconnect_room(agent_room(event.agent_id))

    return table
