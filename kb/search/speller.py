"""Corrections for words that match nothing. A known word is never touched. Pure.

Errors allowed: one from four letters on, two from eight. The first letter is taken as right where it
is the only thing to hold on to: in words of four letters, and where two letters may be wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kb.search.terms import KnownWord

SHORTEST_CORRECTED = 4
SHORTEST_WITH_TWO_ERRORS = 8
SHORTEST_HALF = 3
MOST_CORRECTIONS = 3


@dataclass(frozen=True, slots=True)
class Correction:
    """What may have been meant: one word, or two that were run together."""

    words: tuple[KnownWord, ...]


def corrections(word: str, vocabulary: Sequence[KnownWord], *, unfinished: bool) -> list[Correction]:
    """The nearest words, the commonest first. `vocabulary` comes with the commonest first."""
    if len(word) < SHORTEST_CORRECTED or any(char.isdigit() for char in word):
        return []
    halves = _halves(word, vocabulary)
    if halves is not None:
        return [halves]
    found = _within(word, vocabulary, 1)
    if not found and unfinished:
        found = _beginnings(word, vocabulary)
    if not found and len(word) >= SHORTEST_WITH_TWO_ERRORS:
        found = _within(word, vocabulary, 2)
    return [Correction((each,)) for each in _likeliest(word, found)]


def _halves(word: str, vocabulary: Sequence[KnownWord]) -> Correction | None:
    """Two known words without the blank between them: "simcard"."""
    known = {each.word: each for each in vocabulary if len(each.word) >= SHORTEST_HALF}
    cuts = range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1)
    pairs = [(known[word[:cut]], known[word[cut:]]) for cut in cuts if word[:cut] in known and word[cut:] in known]
    return Correction(max(pairs, key=lambda pair: min(half.articles for half in pair))) if pairs else None


def _within(word: str, vocabulary: Sequence[KnownWord], errors: int) -> list[KnownWord]:
    strict = errors > 1 or len(word) == SHORTEST_CORRECTED
    return [
        each
        for each in vocabulary
        if abs(len(each.word) - len(word)) <= errors
        and (not strict or each.word[0] == word[0])
        and distance(word, each.word, errors) <= errors
    ]


def _beginnings(word: str, vocabulary: Sequence[KnownWord]) -> list[KnownWord]:
    """Words whose beginning is one error away: "brodban" on the way to "broadband"."""
    lengths = (len(word) - 1, len(word), len(word) + 1)
    return [
        each
        for each in vocabulary
        if each.word[0] == word[0]
        and len(each.word) > len(word)
        and any(distance(word, each.word[:length], 1) <= 1 for length in lengths)
    ]


def _likeliest(word: str, found: list[KnownWord]) -> list[KnownWord]:
    """People rarely miss the first letter; beyond that the commoner word wins."""
    return sorted(found, key=lambda each: (each.word[0] != word[0], -each.articles, each.word))[:MOST_CORRECTIONS]


def distance(left: str, right: str, most: int) -> int:
    """Optimal string alignment: letters missing, too many, wrong or swapped; `most + 1` if further apart."""
    left, right = _without_common_ends(left, right)
    if abs(len(left) - len(right)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        before, above, row = row, row, _next_row(i, a, left, right, before, row)
        if min(row) > most and min(above) > most:
            return most + 1
    return min(row[-1], most + 1)


def _next_row(i: int, a: str, left: str, right: str, two_above: list[int], above: list[int]) -> list[int]:
    row = [i]
    for j, b in enumerate(right, start=1):
        cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
        if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
            cost = min(cost, two_above[j - 2] + 1)
        row.append(cost)
    return row


def _without_common_ends(left: str, right: str) -> tuple[str, str]:
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    left, right = left[start:], right[start:]
    end = 0
    while end < min(len(left), len(right)) and left[-1 - end] == right[-1 - end]:
        end += 1
    return left[: len(left) - end], right[: len(right) - end]
