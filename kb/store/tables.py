"""The tables, as SQLAlchemy Core. A host adds them to its own metadata, so that its migrations see them."""

from typing import TypeAlias

from sqlalchemy import (
    DDL,
    BigInteger,
    Column,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.types import JSON

#: What the caller lends: a connection or a session in a transaction of his.
Connection: TypeAlias = AsyncConnection | AsyncSession

metadata = MetaData()

#: The host's key of a site. Opaque here.
SITE = String(64)

categories = Table(
    "kb_categories",
    metadata,
    Column("site", SITE, primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("title", String(120), nullable=False),
    Column("summary", String(300), nullable=False),
    Column("position", Integer, nullable=False),
    #: `folder` or `console`: an import touches only what came from a folder.
    Column("source", String(10), nullable=False, server_default="folder"),
)

articles = Table(
    "kb_articles",
    metadata,
    Column("row_id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("site", SITE, nullable=False),
    Column("id", String(64), nullable=False),
    Column("slug", String(120), nullable=False),
    Column("title", String(200), nullable=False),
    Column("category", String(64), nullable=False),
    Column("audience", String(64), nullable=False),
    Column("variants", JSON, nullable=False),
    Column("updated", Date, nullable=False),
    Column("featured", Integer),
    Column("body", Text, nullable=False),
    #: The body's words without Markdown and headings, for snippets.
    Column("text", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    #: `folder` or `console`: an import touches only what came from a folder.
    Column("source", String(10), nullable=False, server_default="folder"),
    #: `published`, `draft` or `trash`; readers see only the first.
    Column("state", String(10), nullable=False, server_default="published"),
    #: The index of PostgreSQL. SQLite has the FTS5 table `kb_search` under the same row ids.
    Column("vector", Text().with_variant(TSVECTOR(), "postgresql")),
    UniqueConstraint("site", "slug", name="uq_kb_articles_site_slug"),
    UniqueConstraint("site", "id", name="uq_kb_articles_site_id"),
)

#: Every word that a reader of this audience can find, for completion and correction.
words = Table(
    "kb_words",
    metadata,
    Column("site", SITE, primary_key=True),
    Column("audience", String(64), primary_key=True),
    Column("word", String(64), primary_key=True),
    Column("stem", String(64), nullable=False),
    #: How many articles have it.
    Column("articles", Integer, nullable=False),
    Index("ix_kb_words_site_stem", "site", "stem"),
)

#: Terms come stemmed, so the tokenizer only has to split at blanks.
CREATE_FTS5 = "CREATE VIRTUAL TABLE kb_search USING fts5(title, variants, body, tokenize = 'unicode61')"
DROP_FTS5 = "DROP TABLE IF EXISTS kb_search"
CREATE_GIN = "CREATE INDEX ix_kb_articles_vector ON kb_articles USING gin (vector)"
_ALONGSIDE = (
    ("after_create", "sqlite", CREATE_FTS5),
    ("after_drop", "sqlite", DROP_FTS5),
    ("after_create", "postgresql", CREATE_GIN),
)


def add_to(host: MetaData) -> None:
    """Copy the tables into the host's metadata, with what `create_all` cannot express by itself."""
    for table in metadata.sorted_tables:
        _with_search_index(table.to_metadata(host))


def _with_search_index(table: Table) -> None:
    if table.name == articles.name:
        for moment, dialect, statement in _ALONGSIDE:
            # SQLAlchemy has no types for DDL.
            event.listen(table, moment, DDL(statement).execute_if(dialect=dialect))  # type: ignore[no-untyped-call]


_with_search_index(articles)
