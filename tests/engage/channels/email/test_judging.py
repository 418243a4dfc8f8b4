"""The rules by which a mail is judged before it is kept: who wrote it, where it belongs, what came back."""

from uuid import UUID

import pytest

from engage.channels.email import (
    ack_budget,
    auth_results,
    auto_mail,
    bounce,
    forwarded,
    message_ids,
    reply_token,
    route,
    thread_match,
)
from engage.channels.email.ack_budget import Spent
from engage.channels.email.auth_results import Verdict
from engage.channels.email.auto_mail import Signs
from engage.channels.email.mail_keys import keys_of
from engage.channels.email.parsed import DeliveryStatus
from engage.channels.email.route import Route
from engage.channels.email.thread_match import Clue, Clues, Decision, Match, Sender
from tests.engage.channels.email.letters import KIM, a_mail

KEYS = keys_of("of the house")
CHAT, OTHER, BILLING = (UUID(int=number) for number in (1, 2, 3))
BOX = "support@nordlink.example"


@pytest.mark.parametrize(
    ("name", "value", "automatic"),
    [
        ("auto-submitted", "auto-replied", True),
        ("auto-submitted", "auto-generated; owner-email=x", True),
        ("auto-submitted", "no", False),
        ("auto-submitted", " NO ", False),
        ("auto-submitted", "", False),
        ("precedence", "Bulk", True),
        ("precedence", "auto_reply", True),
        ("precedence", "first-class", False),
        ("list-id", "<news.shop.example>", True),
        ("list-unsubscribe", "<mailto:x@y.z>", True),
        ("x-auto-response-suppress", "DR, RN, NRN, OOF", True),
        ("x-auto-response-suppress", "RN", False),
        ("x-loop", "a@b.c", True),
        ("x-autoreply", "yes", True),
        ("x-engage-loop", "nordlink", True),
        ("return-path", "<>", True),
        ("return-path", "<kim@shop.example>", False),
        ("subject", "auto-submitted: auto-replied", False),
        ("x-mailer", "list-id", False),
    ],
)
def test_headers_tell_a_program(name: str, value: str, *, automatic: bool) -> None:
    signs = Signs([("from", KIM), (name, value)], "text/plain", KIM, KIM)

    assert (auto_mail.why_automatic(signs, own_addresses=(), is_own_name=False) is not None) is automatic


@pytest.mark.parametrize(
    ("address", "robot"),
    [
        ("MAILER-DAEMON@mx.example", True),
        ("postmaster@mx.example", True),
        ("no-reply@bank.example", True),
        ("do_not.reply@bank.example", True),
        ("noreply-orders@bank.example", True),
        ("bounces+17@list.example", True),
        ("norbert.eply@shop.example", False),
        ("kim@noreply.example", False),
    ],
)
def test_nobody_reads_what_is_sent_to_a_robot(address: str, *, robot: bool) -> None:
    assert auto_mail.is_robot(address) is robot


def test_our_own_mails_reports_and_mails_without_a_way_back_are_automatic() -> None:
    def why(envelope: str | None = KIM, sender: str = KIM, content: str = "text/plain", *, own: bool = False) -> object:
        return auto_mail.why_automatic(Signs([], content, envelope, sender), own_addresses={BOX}, is_own_name=own)

    assert why() is None
    assert why(envelope=None) is None
    assert why(envelope="<>")
    assert why(sender=BOX)
    assert why(content="multipart/report; report-type=delivery-status")
    assert why(own=True)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("mx.carrier.example; dmarc=pass header.from=shop.example", "pass"),
        ("mx.carrier.example 1; spf=pass smtp.mailfrom=kim@shop.example", "pass"),
        ("mx.carrier.example; dkim=pass header.d=mail.shop.example", "pass"),
        ("mx.carrier.example; dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=evil.example", "none"),
        ("mx.carrier.example; dmarc=fail; spf=pass smtp.mailfrom=shop.example", "fail"),
        ("mx.carrier.example; dmarc = FAIL (p=reject)", "fail"),
        ("mx.carrier.example; none", "none"),
        ("mx.carrier.example (; dmarc=pass ); spf=none", "none"),
        ('mx.carrier.example; spf=pass smtp.mailfrom="; dmarc=pass "@evil.example', "none"),
        ("mx.evil.example; dmarc=pass", "none"),
        ("mx.carrier.example.evil.example; dmarc=pass", "none"),
        ("mx.carrier.example; dkim=pass header.d=example", "none"),
        ("mx.carrier.example; dkim=pass header.d=notshop.example", "none"),
    ],
)
def test_only_the_configured_server_is_believed(header: str, expected: Verdict) -> None:
    headers = [("authentication-results", header)]

    assert auth_results.verdict(headers, authserv_id="mx.carrier.example", sender=KIM) == expected
    assert auth_results.verdict(headers, authserv_id=None, sender=KIM) == "none"


def test_what_lies_below_its_header_came_with_the_mail() -> None:
    forged = [("authentication-results", f"mx.carrier.example; dmarc={result}") for result in ("none", "pass")]

    assert auth_results.verdict(forged, authserv_id="MX.carrier.example", sender=KIM) == "none"


