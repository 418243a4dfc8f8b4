"""The door of the self-test: a socket that sees nothing and is only told that it was heard, across processes."""

from datetime import datetime, timedelta
from uuid import UUID

from aiohttp import web

from engage.access.tokens import SIGNER, Signer
from engage.kit.clock import CLOCK
from engage.realtime.frames import Frame
from engage.realtime.messages import Delivery
from engage.realtime.port import Handshake, Identity
from engage.realtime.socket_table import SocketTable

NAMESPACE = "/probe"
PURPOSE = "probe"
TICKET_LIFE = timedelta(minutes=1)

sockets = SocketTable()


def ticket(signer: Signer, probe: UUID, now: datetime) -> str:
    """Whoever has the secret may probe."""
    return signer.sign(str(probe), purpose=PURPOSE, expires_at=now + TICKET_LIFE)


def heard(probe: UUID) -> Delivery:
    """What the other process says."""
    return Delivery(frozenset({_room(probe)}), Frame(NAMESPACE, "heard", b"{}"))


@sockets.authenticator(NAMESPACE)
async def know_probe(app: web.Application, handshake: Handshake) -> Identity | None:
    shown = handshake.auth.get("ticket")
    said = app[SIGNER].read(str(shown), purpose=PURPOSE, now=app[CLOCK].now()) if shown else None
    if said is None:
        return None
    probe = UUID(said)
    return Identity("probe", probe, rooms=frozenset({_room(probe)}))


def _room(probe: UUID) -> str:
    return f"probe:{probe}"
