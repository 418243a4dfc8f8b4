"""An import makes the tables equal to the folder, on SQLite and on PostgreSQL."""

import dataclasses
from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from kb.publish import Report, publish
from kb.search import search
from kb.store import articles
from kb.store.articles import Scope
from tests.kb.shelf import CATEGORY, a_shelf, a_transaction, an_article

EVERYBODY = frozenset({"public"})
SCOPE = Scope("demo", EVERYBODY)
BILL = an_article("bill", title="Paying a bill", featured=2)
MOVE = an_article("move", title="Moving house", featured=1)


@pytest.fixture
async def connection(empty_database_url: str) -> AsyncIterator[AsyncConnection]:
    async with a_transaction(empty_database_url) as connection:
        yield connection


async def finds(connection: AsyncConnection, text: str) -> list[str]:
    return [hit.slug for hit in (await search(connection, "demo", text, EVERYBODY)).hits]


async def test_the_same_shelf_again_changes_nothing(connection: AsyncConnection) -> None:
    first = await publish(connection, "demo", a_shelf(BILL, MOVE))
    before = await articles.all_of(connection, "demo")

    second = await publish(connection, "demo", a_shelf(BILL, MOVE))

    assert first == Report(added=("bill", "move"), changed=(), removed=())
    assert second.is_empty
    assert await articles.all_of(connection, "demo") == before


async def test_changed_article_is_found_by_its_new_words_only(connection: AsyncConnection) -> None:
    await publish(connection, "demo", a_shelf(BILL, MOVE))

    report = await publish(connection, "demo", a_shelf(dataclasses.replace(BILL, title="Settling an invoice"), MOVE))

    assert report == Report(added=(), changed=("bill",), removed=())
    assert await finds(connection, "invoice") == ["bill"]
    assert await finds(connection, "paying") == []


async def test_removed_article_is_gone(connection: AsyncConnection) -> None:
    await publish(connection, "demo", a_shelf(BILL, MOVE))

    report = await publish(connection, "demo", a_shelf(MOVE))

    assert report.removed == ("bill",)
    assert await finds(connection, "bill") == []
    assert await articles.by_slug(connection, SCOPE, "bill") is None


async def test_two_articles_may_swap_their_slugs(connection: AsyncConnection) -> None:
    await publish(connection, "demo", a_shelf(BILL, MOVE))

    swapped = a_shelf(dataclasses.replace(BILL, slug="move"), dataclasses.replace(MOVE, slug="bill"))
    await publish(connection, "demo", swapped)

    assert await finds(connection, "paying") == ["move"]


async def test_article_comes_back_as_it_was_written(connection: AsyncConnection) -> None:
    await publish(connection, "demo", a_shelf(BILL))

    assert await articles.by_slug(connection, SCOPE, "bill") == (BILL, CATEGORY)


async def test_article_for_agents_does_not_exist_for_others(connection: AsyncConnection) -> None:
    await publish(connection, "demo", a_shelf(dataclasses.replace(BILL, audience="agents"), MOVE))

    assert await articles.by_slug(connection, SCOPE, "bill") is None
    assert [each.slug for each in await articles.listings(connection, SCOPE)] == ["move"]
    agents = Scope("demo", frozenset({"public", "agents"}))
    assert len(await articles.listings(connection, agents)) == 2


async def test_featured_articles_come_in_their_editors_order(connection: AsyncConnection) -> None:
    await publish(connection, "demo", a_shelf(BILL, MOVE, an_article("plain")))

    assert [each.slug for each in await articles.featured(connection, SCOPE, 5)] == ["move", "bill"]
    assert [each.slug for each in await articles.featured(connection, SCOPE, 1)] == ["move"]
