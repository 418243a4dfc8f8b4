"""The pages, as a browser without JavaScript gets them."""

import re
from collections.abc import AsyncIterator

import pytest

from kb import ARTICLES
from kb.content import importing
from tests.engage.selfcare.help_site import Client, a_site, demo_site, serving, working

OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
async def client(empty_sqlite_url: str) -> AsyncIterator[Client]:
    """Pages look the same on both databases; what differs is tested with the routes and in `kb`."""
    async with serving(empty_sqlite_url) as client:
        await demo_site(client)
        yield client


async def page(client: Client, path: str, *, status: int = 200) -> str:
    response = await client.get(path)
    text = await response.text()
    assert response.status == status, text
    assert response.content_type == "text/html"
    assert len(text.encode()) < 50_000
    return text


def links_of(text: str) -> set[str]:
    return set(re.findall(r'href="(/help/[^"#]*)', text))


async def test_home_leads_to_every_article_by_category(client: Client) -> None:
    text = await page(client, "/help/")

    shelf = importing.read_folder(ARTICLES / "en")
    assert all(f"/help/{article.slug}" in links_of(text) for article in shelf.articles)
    assert all(f'id="{category.key}"' in text for category in shelf.categories)


async def test_every_link_of_every_page_leads_somewhere(client: Client) -> None:
    known = {"/help/"}
    waiting = ["/help/"]
    while waiting:
        path = waiting.pop()
        response = await client.get(path)
        assert response.status == 200, path
        if response.content_type == "text/html":
            new = links_of(await response.text()) - known
            known |= new
            waiting += new

    assert len(known) > 50


async def test_article_says_where_it_stands_and_what_it_holds(client: Client) -> None:
    text = await page(client, "/help/payment-failed")

    assert '<h1 lang="en" dir="auto">When a payment failed</h1>' in text
    assert re.search(r'rel="canonical" href="http://127\.0\.0\.1:\d+/help/payment-failed"', text)
    assert 'href="/help/#bills"' in text
    assert 'href="#put-it-right"' in text
    assert 'id="put-it-right"' in text
    assert '"BreadcrumbList"' in text


async def test_pages_run_nothing_inline_and_may_not(client: Client) -> None:
    for path in ("/help/", "/help/payment-failed", "/help/search?q=bill", "/help/search?q=zzzz"):
        response = await client.get(path)
        policy = response.headers["Content-Security-Policy"]
        text = await response.text()
        assert "unsafe" not in policy
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\b(src=|type=\"application/))", text), path


async def test_search_shows_what_it_understood(client: Client) -> None:
    text = await page(client, "/help/search?q=raoming+usa")

    assert "for <strong>roaming usa</strong>" in text
    assert "<mark>" in text
    assert '<meta name="robots" content="noindex">' in text


async def test_when_nothing_is_found_the_page_offers_a_person(client: Client) -> None:
    text = await page(client, "/help/search?q=zzzzqq")

    assert "Nothing found for “zzzzqq”" in text
    assert 'href="#contact"' in text
    assert 'data-engage-open="contact"' in text
    assert "mailto:care@nordlink.example" in text


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", '" onfocus="x', "%00", "😀" * 200, "(" * 2000, "%ff"])
async def test_whatever_is_searched_the_page_stays_whole(client: Client, query: str) -> None:
    response = await client.get("/help/search", params={"q": query})

    text = await response.text()
    assert response.status == 200
    assert "<script>alert" not in text
    assert '" onfocus' not in text
    assert text.rstrip().endswith("</html>")


async def test_empty_search_leads_home(client: Client) -> None:
    response = await client.get("/help/search?q=+", allow_redirects=False)

    assert (response.status, response.headers["Location"]) == (303, "/help/")


async def test_unknown_page_is_a_page_too(client: Client) -> None:
    text = await page(client, "/help/nope", status=404)

    assert "This page is not here" in text
    assert 'action="/help/search"' in text


async def test_vote_thanks_and_may_be_repeated_by_going_back_without_harm(client: Client) -> None:
    form = {"helpful": "no", "comment": "Where is the button?"}
    response = await client.post("/help/payment-failed", data=form, headers=OWN, allow_redirects=False)

    assert (response.status, response.headers["Location"]) == (303, "/help/payment-failed?thanks=yes#feedback")
    assert "Thank you" in await page(client, "/help/payment-failed?thanks=yes")


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}],
)
async def test_vote_from_another_website_does_not_count(client: Client, headers: dict[str, str]) -> None:
    response = await client.post("/help/payment-failed", data={"helpful": "yes"}, headers=headers)

    assert response.status == 403
    assert "not sent from our own page" in await response.text()


