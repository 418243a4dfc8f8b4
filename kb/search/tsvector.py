"""The index in PostgreSQL: a tsvector beside each article, its fields labelled A, B and D.

`ts_rank` knows nothing of how rare a word is, so each stem's score is multiplied by its inverse
document frequency, the same formula as in BM25.
"""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import ARRAY, REAL, Text, bindparam, text, update

from kb.content.article import Article
from kb.search import terms
from kb.search.ranking import Posting
from kb.search.stemmer import stem
from kb.store import tables
from kb.store.articles import Scope
from kb.store.tables import Connection

# ts_rank takes the weights of D, C, B, A, the greatest being 1.
_WEIGHTS = [terms.BODY_WEIGHT / terms.TITLE_WEIGHT, 0.0, terms.VARIANTS_WEIGHT / terms.TITLE_WEIGHT, 1.0]
#: PostgreSQL keeps no position beyond this one.
_LAST_POSITION = 16383

_POSTINGS = text(
    """
    WITH visible AS (
        SELECT row_id, vector FROM kb_articles WHERE site = :site AND audience = ANY(:audiences)
    ), fitting AS (
        SELECT wanted.stem, visible.row_id, ts_rank(:weights, visible.vector, wanted.query) AS fit
        FROM (SELECT stem, CAST('''' || stem || '''' AS tsquery) AS query FROM unnest(:stems) AS stem) AS wanted
        JOIN visible ON visible.vector @@ wanted.query
    )
    SELECT stem, row_id,
           fit * ln(1 + ((SELECT count(*) FROM visible) - count(*) OVER (PARTITION BY stem) + 0.5)
                        / (count(*) OVER (PARTITION BY stem) + 0.5))
    FROM fitting
    """
).bindparams(
    bindparam("stems", type_=ARRAY(Text)),
    bindparam("audiences", type_=ARRAY(Text)),
    bindparam("weights", type_=ARRAY(REAL)),
)


class TsVector:
    """Scores by ts_rank and inverse document frequency."""

    async def write(self, connection: Connection, articles: Sequence[tuple[int, Article]]) -> None:
        column = tables.articles.c.row_id
        for row_id, article in articles:
            vector = to_vector(terms.fields_of(article))
            await connection.execute(update(tables.articles).where(column == row_id).values(vector=vector))

    async def forget(self, connection: Connection, row_ids: Sequence[int]) -> None:
        """Nothing to do: the vector goes with its row."""

    async def postings(self, connection: Connection, scope: Scope, stems: Sequence[str]) -> list[Posting]:
        wanted = {
            "stems": list(stems),
            "site": scope.site,
            "audiences": sorted(scope.audiences),
            "weights": _WEIGHTS,
        }
        rows = await connection.execute(_POSTINGS, wanted)
        return [Posting(found, row_id, float(score)) for found, row_id, score in rows]


def to_vector(fields: terms.Fields) -> str:
    """The text form of a tsvector, such as 'bill':1A,7D 'pay':2A. Stems have no quotes to escape."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    position = 0
    for label, field in (("A", fields.title), ("B", fields.variants), ("D", fields.body)):
        for word in field:
            position = min(position + 1, _LAST_POSITION)
            places[stem(word)].append(f"{position}{label}")
    return " ".join(f"'{found}':{','.join(where)}" for found, where in places.items())