def routed(envelope: str | None, *headers: tuple[str, str], to: tuple[str, ...] = ()) -> Route:
    aliases = {"billing@nordlink.example": BILLING, "support+vip@nordlink.example": OTHER}
    return route.route(envelope, headers, to, mailbox=BOX, aliases=aliases, keys=KEYS)


def test_the_envelope_leads_to_the_queue_and_a_signed_address_to_its_conversation() -> None:
    signed = reply_token.token_address(KEYS[0], BOX, CHAT)

    assert routed(BOX) == Route(BOX, None, None)
    assert routed("billing@nordlink.example", to=(BOX,)).queue_id == BILLING
    assert routed("Billing+7@Nordlink.example").queue_id == BILLING
    assert routed("support+vip@nordlink.example").queue_id == OTHER
    assert routed(None, ("delivered-to", "Bills <billing@nordlink.example>")).queue_id == BILLING
    assert routed(None, ("delivered-to", "x@y.z"), ("delivered-to", signed)).conversation_id == CHAT
    assert routed(None, to=(KIM, signed.upper())) == Route(BOX, None, CHAT)
    assert routed(None, to=("nobody@else.example",)) == Route(BOX, None, None)
    assert routed(signed[:-1] + "x").conversation_id is None


@pytest.mark.parametrize(
    ("clue", "inside", "verdict", "decision"),
    [
        ("token", True, "none", "join"),
        ("token", False, "pass", "join_flagged"),
        ("token", True, "fail", "apart"),
        ("own_id", True, "pass", "join"),
        ("own_id", False, "pass", "apart"),
        ("own_id", True, "fail", "apart"),
        ("stored_id", False, "none", "apart"),
        ("reference", True, "none", "join"),
        ("reference", False, "none", "apart"),
    ],
)
def test_whoever_knows_a_number_has_proved_nothing(
    clue: Clue, verdict: Verdict, decision: Decision, *, inside: bool
) -> None:
    assert thread_match.guarded(clue, is_inside=inside, verdict=verdict) == decision


def test_the_first_clue_counts_and_an_agent_is_inside() -> None:
    def insiders(_conversation: UUID) -> set[str]:
        return {KIM}

    both = Clues(stored_id=OTHER, token=CHAT)
    agent = Sender("anna@nordlink.example", "pass", is_agent=True)

    assert thread_match.match(both, Sender(KIM, "none"), insiders) == Match("join", CHAT, "token")
    assert thread_match.match(Clues(reference=OTHER), agent, insiders) == Match("join", OTHER, "reference")
    assert thread_match.match(Clues(reference=OTHER), Sender(None, "none"), insiders).decision == "apart"
    assert thread_match.match(Clues(), Sender(KIM, "pass"), insiders) == Match("new")
    assert thread_match.references("Re: [Nordlink #104217633] Bill [x #1] [#2] [y #z]") == [
        ("Nordlink", 104217633), ("x", 1)
    ]  # fmt: skip


def test_budgets_end_two_programs_talk() -> None:
    assert ack_budget.allows(Spent(0, 4, 99))
    assert not ack_budget.allows(Spent(1, 0, 0))
    assert not ack_budget.allows(Spent(0, 5, 5))
    assert not ack_budget.allows(Spent(0, 0, 100))
    assert not ack_budget.allows(None)


MAILER = "mailer-daemon@mx.example"


@pytest.mark.parametrize(
    ("subject", "text", "kind", "status"),
    [
        ("Undelivered Mail", "<kim@shop.example>: host mx said: 550 5.1.1 User unknown", "hard", "5.1.1"),
        ("Delivery Status Notification (Failure)", "The response was: 550 No such user here", "hard", ""),
        ("failure notice", "<kim@shop.example>:\nSorry, no mailbox here by that name. (#5.1.1)", "hard", "5.1.1"),
        ("Mail delivery failed", "all hosts have been failing: retry timeout exceeded, user unknown", "hard", ""),
        ("Warning: message delayed", "The message has not yet been delivered. 4.4.1 timed out", "soft", "4.4.1"),
        ("Delivery delayed", "We will keep trying for 2 days. No action is required.", "soft", ""),
        ("Unzustellbar: Ihre Anfrage", "Das Postfach existiert nicht.", "hard", ""),
        ("Zustellung verzögert", "Das Postfach ist voll.", "soft", ""),
        ("Non remis : Votre demande", "Adresse introuvable", "hard", ""),
        ("No se puede entregar", "El buzón no existe", "hard", ""),
        ("Impossibile recapitare", "La casella piena", "soft", ""),
        ("Não entregue", "Destinatário desconhecido", "hard", ""),
        ("Onbestelbaar", "Het postvak bestaat niet", "hard", ""),
        ("Niedostarczone", "Użytkownik nie istnieje", "hard", ""),
        ("Не доставлено", "Адрес не существует", "hard", ""),
        ("配信不能", "そのアドレスは存在しません", "hard", ""),
        ("退信", "收件人不存在", "hard", ""),
    ],
)
def test_bounces_in_words_are_known(subject: str, text: str, kind: str, status: str) -> None:
    found = bounce.read(a_mail(text, sender=MAILER, subject=subject), [BOX], keys=KEYS, envelope_from="")

    assert found is not None
    assert (found.kind, found.status, found.mail_id) == (kind, status, None)


