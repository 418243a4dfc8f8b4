"""A site's rules for mails before they are filed: what is dropped, where it waits, how soon. Matching is pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, update

from engage.channels.email.models import MailRule, RawMail
from engage.channels.email.parsed import ParsedMail
from engage.kit.unit_of_work import UnitOfWork

#: of the text; what stands further down decides nothing
MOST_TEXT = 50_000


@dataclass(frozen=True)
class Seen:
    """What rules look at, all of it in small letters."""

    mailbox_id: UUID
    sender: str
    #: envelope, To and Cc
    recipients: tuple[str, ...]
    subject: str
    text: str
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Decision:
    """What the rules that matched want, the first one's word first."""

    #: the rule that drops it, by name; it is stored and filed nowhere
    dropped_by: str | None = None
    #: none is the mailbox's own
    queue_id: UUID | None = None
    label_ids: tuple[UUID, ...] = ()
    #: minutes of waiting that it is ahead of others
    priority: int = 0
    #: counts as a person's mail though a program sent it, such as a partner's form
    let_through: bool = False
    #: those that matched
    rule_ids: tuple[UUID, ...] = field(default=())


def seen_of(raw: RawMail, mail: ParsedMail) -> Seen:
    people = [each.address for each in (*mail.to, *mail.cc)]
    return Seen(
        mailbox_id=raw.mailbox_id,
        sender=(mail.sender.address if mail.sender else raw.envelope_from or "").casefold(),
        recipients=tuple(each.casefold() for each in (raw.envelope_to, *people) if each),
        subject=mail.subject.casefold(),
        text=mail.text[:MOST_TEXT].casefold(),
        headers=tuple((name, value.casefold()) for name, value in mail.headers),
    )


def matches(rule: MailRule, seen: Seen) -> bool:
    """All its conditions, or any of them; one without conditions matches nothing."""
    if rule.mailbox_id is not None and rule.mailbox_id != seen.mailbox_id:
        return False
    held = [_holds(each, seen) for each in rule.conditions]
    return bool(held) and (any(held) if rule.match == "any" else all(held))


def _holds(condition: dict[str, Any], seen: Seen) -> bool:
    wanted = str(condition["value"]).casefold()
    found = any(_compares(condition["how"], value, wanted) for value in _values(condition, seen))
    return not found if condition.get("negated") else found


def _values(condition: dict[str, Any], seen: Seen) -> Iterable[str]:
    match condition["field"]:
        case "sender":
            return (seen.sender,)
        case "sender_domain":
            return (seen.sender.rpartition("@")[2],)
        case "recipient":
            return seen.recipients
        case "subject":
            return (seen.subject,)
        case "text":
            return (seen.text,)
        case _:
            name = str(condition.get("header") or "").lower()
            return [value for each, value in seen.headers if each == name]


def _compares(how: str, value: str, wanted: str) -> bool:
    match how:
        case "is":
            return value.strip() == wanted
        case "begins":
            return value.startswith(wanted)
        case "ends":
            return value.endswith(wanted)
        case _:
            return wanted in value


def decided(rules: Sequence[MailRule], seen: Seen) -> Decision:
    """In the rules' order; a rule may be the last word."""
    hits: list[MailRule] = []
    for rule in rules:
        if matches(rule, seen):
            hits.append(rule)
            if rule.stops or rule.acts.get("drop"):
                break
    return _joined(hits)


def _joined(hits: Sequence[MailRule]) -> Decision:
    queues = [rule.acts["queue_id"] for rule in hits if rule.acts.get("queue_id")]
    labels = dict.fromkeys(label for rule in hits for label in rule.acts.get("label_ids", ()))
    return Decision(
        dropped_by=next((rule.name for rule in hits if rule.acts.get("drop")), None),
        queue_id=UUID(queues[0]) if queues else None,
        label_ids=tuple(UUID(each) for each in labels),
        priority=max((int(rule.acts.get("priority") or 0) for rule in hits), default=0),
        let_through=any(rule.acts.get("let_through") for rule in hits),
        rule_ids=tuple(rule.id for rule in hits),
    )


async def in_force(work: UnitOfWork, site_id: UUID, at: datetime) -> Sequence[MailRule]:
    rows = select(MailRule).where(
        MailRule.site_id == site_id, MailRule.is_on, or_(MailRule.expires_at.is_(None), MailRule.expires_at > at)
    )
    return (await work.db.scalars(rows.order_by(MailRule.position, MailRule.id))).all()


async def decide(work: UnitOfWork, raw: RawMail, parsed: ParsedMail) -> Decision:
    """What the site's rules say of a mail, and counts those that matched."""
    decision = decided(await in_force(work, raw.site_id, work.now), seen_of(raw, parsed))
    if decision.rule_ids:
        hit = update(MailRule).where(MailRule.id.in_(decision.rule_ids))
        await work.db.execute(hit.values(hits=MailRule.hits + 1, last_hit_at=work.now))
    return decision
