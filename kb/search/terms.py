"""An article as the index sees it: the stems of each field, and how much a field counts. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kb.content import markdown
from kb.content.article import Article
from kb.search import words
from kb.search.stemmer import stem

TITLE_WEIGHT = 4.0
VARIANTS_WEIGHT = 3.0
BODY_WEIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Fields:
    """The words of an article by field, folded and in order."""

    title: tuple[str, ...]
    variants: tuple[str, ...]
    body: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownWord:
    """A word of the vocabulary."""

    word: str
    stem: str
    #: In how many articles it stands.
    articles: int


@lru_cache(maxsize=256)
def fields_of(article: Article) -> Fields:
    return Fields(
        title=tuple(words.split_for_index(article.title)),
        variants=tuple(words.split_for_index("\n".join(article.variants))),
        body=tuple(words.split_for_index(markdown.to_text(article.body))),
    )


def stems_of(field: Iterable[str]) -> str:
    """The field as the index stores it: stems parted by blanks."""
    return " ".join(stem(word) for word in field)


def vocabulary_of(articles: Iterable[Article]) -> dict[str, list[KnownWord]]:
    """The words of each audience, with the number of articles that have them."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for article in articles:
        fields = fields_of(article)
        counts[article.audience].update({*fields.title, *fields.variants, *fields.body})
    return {
        audience: [KnownWord(word, stem(word), number) for word, number in sorted(counter.items())]
        for audience, counter in counts.items()
    }
