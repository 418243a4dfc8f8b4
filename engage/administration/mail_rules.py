"""Rules for mails before they are filed, and what they would have done to past ones."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from email.utils import getaddresses
from pathlib import Path
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field, model_validator
from sqlalchemy import select

from engage.access.audit import Subject, differences
from engage.administration.desk import AdminCall, administered, record
from engage.administration.mailboxes import Line, QueueName
from engage.administration.outcomes import Order
from engage.agents.sign_in import an_agent
from engage.channels.email import blobs, mail_rules, received
from engage.channels.email.mail_rules import Seen
from engage.channels.email.models import Mailbox, MailRule, RawMail
from engage.channels.email.schemas import RuleComparison, RuleField, RuleMatch
from engage.conversations import labels
from engage.conversations.models import TimelineRow
from engage.conversations.schemas import LabelView
from engage.kit.errors import Invalid, NotFound
from engage.kit.ids import new_id
from engage.kit.routes import Routes
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wire import Moment, WireModel
from engage.settings import SETTINGS
from engage.sites import service as sites

routes = Routes()
PATH = "/api/v1/admin/sites/{site_id}/mail-rules"
#: past mails that a dry run looks at, and of which it shows some
LOOKED_AT, SHOWN = 500, 10
MOST_RULES = 200
#: fields that are read from the stored mail, and how many lines of To and Cc are
IN_HEADERS, MOST_LINES = ("header", "recipient"), 20


class Condition(WireModel):
    field: RuleField
    how: RuleComparison = "contains"
    value: Annotated[Line, Field(min_length=1, max_length=300)]
    #: which one, if the field is a header
    header: Annotated[Line, Field(max_length=100)] = ""
    negated: bool = False


class Acts(WireModel):
    #: it is stored and filed nowhere
    drop: bool = False
    queue_id: UUID | None = None
    label_ids: Annotated[list[UUID], Field(max_length=20)] = Field(default_factory=list)
    #: minutes of waiting that it is ahead of others
    priority: Annotated[int, Field(ge=0, le=10_000)] = 0
    #: counts as a person's mail though a program sent it
    let_through: bool = False


class MailRuleForm(WireModel):
    name: Annotated[Line, Field(min_length=1, max_length=100)]
    #: none is all mailboxes
    mailbox_id: UUID | None = None
    is_on: bool = True
    match: RuleMatch = "all"
    conditions: Annotated[list[Condition], Field(min_length=1, max_length=20)]
    acts: Acts
    stops: bool = False
    expires_at: Moment | None = None

    @model_validator(mode="after")
    def does_something(self) -> Self:
        if self.acts == Acts() and not self.stops:
            raise ValueError("Choose what happens to these mails.")
        return self


class MailRuleView(WireModel):
    id: UUID
    name: str
    mailbox_id: UUID | None
    is_on: bool
    match: RuleMatch
    conditions: list[Condition]
    acts: Acts
    stops: bool
    expires_at: Moment | None
    hits: int
    last_hit_at: Moment | None


class MailRules(WireModel):
    items: list[MailRuleView]
    queues: list[QueueName]
    mailboxes: list[QueueName]
    labels: list[LabelView]


class PastMail(WireModel):
    id: UUID
    sender: str | None
    subject: str | None
    received_at: Moment


class DryRun(WireModel):
    looked_at: int
    matched: int
    #: the newest of them
    some: list[PastMail]


@routes.get(PATH, may=an_agent)
async def list_mail_rules(call: AdminCall, site_id: UUID) -> MailRules:
    """The site's rules in their order, and what they may speak of."""
    await administered(call, site_id)
    boxes = await call.work.db.scalars(select(Mailbox).where(Mailbox.site_id == site_id).order_by(Mailbox.name))
    queues = await sites.queues_of(call.work, site_id)
    return MailRules(
        items=[_view(rule) for rule in await _all(call.work, site_id)],
        queues=[QueueName(id=each.id, name=each.name) for each in queues],
        mailboxes=[QueueName(id=each.id, name=each.name) for each in boxes],
        labels=await labels.of_sites(call.work, [site_id]),
    )


