"""Articles written in the console: seen at once by readers, and safe from the next import."""

from typing import Any

import pytest

from engage.selfcare import service as selfcare
from engage.sites.models import Site
from tests.house import House
from tests.house.people import HouseAgent, HouseVisitor
from tests.people.visitor import Refused


def article(**changes: Any) -> dict[str, Any]:
    body = "Hold the **button** for ten seconds.\n\n<script>alert(1)</script>"
    return {
        "title": "Wake a sleeping zebrafon",
        "category": "phones",
        "state": "published",
        "body": body,
        **changes,
    }


async def phones(editor: HouseAgent, house: House) -> str:
    path = f"/admin/sites/{house.site.id}"
    await editor.put(f"{path}/article-categories", items=[{"key": "phones", "title": "Phones"}])
    return f"{path}/articles"


async def finds(kim: HouseVisitor, words: str) -> list[str]:
    found = await kim.get(f"/sites/nordlink/articles?query={words}")
    return [each["slug"] for each in found["items"]]


async def test_published_article_is_found_at_once_and_a_draft_by_nobody(house: House) -> None:
    async with house.agent("eva", role="editor") as eva, house.visitor() as kim:
        path = await phones(eva, house)
        draft = await eva.post(path, **article(state="draft"))
        before = await finds(kim, "zebrafon")
        with pytest.raises(Refused):
            await kim.get(f"/sites/nordlink/articles/{draft['slug']}")
        await eva.put(f"{path}/{draft['id']}", **article())
        read = await kim.get(f"/sites/nordlink/articles/{draft['slug']}")
        after = await finds(kim, "zebrafon")
        await eva.put(f"{path}/{draft['id']}", **article(audience="agents"))
        hidden = await finds(kim, "zebrafon")

    assert (before, after, hidden) == ([], ["wake-a-sleeping-zebrafon"], [])
    assert "<strong>button</strong>" in read["html"]
    assert "<script" not in read["html"]


async def test_trash_hides_an_article_until_somebody_takes_it_out_again(house: House) -> None:
    async with house.agent("eva", role="editor") as eva, house.visitor() as kim:
        path = await phones(eva, house)
        made = await eva.post(path, **article())
        await eva.delete(f"{path}/{made['id']}")
        gone, listed = await finds(kim, "zebrafon"), (await eva.get(path))["items"]
        with pytest.raises(Refused) as refused:
            await eva.post(path, **article())
        await eva.put(f"{path}/{made['id']}", **article())

        assert await finds(kim, "zebrafon") == ["wake-a-sleeping-zebrafon"]
    assert (gone, [each["state"] for each in listed]) == ([], ["trash"])
    assert refused.value.code == "slug_in_use"


async def test_import_leaves_alone_what_editors_changed_wrote_or_threw_away(house: House) -> None:
    await house.publishes_articles()
    async with house.agent("eva", role="editor") as eva, house.visitor() as kim:
        path = f"/admin/sites/{house.site.id}/articles"
        rows = {each["slug"]: each for each in (await eva.get(path))["items"]}
        changed, thrown = rows["pin-and-puk"], rows["spam-calls"]
        own = {"title": "PIN of our own", "slug": "pin-and-puk", "category": changed["category"], "body": "Ours"}
        await eva.put(f"{path}/{changed['id']}", **own, state="published")
        await eva.delete(f"{path}/{thrown['id']}")
        new = await eva.post(path, **article(category=changed["category"]))

        async with house.working() as work:
            report = await selfcare.publish_folder(work, await work.db.get_one(Site, house.site.id))

        mine = await kim.get("/sites/nordlink/articles/pin-and-puk")
        states = {each["slug"]: each["state"] for each in (await eva.get(path))["items"]}

    assert report.is_empty
    assert report.kept == ("pin-and-puk", "spam-calls")
    assert mine["title"] == "PIN of our own"
    assert (states["spam-calls"], states[new["slug"]]) == ("trash", "published")