def test_the_mail_that_came_back_is_found_by_address_by_headers_and_by_words() -> None:
    back_to = reply_token.bounce_address(KEYS[0], BOX, CHAT)
    name = message_ids.own(KEYS[0], CHAT, "nordlink.example")
    report = (DeliveryStatus("rfc822; Kim@shop.example", "failed", "5.1.1", "550 no such user"),)
    plain = a_mail("It was not taken.", sender=MAILER, subject="Undelivered Mail")
    by_report = a_mail("See below.", sender=MAILER, report=report, inner_headers=(("message-id", name),))
    by_words = a_mail(f"Failed: user unknown\n--- original message ---\nMessage-ID: {name}", sender=MAILER)

    found = [
        bounce.read(plain, [back_to], keys=KEYS, envelope_from=None),
        bounce.read(by_report, [BOX], keys=KEYS, envelope_from=""),
        bounce.read(by_words, [BOX], keys=KEYS, envelope_from=""),
    ]

    assert [each.mail_id for each in found if each] == [CHAT, CHAT, CHAT]
    assert found[1] is not None
    assert (found[1].recipient, found[1].status, found[1].reason) == (KIM, "5.1.1", "550 no such user")


@pytest.mark.parametrize(
    ("sender", "envelope", "subject", "text"),
    [
        (KIM, KIM, "Undelivered Mail", "I got this: 550 5.1.1 user unknown. What does it mean?"),
        (KIM, KIM, "My mailbox is full", "Does it matter? Order 550 was fine."),
        (KIM, "", "Out of office", "I am away and will answer later."),
    ],
)
def test_people_and_those_who_are_away_are_no_bounces(sender: str, envelope: str, subject: str, text: str) -> None:
    away = (("auto-submitted", "auto-replied"),)

    assert (
        bounce.read(
            a_mail(text, sender=sender, subject=subject, headers=away), [BOX], keys=KEYS, envelope_from=envelope
        )
        is None
    )


def test_a_report_of_success_is_no_bounce() -> None:
    report = (DeliveryStatus("kim@shop.example", "delivered", "2.0.0"),)

    assert bounce.read(a_mail(sender=MAILER, report=report), [BOX], keys=KEYS, envelope_from="") is None


WHO = "Kim Lee <kim@shop.example>"
#: what stands between the agent's words and those of the customer
FORWARDED = {
    "gmail": f"---------- Forwarded message ---------\nFrom: {WHO}\nDate: Mon\nSubject: Bill\n\n",
    "outlook": f"{'_' * 32}\nFrom: {WHO}\nSent: Monday\nTo: Anna\nSubject: Bill\n\n",
    "apple": f"Begin forwarded message:\n\n> From: {WHO}\n> Subject: Bill\n> \n> ",
    "german": f"-------- Weitergeleitete Nachricht --------\nBetreff: \tBill\nVon: \t{WHO}\nAn: \tAnna\n\n",
    "french": f"---------- Message transféré ---------\nDe : {WHO}\nObjet : Bill\n\n",
    "bold": f"*From:* {WHO}\n*Sent:* Monday\n\n",
}


@pytest.mark.parametrize("client", FORWARDED)
def test_who_wrote_a_forwarded_mail_is_found(client: str) -> None:
    found = forwarded.read(a_mail(passed_on(client), sender="anna@nordlink.example", subject="Fwd: Re: Bill"))

    assert found is not None
    assert (found.sender.address, found.sender.name) == (KIM, "Kim Lee")
    assert (found.comment, found.subject) == ("Please help him.", "Bill")
    assert "My bill is wrong." in found.text
    assert "Please help" not in found.text


def passed_on(client: str) -> str:
    return f"Please help him.\n\n{FORWARDED[client]}My bill is wrong."


def test_an_answer_is_no_forward_and_a_forward_without_a_sender_is_a_mail_like_any_other() -> None:
    assert forwarded.read(a_mail(passed_on("outlook"), subject="Re: Bill")) is None
    assert forwarded.read(a_mail("Look at this", subject="WG: Bill")) is None
    assert forwarded.bare_subject("AW: Re[2]: FWD: WG: Bill: the second") == "Bill: the second"


@pytest.mark.parametrize("brand", ["Nordlink", "Nordlink [Test] #1", "N" * 90, "[#]", " Nord \n link "])
def test_reference_that_we_write_is_found_again_whatever_the_site_is_called(brand: str) -> None:
    subject = f"Re: {thread_match.reference(brand, 123)} Router"

    assert [number for _brand, number in thread_match.references(subject)] == [123]
    assert thread_match.without_reference(subject) == "Re: Router"
