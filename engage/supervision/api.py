"""The board's snapshot."""

from uuid import UUID

from engage.access.principals import CallingAgent
from engage.agents.sign_in import an_agent
from engage.kit.routes import Call, Routes
from engage.supervision import board
from engage.supervision.schemas import Board

routes = Routes()


@routes.get("/api/v1/agent/sites/{site_id}/board", may=an_agent)
async def read_board(call: Call[CallingAgent], site_id: UUID) -> Board:
    """What waits, who is there and holds what, and the centres, of all queues that I oversee."""
    return await board.read(call.work, await board.scope_of(call.work, call.who, site_id))
