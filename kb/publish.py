"""Putting a shelf of articles into the tables, so that they can be read and found."""

from dataclasses import dataclass

from kb.content.article import Shelf
from kb.search import engine, vocabulary
from kb.store import articles
from kb.store.tables import Connection


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, by slug."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.removed)


async def publish(connection: Connection, site: str, shelf: Shelf) -> Report:
    """Make the site's articles exactly this shelf. The same shelf again writes no article."""
    stored = await articles.digests(connection, site)
    report = _compare(stored, {article.slug: article.digest for article in shelf.articles})
    await articles.replace_categories(connection, site, shelf.categories)
    if not report.is_empty:
        await _replace(connection, site, shelf, report)
    return report


def _compare(stored: dict[str, str], wanted: dict[str, str]) -> Report:
    return Report(
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
