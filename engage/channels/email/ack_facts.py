"""What is known of conversations whose senders are to be told that their mails came: by few statements."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from engage.channels.email import ack_budget
from engage.channels.email.ack_budget import Spent
from engage.channels.email.models import MailAcknowledgement, Mailbox, MailThread
from engage.contacts.models import Visitor
from engage.conversations.models import Conversation, TimelineRow
from engage.engagements import clocks
from engage.engagements.lifecycle import OPEN
from engage.engagements.models import Engagement
from engage.kit.db import db_of, is_among
from engage.kit.unit_of_work import UnitOfWork
from engage.sites.models import Site

#: the first words of a conversation stand among so many of its entries
FIRST = 20

#: a conversation and the address that wrote in it
Asked: TypeAlias = tuple[UUID, str]
#: a site, and an address or a domain
At: TypeAlias = tuple[UUID, str]


@dataclass(frozen=True)
class Request:
    """Somebody's mail that waits for a person."""

    address: str
    conversation: Conversation
    #: none where he wrote in the widget
    thread: MailThread | None
    site: Site
    #: what he wrote first
    said: str
    #: by when somebody answers, as it is promised; none if nothing is
    due_at: datetime | None
    #: the site has a mailbox in which an answer to this mail is read
    is_read: bool

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2][:255]


async def requests(work: UnitOfWork, asked: Sequence[Asked]) -> list[Request]:
    """Those that still wait: others were merged, or are done already."""
    ids = [conversation_id for conversation_id, _ in asked]
    found = await _by(work, Conversation, Conversation.id, ids)
    threads = await _by(work, MailThread, MailThread.conversation_id, ids)
    opened = await _by(work, Engagement, Engagement.conversation_id, ids, Engagement.state.in_(OPEN))
    sites = await _by(work, Site, Site.id, {each.site_id for each in found.values()})
    said, clock_of = await _first_words(work, ids), await clocks.first_of(work, [each.id for each in opened.values()])
    waiting = [(each, address) for each, address in asked if each in found and each in opened]
    read = await _with_mailbox(work, set(sites))
    due = {each: clock.due_at for each, engagement in opened.items() if (clock := clock_of.get(engagement.id))}
    return [
        Request(
            address, found[each], threads.get(each), sites[found[each].site_id], said.get(each, ""), due.get(each),
            is_read=found[each].site_id in read,
        )
        for each, address in waiting
    ]  # fmt: skip


async def _with_mailbox(work: UnitOfWork, sites: Collection[UUID]) -> set[UUID]:
    its = is_among(db_of(work.db), Mailbox.site_id, sites)
    return set(await work.db.scalars(select(Mailbox.site_id).where(its, Mailbox.is_on)))


async def _by(
    work: UnitOfWork, model: Any, key: InstrumentedAttribute[UUID], ids: Collection[UUID], *conditions: Any
) -> dict[UUID, Any]:
    rows = await work.db.scalars(select(model).where(is_among(db_of(work.db), key, ids), *conditions))
    return {getattr(row, key.key): row for row in rows}


async def _first_words(work: UnitOfWork, ids: Sequence[UUID]) -> dict[UUID, str]:
    row = TimelineRow
    whose = is_among(db_of(work.db), row.conversation_id, ids)
    rows = select(row.conversation_id, row.text).where(whose, row.kind == "message", row.seq <= FIRST)
    latest_first = await work.db.execute(rows.order_by(row.conversation_id, row.seq.desc()))
    return dict(latest_first.all())


async def hold_senders(work: UnitOfWork, waiting: Sequence[Request]) -> None:
    """Mails that one person sent at one moment are counted one after the other."""
    ids = {each.conversation.visitor_id for each in waiting}
    rows = select(Visitor.id).where(is_among(db_of(work.db), Visitor.id, ids)).order_by(Visitor.id)
    await work.db.execute(rows.with_for_update())


class Budget:
    """What was spent, and is now."""

    def __init__(self, told: Collection[UUID], senders: Mapping[At, int], domains: Mapping[At, int]) -> None:
        self._told, self._senders, self._domains = set(told), Counter(senders), Counter(domains)

    def spend(self, request: Request) -> bool:
        """Whether he may be told."""
        site_id, conversation_id = request.site.id, request.conversation.id
        sender, domain = (site_id, request.address), (site_id, request.domain)
        spent = Spent(int(conversation_id in self._told), self._senders[sender], self._domains[domain])
        if not ack_budget.allows(spent):
            return False
        self._told.add(conversation_id)
        self._senders[sender] += 1
        self._domains[domain] += 1
        return True


async def budget(work: UnitOfWork, waiting: Sequence[Request]) -> Budget:
    row = MailAcknowledgement
    ids = [each.conversation.id for each in waiting]
    told = await work.db.scalars(select(row.conversation_id).where(is_among(db_of(work.db), row.conversation_id, ids)))
    senders = await _counts(work, row.address, {each.address for each in waiting})
    return Budget(set(told), senders, await _counts(work, row.domain, {each.domain for each in waiting}))


async def _counts(work: UnitOfWork, what: InstrumentedAttribute[str], values: Collection[str]) -> dict[At, int]:
    """In the last hour, at each site."""
    row = MailAcknowledgement
    lately: ColumnElement[bool] = row.at > work.now - ack_budget.PERIOD
    rows = select(row.site_id, what, func.count()).where(is_among(db_of(work.db), what, values), lately)
    found = await work.db.execute(rows.group_by(row.site_id, what))
    return {(site_id, value): count for site_id, value, count in found}
