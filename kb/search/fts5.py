"""The index in SQLite: an FTS5 table whose rows have the articles' row ids."""

import json
from collections.abc import Sequence

from sqlalchemy import text

from kb.content.article import Article
from kb.search import terms
from kb.search.ranking import Posting
from kb.store.articles import Scope
from kb.store.tables import Connection

_WRITE = text("INSERT INTO kb_search (rowid, title, variants, body) VALUES (:row_id, :title, :variants, :body)")
_FORGET = text("DELETE FROM kb_search WHERE rowid = :row_id")
# CROSS JOIN keeps the order: for each stem the index is asked once. The stems have no quotes in them.
_POSTINGS = text(
    """
    SELECT wanted.value, kb_search.rowid, -bm25(kb_search, :title, :variants, :body)
    FROM json_each(:stems) AS wanted
    CROSS JOIN kb_search ON kb_search MATCH '"' || wanted.value || '"'
    CROSS JOIN kb_articles AS article ON article.row_id = kb_search.rowid
    WHERE article.site = :site AND article.audience IN (SELECT value FROM json_each(:audiences))
    """
)
_WEIGHTS = {"title": terms.TITLE_WEIGHT, "variants": terms.VARIANTS_WEIGHT, "body": terms.BODY_WEIGHT}


class Fts5:
    """Scores by the bm25() of FTS5."""

    async def write(self, connection: Connection, articles: Sequence[tuple[int, Article]]) -> None:
        if articles:
            await connection.execute(_WRITE, [_row(row_id, article) for row_id, article in articles])

    async def forget(self, connection: Connection, row_ids: Sequence[int]) -> None:
        if row_ids:
            await connection.execute(_FORGET, [{"row_id": row_id} for row_id in row_ids])

    async def postings(self, connection: Connection, scope: Scope, stems: Sequence[str]) -> list[Posting]:
        wanted = {
            "stems": json.dumps(list(stems)),
            "site": scope.site,
            "audiences": json.dumps(sorted(scope.audiences)),
        }
        return [Posting(*row) for row in await connection.execute(_POSTINGS, wanted | _WEIGHTS)]


def _row(row_id: int, article: Article) -> dict[str, int | str]:
    fields = terms.fields_of(article)
    return {
        "row_id": row_id,
        "title": terms.stems_of(fields.title),
        "variants": terms.stems_of(fields.variants),
        "body": terms.stems_of(fields.body),
    }
