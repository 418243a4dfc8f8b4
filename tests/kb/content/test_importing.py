import dataclasses
from pathlib import Path

import pytest

from kb import ARTICLES
from kb.content import importing
from kb.content.errors import ContentError
from tests.kb.shelf import a_shelf, an_article


def test_shelf_of_the_demo_carrier_is_complete() -> None:
    shelf = importing.read_folder(ARTICLES / "en")

    assert len(shelf.articles) >= 36
    assert all(4 <= len(article.variants) <= 8 for article in shelf.articles)
    assert {article.category for article in shelf.articles} == {category.key for category in shelf.categories}
    assert sorted(article.featured for article in shelf.articles if article.featured) == list(range(1, 11))


def test_every_article_of_the_demo_carrier_has_a_useful_length() -> None:
    for article in importing.read_folder(ARTICLES / "en").articles:
        assert 120 <= len(article.body.split()) <= 380, article.slug
        assert "\n## " in article.body, article.slug


def test_dead_link_is_refused() -> None:
    with pytest.raises(ContentError, match=r"links to gone\.md"):
        importing.check(a_shelf(an_article("here", body="[x](gone.md)")))


def test_wording_may_belong_to_one_article_only() -> None:
    with pytest.raises(ContentError, match="already a variant of a"):
        importing.check(a_shelf(an_article("a", variants=["My bill"]), an_article("b", variants=["my bill"])))


def test_two_articles_may_not_share_an_id() -> None:
    twin = dataclasses.replace(an_article("a"), slug="b")

    with pytest.raises(ContentError, match="two articles have this id"):
        importing.check(a_shelf(an_article("a"), twin))


def test_unknown_category_is_refused() -> None:
    with pytest.raises(ContentError, match="no category"):
        importing.check(a_shelf(dataclasses.replace(an_article("a"), category="elsewhere")))


def test_category_without_its_fields_is_refused(tmp_path: Path) -> None:
    (tmp_path / importing.CATEGORIES).write_text("- key: a\n")

    with pytest.raises(ContentError, match="key, title and summary"):
        importing.read_folder(tmp_path)
