"""The story of one search: read the query, find out what its words stand for, score, show."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.content.article import Category
from kb.content.snippets import Span, snippet
from kb.search import engine, query, ranking, speller, vocabulary, words
from kb.search.query import Group, Query
from kb.search.speller import Correction
from kb.search.stemmer import stem
from kb.store import articles
from kb.store.articles import Listing, Scope
from kb.store.tables import Connection

#: As many more than asked for are looked at by their phrasings.
CLOSELY_COMPARED = 15
#: Of articles that fit a short query alike, "bill", the one that editors put first.
OFTEN_NEEDED = 1.06


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that was found."""

    id: str
    slug: str
    title: str
    category: Category
    snippet: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """What a search answers."""

    #: As it was typed.
    query: str
    #: As it was understood, if a word had to be corrected.
    corrected: str | None
    #: Best first.
    hits: tuple[Hit, ...]


async def search(connection: Connection, site: str, text: str, audiences: Iterable[str], limit: int = 10) -> Results:
    """Articles of the site that fit any of the words, best first; whatever is typed, it never fails."""
    scope = Scope(site, frozenset(audiences))
    asked = query.parse(text)
    if not asked.words:
        return Results(text, None, ())
    groups, corrections = await _understand(connection, scope, asked)
    stems = sorted({found for group in groups for found in group.stems})
    postings = await engine.of(connection).postings(connection, scope, stems) if stems else []
    scores = ranking.rank(groups, postings)
    candidates = await articles.listings_of(connection, scope, ranking.top(scores, limit + CLOSELY_COMPARED))
    hits = tuple(_hit(listing, frozenset(stems)) for listing in _best(candidates, groups, scores, limit))
    return Results(text, query.corrected_text(asked, corrections) if hits else None, hits)


async def _understand(
    connection: Connection, scope: Scope, asked: Query
) -> tuple[list[Group], dict[str, Sequence[Correction]]]:
    stems = [stem(word) for word in (*asked.words, *asked.joined_pairs)]
    known = await vocabulary.known_stems(connection, scope, stems)
    unfinished = asked.unfinished
    completions = await vocabulary.beginning_with(connection, scope, unfinished) if unfinished else []
    unknown = query.unknown_words(asked, known, completions)
    everything = await vocabulary.everything(connection, scope) if unknown else []
    corrections: dict[str, Sequence[Correction]] = {
        word: speller.corrections(word, everything, unfinished=word == unfinished) for word in unknown
    }
    return query.groups(asked, known, completions, corrections), corrections


def _best(
    candidates: Sequence[Listing], groups: Sequence[Group], scores: Mapping[int, float], limit: int
) -> list[Listing]:
    """Whose title or variant is nearest to the question moves up, to twice its score at most."""
    by_id = {listing.row_id: listing for listing in candidates}
    closer = {row_id: scores[row_id] * _favour(listing, groups) for row_id, listing in by_id.items()}
    return [by_id[row_id] for row_id in ranking.top(closer, limit)]


def _favour(listing: Listing, groups: Sequence[Group]) -> float:
    phrasings = map(_topic_stems, (listing.title, *listing.variants))
    often_needed = OFTEN_NEEDED if listing.featured else 1.0
    return often_needed * (1 + ranking.closeness(groups, phrasings))


def _hit(listing: Listing, stems: frozenset[str]) -> Hit:
    lines = snippet(listing.text, _matcher(stems))
    return Hit(listing.id, listing.slug, listing.title, listing.category, lines)


def _matcher(stems: frozenset[str]) -> Callable[[str], bool]:
    return lambda word: not stems.isdisjoint(_topic_stems(word))


@lru_cache(maxsize=65536)
def _topic_stems(text: str) -> frozenset[str]:
    """The stems of a word or line, without the small words: a line full of marks shows nothing."""
    return frozenset(stem(part) for part in words.split_for_index(text) if part not in words.STOP_WORDS)
