"""Searching, reading and judging articles. Every call names the eyes that will see the answer."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from uuid import UUID

from sqlalchemy import case, func, select

from engage.kit.ids import new_id
from engage.kit.unit_of_work import UnitOfWork
from engage.selfcare.errors import NoSuchArticle
from engage.selfcare.models import ArticleFeedback
from engage.selfcare.schemas import Feedback, FoundArticle, FoundArticles, PopularArticle, SnippetPart
from engage.sites.errors import UnknownSite
from engage.sites.models import Site
from kb import ARTICLES
from kb.content import importing
from kb.content.article import Article, Category
from kb.publish import Report, publish
from kb.search import Hit, search
from kb.store import articles
from kb.store.articles import Listing, Scope

#: who may see what: a customer's eyes, and an agent's
CUSTOMERS = frozenset({"public"})
AGENTS = frozenset({"public", "agents"})

#: votes before readers' opinion makes an article popular
ENOUGH_VOTES = 5


@dataclass(frozen=True)
class Reading:
    """An article with what a page shows around it."""

    article: Article
    category: Category
    related: Sequence[Listing]

    @property
    def updated_at(self) -> datetime:
        return datetime.combine(self.article.updated, time.min, UTC)


async def default_site(work: UnitOfWork) -> Site:
    """The site of addresses that name none: the oldest. Raises UnknownSite."""
    site = await work.db.scalar(select(Site).order_by(Site.created_at, Site.id).limit(1))
    if site is None:
        raise UnknownSite
    return site


async def find(work: UnitOfWork, site: Site, query: str, *, audiences: frozenset[str], limit: int) -> FoundArticles:
    """Answers to a query; to an empty one the popular answers."""
    if not query.strip():
        shown = await _popular(work, site, audiences, limit)
        return FoundArticles(query=query, corrected=None, items=[_listed(each) for each in shown])
    results = await search(work.db, str(site.id), query, audiences, limit)
    return FoundArticles(query=query, corrected=results.corrected, items=[_found(hit) for hit in results.hits])


async def with_answers(work: UnitOfWork, site_ids: Collection[UUID]) -> set[UUID]:
    """Those of the sites that have something to find: a search is much work for nothing."""
    return {each for each in site_ids if await articles.numbers_by_category(work.db, str(each))}


async def popular(work: UnitOfWork, site: Site, limit: int = 3) -> list[PopularArticle]:
    """The answers that customers look for most."""
    shown = await _popular(work, site, CUSTOMERS, limit)
    return [PopularArticle(slug=each.slug, title=each.title, category=each.category.title) for each in shown]


async def read(work: UnitOfWork, site: Site, slug: str, *, audiences: frozenset[str] = CUSTOMERS) -> Reading:
    """Raises NoSuchArticle, also for one that these eyes may not see."""
    scope = Scope(str(site.id), audiences)
    found = await articles.by_slug(work.db, scope, slug)
    if found is None:
        raise NoSuchArticle
    article, category = found
    neighbours = [
        each for each in await articles.listings(work.db, scope) if each.category == category and each.id != article.id
    ]
    return Reading(article, category, neighbours)


async def shelves(work: UnitOfWork, site: Site) -> list[tuple[Category, list[Listing]]]:
    """All that customers may read, by category."""
    by_category: dict[Category, list[Listing]] = {}
    for each in await articles.listings(work.db, Scope(str(site.id), CUSTOMERS)):
        by_category.setdefault(each.category, []).append(each)
    return list(by_category.items())


async def judge(work: UnitOfWork, site: Site, slug: str, feedback: Feedback) -> None:
    """Keeps whether the article helped. Raises NoSuchArticle."""
    reading = await read(work, site, slug)
    work.db.add(
        ArticleFeedback(
            id=new_id(),
            site_id=site.id,
            article_id=reading.article.id,
            helpful=feedback.helpful,
            comment=(feedback.comment or "").strip() or None,
            created_at=work.now,
        )
    )


async def publish_folder(work: UnitOfWork, site: Site, folder: Path = ARTICLES / "en") -> Report:
    """Makes the site's articles those of the folder; the same folder again changes nothing."""
    shelf = await asyncio.to_thread(importing.read_folder, folder)
    return await publish(work.db, str(site.id), shelf)


async def _popular(work: UnitOfWork, site: Site, audiences: frozenset[str], limit: int) -> list[Listing]:
    """What editors put on the first page, then what each article says of itself, then what readers found helpful."""
    scope = Scope(str(site.id), audiences)
    listed = await articles.listings(work.db, scope) if site.popular_articles else []
    by_slug = {each.slug: each for each in listed}
    chosen = [by_slug[slug] for slug in site.popular_articles if slug in by_slug]
    chosen += [each for each in await articles.featured(work.db, scope, limit) if each not in chosen]
    if len(chosen) >= limit:
        return chosen[:limit]
    praised = await _praised_ids(work, site)
    others = [each for each in await articles.listings(work.db, scope) if each not in chosen and each.id in praised]
    others.sort(key=lambda each: praised.index(each.id))
    return [*chosen, *others][:limit]


async def _praised_ids(work: UnitOfWork, site: Site) -> list[str]:
    """Ids of the articles that helped more readers than not, the most helpful first."""
    balance = func.sum(case((ArticleFeedback.helpful, 1), else_=-1))
    query = (
        select(ArticleFeedback.article_id)
        .where(ArticleFeedback.site_id == site.id)
        .group_by(ArticleFeedback.article_id)
        .having(balance > 0, func.count() >= ENOUGH_VOTES)
        .order_by(balance.desc(), ArticleFeedback.article_id)
    )
    return list(await work.db.scalars(query))


def _found(hit: Hit) -> FoundArticle:
    parts = [SnippetPart(text=span.text, match=span.match) for span in hit.snippet]
    return FoundArticle(slug=hit.slug, title=hit.title, category=hit.category.title, snippet=parts)


def _listed(listing: Listing) -> FoundArticle:
    return FoundArticle(slug=listing.slug, title=listing.title, category=listing.category.title, snippet=[])
