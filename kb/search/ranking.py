"""From scores of single stems to a list of articles. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.search.query import Group

#: What scores less than this share of the best is noise below it.
SHARE_OF_BEST = 0.1


@dataclass(frozen=True, slots=True)
class Posting:
    """How well one stem fits one article."""

    stem: str
    row_id: int
    score: float


def rank(groups: Sequence[Group], postings: Iterable[Posting]) -> dict[int, float]:
    """The score of each article: the sum over groups of the best stem in each."""
    by_stem = _by_stem(postings)
    totals: defaultdict[int, float] = defaultdict(float)
    on_topic: set[int] = set()
    for group in groups:
        for row_id, score in _best_in_group(group, by_stem).items():
            totals[row_id] += score
            if group.has_topic:
                on_topic.add(row_id)
    # A query of nothing but small words, "how do i", is answered by them for want of better.
    candidates = on_topic if any(group.has_topic for group in groups) else set(totals)
    return {row_id: totals[row_id] for row_id in candidates}


def closeness(groups: Sequence[Group], phrasings: Iterable[Collection[str]]) -> float:
    """How much of the question stands in one phrasing of the article, 0 to 1.

    Words that stand together in one title or variant say more than the same words scattered.
    """
    topics = [group for group in groups if group.has_topic] or groups
    if not topics:
        return 0.0
    return max((_share(topics, phrasing) for phrasing in phrasings), default=0.0)


def top(scores: Mapping[int, float], limit: int) -> list[int]:
    """Row ids, best first, without the noise at the end."""
    least = SHARE_OF_BEST * max(scores.values(), default=0.0)
    ordered = sorted(scores, key=lambda row_id: (-scores[row_id], row_id))
    return [row_id for row_id in ordered if scores[row_id] >= least][:limit]


def _share(topics: Sequence[Group], phrasing: Collection[str]) -> float:
    found = [max((weight for stem, weight in group.stems.items() if stem in phrasing), default=0.0) for group in topics]
    return sum(found) / len(topics)


def _by_stem(postings: Iterable[Posting]) -> dict[str, list[Posting]]:
    by_stem: defaultdict[str, list[Posting]] = defaultdict(list)
    for posting in postings:
        by_stem[posting.stem].append(posting)
    return by_stem


def _best_in_group(group: Group, by_stem: dict[str, list[Posting]]) -> dict[int, float]:
    best: defaultdict[int, float] = defaultdict(float)
    for stem, weight in group.stems.items():
        for posting in by_stem.get(stem, ()):
            best[posting.row_id] = max(best[posting.row_id], weight * posting.score)
    return best
