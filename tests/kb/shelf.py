"""Articles made up for tests."""

import datetime
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from sqlalchemy import MetaData
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from kb.content.article import PUBLIC, Article, Category, Shelf
from kb.store import tables

CATEGORY = Category("all", "All about it", "Everything.")


def an_article(
    slug: str,
    *,
    title: str = "A title",
    body: str = "A body.\n",
    variants: Sequence[str] = (),
    audience: str = PUBLIC,
    featured: int | None = None,
) -> Article:
    return Article(
        id=f"id-{slug}",
        slug=slug,
        title=title,
        category=CATEGORY.key,
        audience=audience,
        variants=tuple(variants),
        updated=datetime.date(2026, 9, 1),
        body=body,
        featured=featured,
    )


def a_shelf(*articles: Article) -> Shelf:
    return Shelf((CATEGORY,), articles)


@asynccontextmanager
async def a_transaction(url: str) -> AsyncIterator[AsyncConnection]:
    """A connection to an empty database that has the tables now."""
    engine = create_async_engine(url.replace("postgresql://", "postgresql+asyncpg://"))
    host = MetaData()
    tables.add_to(host)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(host.create_all)
            yield connection
    finally:
        await engine.dispose()
