"""Which mail of ours came back, and whether for good. Pure.

Many servers report in RFC 3464's form, but most real bounces carry only words: so the signed address to which it
returned comes next, then what it returns of our mail, then a table of phrases.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from engage.channels.email import auto_mail, message_ids, reply_token
from engage.channels.email.mail_keys import Keys
from engage.channels.email.parsed import ParsedMail

Kind = Literal["hard", "soft"]
#: so much of a text is looked at: what went wrong stands at its beginning, what came back below it
LOOKED_AT = 20_000
STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
REPLY_CODE = re.compile(r"(?<![\d.])(5[0-5]\d|4[2-5]\d)[ \-](?=[\w#<])")
ADDRESS = re.compile(r"[\w.+=%-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}", re.IGNORECASE)
OWN_NAME = re.compile(r"<?[0-9a-f]{32}\.[a-z2-7]{17}@[\w.-]{1,255}>?")
OWN_ADDRESS = re.compile(r"\+b\.[a-z2-7]{26}\.[a-z2-7]{17}@")

#: how a bounce is called in its subject; in small letters
SUBJECTS = (
    "undeliver", "delivery status notification", "delivery failure", "delivery has failed", "mail delivery failed",
    "returned mail", "failure notice", "delivery notification", "delivery report", "delivery delayed",
    "mail could not be delivered", "message not delivered", "could not send message", "warning: message",
    "mail system error", "undelivered mail", "nondeliverable", "non remis", "non distribu", "échec de la remise",
    "echec de", "avis de non", "unzustellbar", "nicht zugestellt", "nicht zustellbar", "zustellung fehlgeschlagen",
    "zustellfehler", "no se puede entregar", "no se pudo entregar", "no entregado", "error de entrega",
    "entrega fallida", "devuelto", "non recapitabile", "impossibile recapitare", "mancato recapito",
    "não entregue", "nao entregue", "falha na entrega", "não foi possível entregar", "onbestelbaar",
    "niet bezorgd", "kan niet worden bezorgd", "niedostarcz", "nie dostarczono", "nie można dostarczyć",
    "nedoručit", "ej levererat", "kunde inte levereras", "kunne ikke leveres", "ikke leveret", "ei voitu toimittaa",
    "teslim edilemedi", "не доставлено", "недоставлен", "не удалось доставить", "配信不能", "配信エラー", "无法投递",
    "退信", "系统退信", "投递失败", "배달 실패", "반송",
)  # fmt: skip
#: that it is for good; in small letters
HARD = (
    "user unknown", "unknown user", "no such user", "no such recipient", "no such mailbox", "does not exist",
    "doesn't exist", "doesn’t exist", "not exist", "unknown recipient", "recipient unknown", "invalid recipient",
    "recipient rejected", "recipient address rejected", "address rejected", "mailbox unavailable",
    "mailbox not found", "mailbox unknown", "unknown mailbox", "account has been disabled", "account is disabled",
    "account that you tried to reach", "address couldn't be found", "address couldn’t be found",
    "wasn't found", "wasn’t found", "could not be found", "no mailbox here", "not our customer", "user not found",
    "unrouteable address", "unroutable address", "host or domain name not found", "domain not found",
    "no longer valid", "no longer available", "inactive user", "permanent error", "permanent failure",
    "fatal errors", "message rejected", "blocked", "relay access denied", "relaying denied",
    "unbekannter empfänger", "empfänger unbekannt", "existiert nicht", "konto existiert nicht", "nicht gefunden",
    "ungültige adresse", "destinataire inconnu", "n'existe pas", "n’existe pas", "adresse introuvable",
    "utilisateur inconnu", "no existe", "usuario desconocido", "destinatario desconocido", "no se encontró",
    "non esiste", "utente sconosciuto", "destinatario sconosciuto", "não existe", "usuário desconhecido",
    "destinatário desconhecido", "bestaat niet", "onbekende gebruiker", "nie istnieje", "nieznany użytkownik",
    "nie znaleziono", "neexistuje", "finns inte", "findes ikke", "finnes ikke", "ei ole olemassa", "bulunamadı",
    "не существует", "неизвестный", "存在しません", "不存在", "존재하지",
)  # fmt: skip
#: that it may still come, or that he has to make room
SOFT = (
    "will retry", "will be retried", "will keep trying", "still trying", "delayed", "has not yet been delivered",
    "temporar", "try again", "mailbox full", "mailbox is full", "quota", "over its quota", "too busy", "timed out",
    "connection refused", "greylist", "rate limit", "deferred", "noch nicht zugestellt", "verzögert", "später erneut",
    "postfach ist voll", "postfach voll", "retard", "boîte pleine", "pleine", "reintentar", "buzón lleno",
    "retrasad", "casella piena", "in ritardo", "caixa cheia", "atrasad", "postvak vol", "vertraagd",
    "skrzynka jest pełna", "opóźnion", "переполнен", "задержан", "いっぱい", "已满", "가득",
)  # fmt: skip


@dataclass(frozen=True)
class Bounce:
    """What came back."""

    #: the mail of ours; None if nothing of it says which
    mail_id: UUID | None
    kind: Kind
    #: as 5.1.1; empty if there is none
    status: str
    #: whom it did not reach, in small letters
    recipient: str | None
    #: in the words of the server, for the agent
    reason: str


def read(mail: ParsedMail, addresses: Iterable[str], *, keys: Keys, envelope_from: str | None) -> Bounce | None:
    """None if the mail is no bounce. `addresses` are those it was sent to, the envelope's first."""
    returned = _returned_to(keys, addresses)
    if not mail.report and returned is None and not _looks_like_one(mail, envelope_from):
        return None
    failed = next((each for each in mail.report if each.action.lower() in ("failed", "delayed")), None)
    if mail.report and failed is None:
        # delivered, relayed, expanded: nothing is wrong; of whoever only tells that he is away we know no failure
        return None
    mail_id = returned or _named_inside(keys, mail)
    if failed is not None:
        kind: Kind = "soft" if failed.action.lower() == "delayed" or failed.status.startswith("4") else "hard"
        return Bounce(mail_id, kind, failed.status, _plain(failed.recipient), _reason(failed.diagnostic, mail))
    found = _judged(mail.text[:LOOKED_AT].lower(), mail.subject.lower())
    if found is None and not _is_from_a_mailer(mail, envelope_from):
        return None
    kind, status = found or ("soft", "")
    return Bounce(mail_id, kind, status, _failed_address(mail), _reason("", mail))