@routes.post(PATH, may=an_agent, status=201)
async def add_mail_rule(call: AdminCall, site_id: UUID, body: MailRuleForm) -> MailRuleView:
    """Add a rule at the end; it counts for mails that come from now on."""
    await administered(call, site_id)
    await _check(call.work, site_id, body)
    known = await _all(call.work, site_id)
    if len(known) >= MOST_RULES:
        raise Invalid(f"There are {MOST_RULES} rules already; remove one first.")
    rule = MailRule(id=new_id(), site_id=site_id, position=len(known) + 1, hits=0, created_at=call.work.now)
    _fill(rule, body)
    call.work.db.add(rule)
    record(call, "mail_rule.added", Subject(rule.name, rule.id, site_id), _told(rule))
    return _view(rule)


@routes.put("/api/v1/admin/mail-rules/{rule_id}", may=an_agent)
async def change_mail_rule(call: AdminCall, rule_id: UUID, body: MailRuleForm) -> MailRuleView:
    """Change a rule; what it did stays done."""
    rule = await _of(call, rule_id)
    await _check(call.work, rule.site_id, body)
    before = _told(rule)
    _fill(rule, body)
    if changes := differences(before, _told(rule)):
        record(call, "mail_rule.changed", Subject(rule.name, rule.id, rule.site_id), changes)
    return _view(rule)


@routes.delete("/api/v1/admin/mail-rules/{rule_id}", may=an_agent)
async def remove_mail_rule(call: AdminCall, rule_id: UUID) -> None:
    """It counts no more; what it did stays done."""
    rule = await _of(call, rule_id)
    await call.work.db.delete(rule)
    record(call, "mail_rule.removed", Subject(rule.name, rule.id, rule.site_id))


@routes.put(f"{PATH}/order", may=an_agent, status=204)
async def order_mail_rules(call: AdminCall, site_id: UUID, body: Order) -> None:
    """Put the rules into this order: the first one that says something wins."""
    site = await administered(call, site_id)
    places = {rule_id: place for place, rule_id in enumerate(body.ids)}
    for rule in await _all(call.work, site_id):
        rule.position = places.get(rule.id, len(places))
    record(call, "mail_rule.ordered", Subject(site.name, site.id, site.id))


@routes.post(f"{PATH}/dry-run", may=an_agent)
async def try_mail_rule(call: AdminCall, site_id: UUID, body: MailRuleForm) -> DryRun:
    """What a rule would have matched of the last mails; nothing is done."""
    await administered(call, site_id)
    await _check(call.work, site_id, body)
    rule = MailRule(id=new_id(), site_id=site_id)
    _fill(rule, body)
    past = await _past(call, site_id)
    if any(each.field in IN_HEADERS for each in body.conditions):
        past = await asyncio.to_thread(_with_headers, past, call.request.app[SETTINGS].mail_dir)
    matched = [raw for raw, seen in past if mail_rules.matches(rule, seen)]
    some = [
        PastMail(id=raw.id, sender=raw.sender, subject=raw.subject, received_at=raw.received_at)
        for raw in matched[:SHOWN]
    ]
    return DryRun(looked_at=len(past), matched=len(matched), some=some)


async def _past(call: AdminCall, site_id: UUID) -> list[tuple[RawMail, Seen]]:
    """The newest mails, as a rule would have seen them."""
    rows = (
        select(RawMail, TimelineRow.text)
        .outerjoin(TimelineRow, TimelineRow.id == RawMail.entry_id)
        .where(RawMail.site_id == site_id)
        .order_by(RawMail.id.desc())
        .limit(LOOKED_AT)
    )
    return [(raw, _seen(raw, text or "")) for raw, text in await call.work.db.execute(rows)]


