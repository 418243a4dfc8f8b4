"""Writing single articles, beside the import of whole folders.

Whatever was written here belongs to its editors from then on: an import neither changes nor removes it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kb.content.article import Article, Category
from kb.search import engine, vocabulary
from kb.store import articles
from kb.store.articles import Stored
from kb.store.tables import Connection

CONSOLE = "console"


class SlugTaken(ValueError):
    """Another article of the site has this address."""


class CategoryInUse(ValueError):
    """Articles stand in a category that is not on the list."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A category with the number of articles in it, whatever their state."""

    category: Category
    articles: int


async def save(connection: Connection, site: str, article: Article, *, state: str) -> None:
    """Store the article under its id, in place of what it was. Raises SlugTaken."""
    holder = await articles.stored_by_slug(connection, site, article.slug)
    if holder is not None and holder.article.id != article.id:
        raise SlugTaken(article.slug)
    index = engine.of(connection)
    await index.forget(connection, await articles.remove_by_id(connection, site, article.id))
    await articles.add(connection, site, [article], source=CONSOLE, state=state)
    published = await articles.all_of(connection, site)
    await index.write(connection, [(row_id, each) for row_id, each in published if each.id == article.id])
    await vocabulary.rebuild(connection, site, (each for _, each in published))


async def remove(connection: Connection, site: str, article_id: str) -> None:
    """Gone for good, and free again are its id and its address. Only for one that no reader finds."""
    await engine.of(connection).forget(connection, await articles.remove_by_id(connection, site, article_id))


async def every(connection: Connection, site: str) -> list[Stored]:
    """All articles of the site, also drafts and what is in the trash."""
    return await articles.stored(connection, site)


async def one(connection: Connection, site: str, article_id: str) -> Stored | None:
    return await articles.stored_by_id(connection, site, article_id)


async def categories(connection: Connection, site: str) -> list[Shelved]:
    """In their order."""
    numbers = await articles.numbers_by_category(connection, site)
    return [Shelved(each, numbers.get(each.key, 0)) for each in await articles.categories(connection, site)]


async def save_categories(connection: Connection, site: str, wanted: Sequence[Category]) -> None:
    """Make these the categories, in this order. Raises CategoryInUse."""
    used = await articles.numbers_by_category(connection, site)
    if used.keys() - {each.key for each in wanted}:
        raise CategoryInUse
    await articles.replace_categories(connection, site, wanted, source=CONSOLE)
