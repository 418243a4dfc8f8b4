"""What is new in a mail, and what it only quotes. Pure, and linear: one pass over the lines, a fixed look ahead.

Found are runs of `>`, the line above a quote ("On Monday, Kim wrote:", also wrapped), "original message" blocks,
printed headers, signatures, and what programs and lawyers set below a mail. Answers between quotes stay. A mail that
was passed on is there to be read. When nothing would be left, everything is shown: never less than was written.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from engage.channels.email import quote_words as words

#: [begin, end) in characters, in their order
Spans: TypeAlias = tuple[tuple[int, int], ...]

#: of a longer text the rest is shown or hidden as the last of these lines
LINES = 12_000
#: of a line, so much is looked at
HEAD = 300
#: lines that the line above a quote may be wrapped into, and that a block of headers may have
WRAPPED, HEADERS = 4, 8
SIGNATURE, FOOTER = 25, 40
#: may follow the colon: dashes, and marks of direction
CLOSING = " -\u202c\u200f\u200e\u2069"
IN_BRACKETS = re.compile(r"[<(\[][^\s<>@]{1,64}@[^\s<>@]{1,255}[>)\]]")
RULE = re.compile(r"^[-_=*~#—–─]{3,}$")
KEY = re.compile(r"^\*{0,2}([^\s:*：][^:*：]{0,24}?)\s?\*{0,2}\s?[:：]\*{0,2}(?:\s|$)")


@dataclass(frozen=True)
class Line:
    """A line, as it is judged."""

    begin: int
    end: int
    #: its beginning, without blanks around it
    head: str
    is_quoted: bool

    @property
    def is_blank(self) -> bool:
        return not self.head

    @property
    def low(self) -> str:
        return self.head.lower()


def new_in(text: str) -> Spans:
    """The spans of the text that say something new; all of it, if none would be left."""
    lines = list(lines_of(text))
    hidden = quoted(lines)
    bare = without_footers(lines, hidden)
    for shown in (bare, hidden):
        if any(not (line.is_blank or line.is_quoted) for line, gone in zip(lines, shown, strict=True) if not gone):
            return _spans(text, lines, shown)
    return everything(text)


def everything(text: str) -> Spans:
    """For a mail that quotes nothing, or was passed on to be read."""
    return ((0, len(text)),) if text else ()


def joined(text: str, spans: Spans) -> str:
    """The new words alone; where a quote stood between them, a blank line does."""
    return "\n\n".join(part for part in (text[begin:end].strip("\r\n") for begin, end in spans) if part).strip()


def lines_of(text: str) -> Iterator[Line]:
    begin = 0
    for _ in range(LINES):
        if begin >= len(text):
            return
        newline = text.find("\n", begin)
        end = len(text) if newline < 0 else newline + 1
        head = text[begin : min(end, begin + HEAD)].strip()
        yield Line(begin, end, head, head[:1] == ">")
        begin = end
    if begin < len(text):
        head = text[begin : begin + HEAD].strip()
        yield Line(begin, len(text), head, head[:1] == ">")


def quoted(lines: Sequence[Line]) -> list[bool]:
    """Which lines are quoted, or stand above a quote."""
    hidden = [False] * len(lines)
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.is_quoted:
            hidden[at] = True
        elif not line.is_blank:
            if _is_forward(line):
                return hidden[:at] + [False] * (len(lines) - at)
            gone = _above_a_quote(lines, at)
            if gone is None:
                _hide_to_the_end(lines, hidden, at)
                return hidden
            if gone:
                hidden[at : at + gone] = [True] * gone
                at += gone
                continue
        at += 1
    return hidden


def _hide_to_the_end(lines: Sequence[Line], hidden: list[bool], at: int) -> None:
    """With the rule that stands above it."""
    for above in range(at - 1, max(at - 4, -1), -1):
        if not (lines[above].is_blank or RULE.match(lines[above].head)):
            break
        at = above
    hidden[at:] = [True] * (len(lines) - at)


def _above_a_quote(lines: Sequence[Line], at: int) -> int | None:
    """How many lines from here on only lead over to a quote; None if all that follows is one."""
    if _is_original(lines[at]):
        return _of_original(lines, at)
    if (headers := _headers(lines, at)) > 0:
        return headers if _next_is_quoted(lines, at + headers) else None
    if (wrapped := _attribution(lines, at)) > 0:
        if _next_is_quoted(lines, at + wrapped):
            return wrapped
        below = _next_filled(lines, at + wrapped)
        is_sure = _is_plain_attribution(lines[at : at + wrapped]) or (below is not None and _headers(lines, below) > 0)
        return None if is_sure else 0
    return 0


def _of_original(lines: Sequence[Line], at: int) -> int | None:
    """What leads over may stand below: "On … wrote", or headers."""
    below = _next_filled(lines, at + 1)
    if below is None:
        return None
    if lines[below].is_quoted:
        return 1
    more = _headers(lines, below) or _attribution(lines, below)
    return below + more - at if more and _next_is_quoted(lines, below + more) else None


def _is_original(line: Line) -> bool:
    return _is_marker(line, words.ORIGINAL) or line.low.startswith("##- ")


def _is_forward(line: Line) -> bool:
    return _is_marker(line, words.FORWARDED)


def _is_marker(line: Line, phrases: Sequence[str]) -> bool:
    """The phrase alone in its line, mostly between dashes."""
    if len(line.head) > 120 or not any(phrase in line.low for phrase in phrases):
        return False
    bare = line.low.strip(" \t>*_=~#-–—:")
    dashed = line.head[:1] in "-_=*~#–—"
    return any(bare.startswith(phrase) and (dashed or len(bare) < len(phrase) + 12) for phrase in phrases)


def _next_filled(lines: Sequence[Line], at: int, most: int = 3) -> int | None:
    for below in range(at, min(at + most, len(lines))):
        if not lines[below].is_blank:
            return below
    return None


def _next_is_quoted(lines: Sequence[Line], at: int) -> bool:
    below = _next_filled(lines, at)
    return below is not None and lines[below].is_quoted


# The line above a quote.


def _attribution(lines: Sequence[Line], at: int) -> int:
    """How many lines it is wrapped into; 0 if there is none."""
    if not _may_begin(lines[at]):
        return 0
    said = ""
    for count, line in enumerate(lines[at : at + WRAPPED], start=1):
        if line.is_blank or line.is_quoted:
            return 0
        said += f" {line.low}"
        if line.head.rstrip(CLOSING)[-1:] in (":", "："):
            is_one = _says_who_wrote(said.strip()) or (_next_is_quoted(lines, at + count) and _names_it(said))
            return count if is_one else 0
        if _ends_open(said) and _next_is_quoted(lines, at + count):
            return count
    return 0


def _may_begin(line: Line) -> bool:
    """A cheap question first: most lines of most mails are none."""
    low = line.low
    return (
        low.startswith(words.BEGINS)
        or low[:1].isdigit()
        or low.rstrip(CLOSING)[-1:] in (":", "：")
        or words.DAYS.match(low) is not None
        or "@" in low
        or any(verb in low for verb in words.WROTE)
    )


def _says_who_wrote(said: str) -> bool:
    """It says that somebody wrote, and when or by which address."""
    return any(verb in said for verb in words.WROTE) and ("@" in said or words.DATE.search(said) is not None)


def _names_it(said: str) -> bool:
    return "@" in said or any(verb in said for verb in words.WROTE) or words.DATE.search(said) is not None


def _ends_open(said: str) -> bool:
    """Some programs set no colon."""
    return said.endswith(words.WROTE) and words.DATE.search(said) is not None


def _is_plain_attribution(wrapped: Sequence[Line]) -> bool:
    """Nothing below is marked as a quote, so it has to be beyond doubt: it begins as one, and says who and when."""
    said = " ".join(line.low for line in wrapped)
    begins = said.startswith(words.BEGINS) or said[:1].isdigit() or words.DAYS.match(said) is not None
    if not _says_who_wrote(said):
        return False
    return IN_BRACKETS.search(said) is not None or ((begins or "@" in said) and words.DATE.search(said) is not None)


# Headers as they are printed above a quote.


def _headers(lines: Sequence[Line], at: int) -> int:
    """How many lines a block of headers has that begins here; 0 if there is none."""
    if _key(lines[at]) is None:
        return 0
    kinds: dict[str, int] = {}
    for count, line in enumerate(lines[at : at + HEADERS]):
        if line.is_quoted or (line.is_blank and len(kinds) > 2):
            break
        if (kind := _key(line)) is not None:
            kinds.setdefault(kind, count)
    if "from" not in kinds or len(kinds) < 3:
        return 0
    return max(kinds.values()) + 1


def _key(line: Line) -> str | None:
    named = KEY.match(line.head)
    if named is None:
        return None
    name = named[1].strip().lower()
    if name in words.FROM:
        return "from"
    return next((kind for kind, names in words.OTHERS.items() if name in names), None)


# What stands below what somebody wrote.


def without_footers(lines: Sequence[Line], hidden: Sequence[bool]) -> list[bool]:
    """Each run of shown lines ends where its signature begins."""
    bare = list(hidden)
    begin = 0
    while begin < len(lines):
        if hidden[begin]:
            begin += 1
            continue
        end = begin
        while end < len(lines) and not hidden[end]:
            end += 1
        cut = _footer(lines, begin, end)
        bare[cut:end] = [True] * (end - cut)
        begin = end
    return bare


def _footer(lines: Sequence[Line], begin: int, end: int) -> int:
    """Where the signature and what is below it begin."""
    for at in range(max(begin, end - FOOTER), end):
        is_new = at == begin or lines[at - 1].is_blank or RULE.match(lines[at - 1].head)
        if is_new and _is_legal(lines[at : at + HEADERS]):
            end = _above_rules(lines, begin, at)
            break
    for at in range(max(begin, end - SIGNATURE), end):
        if lines[at].head in ("--", "—", "––"):
            end = at
            break
    while end > begin and (lines[end - 1].is_blank or _is_sent_from(lines[end - 1])):
        end -= 1
    return end


def _is_legal(paragraph: Sequence[Line]) -> bool:
    said = " ".join(line.low for line in paragraph)
    return paragraph[0].low.lstrip("*_[( ").startswith(words.LEGAL) and any(each in said for each in words.LAWYERS)


def _above_rules(lines: Sequence[Line], begin: int, at: int) -> int:
    while at > begin and (lines[at - 1].is_blank or RULE.match(lines[at - 1].head)):
        at -= 1
    return at


def _is_sent_from(line: Line) -> bool:
    low = line.low.strip("*_[]()<> ")
    return len(low) < 120 and low.startswith(words.SENT_FROM) and any(each in low for each in words.DEVICES)


def _spans(text: str, lines: Sequence[Line], hidden: Sequence[bool]) -> Spans:
    spans: list[tuple[int, int]] = []
    begin: int | None = None
    for line, gone in zip(lines, hidden, strict=True):
        if gone and begin is not None:
            spans.append((begin, line.begin))
        begin = None if gone else line.begin if begin is None else begin
    if begin is not None:
        spans.append((begin, len(text)))
    return tuple((begin, end) for begin, end in spans if not text[begin:end].isspace())
