"""Reading and replacing a site's articles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, func, insert, select

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


@dataclass(frozen=True, slots=True)
class Stored:
    """An article with what only its editors know of it."""

    article: Article
    #: `folder` or `console`
    source: str
    #: `published`, `draft` or `trash`
    state: str


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
    """Slug to digest of all that came from a folder, whatever its audience."""
    columns = tables.articles.c
    mine = (columns.site == site) & (columns.source == "folder")
    rows = await connection.execute(select(columns.slug, columns.digest).where(mine))
    return {row.slug: row.digest for row in rows}


async def all_of(connection: Connection, site: str) -> list[tuple[int, Article]]:
    """Every published article with its row id, whatever its audience: for building indexes."""
    mine = (tables.articles.c.site == site) & (tables.articles.c.state == "published")
    query = select(tables.articles).where(mine).order_by(tables.articles.c.row_id)
    return [(row.row_id, _article(row)) for row in await connection.execute(query)]


async def stored(connection: Connection, site: str) -> list[Stored]:
    """All there is, by title."""
    return await _stored(connection, tables.articles.c.site == site)


async def stored_by_id(connection: Connection, site: str, article_id: str) -> Stored | None:
    columns = tables.articles.c
    return next(iter(await _stored(connection, (columns.site == site) & (columns.id == article_id))), None)


async def stored_by_slug(connection: Connection, site: str, slug: str) -> Stored | None:
    columns = tables.articles.c
    return next(iter(await _stored(connection, (columns.site == site) & (columns.slug == slug))), None)


async def _stored(connection: Connection, condition: ColumnElement[bool]) -> list[Stored]:
    query = select(tables.articles).where(condition).order_by(tables.articles.c.title, tables.articles.c.row_id)
    return [Stored(_article(row), row.source, row.state) for row in await connection.execute(query)]


async def categories(connection: Connection, site: str, *, source: str | None = None) -> list[Category]:
    columns = tables.categories.c
    query = select(tables.categories).where(columns.site == site).order_by(columns.position, columns.key)
    if source is not None:
        query = query.where(columns.source == source)
    return [Category(row.key, row.title, row.summary) for row in await connection.execute(query)]


async def numbers_by_category(connection: Connection, site: str, *, source: str | None = None) -> dict[str, int]:
    """How many articles stand in each, whatever their state."""
    columns = tables.articles.c
    query = select(columns.category, func.count().label("number")).where(columns.site == site)
    if source is not None:
        query = query.where(columns.source == source)
    return {row.category: row.number for row in await connection.execute(query.group_by(columns.category))}


async def remove(connection: Connection, site: str, slugs: Iterable[str]) -> list[int]:
    """Delete these articles; their row ids, so that the index can forget them."""
    return await _remove(connection, (tables.articles.c.site == site) & tables.articles.c.slug.in_(list(slugs)))


async def remove_by_id(connection: Connection, site: str, article_id: str) -> list[int]:
    return await _remove(connection, (tables.articles.c.site == site) & (tables.articles.c.id == article_id))


async def _remove(connection: Connection, mine: ColumnElement[bool]) -> list[int]:
    rows = await connection.execute(select(tables.articles.c.row_id).where(mine))
    row_ids = list(rows.scalars())
    await connection.execute(delete(tables.articles).where(mine))
    return row_ids


async def add(
    connection: Connection,
    site: str,
    articles: Sequence[Article],
    *,
    source: str = "folder",
    state: str = "published",
) -> None:
    if articles:
        rows = [{**_row(site, article), "source": source, "state": state} for article in articles]
        await connection.execute(insert(tables.articles), rows)


async def replace_categories(
    connection: Connection, site: str, categories: Sequence[Category], *, source: str = "folder"
) -> None:
    """Makes these the site's categories."""
    await connection.execute(delete(tables.categories).where(tables.categories.c.site == site))
    rows = [
        {
            "site": site,
            "key": each.key,
            "title": each.title,
            "summary": each.summary,
            "position": position,
            "source": source,
        }
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
        .where(
            article.site == scope.site,
            article.state == "published",
            article.audience.in_(sorted(scope.audiences)),
        )
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