def _returned_to(keys: Keys, addresses: Iterable[str]) -> UUID | None:
    found = (reply_token.find_bounced(keys, each) for each in addresses)
    return next((each for each in found if each is not None), None)


def _looks_like_one(mail: ParsedMail, envelope_from: str | None) -> bool:
    """A person who writes under a subject like theirs is none: a mailer says so, and says what went wrong."""
    subject = mail.subject.lower()
    return _is_from_a_mailer(mail, envelope_from) and (
        any(phrase in subject for phrase in SUBJECTS) or _judged(mail.text[:LOOKED_AT].lower(), subject) is not None
    )


def _is_from_a_mailer(mail: ParsedMail, envelope_from: str | None) -> bool:
    if envelope_from is not None and envelope_from.strip(" <>") == "":
        return not any(name == "auto-submitted" and "auto-replied" in value.lower() for name, value in mail.headers)
    content_types = mail.all("content-type")
    if content_types and content_types[0].lower().startswith("multipart/report"):
        return True
    if mail.all("x-failed-recipients"):
        return True
    local = mail.sender.address.rpartition("@")[0] if mail.sender else ""
    return auto_mail.SEPARATORS.sub("", local) in (
        "mailerdaemon",
        "postmaster",
        "mailer",
        "maildaemon",
        "maildeliverysubsystem",
    )


def _judged(text: str, subject: str) -> tuple[Kind, str] | None:
    """By its status code, then by its words: "still trying" comes before "unknown", for it is said of both."""
    words = f"{subject}\n{_above_what_came_back(text)}"
    if status := STATUS.search(words):
        return ("soft" if status[1] == "4" else "hard"), status[0]
    if any(phrase in words for phrase in SOFT) and not any(phrase in words for phrase in HARD):
        return "soft", ""
    if code := REPLY_CODE.search(words):
        return ("soft" if code[1][0] == "4" else "hard"), ""
    if any(phrase in words for phrase in HARD):
        return "hard", ""
    return None


def _above_what_came_back(text: str) -> str:
    """Servers return our mail below a line; what it says is not what went wrong."""
    lines = text.splitlines()
    for at, line in enumerate(lines):
        bare = line.strip(" -=*_>")
        if line.lstrip().startswith(("---", "===")) and any(word in bare for word in RETURNED):
            return "\n".join(lines[:at])
    return text


#: in lines that stand above our own words
RETURNED = (
    "copy of the message", "original message", "returned message", "message follows", "below this line",
    "message header", "ursprüngliche nachricht", "kopie der nachricht", "message d'origine", "mensaje original",
    "messaggio originale", "mensagem original",
)  # fmt: skip


def _named_inside(keys: Keys, mail: ParsedMail) -> UUID | None:
    """In the headers that came back, in References, and in the text: somewhere most servers return our Message-ID."""
    named: list[str] = [value for name, value in mail.inner_headers if name == "message-id"]
    named += mail.answers_to
    named += OWN_NAME.findall(mail.text.lower())[:20]
    found = (message_ids.find_own(keys, each) for each in named)
    if (mail_id := next((each for each in found if each is not None), None)) is not None:
        return mail_id
    returned = [value for name, value in mail.inner_headers if name in ("return-path", "reply-to", "x-envelope-from")]
    in_text = [f"x{each}x" for each in OWN_ADDRESS.findall(mail.text.lower())[:20]]
    return _returned_to(keys, [each.strip(" <>") for each in returned] + in_text)


def _failed_address(mail: ParsedMail) -> str | None:
    """Whom it did not reach, when only words say so."""
    if told := mail.all("x-failed-recipients"):
        return _plain(told[0].split(",")[0])
    if to := [value for name, value in mail.inner_headers if name == "to"]:
        return _plain(next(iter(ADDRESS.findall(to[0])), ""))
    return _plain(next(iter(_addresses(mail.text)), ""))


def _addresses(text: str) -> Sequence[str]:
    return [each for each in ADDRESS.findall(text[:LOOKED_AT]) if not OWN_ADDRESS.search(f"{each.lower()}@")]


def _plain(recipient: str) -> str | None:
    """Of `rfc822; kim@shop.example` the address."""
    return recipient.rpartition(";")[2].strip(" <>").lower() or None


def _reason(diagnostic: str, mail: ParsedMail) -> str:
    words = diagnostic or _telling_line(mail.text[:LOOKED_AT]) or mail.subject
    return " ".join(words.split())[:500]


def _telling_line(text: str) -> str:
    """The first line with a code or a phrase."""
    for line in text.splitlines():
        low = line.lower()
        if STATUS.search(low) or REPLY_CODE.search(low) or any(phrase in low for phrase in (*HARD, *SOFT)):
            return line
    return ""


@dataclass(frozen=True)
class MailReturned:
    """A mail came back to the site; whoever sends mails keeps what follows of it."""

    site_id: UUID
    bounce: Bounce