async def test_two_editors_do_not_overwrite_each_other(house: House) -> None:
    async with house.agent("eva", role="editor") as eva:
        path = await phones(eva, house)
        made = await eva.post(path, **article())
        await eva.put(f"{path}/{made['id']}", **article(body="Newer"), digest=made["digest"])
        with pytest.raises(Refused) as refused:
            await eva.put(f"{path}/{made['id']}", **article(body="Older"), digest=made["digest"])

    assert refused.value.code == "edited_meanwhile"


async def test_category_with_articles_stays(house: House) -> None:
    async with house.agent("eva", role="editor") as eva:
        path = await phones(eva, house)
        await eva.post(path, **article())
        categories = path.replace("/articles", "/article-categories")
        with pytest.raises(Refused) as refused:
            await eva.put(categories, items=[{"title": "Bills"}])
        both = await eva.put(categories, items=[{"title": "Bills & more"}, {"key": "phones", "title": "Telephones"}])

    assert refused.value.code == "category_in_use"
    assert [(each["key"], each["articles"]) for each in both["categories"]] == [("bills-more", 0), ("phones", 1)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"slug": "../etc"},
        {"slug": "Ö"},
        {"title": " "},
        {"category": "none"},
        {"audience": "all"},
        {"body": "x" * 60_001},
    ],
)
async def test_article_that_nobody_could_read_is_refused(house: House, wrong: dict[str, Any]) -> None:
    async with house.agent("eva", role="editor") as eva:
        path = await phones(eva, house)
        with pytest.raises(Refused) as refused:
            await eva.post(path, **article(**wrong))

    assert refused.value.status in (409, 422)


async def test_who_only_answers_writes_no_articles(house: House) -> None:
    async with house.agent("ben") as ben:
        with pytest.raises(Refused) as refused:
            await ben.get(f"/admin/sites/{house.site.id}/articles")

    assert refused.value.status == 403


async def test_what_is_deleted_for_good_is_gone_with_its_address(house: House) -> None:
    async with house.agent("eva", role="editor") as eva, house.agent("anna", role="admin") as anna:
        path = await phones(eva, house)
        made = await eva.post(path, **article())
        with pytest.raises(Refused) as refused:
            await eva.delete(f"{path}/{made['id']}/for-good")
        await eva.delete(f"{path}/{made['id']}")

        await eva.delete(f"{path}/{made['id']}/for-good")

        with pytest.raises(Refused, match="no_such_article"):
            await eva.get(f"{path}/{made['id']}")
        again = await eva.post(path, **article())
        log = (await anna.get(f"/admin/sites/{house.site.id}/audit"))["items"]

    assert refused.value.code == "not_in_the_trash"
    assert (again["slug"], again["id"] == made["id"]) == (made["slug"], False)
    assert [line["act"] for line in log[:3]] == ["article.written", "article.deleted", "article.trashed"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_chosen_answers_stand_first_while_customers_may_read_them(house: House) -> None:
    async with house.agent("eva", role="editor") as eva, house.visitor() as kim:
        path, first = await phones(eva, house), f"/admin/sites/{house.site.id}/first-answers"
        made = [await eva.post(path, **article(title=title)) for title in ("One", "Two", "Three", "Four", "Five")]
        await eva.post(path, **article(title="Secret", audience="agents"))
        await eva.put(f"{path}/{made[1]['id']}", **article(title="Two", featured=1))
        with pytest.raises(Refused, match="unknown_article"):
            await eva.put(first, slugs=["secret"])
        by_itself = (await kim.get("/sites/nordlink/home"))["popular"]

        await eva.put(first, slugs=["five", "one", "four", "three", "five"])
        chosen = (await kim.get("/sites/nordlink/home"))["popular"]
        await eva.delete(f"{path}/{made[4]['id']}")
        left = (await kim.get("/sites/nordlink/home"))["popular"]
        page = await (await eva.page("/help/?site=nordlink")).text()

    assert [each["slug"] for each in by_itself] == ["two"]
    assert [each["slug"] for each in chosen] == ["five", "one", "four", "three"]
    assert [each["slug"] for each in left] == ["one", "four", "three", "two"]
    assert page.index("/help/one") < page.index("/help/four") < page.index("/help/three")
