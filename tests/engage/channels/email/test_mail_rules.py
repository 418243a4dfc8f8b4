"""Rules before filing: what matches, whose word counts, and what would have happened to past mails."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from engage.channels.email import accept, mail_rules, mailbox_state, poison
from engage.channels.email.addresses import ADDRESS_BOOK
from engage.channels.email.mail_rules import Seen
from engage.channels.email.models import Mailbox, MailRule, RawMail
from engage.channels.email.parsed import ParsedMail
from tests.house import House, rows
from tests.people.visitor import Refused

BOX = uuid4()
SEEN = Seen(
    mailbox_id=BOX,
    sender="offers@spam.example",
    recipients=("support@carrier.example", "bills@carrier.example"),
    subject="re: your bill of may",
    text="cheap watches\nand more",
    headers=(("list-id", "<spam.example>"), ("x-score", "7")),
)


def a_rule(*conditions: dict[str, Any], match: str = "all", stops: bool = False, **acts: Any) -> MailRule:
    held = [{"how": "contains", "header": "", "negated": False, **each} for each in conditions]
    return MailRule(
        id=uuid4(), name="Rule", mailbox_id=None, match=match, conditions=held, acts=acts, stops=stops, is_on=True
    )


@pytest.mark.parametrize(
    ("condition", "is_met"),
    [
        ({"field": "sender", "how": "is", "value": "Offers@spam.example"}, True),
        ({"field": "sender_domain", "how": "is", "value": "spam.example"}, True),
        ({"field": "sender_domain", "how": "is", "value": "m.example"}, False),
        ({"field": "recipient", "how": "begins", "value": "bills@"}, True),
        ({"field": "subject", "how": "ends", "value": "May"}, True),
        ({"field": "text", "value": "watches"}, True),
        ({"field": "header", "header": "List-Id", "value": "spam"}, True),
        ({"field": "header", "header": "X-None", "value": "spam"}, False),
        ({"field": "subject", "value": "order", "negated": True}, True),
        # a pattern is plain words: nothing of it is special
        ({"field": "text", "value": ".*"}, False),
    ],
)
def test_condition_is_met_or_not(condition: dict[str, Any], is_met: bool) -> None:
    assert mail_rules.matches(a_rule(condition, drop=True), SEEN) is is_met


def test_first_word_wins_labels_are_joined_and_nobody_is_asked_behind_a_drop() -> None:
    subject = {"field": "subject", "value": "bill"}
    first, second, one, two = (uuid4() for _ in range(4))
    rules = [
        a_rule(subject, queue_id=str(first), label_ids=[str(one)], priority=10),
        a_rule({"field": "subject", "value": "order"}, drop=True),
        a_rule(subject, {"field": "sender", "value": "nobody"}, match="any", queue_id=str(second), priority=30),
        a_rule(subject, label_ids=[str(one), str(two)], stops=True),
        a_rule(subject, drop=True),
    ]

    decision = mail_rules.decided(rules, SEEN)

    assert (decision.queue_id, decision.label_ids, decision.priority) == (first, (one, two), 30)
    assert (decision.dropped_by, len(decision.rule_ids)) == (None, 3)
    assert mail_rules.decided(rules[-1:], SEEN).dropped_by == "Rule"
    assert mail_rules.decided([a_rule(drop=True)], SEEN).rule_ids == ()


async def brought(house: House, sender: str, subject: str) -> UUID:
    """A mail that lies in the mailbox and was filed."""
    place = await house.app[ADDRESS_BOOK].place("support@carrier.example")
    assert place is not None
    headers = f"From: {sender}\r\nSubject: {subject}\r\nTo: Team <All@carrier.example>\r\nX-List: About {subject}"
    blob = await accept.store(house.app, f"{headers}\r\n\r\nPlease help\r\n".encode())
    to = [("support@carrier.example", place)]
    (raw_id,) = await accept.accept(house.app, blob, source="pipe", sender=sender, recipients=to)
    await house.settles()
    return raw_id


async def test_admin_tries_a_rule_over_past_mails_reads_what_came_and_tries_a_dead_letter_again(house: House) -> None:
    async with house.working() as work:
        await rows.a_mailbox(work, address="support@carrier.example")
    await brought(house, "kim@home.example", "Router")
    await brought(house, "a@spam.example", "Watches")
    raw_id = await brought(house, "b@spam.example", "Hi")
    path = f"/admin/sites/{house.site.id}"
    condition = {"field": "sender_domain", "how": "is", "value": "spam.example"}
    rule: dict[str, Any] = {"name": "Spam", "acts": {"drop": True}, "conditions": [condition]}
    async with house.agent("anna", role="admin") as anna:
        tried = await anna.post(f"{path}/mail-rules/dry-run", **rule)
        by_header = [{"field": "header", "header": "x-list", "value": "about router"}]
        by_recipient = [{"field": "recipient", "value": "all@"}]
        tried_headers = await anna.post(f"{path}/mail-rules/dry-run", **(rule | {"conditions": by_header}))
        tried_recipients = await anna.post(f"{path}/mail-rules/dry-run", **(rule | {"conditions": by_recipient}))
        made = await anna.post(f"{path}/mail-rules", **rule, expires_at="2030-01-01T00:00:00Z")
        with pytest.raises(Refused, match="invalid"):
            await anna.post(f"{path}/mail-rules", **{**rule, "acts": {"queue_id": str(uuid4())}})
        found = await anna.get(f"{path}/incoming-mails?search=watches")
        await dies(house, raw_id)
        alarms = await anna.get("/admin/mail-alarms")
        dead = await anna.get(f"{path}/incoming-mails?state=dead_letter")
        source = await anna.raw("GET", f"/admin/incoming-mails/{raw_id}/source")
        again = await anna.post(f"/admin/incoming-mails/{raw_id}/retry")
        await house.settles()
        calm = await anna.get("/admin/mail-alarms")
        await anna.delete(f"/admin/mail-rules/{made['id']}")
        await sees_nothing_of_another_site(house, path)

    assert (tried["looked_at"], tried["matched"]) == (3, 2)
    assert [each["subject"] for each in tried_headers["some"]] == ["Router"]
    assert tried_recipients["matched"] == 3
    assert [each["subject"] for each in found["items"]] == ["Watches"]
    assert [each["reason"] for each in dead["items"]] == ["It kills its parser."]
    assert alarms["items"][0]["dead_letters"] == 1
    assert source.headers["Content-Disposition"].startswith("attachment")
    assert source.headers["X-Content-Type-Options"] == "nosniff"
    assert b"Subject: Hi" in await source.read()
    assert (again["state"], calm["items"]) == ("stored", [])


async def dies(house: House, raw_id: UUID) -> None:
    async with house.working() as work:
        raw = await work.db.get_one(RawMail, raw_id)
        raw.state, raw.tries, raw.reason = "dead_letter", poison.TRIES, "It kills its parser."
        (await work.db.get_one(Mailbox, raw.mailbox_id)).trouble = mailbox_state.DEAD_LETTERS


async def sees_nothing_of_another_site(house: House, path: str) -> None:
    async with house.working() as work:
        await rows.a_site(work, "southlink")
    async with house.agent("zoe", role="admin", site_key="southlink") as zoe:
        assert (await zoe.get("/admin/mail-alarms"))["items"] == []
        with pytest.raises(Refused, match="not_found"):
            await zoe.get(f"{path}/incoming-mails")


async def test_decision_counts_what_it_matched(house: House) -> None:
    async with house.working() as work:
        await rows.a_mailbox(work, address="support@carrier.example")
    raw_id = await brought(house, "a@spam.example", "Watches")
    async with house.working() as work:
        rule = a_rule({"field": "subject", "value": "watch"}, drop=True)
        rule.site_id, rule.position, rule.hits, rule.created_at = house.site.id, 1, 0, work.now
        work.db.add(rule)
        raw = await work.db.get_one(RawMail, raw_id)
        await work.db.flush()
        decision = await mail_rules.decide(work, raw, parsed(subject="Watches"))
        await work.db.refresh(rule)

        assert (decision.dropped_by, rule.hits) == ("Rule", 1)


def parsed(*, subject: str) -> ParsedMail:
    return ParsedMail((), None, (), None, (), (), (), subject, None, "", (), None)
