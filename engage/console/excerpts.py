"""A text cut down to the place where the words that were looked for stand, with those marked. Pure."""

import re
from collections.abc import Iterator, Sequence

from engage.kit.wire import WireModel

#: characters before the first match, and of the whole
BEFORE = 40
LONGEST = 160


class Piece(WireModel):
    text: str
    is_match: bool


def excerpt(text: str, words: Sequence[str]) -> list[Piece]:
    """Around the first match; the beginning when there is none."""
    flat = " ".join(text.split())
    if not flat:
        return []
    any_of = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    wanted = re.compile(rf"(?<![^\W_])(?:{any_of})", re.IGNORECASE)
    first = wanted.search(flat) if words else None
    begin = max(0, first.start() - BEFORE) if first else 0
    if begin:
        begin = flat.find(" ", begin, first.start() if first else None) + 1 or begin
    shown = flat[begin : begin + LONGEST]
    pieces = list(_pieces(shown, wanted)) if words else [Piece(text=shown, is_match=False)]
    before = [Piece(text="… ", is_match=False)] if begin else []
    after = [Piece(text=" …", is_match=False)] if begin + LONGEST < len(flat) else []
    return [*before, *pieces, *after]


def _pieces(text: str, wanted: re.Pattern[str]) -> Iterator[Piece]:
    at = 0
    for match in wanted.finditer(text):
        if match.start() > at:
            yield Piece(text=text[at : match.start()], is_match=False)
        yield Piece(text=match.group(), is_match=True)
        at = match.end()
    if at < len(text):
        yield Piece(text=text[at:], is_match=False)
