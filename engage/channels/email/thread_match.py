"""To which conversation a mail belongs, and whether its sender may get into it. Pure.

The first clue that leads to a conversation counts. Then the guard: whoever knows a number, a subject or a Message-ID
has proved nothing. An equal subject is no clue at all, for five customers write "help".
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from engage.channels.email.auth_results import Verdict

Clue = Literal["token", "passed_on", "own_id", "stored_id", "reference"]
#: `join`: it goes on there; `join_flagged`: too, but somebody else holds the address; `apart`: a new one, linked
Decision = Literal["join", "join_flagged", "apart", "new"]
REFERENCE = re.compile(r"\[([^\[\]#]{1,60}) #(\d{1,12})\]")
#: would end the reference
BRACKETS = re.compile(r"[\[\]#]")


def reference(brand: str, number: int) -> str:
    """As it stands in subjects, so that it is found there again."""
    name = " ".join(BRACKETS.sub(" ", brand).split())[:60].strip()
    return f"[{name or '-'} #{number}]"


@dataclass(frozen=True)
class Clues:
    """What a mail says about where it belongs: each already looked up among our own conversations."""

    token: UUID | None = None
    #: of a mail by which an agent passed something on: whoever got it is no participant by that
    passed_on: UUID | None = None
    own_id: UUID | None = None
    stored_id: UUID | None = None
    reference: UUID | None = None

    def first(self) -> tuple[Clue, UUID] | None:
        found_by: tuple[tuple[Clue, UUID | None], ...] = (
            ("token", self.token),
            ("passed_on", self.passed_on),
            ("own_id", self.own_id),
            ("stored_id", self.stored_id),
            ("reference", self.reference),
        )
        return next(((clue, found) for clue, found in found_by if found is not None), None)


@dataclass(frozen=True)
class Sender:
    """Who wrote, as far as it is known."""

    #: in small letters; None if it says none
    address: str | None
    #: what the receiving server found out about it
    verdict: Verdict
    #: an agent who works for the site
    is_agent: bool = False


@dataclass(frozen=True)
class Match:
    """What is to be done, and with which conversation."""

    decision: Decision
    conversation_id: UUID | None = None
    clue: Clue | None = None


NEW = Match("new")


def match(clues: Clues, sender: Sender, insiders: Callable[[UUID], Collection[str]]) -> Match:
    """`insiders` gives the addresses of a conversation's participants and the verified ones of its contact."""
    first = clues.first()
    if first is None:
        return NEW
    clue, conversation_id = first
    is_inside = sender.is_agent or (sender.address is not None and sender.address in insiders(conversation_id))
    return Match(guarded(clue, is_inside=is_inside, verdict=sender.verdict), conversation_id, clue)


def guarded(clue: Clue, *, is_inside: bool, verdict: Verdict) -> Decision:
    if verdict == "fail" or clue == "passed_on":
        return "apart"
    if is_inside:
        return "join"
    return "join_flagged" if clue == "token" else "apart"


def is_proved(clue: Clue | None, verdict: Verdict) -> bool:
    """Whoever got in is surely who he says: his server vouches for him, or he has seen a signature of ours."""
    return verdict == "pass" or clue in ("token", "own_id")


def first_known(names: Iterable[str], known: dict[str, UUID]) -> UUID | None:
    """The conversation of the nearest name that we know."""
    return next((known[name] for name in names if name in known), None)


def references(subject: str) -> Sequence[tuple[str, int]]:
    """The brands and numbers in a subject, as `[Nordlink #1042]`; at most five."""
    return [(brand.strip(), int(number)) for brand, number in REFERENCE.findall(subject[:2000])[:5]]


def without_reference(subject: str) -> str:
    """The words of a subject, for a list that shows the number elsewhere."""
    return " ".join(REFERENCE.sub(" ", subject[:2000]).split())
