"""New questions by mail, many to a commit: what needs no look at older conversations, rules, agents or programs.

All else goes the ordinary way (`filing`), and so does each mail of a batch that failed, so that a bad one harms nobody.
Mails of one sender never share a batch: the second one sees what became of the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from aiohttp import web

from engage.channels.email import (
    accept,
    acknowledging,
    auth_results,
    auto_mail,
    bounce,
    entries,
    facts,
    filing,
    mail_rules,
    message_ids,
    reply_to,
    resuming,
    thread_match,
    threads,
)
from engage.channels.email.auto_mail import Signs
from engage.channels.email.facts import Facts
from engage.channels.email.filing import TOPIC, Letter
from engage.channels.email.mail_keys import MAIL_KEYS, Keys
from engage.channels.email.mail_rules import Decision
from engage.channels.email.models import MailParticipant, MailSender, MailThread, ReceivedMail
from engage.channels.email.parsed import ParsedMail, Person
from engage.channels.email.prepared import Prepared
from engage.channels.email.route import Route
from engage.contacts import newcomers
from engage.contacts.newcomers import Newcomer
from engage.conversations import opening as conversations
from engage.conversations.opening import Opening
from engage.conversations.schemas import Author
from engage.engagements import opening as engagements
from engage.engagements.opening import NewWork
from engage.kit import jobs
from engage.kit.db import insert_all
from engage.kit.group_commit import GroupCommit
from engage.kit.unit_of_work import UNITS, UnitOfWork


@dataclass(frozen=True)
class Ready:
    """A mail that was taken apart and waits to be filed."""

    raw_id: UUID
    mail: ParsedMail
    prepared: Prepared

    @property
    def name(self) -> str:
        return self.mail.name

    @property
    def address(self) -> str:
        return self.mail.sender.address[:320] if self.mail.sender else ""


Group = GroupCommit[Ready, bool]
PLAIN_MAILS: web.AppKey[Group] = web.AppKey("plain_mails", GroupCommit)


def install(app: web.Application) -> None:
    group: Group = GroupCommit(
        "mails filed",
        app[UNITS].begin,
        partial(_file, app[MAIL_KEYS]),
        key_of=lambda each: each.address or each.raw_id,
        most_waiting=None,
    )
    app[PLAIN_MAILS] = group
    app.cleanup_ctx.append(group.running)


async def _file(keys: Keys, work: UnitOfWork, batch: Sequence[Ready]) -> list[bool | None]:
    found = await facts.read(work, {each.raw_id: each.name for each in batch}, {each.address for each in batch})
    plain: dict[UUID, _Question] = {}
    names = set[str]()
    for each in batch:
        letter = _letter(each, found, keys)
        if letter is not None and each.name not in names:
            plain[each.raw_id] = _Question(each, letter, found)
            names.add(each.name)
    if plain:
        await _keep(work, list(plain.values()))
    return [True if each.raw_id in plain else None for each in batch]


def _letter(each: Ready, found: Facts, keys: Keys) -> Letter | None:
    """None for what is no plain question of a customer. Pure."""
    raw, mail = found.raws.get(each.raw_id), each.mail
    if raw is None or raw.id in found.known or not each.address or (raw.site_id, each.address) in found.special:
        return None
    box = found.boxes[raw.mailbox_id]
    way = filing.way_of(raw, mail, box, keys)
    if _leads_somewhere(mail, way) or (way.queue_id or box.queue_id) not in found.queues:
        return None
    if bounce.read(mail, filing.sent_to(raw, mail), keys=keys, envelope_from=filing.envelope_of(raw)) is not None:
        return None
    if mail_rules.decided(found.rules[box.site_id], mail_rules.seen_of(raw, mail)).rule_ids:
        return None
    signs = Signs(mail.headers, next(iter(mail.all("content-type")), ""), filing.envelope_of(raw), each.address)
    is_own = mail.message_id is not None and message_ids.find_own(keys, mail.message_id) is not None
    if auto_mail.why_automatic(signs, own_addresses=found.own_addresses, is_own_name=is_own) is not None:
        return None
    verdict = auth_results.verdict(mail.headers, authserv_id=box.authserv_id, sender=each.address)
    letter = Letter(
        raw, mail, each.prepared, box, found.sites[box.site_id], way, verdict, None, Decision(), None, False
    )
    letter.flags = filing.flags_of(letter)
    if verdict != "fail":
        letter.wants_answers_at = reply_to.wanted(mail, found.own_addresses)
        filing.let_name_others(letter)
    return letter


def _leads_somewhere(mail: ParsedMail, way: Route) -> bool:
    """It says to which conversation it belongs; whether that is so has to be looked up."""
    return bool(mail.answers_to or way.conversation_id or thread_match.references(mail.subject))


class _Question:
    """A plain mail with all that becomes of it."""

    def __init__(self, ready: Ready, letter: Letter, found: Facts) -> None:
        self.ready, self.letter = ready, letter
        assert ready.mail.sender is not None
        self.sender: Person = ready.mail.sender
        self.answered = letter.answers_go_to or self.sender
        known = found.people.get((letter.site.id, ready.address))
        self.newcomer = _newcomer(letter, self.sender) if known is None else None
        visitor_id, name = (known.id, known.name) if known else (self.newcomer.visitor_id, self.newcomer.name)  # type: ignore[union-attr]  # one of both is there
        author = filing.named(Author(kind="visitor", id=visitor_id, name=name or "", picture=None), self.sender)
        queue = found.queues[filing.queue_of(letter)]
        self.opening = _opening(letter, author, letter.subject[:TOPIC] or queue.name)
        self.work = NewWork(
            self.opening.conversation_id, letter.site.id, visitor_id, queue.id, resuming.MAIL, letter.raw.received_at
        )


def _newcomer(letter: Letter, sender: Person) -> Newcomer:
    return Newcomer(letter.site, sender.address[:320], " ".join(sender.name.split())[:100] or None)


def _opening(letter: Letter, author: Author, topic: str) -> Opening:
    assert author.id is not None
    return Opening(
        site_id=letter.site.id,
        visitor_id=author.id,
        client_id=f"mail-{letter.raw.id}",
        topic=topic,
        locale=letter.site.locale,
        author=author,
        text=entries.words_of(letter.mail),
        files=[stored for _part, stored in letter.prepared.files],
    )


async def _keep(work: UnitOfWork, plain: Sequence[_Question]) -> None:
    """All rows of all of them, by as many statements as one needs; at least one."""
    new = [each.newcomer for each in plain if each.newcomer is not None]
    await newcomers.add_all(work, new)
    await insert_all(
        work.db,
        MailSender,
        [{"site_id": each.site.id, "address": each.email, "visitor_id": each.visitor_id} for each in new],
    )
    await conversations.begin_all(work, [each.opening for each in plain])
    await _keep_mails(work, plain)
    await engagements.open_all(work, [each.work for each in plain])
    await acknowledging.later_all(
        work, [(each.opening.conversation_id, each.answered) for each in plain if each.letter.verdict != "fail"]
    )
    await jobs.cancel_all(work, [accept.job_key(each.ready.raw_id) for each in plain])


async def _keep_mails(work: UnitOfWork, plain: Sequence[_Question]) -> None:
    """What the channel itself keeps of them."""
    await insert_all(
        work.db,
        MailThread,
        [
            threads.row_of(e.opening.conversation_id, e.letter.box, e.letter.way, subject=e.letter.subject)
            for e in plain
        ],
    )
    await insert_all(work.db, MailParticipant, [row for each in plain for row in _participants(work, each)])
    for each in plain:
        _note(work, each)
    await work.db.flush()
    await insert_all(work.db, ReceivedMail, [_received(each) for each in plain])
    named = [each for each in plain if each.letter.mail.message_id]
    await threads.name_all(work, [_name(each) for each in named])


def _participants(work: UnitOfWork, each: _Question) -> list[dict[str, object]]:
    """He himself, whoever gets the answers, and those who got it besides."""
    conversation_id = each.opening.conversation_id
    customer = threads.participants(conversation_id, [each.sender, each.answered], "customer", work.now)
    if each.letter.verdict == "fail":
        return customer
    others = threads.participants(conversation_id, filing.others(each.letter), "cc", work.now)
    known = {row["address"] for row in customer}
    return [*customer, *(row for row in others if row["address"] not in known)]


def _note(work: UnitOfWork, each: _Question) -> None:
    raw = each.letter.raw
    filing.note(work, raw, each.letter.mail)
    raw.filed_as, raw.state, raw.flags = each.ready.name, "filed", list(each.letter.flags)
    raw.conversation_id, raw.entry_id = each.opening.conversation_id, each.opening.entry_id


def _received(each: _Question) -> dict[str, object]:
    letter, opening = each.letter, each.opening
    seen = entries.received(letter.mail, letter.prepared, letter.raw, letter.flags, letter.answers_go_to)
    return {**seen, "entry_id": opening.entry_id, "conversation_id": opening.conversation_id}


def _name(each: _Question) -> dict[str, object]:
    opening = each.opening
    return threads.name_of(
        each.letter.site.id, each.letter.mail.message_id or "", opening.conversation_id, opening.entry_id
    )
