"""What was typed, and what it stands for: groups of stems that each count once. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from kb.search import words
from kb.search.speller import Correction
from kb.search.stemmer import stem
from kb.search.terms import KnownWord

#: People paste whole letters; the beginning says what it is about.
MOST_CHARACTERS = 512
MOST_WORDS = 64
SHORTEST_PREFIX = 2

PREFIX_WEIGHT = 0.8
HALF_WEIGHT = 0.5
CORRECTION_WEIGHTS = (0.8, 0.6, 0.6)
STOP_WORD_WEIGHT = 0.3


@dataclass(frozen=True, slots=True)
class Query:
    """The distinct words of a query, in order."""

    words: tuple[str, ...]
    #: The last word may go on: nothing was typed after it.
    open_end: bool

    @property
    def unfinished(self) -> str | None:
        """The word that is to be completed."""
        last = self.words[-1] if self.words else ""
        return last if self.open_end and len(last) >= SHORTEST_PREFIX else None

    @property
    def joined_pairs(self) -> tuple[str, ...]:
        """Neighbours as one word: "voice mail" may be written "voicemail"."""
        return tuple(left + right for left, right in zip(self.words, self.words[1:], strict=False))


@dataclass(frozen=True, slots=True)
class Group:
    """One word of the query with all it may stand for; an article gets the best of them, not the sum."""

    #: Weight by stem.
    stems: Mapping[str, float] = field(default_factory=dict)
    #: Whether it can make a result by itself, which "how" and "my" cannot.
    has_topic: bool = True


def parse(text: str) -> Query:
    kept = text[:MOST_CHARACTERS]
    found = list(dict.fromkeys(words.split(kept)))[:MOST_WORDS]
    return Query(tuple(found), open_end=bool(kept) and words.ends_in_word(kept))


def unknown_words(query: Query, known: Collection[str], completions: Sequence[KnownWord]) -> list[str]:
    """The words that match nothing as they are."""
    return [
        word
        for word in query.words
        if stem(word) not in known and not (word == query.unfinished and completions) and word not in words.STOP_WORDS
    ]


def groups(
    query: Query,
    known: Collection[str],
    completions: Sequence[KnownWord],
    corrections: Mapping[str, Sequence[Correction]],
) -> list[Group]:
    """One group a word, or one for two words that are known as one."""
    found: list[Group] = []
    pairs = dict(zip(query.words, query.joined_pairs, strict=False))
    waiting = iter(query.words)
    for word in waiting:
        pair = stem(pairs.get(word, ""))
        if pair in known:
            found.append(_joined(pair, word, next(waiting)))
        else:
            completing = completions if word == query.unfinished else ()
            found.append(_group(word, known, completing, corrections.get(word, ())))
    return found


def _joined(pair: str, left: str, right: str) -> Group:
    halves = {stem(word): HALF_WEIGHT for word in (left, right) if word not in words.STOP_WORDS}
    return Group({**halves, pair: 1.0})


def _group(
    word: str, known: Collection[str], completions: Sequence[KnownWord], corrections: Sequence[Correction]
) -> Group:
    has_topic = word not in words.STOP_WORDS
    stems: dict[str, float] = {}
    for correction, weight in zip(corrections, CORRECTION_WEIGHTS, strict=False):
        for each in correction.words:
            stems.setdefault(each.stem, weight)
    commonest = max((completion.articles for completion in completions), default=1)
    for completion in completions:
        # Rare words score high by themselves; of what "bi" may become, "bill" is likelier than "bigger".
        weight = PREFIX_WEIGHT * completion.articles / commonest
        stems[completion.stem] = max(weight, stems.get(completion.stem, 0.0))
    if stem(word) in known:
        stems[stem(word)] = 1.0 if has_topic else STOP_WORD_WEIGHT
    return Group(stems, has_topic or len(stems) > 1)


def corrected_text(query: Query, corrections: Mapping[str, Sequence[Correction]]) -> str | None:
    """The query as it was understood; None if nothing had to be corrected."""
    if not any(corrections.values()):
        return None
    best = {word: " ".join(each.word for each in found[0].words) for word, found in corrections.items() if found}
    return " ".join(best.get(word, word) for word in query.words)
