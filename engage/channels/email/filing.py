"""From a parsed mail to work, in one transaction: who wrote, in which conversation, and whether a person is needed."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from aiohttp import web
from sqlalchemy import select

from engage.access.principals import CallingVisitor
from engage.agents.models import Agent
from engage.channels.email import (
    acknowledging,
    auth_results,
    auto_mail,
    bounce,
    entries,
    filed_as,
    forwarded,
    mail_rules,
    message_ids,
    reply_to,
    resuming,
    senders,
    thread_match,
    threads,
    trial,
)
from engage.channels.email.auth_results import Verdict
from engage.channels.email.auto_mail import Signs
from engage.channels.email.bounce import MailReturned
from engage.channels.email.forwarded import Forwarded
from engage.channels.email.mail_keys import MAIL_KEYS, Keys
from engage.channels.email.mail_rules import Decision
from engage.channels.email.models import Mailbox, RawMail
from engage.channels.email.parsed import ParsedMail, Person
from engage.channels.email.prepared import Prepared
from engage.channels.email.route import Route, route
from engage.channels.email.schemas import MailFlag
from engage.channels.email.thread_match import NEW, Match, Sender
from engage.contacts import blocks
from engage.contacts.models import Visitor
from engage.conversations import service as conversations
from engage.conversations import timeline
from engage.conversations.models import Conversation
from engage.conversations.schemas import Author
from engage.kit.unit_of_work import UnitOfWork
from engage.sites import service as sites
from engage.sites.models import Site

TOPIC, SUBJECT = 100, 300
OUT = "An agent has blocked its sender."


@dataclass
class Letter:
    """A mail while it is filed: what came, and what is known of it so far."""

    raw: RawMail
    mail: ParsedMail
    prepared: Prepared
    box: Mailbox
    site: Site
    way: Route
    verdict: Verdict
    agent: Agent | None
    #: what the site's rules want
    rules: Decision
    #: by which sign a program's mail is known; none for a person's, and for one that a rule lets through
    automatic: str | None
    #: a program wrote it, whatever the rules say of it: nobody there reads an acknowledgement
    is_from_a_program: bool
    flags: list[MailFlag] = field(default_factory=list)
    #: where it asks its answers to be sent, if not to its sender
    wants_answers_at: Person | None = None
    #: the same, once it is known that it may say so
    answers_go_to: Person | None = None

    @property
    def subject(self) -> str:
        return thread_match.without_reference(forwarded.bare_subject(self.mail.subject))


async def file(work: UnitOfWork, app: web.Application, raw: RawMail, parsed: ParsedMail, prepared: Prepared) -> None:
    """Files a locked mail that waits. Done again it changes nothing: the mail is a duplicate of itself."""
    keys = app[MAIL_KEYS]
    box = await work.db.get_one(Mailbox, raw.mailbox_id)
    way = way_of(raw, parsed, box, keys)
    note(work, raw, parsed)
    if await _is_known(work, raw, parsed):
        return
    if trial.is_trial(parsed, keys):
        raw.state, raw.reason = "dropped_by_rule", trial.ARRIVED
        return
    if (found := bounce.read(parsed, sent_to(raw, parsed), keys=keys, envelope_from=envelope_of(raw))) is not None:
        await _came_back(work, raw, found)
        return
    rules = await mail_rules.decide(work, raw, parsed)
    if (why := await _why_unwanted(work, raw, parsed, rules)) is not None:
        raw.state, raw.reason = "dropped_by_rule", why[:500]
        return
    await _file(work, await _letter(work, raw, parsed, prepared, box, way, rules, keys), keys)


def way_of(raw: RawMail, mail: ParsedMail, box: Mailbox, keys: Keys) -> Route:
    aliases = {str(each["address"]).lower(): _queue_id(each) for each in box.aliases if each.get("address")}
    shown = [each.address for each in (*mail.to, *mail.cc)]
    return route(raw.envelope_to, mail.headers, shown, mailbox=box.address, aliases=aliases, keys=keys)


def _queue_id(alias: dict[str, Any]) -> UUID | None:
    return UUID(str(alias["queue_id"])) if alias.get("queue_id") else None


def note(work: UnitOfWork, raw: RawMail, mail: ParsedMail) -> None:
    """What lists of mails show of it, whatever becomes of it."""
    raw.sender = mail.sender.address[:320] if mail.sender else None
    raw.subject, raw.reason, raw.filed_at = mail.subject[:SUBJECT], None, work.now


async def _is_known(work: UnitOfWork, raw: RawMail, mail: ParsedMail) -> bool:
    """The same mail came to this mailbox before. Otherwise it is known from now on."""
    row = RawMail
    same = select(row).where(row.mailbox_id == raw.mailbox_id, row.filed_as == mail.name, row.id != raw.id)
    first = await work.db.scalar(same)
    if first is None:
        raw.filed_as = mail.name
        await work.db.flush()
        return False
    raw.state, raw.reason = "duplicate", "The same mail was filed before."
    raw.conversation_id, raw.entry_id = first.conversation_id, first.entry_id
    return True


def envelope_of(raw: RawMail) -> str | None:
    """Who brought it by SMTP said so, or said that nothing may come back; of a mail that was fetched nobody knows."""
    return raw.envelope_from or ("" if raw.source in ("smtp", "lmtp") else None)


def sent_to(raw: RawMail, mail: ParsedMail) -> list[str]:
    shown = [each.address for each in (*mail.to, *mail.cc)]
    delivered = [each.strip(" <>") for each in (*mail.all("delivered-to"), *mail.all("x-original-to"))]
    return [raw.envelope_to or "", *delivered, *shown]


async def _came_back(work: UnitOfWork, raw: RawMail, found: bounce.Bounce) -> None:
    """It changes what is known of the mail that came back, and nothing else: no conversation, no mail."""
    raw.state, raw.reason = "bounce", (found.reason or "A mail of ours came back.")[:500]
    await work.publish(MailReturned(raw.site_id, found))


async def _letter(
    work: UnitOfWork, raw: RawMail, mail: ParsedMail, prepared: Prepared, box: Mailbox, way: Route,
    rules: Decision, keys: Keys,
) -> Letter:  # fmt: skip
    address = mail.sender.address if mail.sender else None
    verdict = auth_results.verdict(mail.headers, authserv_id=box.authserv_id, sender=address)
    signs = Signs(mail.headers, next(iter(mail.all("content-type")), ""), envelope_of(raw), address)
    is_own = mail.message_id is not None and message_ids.find_own(keys, mail.message_id) is not None
    own = await threads.own_addresses(work)
    why = auto_mail.why_automatic(signs, own_addresses=own, is_own_name=is_own)
    is_let_through = rules.let_through and not auto_mail.is_ours(signs, own_addresses=own, is_own_name=is_own)
    automatic = None if is_let_through else why
    site = await sites.by_id(work, raw.site_id)
    agent = await senders.agent_of(work, site.id, mail.sender)
    letter = Letter(raw, mail, prepared, box, site, way, verdict, agent, rules, automatic, why is not None)
    letter.flags = flags_of(letter, is_copy=await _is_another_text(work, raw, mail))
    letter.wants_answers_at = reply_to.wanted(mail, own)
    return letter


def flags_of(letter: Letter, *, is_copy: bool = False) -> list[MailFlag]:
    """What an agent is told of it, wherever it is filed."""
    told: list[tuple[MailFlag, bool]] = [
        ("no_sender", letter.mail.sender is None or not letter.mail.sender.address),
        ("not_authenticated", letter.verdict == "fail"),
        ("copy_of_a_known_mail", is_copy),
        ("too_large", letter.raw.is_cut),
        ("automatic", letter.automatic is not None),
        ("cut", bool(letter.mail.faults)),
    ]
    return [flag for flag, holds in told if holds]


async def _is_another_text(work: UnitOfWork, raw: RawMail, mail: ParsedMail) -> bool:
    """A mail of the same name came to this mailbox, and said something else."""
    if mail.message_id is None or raw.filed_as is None:
        return False
    row, (first, last) = RawMail, filed_as.same_id(raw.filed_as)
    same_id = (row.filed_as >= first, row.filed_as < last)
    alike = select(row.id).where(row.mailbox_id == raw.mailbox_id, row.id != raw.id, *same_id)
    return await work.db.scalar(alike.limit(1)) is not None


async def _why_unwanted(work: UnitOfWork, raw: RawMail, mail: ParsedMail, rules: Decision) -> str | None:
    """A rule drops it, or agents keep its sender out, here as in the chat."""
    if rules.dropped_by is not None:
        return f"The rule “{rules.dropped_by}” drops it."
    if mail.sender and await blocks.is_sender_blocked(work, raw.site_id, mail.sender.address):
        return "Its sender is blocked."
    known = await senders.known(work, raw.site_id, mail.sender)
    is_out = known is not None and await blocks.is_blocked(work, CallingVisitor(known.id, raw.site_id), None)
    return OUT if is_out else None


async def _file(work: UnitOfWork, letter: Letter, keys: Keys) -> None:
    match = await _match(work, letter, keys)
    if match.decision in ("join", "join_flagged"):
        assert match.conversation_id is not None
        conversation = await timeline.locked(work, match.conversation_id)
        if await _is_out(work, letter, conversation):
            letter.raw.state, letter.raw.reason = "dropped_by_rule", OUT
            return
        if not await resuming.is_long_over(work, conversation):
            await _join(work, letter, conversation, match)
            return
    await _begin(work, letter, match)


async def _is_out(work: UnitOfWork, letter: Letter, conversation: Conversation) -> bool:
    """He is blocked as the visitor of a chat that goes on by mail."""
    visitor = await work.db.get_one(Visitor, conversation.visitor_id)
    is_his = letter.mail.sender is not None and (visitor.email or "").lower() == letter.mail.sender.address
    return is_his and await blocks.is_blocked(work, CallingVisitor(visitor.id, visitor.site_id), None)


async def _match(work: UnitOfWork, letter: Letter, keys: Keys) -> Match:
    clues = await threads.clues_of(work, letter.site.id, letter.mail, letter.way, keys)
    first = clues.first()
    if first is None:
        return NEW
    inside = await threads.insiders(work, first[1])
    address = letter.mail.sender.address if letter.mail.sender else None
    sender = Sender(address, letter.verdict, is_agent=letter.agent is not None)
    return thread_match.match(clues, sender, lambda _conversation: inside)


async def _join(work: UnitOfWork, letter: Letter, conversation: Conversation, match: Match) -> None:
    """What is said goes on there; automatic mails and agents without a proof add a line that only agents see."""
    if match.decision == "join_flagged":
        letter.flags.append("token_of_another")
    inside = await threads.insiders(work, conversation.id)
    is_his = letter.agent is None or letter.agent.email in inside
    await threads.begin(work, conversation, letter.box, letter.way, subject=letter.subject)
    if letter.automatic is not None:
        await _append(work, letter, conversation, entries.SYSTEM, for_agents=True)
    elif is_his:
        to = letter.wants_answers_at
        if to is not None and to.address in inside:
            let_name_others(letter)
        is_sure = match.decision == "join" and thread_match.is_proved(match.clue, letter.verdict)
        await _hear(work, letter, conversation, may_bring_in=is_sure)
    else:
        await _answer(work, letter, conversation)


async def _hear(work: UnitOfWork, letter: Letter, conversation: Conversation, *, may_bring_in: bool) -> None:
    """The customer, or whoever holds his address, says something; he may bring others in, if it is surely he."""
    visitor = await work.db.get_one(Visitor, conversation.visitor_id)
    author = named(conversations.author_visitor(visitor), letter.mail.sender)
    if may_bring_in:
        await _bring_in(work, letter, conversation)
    await _append(work, letter, conversation, author)
    await resuming.go_on(work, conversation, letter.raw.received_at, queue_id=queue_of(letter))


async def _bring_in(work: UnitOfWork, letter: Letter, conversation: Conversation) -> None:
    """Whoever gets its answers, and who got it besides."""
    if letter.answers_go_to is None:
        let_name_others(letter)
    to = [letter.answers_go_to] if letter.answers_go_to else []
    await threads.take_part(work, conversation.id, to, "customer")
    await threads.take_part(work, conversation.id, others(letter), "cc")


def let_name_others(letter: Letter) -> None:
    """Its sender is trusted to say where his answers go."""
    letter.answers_go_to = letter.wants_answers_at
    if letter.answers_go_to is not None:
        letter.flags.append("answers_go_elsewhere")


async def _answer(work: UnitOfWork, letter: Letter, conversation: Conversation) -> None:
    """An agent answers by mail, if his server vouches for him; otherwise it is a note for his colleagues."""
    assert letter.agent is not None
    author = conversations.author_agent(letter.agent)
    if letter.verdict == "pass":
        await _append(work, letter, conversation, author)
        return
    if "not_authenticated" not in letter.flags:
        letter.flags.append("not_authenticated")
    await _append(work, letter, conversation, entries.SYSTEM, for_agents=True)


async def _begin(work: UnitOfWork, letter: Letter, match: Match) -> None:
    """A new conversation, linked to the one that it was kept out of, or that ended long ago."""
    if match.decision == "apart" and "not_authenticated" not in letter.flags:
        letter.flags.append("not_a_participant")
    passed_on = _passed_on(letter)
    sender = passed_on.sender if passed_on else letter.mail.sender
    visitor = await senders.visitor_of(work, letter.site, sender, "none" if passed_on else letter.verdict)
    conversation = await _open(work, letter, visitor)
    is_automatic = letter.automatic is not None
    await threads.begin(
        work, conversation, letter.box, letter.way,
        subject=letter.subject, linked_id=match.conversation_id, is_automatic=is_automatic,
    )  # fmt: skip
    await threads.take_part(work, conversation.id, [sender] if sender else [], "customer")
    if is_automatic:
        await _append(work, letter, conversation, entries.SYSTEM, for_agents=True)
        letter.raw.state, letter.raw.reason = "automatic", letter.automatic
        return
    if passed_on is None and letter.verdict != "fail":
        await _bring_in(work, letter, conversation)
    await _say_first(work, letter, conversation, visitor, passed_on)
    await resuming.open_new(
        work, conversation, letter.raw.received_at, queue_id=queue_of(letter), boost=letter.rules.priority
    )
    if passed_on is None and letter.agent is None and letter.verdict != "fail" and not letter.is_from_a_program:
        await acknowledging.later(work, conversation, letter.answers_go_to or sender)


def _passed_on(letter: Letter) -> Forwarded | None:
    """Only of an agent, whose server vouches for him if the mailbox can know that."""
    is_sure = letter.verdict == "pass" or (letter.verdict == "none" and letter.box.authserv_id is None)
    return forwarded.read(letter.mail) if letter.agent is not None and is_sure and letter.automatic is None else None


async def _open(work: UnitOfWork, letter: Letter, visitor: Visitor) -> Conversation:
    queue = await sites.queue(work, queue_of(letter))
    return await conversations.open_conversation(
        work,
        visitor,
        client_id=f"mail-{letter.raw.id}",
        topic=letter.subject[:TOPIC] or queue.name,
        locale=letter.site.locale,
        fields=(),
    )


async def _say_first(
    work: UnitOfWork, letter: Letter, conversation: Conversation, visitor: Visitor, passed_on: Forwarded | None
) -> None:
    author = conversations.author_visitor(visitor)
    if passed_on is None:
        await _append(work, letter, conversation, named(author, letter.mail.sender))
        return
    await _append(work, letter, conversation, author, text=passed_on.text or letter.mail.text)
    if passed_on.comment and letter.agent is not None:
        await entries.note(work, conversation, letter.agent, passed_on.comment)


async def _append(
    work: UnitOfWork, letter: Letter, conversation: Conversation, author: Author,
    *, text: str | None = None, for_agents: bool = False,
) -> None:  # fmt: skip
    raw = letter.raw
    entry_id = await entries.append(
        work, conversation, author, letter.mail, letter.prepared, raw=raw, flags=letter.flags, text=text,
        for_agents=for_agents, reply_to=letter.answers_go_to,
    )  # fmt: skip
    raw.state, raw.flags = "filed", list(letter.flags)
    raw.conversation_id, raw.entry_id = conversation.id, entry_id
    await threads.label(work, conversation, letter.rules.label_ids)
    if letter.mail.message_id:
        await threads.name(work, raw.site_id, letter.mail.message_id, conversation.id, entry_id)


def named(author: Author, sender: Person | None) -> Author:
    """By the name in this mail: it need not be his who began."""
    name = (sender.name or sender.address) if sender else ""
    return author.model_copy(update={"name": " ".join(name.split())[:100] or author.name})


def others(letter: Letter) -> list[Person]:
    """Who got it besides: they take part, and none of our own addresses does."""
    own = {letter.box.address, letter.way.address}
    sender = letter.mail.sender.address if letter.mail.sender else ""
    people = [each for each in (*letter.mail.to, *letter.mail.cc) if each.address]
    return [each for each in people if route_of(each.address) not in own and each.address != sender]


def route_of(address: str) -> str:
    """Without a plus and what follows."""
    local, at, domain = address.lower().rpartition("@")
    return local.split("+", 1)[0] + at + domain


def queue_of(letter: Letter) -> UUID:
    return letter.rules.queue_id or letter.way.queue_id or letter.box.queue_id
