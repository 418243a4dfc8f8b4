"""The full-text index of whichever database holds the articles."""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from kb.content.article import Article
from kb.search import fts5, tsvector
from kb.search.ranking import Posting
from kb.store.articles import Scope
from kb.store.tables import Connection


class Engine(Protocol):
    """Keeps an article's stems by field and scores single stems; how they add up is decided in `ranking`."""

    async def write(self, connection: Connection, articles: Sequence[tuple[int, Article]]) -> None:
        """Index these articles, none of which is indexed yet."""
        ...

    async def forget(self, connection: Connection, row_ids: Sequence[int]) -> None:
        """Drop these from the index; unknown ids are ignored."""
        ...

    async def postings(self, connection: Connection, scope: Scope, stems: Sequence[str]) -> list[Posting]:
        """The score of each stem in each article that these eyes may see."""
        ...


_ENGINES: dict[str, Engine] = {"sqlite": fts5.Fts5(), "postgresql": tsvector.TsVector()}


def of(connection: Connection) -> Engine:
    bind = connection.get_bind() if isinstance(connection, AsyncSession) else connection
    return _ENGINES[bind.dialect.name]
