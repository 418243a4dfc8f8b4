"""The lines of a text that show why it was found. Matches are spans, never HTML."""

import re
from collections.abc import Callable
from dataclasses import dataclass

#: A word with its apostrophes and hyphens: "isn't", "Wi-Fi".
_WORD = re.compile(r"[^\W_]+(?:['’‐‑-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the snippet; `match` where a reader's eye should go."""

    text: str
    match: bool


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int


def snippet(text: str, is_match: Callable[[str], bool], *, length: int = 160) -> tuple[Span, ...]:
    """About `length` characters of the text, around the stretch with most matching words."""
    flat = " ".join(text.split())
    words = list(_WORD.finditer(flat))
    matches = [_Place(*word.span()) for word in words if is_match(word[0])]
    start, end = _window(matches, flat, length)
    spans = _spans(flat, start, end, [place for place in matches if start <= place.start and place.end <= end])
    return _with_ellipses(spans, before=start > 0, after=end < len(flat))


def _window(matches: list[_Place], text: str, length: int) -> tuple[int, int]:
    """The first window of whole words with the most matches in it."""
    if len(text) <= length:
        return 0, len(text)
    start = _calm_start(_densest(matches, length), text) if matches else 0
    end = start + length
    if end >= len(text):
        return start, len(text)
    # Cut between words, unless one word fills the whole window.
    cut = text.rfind(" ", start + length // 2, end)
    return start, cut if cut > 0 else end


def _densest(matches: list[_Place], length: int) -> _Place:
    """The match that most others follow closely; of equals the first."""

    def followers(first: _Place) -> int:
        return sum(1 for other in matches if first.start <= other.start and other.end <= first.start + length * 3 // 4)

    return max(matches, key=lambda first: (followers(first), -first.start))


def _calm_start(match: _Place, text: str) -> int:
    """Begin with the sentence if it starts shortly before, else a few words earlier."""
    ends = [text.rfind(mark, 0, match.start) for mark in (". ", "? ", "! ", ": ")]
    sentence = max(ends) + 2 if max(ends) >= 0 else 0
    if match.start - sentence <= 60:
        return sentence
    return text.rfind(" ", 0, match.start - 25) + 1


def _spans(text: str, start: int, end: int, matches: list[_Place]) -> list[Span]:
    spans: list[Span] = []
    at = start
    for place in matches:
        if place.start > at:
            spans.append(Span(text[at : place.start], match=False))
        spans.append(Span(text[place.start : place.end], match=True))
        at = place.end
    if at < end:
        spans.append(Span(text[at:end], match=False))
    return spans


def _with_ellipses(spans: list[Span], *, before: bool, after: bool) -> tuple[Span, ...]:
    lead = [Span("… ", match=False)] if before else []
    tail = [Span(" …", match=False)] if after else []
    return tuple(lead + spans + tail)
