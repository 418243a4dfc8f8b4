"""Which words a reader can find anything by. Words of articles he may not see do not exist for him."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, delete, func, insert, select

from kb.content.article import Article
from kb.search import terms
from kb.search.terms import KnownWord
from kb.store import tables
from kb.store.articles import Scope
from kb.store.tables import Connection

#: More completions than this say nothing any more.
MOST_COMPLETIONS = 40


async def known_stems(connection: Connection, scope: Scope, stems: Iterable[str]) -> frozenset[str]:
    column = tables.words.c.stem
    query = select(column).where(*_of(scope), column.in_(sorted(set(stems)))).distinct()
    return frozenset((await connection.execute(query)).scalars())


async def beginning_with(connection: Connection, scope: Scope, prefix: str) -> list[KnownWord]:
    """The commonest words that begin so."""
    query = _words(scope).where(tables.words.c.word.startswith(prefix, autoescape=True))
    return await _read(connection, query.limit(MOST_COMPLETIONS))


async def everything(connection: Connection, scope: Scope) -> list[KnownWord]:
    """The whole vocabulary, the commonest words first. Asked only when a word is unknown."""
    return await _read(connection, _words(scope))


async def rebuild(connection: Connection, site: str, articles: Iterable[Article]) -> None:
    await connection.execute(delete(tables.words).where(tables.words.c.site == site))
    rows = [
        {"site": site, "audience": audience, "word": each.word, "stem": each.stem, "articles": each.articles}
        for audience, known in terms.vocabulary_of(articles).items()
        for each in known
    ]
    if rows:
        await connection.execute(insert(tables.words), rows)


def _of(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    return tables.words.c.site == scope.site, tables.words.c.audience.in_(sorted(scope.audiences))


def _words(scope: Scope) -> Select[str, str, int]:
    word = tables.words.c
    number = func.sum(word.articles).label("number")
    return (
        select(word.word, word.stem, number)
        .where(*_of(scope))
        .group_by(word.word, word.stem)
        .order_by(number.desc(), word.word)
    )


async def _read(connection: Connection, query: Select[str, str, int]) -> list[KnownWord]:
    return [KnownWord(word, stem, int(number)) for word, stem, number in await connection.execute(query)]
