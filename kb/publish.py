"""Putting a shelf of articles into the tables, so that they can be read and found."""

from collections.abc import Sequence
from dataclasses import dataclass

from kb.content.article import Category, Shelf
from kb.search import engine, vocabulary
from kb.store import articles
from kb.store.tables import Connection


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, by slug."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    #: of the folder, and not touched: editors have made them theirs
    kept: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.removed)


async def publish(connection: Connection, site: str, shelf: Shelf) -> Report:
    """Make the site's articles exactly this shelf, beside those that its editors have written or taken over.

    The same shelf again writes no article.
    """
    theirs = [each.article for each in await articles.stored(connection, site) if each.source != "folder"]
    slugs, ids = {each.slug for each in theirs}, {each.id for each in theirs}
    ours = tuple(each for each in shelf.articles if each.slug not in slugs and each.id not in ids)
    kept = tuple(sorted(each.slug for each in shelf.articles if each not in ours))
    stored = await articles.digests(connection, site)
    report = _compare(stored, {article.slug: article.digest for article in ours}, kept)
    shelf = Shelf(shelf.categories, ours)
    await _categories(connection, site, shelf.categories)
    if not report.is_empty:
        await _replace(connection, site, shelf, report)
    return report


async def _categories(connection: Connection, site: str, wanted: Sequence[Category]) -> None:
    """Once editors have arranged the categories they are theirs: an import only adds what its articles need."""
    edited = await articles.categories(connection, site, source="console")
    if edited:
        known = {each.key for each in edited}
        added = [each for each in wanted if each.key not in known]
        if added:
            await articles.replace_categories(connection, site, [*edited, *added], source="console")
        return
    needed = await articles.numbers_by_category(connection, site, source="console")
    listed = {each.key for each in wanted}
    left = [each for each in await articles.categories(connection, site) if each.key in needed.keys() - listed]
    await articles.replace_categories(connection, site, [*wanted, *left])


def _compare(stored: dict[str, str], wanted: dict[str, str], kept: tuple[str, ...]) -> Report:
    return Report(
        kept=kept,
        added=tuple(sorted(wanted.keys() - stored.keys())),
        changed=tuple(sorted(slug for slug in wanted.keys() & stored.keys() if wanted[slug] != stored[slug])),
        removed=tuple(sorted(stored.keys() - wanted.keys())),
    )


async def _replace(connection: Connection, site: str, shelf: Shelf, report: Report) -> None:
    # All that goes, goes first: a new article may take the slug or id that an old one gives up.
    gone = await articles.remove(connection, site, (*report.changed, *report.removed))
    new = {*report.added, *report.changed}
    await articles.add(connection, site, [article for article in shelf.articles if article.slug in new])
    stored = await articles.all_of(connection, site)
    index = engine.of(connection)
    await index.forget(connection, gone)
    await index.write(connection, [(row_id, article) for row_id, article in stored if article.slug in new])
    await vocabulary.rebuild(connection, site, (article for _, article in stored))
