"""A folder of Markdown files, read into a Shelf. The order of categories is that of their file."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import yaml

from kb.content import front_matter, markdown
from kb.content.article import Article, Category, Shelf
from kb.content.errors import ContentError

CATEGORIES = "categories.yaml"


def read_folder(folder: Path) -> Shelf:
    """Read `categories.yaml` and every `<slug>.md`; all or nothing. Reads files, so call it in a thread."""
    articles = tuple(
        front_matter.parse(path.read_text(encoding="utf-8"), slug=path.stem) for path in sorted(folder.glob("*.md"))
    )
    shelf = Shelf(categories=_categories(folder / CATEGORIES), articles=articles)
    check(shelf)
    return shelf


def check(shelf: Shelf) -> None:
    """Refuse what a reader would stumble over: doubled ids, unknown categories, dead links."""
    for doubled in _doubled(article.id for article in shelf.articles):
        raise ContentError(doubled, "two articles have this id")
    keys = {category.key for category in shelf.categories}
    slugs = {article.slug for article in shelf.articles}
    for article in shelf.articles:
        if article.category not in keys:
            raise ContentError(article.slug, f"there is no category {article.category!r}")
        for target in markdown.linked_slugs(article.body):
            if target not in slugs:
                raise ContentError(article.slug, f"links to {target}.md, which does not exist")
    _refuse_shared_variants(shelf.articles)


def _refuse_shared_variants(articles: Iterable[Article]) -> None:
    holder: dict[str, str] = {}
    for article in articles:
        for variant in article.variants:
            other = holder.setdefault(variant.casefold(), article.slug)
            if other != article.slug:
                raise ContentError(article.slug, f"{variant!r} is already a variant of {other}")


def _doubled(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


def _categories(path: Path) -> tuple[Category, ...]:
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        return tuple(Category(row["key"], row["title"], row["summary"]) for row in rows)
    except (KeyError, TypeError) as error:
        raise ContentError(path.name, "each category needs key, title and summary") from error
