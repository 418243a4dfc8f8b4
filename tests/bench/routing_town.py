"""The data of the routing bench, by a fixed seed: agents with skills in centres, queues that ask for them, work."""

import random
import uuid
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from engage.agents.models import Agent, AgentSite
from engage.contacts.models import Visitor
from engage.conversations.models import Conversation
from engage.engagements.models import Engagement
from engage.kit.db import Model
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork
from engage.routing.models import AgentSkill, QueueMember, QueueRule, Skill
from engage.sites.models import Centre, Queue

AGENTS, CENTRES, SKILLS, QUEUES = 5_000, 36, 40, 60
CAPACITY = 3
#: nobody goes offline while it is measured
FOR_LONG = datetime(2100, 1, 1, tzinfo=UTC)
Rows = dict[type[Model], list[dict[str, object]]]


async def settle(work: UnitOfWork, site_id: uuid.UUID) -> list[uuid.UUID]:
    """The site's queues, each served by everybody who meets what it asks for."""
    chance, now = random.Random(5), work.now
    centres, skills = [new_id() for _ in range(CENTRES)], [new_id() for _ in range(SKILLS)]
    able: dict[uuid.UUID, dict[uuid.UUID, int]] = {
        new_id(): {each: chance.randint(1, 5) for each in chance.sample(skills, chance.randint(3, 6))}
        for _ in range(AGENTS)
    }
    rows: Rows = {
        Centre: [{"id": each, "site_id": site_id, "name": str(n), "state": "open", "state_since": now}
                 for n, each in enumerate(centres)],
        Skill: [{"id": each, "site_id": site_id, "name": str(n)} for n, each in enumerate(skills)],
        Agent: [_agent(each, n, now) for n, each in enumerate(able)],
        AgentSite: [{"agent_id": each, "site_id": site_id, "role": "agent", "centre_id": chance.choice(centres)}
                    for each in able],
        AgentSkill: [{"agent_id": each, "skill_id": skill, "level": level}
                     for each, levels in able.items() for skill, level in levels.items()],
        Queue: [], QueueRule: [], QueueMember: [],
    }  # fmt: skip
    queues = [_queue(rows, site_id, n, chance, skills, able) for n in range(QUEUES)]
    await _insert(work, rows)
    return queues


def _agent(agent_id: uuid.UUID, number: int, now: datetime) -> dict[str, object]:
    return {
        "id": agent_id, "email": f"a{number}@shop.example", "name": f"Agent {number}", "password_hash": "",
        "presence": "available", "presence_since": now, "idle_since": now - timedelta(seconds=number),
        "capacity": CAPACITY, "online_until": FOR_LONG,
    }  # fmt: skip


def _queue(
    rows: Rows, site_id: uuid.UUID, number: int, chance: random.Random, skills: list[uuid.UUID],
    able: dict[uuid.UUID, dict[uuid.UUID, int]],
) -> uuid.UUID:  # fmt: skip
    queue_id = new_id()
    needs = {each: chance.randint(1, 2) for each in chance.sample(skills, chance.choice((1, 1, 2)))}
    step = {"after_seconds": 0, "needs": [{"skill_id": str(key), "level": level} for key, level in needs.items()]}
    members = [each for each, has in able.items() if all(has.get(key, 0) >= level for key, level in needs.items())]
    rows[Queue].append({"id": queue_id, "site_id": site_id, "key": f"q{number}", "name": f"Queue {number}"})
    rows[QueueRule].append({
        "queue_id": queue_id, "priority": number % 5, "ranking": "score", "age_factor": 100,
        "agent_rule": "longest_idle", "sticky_seconds": 0, "steps": [step], "skips_unstaffed": False,
    })  # fmt: skip
    rows[QueueMember] += [{"queue_id": queue_id, "agent_id": each} for each in members]
    return queue_id


async def queue_up(work: UnitOfWork, site_id: uuid.UUID, queues: list[uuid.UUID], count: int) -> list[uuid.UUID]:
    """So many engagements more, waiting for up to five minutes; a queue that is named more often gets more."""
    chance = random.Random(count)
    rows: Rows = {Visitor: [], Conversation: [], Engagement: []}
    for _ in range(count):
        visitor, conversation = new_id(), new_id()
        since = work.now - timedelta(milliseconds=chance.randint(0, 300_000))
        rows[Visitor].append({"id": visitor, "site_id": site_id, "token_hash": uuid.uuid4().hex, "locale": "en",
                              "created_at": since, "online_until": FOR_LONG})  # fmt: skip
        rows[Conversation].append({"id": conversation, "site_id": site_id, "visitor_id": visitor, "topic": "",
                                   "client_id": uuid.uuid4().hex, "locale": "en", "fields": [], "last_at": since,
                                   "created_at": since})  # fmt: skip
        rows[Engagement].append({"id": new_id(), "site_id": site_id, "conversation_id": conversation,
                                 "visitor_id": visitor, "channel": "webchat", "queue_id": chance.choice(queues),
                                 "state": "queued", "opened_at": since, "place_since": since, "entered_at": since,
                                 "state_since": since})  # fmt: skip
    await _insert(work, rows)
    return [uuid.UUID(str(row["id"])) for row in rows[Engagement]]


async def _insert(work: UnitOfWork, rows: Rows) -> None:
    for table, values in rows.items():
        for at in range(0, len(values), 1_000):
            await work.db.execute(insert(table), values[at : at + 1_000])