async def test_vote_is_counted_by_the_origin_where_the_browser_says_no_more(client: Client) -> None:
    origin = str(client.make_url("/")).rstrip("/")

    response = await client.post(
        "/help/payment-failed", data={"helpful": "yes"}, headers={"Origin": origin}, allow_redirects=False
    )

    assert response.status == 303


async def test_other_site_is_kept_through_all_links(client: Client) -> None:
    await demo_site(client, "second", name="Second", mail_from=None)

    home = await page(client, "/help/?site=second")
    article = await page(client, "/help/payment-failed?site=second")
    found = await page(client, "/help/search?q=bill&site=second")

    assert "Second" in home
    assert '<input type="hidden" name="site" value="second">' in home
    assert 'data-site="second"' in article
    for text in (home, article, found):
        pages = [link for link in links_of(text) if "?v=" not in link]
        assert all(link.endswith("site=second") for link in pages)


async def test_site_without_articles_says_what_will_be_there(client: Client) -> None:
    async with working(client) as work:
        a_site(work, "empty")

    assert "There are no articles yet" in await page(client, "/help/?site=empty")


async def test_labels_are_german_for_who_reads_german_and_articles_stay_in_their_language(client: Client) -> None:
    german = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}
    home, article, nothing, missing = [
        await (await client.get(path, headers=german)).text()
        for path in ("/help/", "/help/payment-failed", "/help/search?q=zzzzqq<{}>", "/help/nowhere")
    ]

    assert '<html lang="de" dir="ltr">' in home
    assert "Wie können wir helfen?" in home
    assert "War das hilfreich?" in article
    assert '<h1 lang="en" dir="auto">When a payment failed</h1>' in article
    assert "Nichts gefunden zu „zzzzqq&lt;{}&gt;“" in nothing
    assert "Diesen Artikel gibt es nicht" in missing


async def test_caches_know_that_the_language_decides(client: Client) -> None:
    assert "Accept-Language" in (await client.get("/help/")).headers["Vary"]


async def test_unknown_site_is_not_found(client: Client) -> None:
    assert (await client.get("/help/?site=nope")).status == 404


async def test_assets_are_kept_for_good_only_under_their_version(client: Client) -> None:
    home = await page(client, "/help/")
    found = re.search(r"/help/assets/help\.css\?v=\w+", home)
    assert found

    versioned = await client.get(found[0])
    plain = await client.get("/help/assets/help.css")

    assert "immutable" in versioned.headers["Cache-Control"]
    assert "immutable" not in plain.headers["Cache-Control"]
    assert (versioned.content_type, versioned.charset) == ("text/css", "utf-8")
    assert (await client.get("/help/assets/secret")).status == 404


async def test_colour_of_the_site_comes_in_a_sheet_of_its_own(client: Client) -> None:
    response = await client.get("/help/assets/site.css")

    assert response.content_type == "text/css"
    assert "--accent: #0f6b5a" in await response.text()


async def test_sitemap_lists_every_article(client: Client) -> None:
    response = await client.get("/help/sitemap.xml")

    assert response.content_type == "application/xml"
    assert (await response.text()).count("<loc>") == len(importing.read_folder(ARTICLES / "en").articles) + 1


async def test_address_without_the_slash_leads_home(client: Client) -> None:
    response = await client.get("/help?site=a", allow_redirects=False)

    assert (response.status, response.headers["Location"]) == (308, "/help/?site=a")
