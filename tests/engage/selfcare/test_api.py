"""The REST routes, on SQLite and on PostgreSQL."""

from typing import Any

from sqlalchemy import select

from engage.kit.ids import new_id
from engage.selfcare import service
from engage.selfcare.models import ArticleFeedback
from engage.selfcare.schemas import Feedback
from tests.engage.selfcare.help_site import Client, a_site, an_agent, demo_site, working

ARTICLES = "/api/v1/sites/nordlink/articles"


async def got(client: Client, path: str, **query: str) -> Any:
    response = await client.get(path, params=query)
    assert response.status == 200, await response.text()
    return await response.json()


async def test_search_answers_with_the_words_that_fit_marked(client: Client) -> None:
    found = await got(client, ARTICLES, query="raoming usa", limit="3")

    assert found["corrected"] == "roaming usa"
    assert found["items"][0]["slug"] == "roaming-outside-the-eu"
    assert found["items"][0]["category"] == "Data and roaming"
    assert any(part["match"] for item in found["items"] for part in item["snippet"])
    assert len(found["items"]) <= 3


async def test_empty_query_gives_the_popular_answers(client: Client) -> None:
    found = await got(client, ARTICLES, query="", limit="2")

    assert [item["slug"] for item in found["items"]] == ["read-your-bill", "internet-outage"]


async def test_article_comes_ready_to_be_shown(client: Client) -> None:
    article = await got(client, f"{ARTICLES}/read-your-bill")

    assert article["title"] == "Understand your bill"
    assert 'data-article="move-your-due-date"' in article["html"]
    assert article["url"].endswith("/help/read-your-bill")
    assert article["url"].startswith("http://127.0.0.1")
    assert article["updated_at"].endswith("T00:00:00Z")


async def test_unknown_article_and_unknown_site_are_not_found(client: Client) -> None:
    for path, code in ((f"{ARTICLES}/nope", "no_such_article"), ("/api/v1/sites/nope/articles", "unknown_site")):
        response = await client.get(path)
        assert (response.status, (await response.json())["code"]) == (404, code)


async def test_website_that_is_not_on_the_list_gets_nothing(client: Client) -> None:
    response = await client.get(ARTICLES, headers={"Origin": "https://evil.example"})

    assert (response.status, (await response.json())["code"]) == (403, "origin_not_allowed")


async def test_feedback_is_kept_without_a_word_too_much(client: Client) -> None:
    path = f"{ARTICLES}/read-your-bill/feedback"

    first = await client.post(path, json={"helpful": True})
    second = await client.post(path, json={"helpful": False, "comment": "  Too\0 long "})

    async with working(client) as work:
        kept = list(await work.db.scalars(select(ArticleFeedback).order_by(ArticleFeedback.created_at)))
    assert (first.status, second.status) == (204, 204)
    assert sorted((each.helpful, each.comment) for each in kept) == [(False, "Too long"), (True, None)]
    assert {each.article_id for each in kept} == {"nl-009"}


async def test_feedback_that_is_no_feedback_is_refused(client: Client) -> None:
    path = f"{ARTICLES}/read-your-bill/feedback"

    for body in ({}, {"helpful": "perhaps"}, {"helpful": True, "comment": "x" * 1001}, {"helpful": True, "by": "me"}):
        assert (await client.post(path, json=body)).status == 422, body
    assert (await client.post(f"{ARTICLES}/nope/feedback", json={"helpful": True})).status == 404


async def test_votes_by_script_are_slowed_down(client: Client) -> None:
    path = f"{ARTICLES}/read-your-bill/feedback"

    answers = [(await client.post(path, json={"helpful": True})).status for _ in range(11)]

    assert answers == [204] * 10 + [429]


async def test_what_readers_found_helpful_becomes_popular(client: Client) -> None:
    async with working(client) as work:
        site = await service.default_site(work)
        for _ in range(service.ENOUGH_VOTES):
            await service.judge(work, site, "voicemail", Feedback(helpful=True))
            await service.judge(work, site, "spam-calls", Feedback(helpful=False))

    async with working(client) as work:
        site = await service.default_site(work)
        popular = [each.slug for each in await service.popular(work, site, 20)]

    assert popular[10:] == ["voicemail"]


async def test_agent_searches_the_articles_of_his_sites_only(client: Client) -> None:
    async with working(client) as work:
        site, other = await service.default_site(work), a_site(work, "other")
        await work.db.flush()
        cookies = await an_agent(work, site)
    client.session.cookie_jar.update_cookies(cookies)

    found = await got(client, "/api/v1/agent/articles", site_id=str(site.id), query="puk")
    refused = await client.get("/api/v1/agent/articles", params={"site_id": str(other.id)})
    unknown = await client.get("/api/v1/agent/articles", params={"site_id": str(new_id())})

    assert found["items"][0]["slug"] == "pin-and-puk"
    assert (refused.status, unknown.status) == (404, 404)


async def test_nobody_else_searches_as_an_agent(client: Client) -> None:
    assert (await client.get("/api/v1/agent/articles", params={"site_id": str(new_id())})).status == 401


async def test_publishing_the_same_folder_again_changes_nothing(client: Client) -> None:
    async with working(client) as work:
        report = await service.publish_folder(work, await service.default_site(work))

    assert report.is_empty


async def test_two_sites_have_the_same_articles_side_by_side(client: Client) -> None:
    await demo_site(client, "second")

    article = await got(client, "/api/v1/sites/second/articles/read-your-bill")

    assert article["url"].endswith("/help/read-your-bill?site=second")
    assert "/help/move-your-due-date?site=second" in article["html"]
