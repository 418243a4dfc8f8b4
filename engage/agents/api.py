"""Who am I, signing out, and presence."""

from datetime import timedelta

from engage.access.principals import CallingAgent
from engage.access.tokens import SIGNER
from engage.agents import service, sign_in
from engage.agents.schemas import Me, Presence, SetPresence, SocketTicket
from engage.agents.sign_in import an_agent
from engage.kit.routes import Call, Routes

routes = Routes()

TICKET_LIFE = timedelta(seconds=60)


@routes.delete("/api/v1/agent/session", may=an_agent)
async def close_session(call: Call[CallingAgent]) -> None:
    """Sign out; this browser's cookie counts no more."""
    await sign_in.sign_out(call.work, call.who)


@routes.get("/api/v1/agent/me", may=an_agent)
async def read_me(call: Call[CallingAgent]) -> Me:
    """Who am I?"""
    return await service.me(call.work, call.who)


@routes.post("/api/v1/agent/socket-ticket", may=an_agent)
async def socket_ticket(call: Call[CallingAgent]) -> SocketTicket:
    """A ticket that opens one socket within a minute."""
    expires_at = call.work.now + TICKET_LIFE
    return SocketTicket(
        ticket=call.request.app[SIGNER].sign(str(call.who.sign_in_id), purpose="agent_socket", expires_at=expires_at)
    )


@routes.put("/api/v1/agent/presence", may=an_agent)
async def put_presence(call: Call[CallingAgent], body: SetPresence) -> Presence:
    """Say that I am available, busy, away, on a break or offline."""
    agent = await service.locked(call.work, call.who.agent_id)
    return await service.set_presence(call.work, agent, body.presence, await service.why(call.work, agent.id, body))
