"""A mail that an agent passes on to a mailbox: who wrote it first, and what the agent wrote above it. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engage.channels.email.parsed import ParsedMail, Person

#: before the subject of a mail that is passed on, by language
PREFIXES = frozenset({
    "fw", "fwd", "wg", "tr", "rv", "i", "enc", "doorst", "pd", "vb", "vs", "vl", "ilt", "fs", "πρθ", "转发",
})  # fmt: skip
PREFIX = re.compile(r"\s*([^\s:：\[\]]{1,12})\s?(?:\[\d{1,3}\])?[:：]")
#: stands above a mail that is passed on; in small letters
BEGINS = (
    "forwarded message", "begin forwarded message", "weitergeleitete nachricht", "weitergeleitete e-mail",
    "anfang der weitergeleiteten", "message transféré", "début du message", "mensaje reenviado",
    "inicio del mensaje reenviado", "messaggio inoltrato", "inizio messaggio inoltrato", "doorgestuurd bericht",
    "begin doorgestuurd", "mensagem encaminhada", "mensagem reencaminhada", "início da mensagem",
    "wiadomość przekazana", "przesłana wiadomość", "początek przekazywanej", "original message",
    "ursprüngliche nachricht", "original-nachricht", "message d'origine", "mensaje original", "messaggio originale",
    "oorspronkelijk bericht", "mensagem original", "wiadomość oryginalna", "vidarebefordrat", "videresendt",
)  # fmt: skip
#: how the sender's line begins, by language; in small letters
FROM = ("from", "von", "de", "da", "van", "od", "från", "fra", "lähettäjä", "от", "发件人", "差出人")
ADDRESS = re.compile(r"[\w.+=%'-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
LOOKED_AT = 400


@dataclass(frozen=True)
class Forwarded:
    """A mail inside a mail."""

    sender: Person
    #: what whoever passed it on wrote above it
    comment: str
    #: the words that were passed on, below their headers
    text: str
    subject: str


def read(mail: ParsedMail) -> Forwarded | None:
    """None if it is no mail that was passed on, or does not say whose it was."""
    if not is_forward(mail.subject) and not mail.inner_headers:
        return None
    if (attached := _attached(mail)) is not None:
        return attached
    lines = mail.text.splitlines()
    for at, line in enumerate(lines[:LOOKED_AT]):
        if _begins(line) and (sender := _sender(lines[at : at + 12])) is not None:
            return Forwarded(sender, _comment(lines[:at]), _body(lines[at:]), bare_subject(mail.subject))
    return None


def is_forward(subject: str) -> bool:
    named = PREFIX.match(subject)
    return named is not None and named[1].lower() in PREFIXES


def bare_subject(subject: str) -> str:
    """Without what programs set before it: "AW: Re: Fwd: Bill" is "Bill"."""
    while (named := PREFIX.match(subject)) and named[1].lower() in PREFIXES | ANSWERS:
        subject = subject[named.end() :]
    return " ".join(subject.split())


#: before the subject of an answer, by language
ANSWERS = frozenset(
    {"re", "aw", "antw", "antwort", "sv", "ref", "odp", "r", "rif", "res", "ynt", "bls", "回复", "答复", "відп"}
)


def _attached(mail: ParsedMail) -> Forwarded | None:
    """As a part of its own (message/rfc822): its headers tell."""
    said = dict(reversed(mail.inner_headers))
    sender = _person(said.get("from", ""))
    if sender is None or mail.report:
        return None
    return Forwarded(sender, mail.text.strip(), "", bare_subject(said.get("subject", mail.subject)))


def _begins(line: str) -> bool:
    bare = line.strip().strip("-_=>* ").lower().rstrip(" :.-")
    return any(bare.startswith(begin) for begin in BEGINS) or _names_sender(line) is not None


def _names_sender(line: str) -> str | None:
    name, colon, value = line.strip().lstrip(">* ").partition(":")
    return value if colon and name.strip("* \t").lower() in FROM and ADDRESS.search(value) else None


def _sender(lines: Sequence[str]) -> Person | None:
    values = (_names_sender(line) for line in lines)
    return _person(next((each for each in values if each is not None), ""))


def _person(value: str) -> Person | None:
    found = ADDRESS.search(value[:1000])
    if found is None:
        return None
    name = value[: found.start()].replace("mailto:", "").strip(" \t<>[](\"'*")
    return Person(found[0].lower(), " ".join(name.split())[:100])


def _comment(lines: Sequence[str]) -> str:
    """Without the rule that some programs draw below it."""
    return "\n".join(lines).rstrip("\n_-= \t").strip()


def _body(lines: Sequence[str]) -> str:
    """Below the first blank line behind the headers."""
    seen_header = False
    for at, line in enumerate(lines):
        bare = line.strip(">* \t")
        seen_header = seen_header or _names_sender(line) is not None
        if seen_header and not bare:
            return "\n".join(lines[at:]).strip()
    return "\n".join(lines).strip()
