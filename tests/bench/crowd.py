"""Visitors who talk with agents: their rows, their connections, and what they say to each other."""

import asyncio
import hashlib
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from engage.access.tokens import Signer, token_hash
from engage.agents.models import Agent, AgentSite, SignIn
from engage.agents.sign_in import COOKIE
from engage.agents.sockets import TICKET
from engage.contacts.models import Visitor
from engage.conversations.models import Conversation, TimelineRow
from engage.engagements.models import Engagement
from engage.kit.db import Database, Model
from engage.kit.ids import new_id
from engage.sites.models import Queue, Site
from tests.bench.lean_client import RestClient, SocketClient, open_rest, open_socket

SECRET = "of the bench"  # of a database that lives for a minute
CONVERSATIONS_EACH = 10
#: sockets opened at once: the server admits 500 a second
DOORS = 50
OPENED_PER_SECOND = 350

Rows = dict[type[Model], list[dict[str, Any]]]


@dataclass
class Person:
    """One side of conversations."""

    id: UUID
    token: str
    kind: str
    port: int = 0
    rest: RestClient | None = None
    socket: SocketClient | None = None


@dataclass
class Talk:
    id: UUID
    visitor: Person
    agent: Person


@dataclass
class Crowd:
    agents: list[Person] = field(default_factory=list)
    talks: list[Talk] = field(default_factory=list)
    #: visitors who say nothing
    idle: list[Person] = field(default_factory=list)

    @property
    def people(self) -> list[Person]:
        return [*self.agents, *(talk.visitor for talk in self.talks)]


async def settle(url: str, count: int, *, idle: int = 0) -> Crowd:
    """`count` conversations under way, ten for each agent, written straight into the tables."""
    crowd, rows = _crowd(count, idle)
    database = Database(url)
    async with database.writing() as session:
        for table, values in rows.items():
            for at in range(0, len(values), 1000):
                await session.execute(insert(table), values[at : at + 1000])
    await database.close()
    return crowd


def _crowd(count: int, idle: int) -> tuple[Crowd, Rows]:
    crowd, now, site, queue = Crowd(), datetime.now(UTC), new_id(), new_id()
    rows: Rows = {
        Site: [{"id": site, "key": "bench", "name": "Bench", "locale": "en", "time_zone": "UTC", "origins": ["self"],
                "branding": {}, "mail_from": "care@bench.example", "created_at": now}],
        Queue: [{"id": queue, "site_id": site, "key": "all", "name": "All"}],
        Agent: [], AgentSite: [], SignIn: [], Visitor: [], Conversation: [], TimelineRow: [], Engagement: [],
    }  # fmt: skip
    for number in range(count):
        if number % CONVERSATIONS_EACH == 0:
            crowd.agents.append(_agent(rows, site, now, len(crowd.agents)))
        crowd.talks.append(_talk(rows, site, queue, now, crowd.agents[-1]))
    crowd.idle = [_visitor(rows, site, now) for _ in range(idle)]
    return crowd, rows


def _visitor(rows: Rows, site: UUID, now: datetime) -> Person:
    visitor = Person(new_id(), uuid4().hex, "visitor")
    rows[Visitor].append({"id": visitor.id, "site_id": site, "token_hash": token_hash(visitor.token), "locale": "en",
                          "created_at": now})  # fmt: skip
    return visitor


def _agent(rows: Rows, site: UUID, now: datetime, number: int) -> Person:
    person, sign_in = Person(new_id(), uuid4().hex, "agent"), new_id()
    rows[Agent].append({"id": person.id, "email": f"a{number}@bench.example", "name": f"Agent {number}",
                        "password_hash": "", "presence": "available", "presence_since": now, "idle_since": now,
                        "capacity": 100})  # fmt: skip
    rows[AgentSite].append({"agent_id": person.id, "site_id": site, "role": "agent", "all_queues": True})
    rows[SignIn].append({"id": sign_in, "agent_id": person.id, "token_hash": token_hash(person.token),
                         "created_at": now, "expires_at": now + timedelta(hours=12)})  # fmt: skip
    ticket = Signer(SECRET).sign(str(sign_in), purpose=TICKET, expires_at=now + timedelta(hours=1))
    person.token = f"{person.token} {ticket}"
    return person


def _talk(rows: Rows, site: UUID, queue: UUID, now: datetime, agent: Person) -> Talk:
    talk = Talk(new_id(), _visitor(rows, site, now), agent)
    common = {"site_id": site, "created_at": now}
    rows[Conversation].append({**common, "id": talk.id, "visitor_id": talk.visitor.id, "client_id": uuid4().hex,
                               "topic": "orders", "locale": "en", "fields": [], "last_seq": 1, "last_customer_seq": 1,
                               "with_agent_id": agent.id, "last_at": now})  # fmt: skip
    rows[TimelineRow].append({"conversation_id": talk.id, "seq": 1, "customer_seq": 1, "id": new_id(),
                              "kind": "message", "audience": "customer", "author_kind": "visitor",
                              "author_id": talk.visitor.id, "author_name": "", "client_id": uuid4().hex,
                              "text": "Hello", "details": {"type": "plain"}, "created_at": now})  # fmt: skip
    rows[Engagement].append({"id": new_id(), "site_id": site, "conversation_id": talk.id, "visitor_id": talk.visitor.id,
                             "channel": "webchat", "live": True, "queue_id": queue, "state": "active",
                             "agent_id": agent.id, "opened_at": now, "place_since": now, "state_since": now,
                             "accepted_at": now})  # fmt: skip
    return talk


async def connect(people: Sequence[Person], hears: "Hearing") -> None:
    """Everybody's socket and keep-alive connection, no faster than the door lets people in."""
    for at in range(0, len(people), DOORS):
        group = people[at : at + DOORS]
        await asyncio.gather(*(_connect(person, hears) for person in group), asyncio.sleep(DOORS / OPENED_PER_SECOND))


async def _connect(person: Person, hears: "Hearing") -> None:
    if person.kind == "visitor":
        headers, auth = f"Authorization: Bearer {person.token}\r\n", {"token": person.token}
    else:
        cookie, ticket = person.token.split()
        headers, auth = f"Cookie: {COOKIE}={cookie}\r\nX-Engage-Request: 1\r\n", {"ticket": ticket}
    person.rest = await open_rest(person.port, headers)
    name = person.kind
    person.socket = await open_socket(person.port, f"/{name}", json.dumps(auth), lambda packet: hears(name, packet))


def disconnect(crowd: Crowd) -> None:
    for person in crowd.people:
        if person.rest is not None and person.socket is not None:
            person.rest.close()
            person.socket.close()


class Hearing:
    """What comes to a socket: which message it is, and who said it."""

    def __init__(self) -> None:
        self.listener: Any = None

    def __call__(self, kind: str, packet: bytes) -> None:
        if self.listener is not None:
            self.listener(kind, packet)


#: 90 characters of talk behind a number, different enough for a search index to have work
_WORDS = ("router", "blinks", "since", "yesterday", "bill", "paid", "twice", "please", "order", "number", "line",
          "slow", "evening", "technician", "monday", "contract", "moved", "house", "modem", "light")  # fmt: skip


def sentence(number: int, chance: random.Random) -> str:
    return f"{number:08d} " + " ".join(chance.choices(_WORDS, k=13))


def client_id(run: str, number: int) -> str:
    """As unguessable as a browser's, from a number."""
    return hashlib.blake2b(f"{run}{number}".encode(), digest_size=16).hexdigest()