def _seen(raw: RawMail, text: str) -> Seen:
    return Seen(
        mailbox_id=raw.mailbox_id,
        sender=(raw.sender or raw.envelope_from or "").casefold(),
        recipients=(raw.envelope_to.casefold(),) if raw.envelope_to else (),
        subject=(raw.subject or "").casefold(),
        text=text[: mail_rules.MOST_TEXT].casefold(),
    )


def _with_headers(past: Sequence[tuple[RawMail, Seen]], folder: Path) -> list[tuple[RawMail, Seen]]:
    """What stands in the stored mails only. Blocking."""
    return [(raw, _of_headers(seen, received.headers_of(blobs.path_of(folder, raw.sha256)))) for raw, seen in past]


def _of_headers(seen: Seen, headers: Sequence[tuple[str, str]]) -> Seen:
    known = [(name.lower(), value.casefold()) for name, value in headers]
    shown = getaddresses([value for name, value in known if name in ("to", "cc")][:MOST_LINES])
    recipients = dict.fromkeys([*seen.recipients, *(address for _, address in shown if address)])
    return replace(seen, recipients=tuple(recipients), headers=tuple(known))


async def _all(work: UnitOfWork, site_id: UUID) -> list[MailRule]:
    rows = select(MailRule).where(MailRule.site_id == site_id).order_by(MailRule.position, MailRule.id)
    return list(await work.db.scalars(rows))


async def _of(call: AdminCall, rule_id: UUID) -> MailRule:
    """Raises NotFound, NotYours, NotAllowed."""
    rule = await call.work.db.get(MailRule, rule_id)
    if rule is None:
        raise NotFound
    await administered(call, rule.site_id)
    return rule


async def _check(work: UnitOfWork, site_id: UUID, form: MailRuleForm) -> None:
    """Nothing of another site is named. Raises Invalid."""
    queues = {queue.id for queue in await sites.queues_of(work, site_id)}
    known = {label.id for label in await labels.of_sites(work, [site_id])}
    box = await work.db.get(Mailbox, form.mailbox_id) if form.mailbox_id else None
    wrong = {
        "acts.queue_id": form.acts.queue_id is not None and form.acts.queue_id not in queues,
        "acts.label_ids": not set(form.acts.label_ids) <= known,
        "mailbox_id": form.mailbox_id is not None and (box is None or box.site_id != site_id),
        "conditions": any(each.field == "header" and not each.header for each in form.conditions),
    }
    if errors := [{"path": path, "message": "This is missing or not of this site."} for path in wrong if wrong[path]]:
        raise Invalid(errors=errors)


def _fill(rule: MailRule, form: MailRuleForm) -> None:
    for name in ("name", "mailbox_id", "is_on", "match", "stops", "expires_at"):
        setattr(rule, name, getattr(form, name))
    rule.conditions = [each.model_dump(mode="json") for each in form.conditions]
    rule.acts = form.acts.model_dump(mode="json")


def _told(rule: MailRule) -> dict[str, Any]:
    """What the audit log compares."""
    names = "name", "is_on", "match", "conditions", "acts", "stops"
    ends = {"expires_at": rule.expires_at.isoformat() if rule.expires_at else None}
    box = {"mailbox_id": str(rule.mailbox_id) if rule.mailbox_id else None}
    return {name: getattr(rule, name) for name in names} | ends | box


def _view(rule: MailRule) -> MailRuleView:
    return MailRuleView(
        id=rule.id,
        name=rule.name,
        mailbox_id=rule.mailbox_id,
        is_on=rule.is_on,
        match=rule.match,
        conditions=[Condition.model_validate(each) for each in rule.conditions],
        acts=Acts.model_validate(rule.acts),
        stops=rule.stops,
        expires_at=rule.expires_at,
        hits=rule.hits,
        last_hit_at=rule.last_hit_at,
    )
