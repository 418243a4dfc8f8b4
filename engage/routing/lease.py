"""The lease: with several processes on PostgreSQL one of them matches, and a process that lost it can commit nothing.

The holder has the advisory lock of his epoch on a connection of his own, so whoever dies leaves it at once; and a beat,
so whoever hangs loses it too. The epoch is raised before anything is read, and every claim reads it under a lock of the
row: an old holder's claim is either in what the new one reads, or refused.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from engage.kit.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

#: PostgreSQL's advisory locks of those who match; the second key is the epoch
LOCK = 7_305_002
#: a standby asks so often
ASK_SECONDS = 0.1
BEAT_SECONDS = 1
#: a holder without a beat for so long has hung
DEAD_SECONDS = 5

#: the lock of an epoch, not one for all: who hangs and lets go late takes nothing from who followed him
_TRY = text(
    "SELECT (SELECT pg_try_advisory_lock(:lock, epoch) FROM router_lease WHERE part = 'fence')"
    " OR renewed_at < now() - make_interval(secs => :dead) FROM router_lease WHERE part = 'beat'"
)
_RAISE = text(
    "UPDATE router_lease SET epoch = epoch + 1 WHERE part = 'fence' RETURNING epoch, pg_advisory_lock(:lock, epoch)"
)
_BEAT = text(
    "UPDATE router_lease SET renewed_at = now() WHERE part = 'beat'"
    " AND (SELECT epoch FROM router_lease WHERE part = 'fence') = :epoch"
)
#: whoever waits for the lease has had his chance by then
_SILENT = text("SELECT renewed_at < now() - make_interval(secs => :silent) FROM router_lease WHERE part = 'beat'")
#: a holder who freezes in the middle of a claim must not keep the next one from raising the epoch
_FENCE = text(
    "SELECT epoch, set_config('idle_in_transaction_session_timeout', '2000', true)"
    " FROM router_lease WHERE part = 'fence' FOR SHARE"
)
#: a holder whose host is gone without a word is noticed by his silence
_KEEP_ALIVE = text(
    "SELECT set_config('tcp_keepalives_idle', '2', false), set_config('tcp_keepalives_interval', '1', false),"
    " set_config('tcp_keepalives_count', '3', false)"
)


class LeaseLost(Exception):
    """Another process matches now."""


class Holding(Protocol):
    """While one matches."""

    async def keep(self) -> None:
        """For ever; raises LeaseLost."""

    async def check(self, work: UnitOfWork) -> None:
        """Within a claim; raises LeaseLost."""


@dataclass(frozen=True)
class Alone:
    """One process: nobody else could match."""

    async def keep(self) -> None:
        await asyncio.Event().wait()

    async def check(self, work: UnitOfWork) -> None:
        return None


@dataclass(frozen=True)
class Epoch:
    """The right to match, until somebody raises the epoch."""

    number: int
    connection: AsyncConnection

    async def keep(self) -> None:
        while True:
            renewed = await self.connection.execute(_BEAT, {"epoch": self.number})
            if not renewed.rowcount:
                raise LeaseLost
            await asyncio.sleep(BEAT_SECONDS)

    async def check(self, work: UnitOfWork) -> None:
        if (await work.db.execute(_FENCE)).one().epoch != self.number:
            raise LeaseLost


@asynccontextmanager
async def won(engine: AsyncEngine) -> AsyncIterator[Holding]:
    """Waits until this process may match."""
    if engine.dialect.name == "sqlite":
        yield Alone()
        return
    async with engine.connect() as plain:
        connection = await plain.execution_options(isolation_level="AUTOCOMMIT")
        try:
            await connection.execute(_KEEP_ALIVE)
            await _win(connection)
            epoch = (await connection.execute(_RAISE, {"lock": LOCK})).one().epoch
            await connection.execute(_BEAT, {"epoch": epoch})
            log.info("router_leads", epoch=epoch)
            yield Epoch(epoch, connection)
        finally:
            # the lock ends with its connection, which must not go back to the pool
            await connection.invalidate()


async def is_silent(work: UnitOfWork) -> bool:
    """Whether nobody has matched for longer than it takes to follow somebody who died or hangs."""
    return bool(await work.db.scalar(_SILENT, {"silent": DEAD_SECONDS + BEAT_SECONDS}))


async def _win(connection: AsyncConnection) -> None:
    """Asked again and again: a lock that is waited for inside PostgreSQL would not see a beat that stopped."""
    while True:
        if (await connection.execute(_TRY, {"lock": LOCK, "dead": DEAD_SECONDS})).scalar_one():
            return
        await asyncio.sleep(ASK_SECONDS)
