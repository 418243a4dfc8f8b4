"""The whole way of a search, on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from kb import ARTICLES
from kb.content import importing
from kb.publish import publish
from kb.search import Results, search
from tests.kb.shelf import a_shelf, a_transaction, an_article

EVERYBODY = frozenset({"public"})


@pytest.fixture
async def connection(empty_database_url: str) -> AsyncIterator[AsyncConnection]:
    async with a_transaction(empty_database_url) as connection:
        yield connection


@pytest.fixture
async def demo(connection: AsyncConnection) -> AsyncConnection:
    await publish(connection, "demo", importing.read_folder(ARTICLES / "en"))
    return connection


def slugs(results: Results) -> list[str]:
    return [hit.slug for hit in results.hits]


async def found(connection: AsyncConnection, text: str, limit: int = 3) -> list[str]:
    return slugs(await search(connection, "demo", text, EVERYBODY, limit))


ASKED = {
    "where is my parcel": "track-your-order",
    "technician did not come": "engineer-visit",
    "can't pay this month": "move-your-due-date",
    "pay in installments": "pay-in-instalments",
    "wifi password": "change-wifi-password",
    "red light on hub": "router-lights",
    "voice mail off": "voicemail",
    "someone stole my phone": "lost-or-stolen-phone",
    "I want to quit": "cancel-your-contract",
    "relocating to a new flat": "move-house",
    "transfer number": "keep-your-number",
    "slow internet in the evening": "slow-broadband",
    "gdpr": "your-data-and-privacy",
    "parental": "protect-children",
    "direct debit returned": "payment-failed",
    "bad reception": "no-signal",
    "out of gigabytes": "data-used-up",
    "esim new phone": "set-up-an-esim",
    "deaf": "accessibility",
    "my wife should see the bill": "two-people-on-one-account",
}


async def test_customers_words_lead_to_the_right_article(demo: AsyncConnection) -> None:
    missed = {text: got for text, slug in ASKED.items() if slug not in (got := await found(demo, text))}

    assert missed == {}


async def test_results_come_from_the_second_letter_on(demo: AsyncConnection) -> None:
    assert await found(demo, "b") == []
    assert "read-your-bill" in await found(demo, "bi", limit=5)
    assert "router-lights" in await found(demo, "my router li")


MISTYPED = [
    ("raoming usa", "roaming usa", "roaming-outside-the-eu"),
    ("forgot my passwrd ", "forgot my password", "forgotten-password"),
    ("interent slow ", "internet slow", "slow-broadband"),
    ("simcard ", "sim card", "activate-your-sim"),
    ("brodban", "broadband", "broadband-start-date"),
]


async def test_typing_errors_are_mended_and_told(demo: AsyncConnection) -> None:
    for typed, understood, slug in MISTYPED:
        results = await search(demo, "demo", typed, EVERYBODY, 5)
        assert (results.corrected, slug in slugs(results)) == (understood, True), typed


async def test_known_words_are_never_corrected(demo: AsyncConnection) -> None:
    for text in ("bills", "cancelled", "voice mail", "rout", "wi-fi"):
        assert (await search(demo, "demo", text, EVERYBODY)).corrected is None, text


async def test_what_fits_nothing_finds_nothing(demo: AsyncConnection) -> None:
    for text in ("recipe for pancakes", "asdfgh qwerty", "how to xyzzy"):
        assert (await search(demo, "demo", text, EVERYBODY)).hits == (), text


HOSTILE = [
    "",
    "   ",
    '"',
    '" OR *',
    "bill AND (",
    "NEAR(a b)",
    "title : bill",
    "^bill*",
    "'; DROP TABLE kb_articles; --",
    "\0bill\0",
    "😀",
    "\ud800",
    "x" * 10_000,
    "bill pay " * 2_000,
    "بطاقة",
    "一二三",
    "²①",
    "%_\\",
    "\u202ebill",
]


async def test_whatever_is_typed_search_answers(demo: AsyncConnection) -> None:
    for text in HOSTILE:
        results = await search(demo, "demo", text, EVERYBODY, 5)
        assert results.query == text
        assert len(results.hits) <= 5

    assert "read-your-bill" in await found(demo, "understand bill")


async def test_hidden_article_shows_in_no_way(connection: AsyncConnection) -> None:
    secret = an_article("secret", title="Goodwill vouchers", variants=["voucher"], audience="agents")
    await publish(connection, "demo", a_shelf(secret, an_article("open", title="Paying a bill")))

    for text in ("goodwill", "goodw", "goodwlil ", "vouch", "voucher bill"):
        results = await search(connection, "demo", text, EVERYBODY)
        assert (results.corrected, "secret" in slugs(results)) == (None, False), text

    assert slugs(await search(connection, "demo", "goodwlil ", {"public", "agents"})) == ["secret"]


async def test_sites_do_not_see_each_others_articles(connection: AsyncConnection) -> None:
    await publish(connection, "demo", a_shelf(an_article("a", title="Paying a bill")))
    await publish(connection, "other", a_shelf(an_article("b", title="Paying an invoice")))

    assert slugs(await search(connection, "other", "paying", EVERYBODY)) == ["b"]
    assert slugs(await search(connection, "other", "bill", EVERYBODY)) == []


async def test_title_counts_more_than_variants_and_variants_more_than_body(connection: AsyncConnection) -> None:
    articles = [
        an_article("in-body", title="Something else", body="All about a voucher.\n"),
        an_article("in-title", title="Voucher codes", body="All about it, and more.\n"),
        an_article("in-variants", title="Something else", variants=["voucher codes"], body="All about it.\n"),
        *(an_article(f"other-{number}", title="Other things") for number in range(5)),
    ]
    await publish(connection, "demo", a_shelf(*articles))

    assert await found(connection, "voucher") == ["in-title", "in-variants", "in-body"]


async def test_snippet_marks_the_words_that_were_asked_for(demo: AsyncConnection) -> None:
    results = await search(demo, "demo", "pay later", EVERYBODY, 1)

    assert "pay" in {span.text.lower() for hit in results.hits for span in hit.snippet if span.match}


async def test_search_works_on_a_session_too(demo: AsyncConnection) -> None:
    async with AsyncSession(bind=demo) as session:
        results = await search(session, "demo", "bill", EVERYBODY, 2)

    assert len(results.hits) == 2
