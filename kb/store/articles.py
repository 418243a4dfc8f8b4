"""Reading and replacing a site's articles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, delete, insert, select

from kb.content import markdown
from kb.content.article import Article, Category
from kb.store import tables
from kb.store.tables import Connection


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose articles, and for which eyes. Everything that reads takes one."""

    site: str
    audiences: frozenset[str]


@dataclass(frozen=True, slots=True)
class Listing:
    """An article as a list shows it."""

    row_id: int
    id: str
    slug: str
    title: str
    variants: tuple[str, ...]
    category: Category
    text: str
    featured: int | None


async def by_slug(connection: Connection, scope: Scope, slug: str) -> tuple[Article, Category] | None:
    """The whole article and its category; None if there is none that these eyes may see."""
    row = (await connection.execute(_visible(scope).where(tables.articles.c.slug == slug))).first()
    return (_article(row), _category(row)) if row else None


async def listings(connection: Connection, scope: Scope) -> list[Listing]:
    """All visible articles, in the order of categories, then titles."""
    query = _visible(scope).order_by(tables.categories.c.position, tables.articles.c.title)
    return [_listing(row) for row in await connection.execute(query)]


async def listings_of(connection: Connection, scope: Scope, row_ids: Sequence[int]) -> list[Listing]:
    """These articles, in the order given; one that is gone or hidden is left out."""
    query = _visible(scope).where(tables.articles.c.row_id.in_(row_ids))
    found = {row.row_id: _listing(row) for row in await connection.execute(query)}
    return [found[row_id] for row_id in row_ids if row_id in found]


async def featured(connection: Connection, scope: Scope, limit: int) -> list[Listing]:
    """The answers that editors put first."""
    column = tables.articles.c.featured
    query = _visible(scope).where(column.is_not(None)).order_by(column, tables.articles.c.slug).limit(limit)
    return [_listing(row) for row in await connection.execute(query)]


async def digests(connection: Connection, site: str) -> dict[str, str]:
    """Slug to digest of all that is stored, whatever its audience."""
    columns = tables.articles.c
    rows = await connection.execute(select(columns.slug, columns.digest).where(columns.site == site))
    return {row.slug: row.digest for row in rows}


async def all_of(connection: Connection, site: str) -> list[tuple[int, Article]]:
    """Every article with its row id, whatever its audience: for building indexes."""
    query = select(tables.articles).where(tables.articles.c.site == site).order_by(tables.articles.c.row_id)
    return [(row.row_id, _article(row)) for row in await connection.execute(query)]


async def remove(connection: Connection, site: str, slugs: Iterable[str]) -> list[int]:
    """Delete these articles; their row ids, so that the index can forget them."""
    mine = (tables.articles.c.site == site) & tables.articles.c.slug.in_(list(slugs))
    rows = await connection.execute(select(tables.articles.c.row_id).where(mine))
    row_ids = list(rows.scalars())
    await connection.execute(delete(tables.articles).where(mine))
    return row_ids


async def add(connection: Connection, site: str, articles: Sequence[Article]) -> None:
    if articles:
        await connection.execute(insert(tables.articles), [_row(site, article) for article in articles])


async def replace_categories(connection: Connection, site: str, categories: Sequence[Category]) -> None:
    await connection.execute(delete(tables.categories).where(tables.categories.c.site == site))
    rows = [
        {"site": site, "key": each.key, "title": each.title, "summary": each.summary, "position": position}
        for position, each in enumerate(categories)
    ]
    if rows:
        await connection.execute(insert(tables.categories), rows)


def _visible(scope: Scope) -> Select[Any]:
    article, category = tables.articles.c, tables.categories.c
    same = (category.site == article.site) & (category.key == article.category)
    headings = (category.title.label("category_title"), category.summary.label("category_summary"))
    return (
        select(tables.articles, *headings)
        .join(tables.categories, same)
        .where(article.site == scope.site, article.audience.in_(sorted(scope.audiences)))
    )


def _row(site: str, article: Article) -> dict[str, Any]:
    return {
        "site": site,
        "id": article.id,
        "slug": article.slug,
        "title": article.title,
        "category": article.category,
        "audience": article.audience,
        "variants": list(article.variants),
        "updated": article.updated,
        "featured": article.featured,
        "body": article.body,
        "text": markdown.to_prose(article.body),
        "digest": article.digest,
    }


def _article(row: Row[Any]) -> Article:
    return Article(
        id=row.id,
        slug=row.slug,
        title=row.title,
        category=row.category,
        audience=row.audience,
        variants=tuple(row.variants),
        updated=row.updated,
        body=row.body,
        featured=row.featured,
    )


def _category(row: Row[Any]) -> Category:
    return Category(row.category, row.category_title, row.category_summary)


def _listing(row: Row[Any]) -> Listing:
    return Listing(row.row_id, row.id, row.slug, row.title, tuple(row.variants), _category(row), row.text, row.featured)
