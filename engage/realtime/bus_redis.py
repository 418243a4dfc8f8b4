"""Nodes over Redis: one topic a node, and a registry that says which nodes have somebody in a room.

Two orders make it safe. A node that takes somebody in writes the registry, then lets him read his snapshot; a node that
pushes has committed, then reads the registry. Whoever misses the push finds the entry in his snapshot. Redis may be
flushed, restarted or away: local sockets are served all the same, and heads mend what the others missed.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager, suppress
from time import monotonic
from uuid import uuid4

import structlog
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from engage.realtime import metrics
from engage.realtime.background import running
from engage.realtime.bus import Node
from engage.realtime.fan_out import fan_out
from engage.realtime.messages import Join, Message, audience, decode, encode, is_volatile, size
from engage.realtime.send_queue import SendQueue

log = structlog.get_logger(__name__)

MAX_WAITING = 10_000
MAX_WAITING_BYTES = 8_000_000
#: a message to one node is never much longer: Redis cuts off subscribers that fall 8 MB behind
BATCH_BYTES = 1_000_000
TICK_SECONDS = 1.0
#: a node that does not hear its own tick for so long is deaf
SILENCE_SECONDS = 5.0
RETRY_SECONDS = 0.25
ANSWER_SECONDS = 2.0
SETTLE_SECONDS = 1.0
#: a room of a node that died without a word disappears after this; living nodes write theirs again in half the time
ROOM_SECONDS = 3600

_EPOCH = "engage:epoch"
_TICK = b"tick "
#: what Redis being away looks like
AWAY = (RedisError, OSError, TimeoutError)


def _topic(node: str) -> str:
    return f"engage:node:{node}"


def _members(room: str) -> str:
    return f"engage:room:{room}"


class RedisBus:
    """One publishing and one listening connection, each with its own loop that starts again for ever."""

    def __init__(
        self,
        url: str,
        *,
        seconds: Callable[[], float] = monotonic,
    ) -> None:
        self._url = url
        self._seconds = seconds
        self._own = uuid4().hex
        self._outbox: SendQueue[Message] = SendQueue(max_items=MAX_WAITING, max_bytes=MAX_WAITING_BYTES)
        #: rooms whose place in the registry may be wrong
        self._dirty: set[str] = set()
        self._epoch: bytes | None = None
        self._work = asyncio.Event()
        self._settled: list[asyncio.Future[None]] = []
        self._flushing = False
        self._tick_due = True
        self._ticks_until_rewrite = 0
        self._published = asyncio.Event()
        self._listening = asyncio.Event()
        self._heard_at = seconds()

    @asynccontextmanager
    async def running(self, node: Node) -> AsyncIterator[None]:
        self._node = node
        async with running(self._listen_for_ever(), self._publish_for_ever(), self._tick_for_ever()):
            await self._connected()
            yield
        with suppress(*AWAY):
            await self._sign_off(node.occupied_rooms())

    def publish(self, message: Message) -> None:
        while (outcome := self._outbox.offer(message, size(message), volatile=is_volatile(message))) == "full":
            self._outbox.pop()
            metrics.BUS_DROPPED.labels("full").inc()
            self._node.hasten_heads()
        if outcome == "dropped":
            metrics.BUS_DROPPED.labels("volatile").inc()
        self._work.set()

    def register(self, room: str) -> None:
        self._dirty.add(room)
        self._work.set()

    def unregister(self, room: str) -> None:
        self._dirty.add(room)
        self._work.set()

    async def settled(self) -> None:
        if not self._published.is_set() or not (self._dirty or self._flushing):
            return
        done = asyncio.get_running_loop().create_future()
        self._settled.append(done)
        self._work.set()
        await asyncio.wait((done,), timeout=SETTLE_SECONDS)

    def problem(self) -> str | None:
        silence = self._seconds() - self._heard_at
        if silence <= SILENCE_SECONDS:
            return None
        return f"nothing heard over Redis for {silence:.0f} s: other processes' events are missed"

    async def _connected(self) -> None:
        """A node that can reach Redis hears the others before it takes anybody in; one that cannot works alone."""
        with suppress(TimeoutError):
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._listening.wait()
                await self._published.wait()

    # Publishing.

    async def _publish_for_ever(self) -> None:
        while True:
            try:
                async with _client(self._url, ANSWER_SECONDS) as redis:
                    await self._publish_over(redis)
            except AWAY as problem:
                self._lost_publisher(problem)
            except Exception:
                log.exception("bus_publisher_failed")
            await asyncio.sleep(RETRY_SECONDS)

    async def _publish_over(self, redis: Redis) -> None:
        while True:
            await self._work.wait()
            self._work.clear()
            self._flushing = True
            try:
                await self._flush(redis)
            finally:
                self._flushing = False

    async def _flush(self, redis: Redis) -> None:
        """One round: what gathered while the last one was under way goes together."""
        dirty, self._dirty = self._dirty, set()
        waiting, self._settled = self._settled, []
        batch = self._outbox.take(BATCH_BYTES)
        try:
            nodes_of = await self._register_and_ask(redis, dirty, batch)
            _release(waiting)
            self._published.set()
            await self._tell(redis, batch, nodes_of)
        except AWAY:
            self._dirty |= dirty
            metrics.BUS_DROPPED.labels("away").inc(len(batch))
            raise
        finally:
            _release(waiting)
        if self._outbox:
            self._work.set()

    async def _register_and_ask(self, redis: Redis, dirty: set[str], batch: list[Message]) -> dict[str, set[str]]:
        """First writes where our people are, then reads where the others are."""
        rooms = sorted(set().union(*(audience(message) for message in batch)))
        pipe = redis.pipeline(transaction=False)
        pipe.set(_EPOCH, uuid4().hex, nx=True)
        pipe.get(_EPOCH)
        for room in dirty:
            self._write(pipe, room)
        if self._tick_due:
            pipe.publish(_topic(self._own), _TICK + str(self._seconds()).encode())
            self._tick_due = False
        for room in rooms:
            pipe.smembers(_members(room))
        answers = await pipe.execute()
        self._compare_epoch(answers[1])
        members = answers[len(answers) - len(rooms) :]
        return {room: {node.decode() for node in nodes} for room, nodes in zip(rooms, members, strict=True)}

    def _write(self, pipe: Redis, room: str) -> None:
        if self._node.is_occupied(room):
            pipe.sadd(_members(room), self._own)
            pipe.expire(_members(room), ROOM_SECONDS)
        else:
            pipe.srem(_members(room), self._own)

    def _compare_epoch(self, epoch: bytes) -> None:
        """Another epoch than before: Redis was emptied, and the registry with it."""
        if self._epoch is not None and epoch != self._epoch:
            self._mend("flushed")
        self._epoch = epoch

    async def _tell(self, redis: Redis, batch: list[Message], nodes_of: dict[str, set[str]]) -> None:
        batches = fan_out(batch, nodes_of, own=self._own)
        if not batches:
            return
        pipe = redis.pipeline(transaction=False)
        for join in (message for message in batch if isinstance(message, Join)):
            if others := nodes_of[join.of_room] - {self._own}:
                pipe.sadd(_members(join.room), *others)
        for node, messages in batches.items():
            pipe.publish(_topic(node), encode(messages))
        hearers = (await pipe.execute())[-len(batches) :]
        await self._forget(redis, {node for node, heard in zip(batches, hearers, strict=True) if not heard}, nodes_of)

    async def _forget(self, redis: Redis, dead: set[str], nodes_of: dict[str, set[str]]) -> None:
        """Nodes that nobody answers for; one that was only away writes itself in again."""
        if not dead:
            return
        log.info("bus_node_dead", nodes=sorted(dead))
        pipe = redis.pipeline(transaction=False)
        for room, nodes in nodes_of.items():
            if gone := nodes & dead:
                pipe.srem(_members(room), *gone)
        await pipe.execute()

    def _lost_publisher(self, problem: BaseException) -> None:
        metrics.BUS_DROPPED.labels("volatile").inc(self._outbox.drop_volatile())
        waiting, self._settled = self._settled, []
        _release(waiting)
        self._work.set()
        if self._published.is_set():
            self._published.clear()
            log.warning("bus_away", problem=type(problem).__name__)
            self._mend("away")

    async def _sign_off(self, rooms: Collection[str]) -> None:
        async with _client(self._url, ANSWER_SECONDS) as redis:
            pipe = redis.pipeline(transaction=False)
            for room in rooms:
                pipe.srem(_members(room), self._own)
            await pipe.execute()

    # Time.

    async def _tick_for_ever(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            self._tick_due = True
            self._ticks_until_rewrite -= 1
            if self._ticks_until_rewrite <= 0:
                self._ticks_until_rewrite = round(ROOM_SECONDS / 2 / TICK_SECONDS)
                self._dirty.update(self._node.occupied_rooms())
            self._work.set()

    def _mend(self, why: str) -> None:
        """The registry is written anew now, and once more at the next tick: a node that found our topic without a
        listener may be taking us out of it at this very moment."""
        metrics.BUS_GAPS.inc()
        log.info("bus_gap", why=why)
        self._dirty.update(self._node.occupied_rooms())
        self._ticks_until_rewrite = 1
        self._work.set()
        self._node.hasten_heads()

    # Listening.

    async def _listen_for_ever(self) -> None:
        while True:
            try:
                async with _client(self._url, None) as redis:
                    await self._listen_over(redis)
            except AWAY as problem:
                self._lost_listener(problem)
            except Exception:
                log.exception("bus_listener_failed")
                self._listening.clear()
            await asyncio.sleep(RETRY_SECONDS)

    def _lost_listener(self, problem: BaseException) -> None:
        if self._listening.is_set():
            self._listening.clear()
            log.warning("bus_deaf", problem=type(problem).__name__)

    async def _listen_over(self, redis: Redis) -> None:
        async with redis.pubsub() as pubsub:
            await pubsub.subscribe(_topic(self._own))
            while True:
                # No read time-out of the library's: it starves a quiet line. Our own tick is the sign of life.
                async with asyncio.timeout(SILENCE_SECONDS):
                    said = await pubsub.get_message(timeout=None)
                if said is not None:
                    self._hear(said["type"], said["data"])

    def _hear(self, kind: str, data: bytes) -> None:
        self._heard_at = self._seconds()
        if kind == "subscribe":
            self._listening.set()
            self._mend("subscribed")
        elif data.startswith(_TICK):
            metrics.BUS_LAG.observe(self._heard_at - float(data.removeprefix(_TICK)))
        else:
            self._receive(data)

    def _receive(self, data: bytes) -> None:
        try:
            for message in decode(data):
                self._node.receive(message)
                if isinstance(message, Join):
                    self.register(message.room)  # its sender wrote us in; if nobody joined, we are written out
        except ValueError as problem:
            log.warning("bus_batch_refused", problem=str(problem))


def _client(url: str, answer_seconds: float | None) -> Redis:
    """One connection that fails at once: starting again is the loops' own business."""
    return Redis.from_url(
        url,
        single_connection_client=answer_seconds is not None,
        socket_timeout=answer_seconds,
        socket_connect_timeout=ANSWER_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )


def _release(waiting: list[asyncio.Future[None]]) -> None:
    for done in waiting:
        if not done.done():
            done.set_result(None)
