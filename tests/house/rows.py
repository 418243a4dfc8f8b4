"""Rows that tests begin with, with speaking defaults."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from engage.access import keys
from engage.access.models import ApiKey
from engage.access.principals import Role
from engage.access.tokens import token_hash
from engage.agents import service as agents
from engage.agents import sign_in
from engage.agents.models import AgentSite, SignIn
from engage.channels.email.models import Mailbox
from engage.engagements.models import Disposition
from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork
from engage.routing.models import QueueMember
from engage.sites.models import Queue, Site

QUEUES = ("orders", "billing")


async def a_site(work: UnitOfWork, key: str, *, queues: Sequence[str] = QUEUES, **fields: Any) -> Site:
    """A site that is always open, with its queues and one outcome."""
    defaults: dict[str, Any] = {
        "name": key.title(),
        "locale": "en",
        "time_zone": "Europe/Berlin",
        "origins": ["self"],
        "branding": {},
        "mail_from": f"Care <care@{key}.example>",
    }
    site = Site(id=new_id(), key=key, created_at=work.now, **{**defaults, **fields})
    work.db.add(site)
    await work.db.flush()
    work.db.add(Disposition(id=new_id(), site_id=site.id, label="Solved"))
    for position, name in enumerate(queues):
        work.db.add(Queue(id=new_id(), site_id=site.id, key=name, name=name.title(), position=position))
    return site


async def an_agent(
    work: UnitOfWork, name: str, *, site_key: str, queues: Sequence[str] | None, capacity: int, role: Role = "agent"
) -> str:
    """An agent who serves these queues of the site, or all; the value of the cookie of his signed-in browser."""
    site = (await work.db.scalars(select(Site).where(Site.key == site_key))).one()
    agent = await agents.hire(
        work, email=f"{name}@nordlink.example", name=name.title(), password_hash="", role=role, site_ids=[site.id]
    )
    agent.capacity = capacity
    of_site = select(Queue).where(Queue.site_id == site.id)
    for queue in await work.db.scalars(of_site):
        if queues is None or queue.key in queues:
            work.db.add(QueueMember(queue_id=queue.id, agent_id=agent.id))
    return await sign_in.sign_in(work, agent.id, life=timedelta(hours=12), user_agent=None)


async def sees_his_queues_only(work: UnitOfWork, token: str) -> None:
    """The agent with this cookie does not see the whole site's work."""
    his = select(SignIn.agent_id).where(SignIn.token_hash == token_hash(token)).scalar_subquery()
    await work.db.execute(update(AgentSite).where(AgentSite.agent_id == his).values(all_queues=False))


async def a_mailbox(
    work: UnitOfWork, *, site_key: str = "nordlink", address: str = "support@carrier.example", queue: str = "orders",
    **fields: Any,
) -> Mailbox:  # fmt: skip
    """A mailbox of the site's to which mails are brought, unless the fields say that we read it."""
    site = (await work.db.scalars(select(Site).where(Site.key == site_key))).one()
    its = (await work.db.scalars(select(Queue).where(Queue.site_id == site.id, Queue.key == queue))).one()
    defaults: dict[str, Any] = {"name": "Support", "protocol": "inbound", "created_at": work.now}
    box = Mailbox(id=new_id(), site_id=site.id, address=address, queue_id=its.id, **{**defaults, **fields})
    work.db.add(box)
    await work.db.flush()
    return box


def an_api_key(work: UnitOfWork, *, site_id: UUID, scopes: Sequence[str], **fields: Any) -> tuple[ApiKey, str]:
    """A program's key, as a row and as what the program shows."""
    key = keys.new_key()
    row = ApiKey(
        id=new_id(),
        site_id=site_id,
        name="A program",
        prefix=key[: keys.SHOWN],
        token_hash=token_hash(key),
        scopes=list(scopes),
        created_at=work.now,
        created_by="",
        **fields,
    )
    return row, key
