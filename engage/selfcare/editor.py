"""Writing articles in the console. What is published is in the help centre and the search with the same commit."""

import re
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from engage.access import audit, callers
from engage.access.audit import Subject, differences
from engage.access.principals import CallingAgent
from engage.agents.sign_in import an_agent
from engage.kit.errors import Conflict
from engage.kit.ids import new_id
from engage.kit.routes import Call, Routes
from engage.kit.wire import PlainText, Query, Trimmed, WireModel
from engage.selfcare.errors import NoSuchArticle
from engage.sites import founding
from engage.sites import service as sites
from engage.sites.models import Site
from kb import editing
from kb.content import markdown
from kb.content.article import SLUG, Article, Category
from kb.editing import Shelved
from kb.store.articles import Stored

routes = Routes()
EditorCall = Call[CallingAgent]
State = Literal["published", "draft", "trash"]


Title = Annotated[Trimmed, Field(min_length=1, max_length=200)]
Body = Annotated[PlainText, Field(max_length=60_000)]


class ArticleForm(WireModel):
    title: Title
    #: the last part of its address; empty is made from the title
    slug: Annotated[str, Field(max_length=120, pattern=rf"^({SLUG.pattern})?$")] = ""
    category: Annotated[PlainText, Field(max_length=64)]
    audience: Literal["public", "agents"] = "public"
    state: Literal["published", "draft"] = "draft"
    #: the same question in customers' own words
    variants: Annotated[tuple[Title, ...], Field(max_length=30)] = ()
    #: place among the popular answers
    featured: Annotated[int | None, Field(ge=1, le=1000)] = None
    #: Markdown
    body: Body
    #: of the version that was edited: a newer one is not overwritten
    digest: Annotated[str | None, Field(max_length=64)] = None


class ArticleRow(WireModel):
    id: str
    slug: str
    title: str
    category: str
    audience: str
    state: State
    updated: str
    #: an import may still change it
    imported: bool


class EditedArticle(ArticleRow):
    variants: list[str]
    featured: int | None
    body: str
    digest: str
    #: its page in the help centre
    url: str


class CategoryForm(WireModel):
    key: Annotated[str, Field(max_length=64, pattern=rf"^({SLUG.pattern})?$")] = ""
    title: Annotated[Trimmed, Field(min_length=1, max_length=120)]
    summary: Annotated[PlainText, Field(max_length=300)] = ""


class CategoryRow(WireModel):
    key: str
    title: str
    summary: str
    articles: int


class CategoriesForm(WireModel):
    items: Annotated[tuple[CategoryForm, ...], Field(min_length=1, max_length=60)]

    @model_validator(mode="after")
    def keys_differ(self) -> Self:
        keys = [each.key for each in self.items if each.key]
        if len(set(keys)) < len(keys):
            raise ValueError("Two categories have the same key.")
        return self


class Library(WireModel):
    items: list[ArticleRow]
    categories: list[CategoryRow]


class LibraryQuery(Query):
    search: Annotated[str, Field(max_length=200)] = ""


class Preview(WireModel):
    body: Body


class Rendered(WireModel):
    """Sanitised by the renderer of the help centre."""

    html: str


class SlugInUse(Conflict):
    """Another article has this address, perhaps one in the trash."""

    code = "slug_in_use"


class EditedMeanwhile(Conflict):
    """Somebody else has changed this article in the meantime. Reload it, so that his words are not lost."""

    code = "edited_meanwhile"


class NotInTheTrash(Conflict):
    """Move the article to the trash first."""

    code = "not_in_the_trash"


class CategoryStillUsed(Conflict):
    """There are articles in this category; move them first."""

    code = "category_in_use"


class NoSuchCategory(Conflict):
    """There is no such category; choose another one."""

    code = "no_such_category"


@routes.get("/api/v1/admin/sites/{site_id}/articles", may=an_agent)
async def list_articles(call: EditorCall, site_id: UUID, query: LibraryQuery) -> Library:
    """All articles, also drafts and what is in the trash, and the categories."""
    await _edited(call, site_id)
    return await _library(call, site_id, query.search.casefold().split())


async def _library(call: EditorCall, site_id: UUID, words: list[str]) -> Library:
    found = [each for each in await editing.every(call.work.db, str(site_id)) if _has(each, words)]
    shelved = await editing.categories(call.work.db, str(site_id))
    return Library(items=[_row(each) for each in found], categories=[_category(each) for each in shelved])


@routes.post("/api/v1/admin/sites/{site_id}/articles", may=an_agent, status=201)
async def write_article(call: EditorCall, site_id: UUID, body: ArticleForm) -> EditedArticle:
    """Write a new article."""
    site = await _edited(call, site_id)
    return await _save(call, site, str(new_id()), body, None)


@routes.get("/api/v1/admin/sites/{site_id}/articles/{article}", may=an_agent)
async def read_edited_article(call: EditorCall, site_id: UUID, article: str) -> EditedArticle:
    """An article as its editors see it."""
    site = await _edited(call, site_id)
    return _view(call, site, await _one(call, site_id, article))


@routes.put("/api/v1/admin/sites/{site_id}/articles/{article}", may=an_agent)
async def change_article(call: EditorCall, site_id: UUID, article: str, body: ArticleForm) -> EditedArticle:
    """Change an article, or take it out of the trash; from now on no import touches it."""
    site = await _edited(call, site_id)
    before = await _one(call, site_id, article)
    if body.digest is not None and body.digest != before.article.digest:
        raise EditedMeanwhile
    return await _save(call, site, article, body, before)


@routes.delete("/api/v1/admin/sites/{site_id}/articles/{article}", may=an_agent)
async def trash_article(call: EditorCall, site_id: UUID, article: str) -> None:
    """Put an article into the trash: no reader finds it, no import brings it back, an editor can."""
    await _edited(call, site_id)
    before = await _one(call, site_id, article)
    await editing.save(call.work.db, str(site_id), before.article, state="trash")
    _record(call, "article.trashed", Subject(before.article.title, None, site_id))


@routes.delete("/api/v1/admin/sites/{site_id}/articles/{article}/for-good", may=an_agent)
async def delete_article(call: EditorCall, site_id: UUID, article: str) -> None:
    """Delete what is in the trash for good; an import brings it back only if its folder still has it."""
    await _edited(call, site_id)
    before = await _one(call, site_id, article)
    if before.state != "trash":
        raise NotInTheTrash
    await editing.remove(call.work.db, str(site_id), article)
    _record(call, "article.deleted", Subject(before.article.title, None, site_id))


@routes.post("/api/v1/admin/sites/{site_id}/articles/preview", may=an_agent)
async def preview_article(call: EditorCall, site_id: UUID, body: Preview) -> Rendered:
    """The Markdown as readers will see it; nothing is stored."""
    call.who.must("write_articles", site_id)
    return Rendered(html=markdown.to_html(body.body))


@routes.put("/api/v1/admin/sites/{site_id}/article-categories", may=an_agent)
async def change_categories(call: EditorCall, site_id: UUID, body: CategoriesForm) -> Library:
    """Make these the categories, in this order."""
    site = await _edited(call, site_id)
    before = {each.category.key: each.category.title for each in await editing.categories(call.work.db, str(site_id))}
    taken = {each.key for each in body.items if each.key}
    wanted = []
    for each in body.items:
        key = each.key or founding.free_key(each.title, taken, fallback="category")
        taken.add(key)
        wanted.append(Category(key, each.title, each.summary))
    try:
        await editing.save_categories(call.work.db, str(site_id), wanted)
    except editing.CategoryInUse as problem:
        raise CategoryStillUsed from problem
    titles = {"categories": [list(before.values()), [each.title for each in wanted]]}
    _record(call, "article.categories_changed", Subject(site.name, site.id, site.id), titles)
    return await _library(call, site_id, [])


async def _edited(call: EditorCall, site_id: UUID) -> Site:
    """The site, if the caller writes its articles. Raises NotYours, NotAllowed."""
    call.who.must("write_articles", site_id)
    return await sites.by_id(call.work, site_id)


async def _one(call: EditorCall, site_id: UUID, article_id: str) -> Stored:
    found = await editing.one(call.work.db, str(site_id), article_id)
    if found is None:
        raise NoSuchArticle
    return found


async def _save(
    call: EditorCall, site: Site, article_id: str, form: ArticleForm, before: Stored | None
) -> EditedArticle:
    if form.category not in {each.category.key for each in await editing.categories(call.work.db, str(site.id))}:
        raise NoSuchCategory
    article = Article(
        id=article_id,
        slug=form.slug or re.sub("-{2,}", "-", founding.slug_of(form.title)) or article_id,
        title=form.title,
        category=form.category,
        audience=form.audience,
        variants=form.variants,
        updated=call.work.now.date(),
        body=form.body.strip() + "\n",
        featured=form.featured,
    )
    try:
        await editing.save(call.work.db, str(site.id), article, state=form.state)
    except editing.SlugTaken as problem:
        raise SlugInUse from problem
    changes = differences(_told(before) if before else {}, _told(Stored(article, editing.CONSOLE, form.state)))
    _record(call, "article.changed" if before else "article.written", Subject(article.title, None, site.id), changes)
    return _view(call, site, Stored(article, editing.CONSOLE, form.state))


def _record(call: EditorCall, act: str, subject: Subject, changes: dict[str, Any] | None = None) -> None:
    audit.record(call.work, audit.agent(call.who, callers.address(call.request)), act, subject, changes)


def _told(stored: Stored) -> dict[str, Any]:
    """What the audit log keeps: of the text only its length."""
    article = stored.article
    told = {name: getattr(article, name) for name in ("title", "slug", "category", "audience", "featured")}
    return {**told, "state": stored.state, "letters": len(article.body)}


def _has(stored: Stored, words: list[str]) -> bool:
    article = stored.article
    text = " ".join((article.title, article.slug, *article.variants, article.body)).casefold()
    return all(word in text for word in words)


def _row(stored: Stored) -> ArticleRow:
    return ArticleRow(**_facts(stored))


def _facts(stored: Stored) -> dict[str, Any]:
    article = stored.article
    return {
        "id": article.id,
        "slug": article.slug,
        "title": article.title,
        "category": article.category,
        "audience": article.audience,
        "state": stored.state,
        "updated": article.updated.isoformat(),
        "imported": stored.source != editing.CONSOLE,
    }


def _view(call: EditorCall, site: Site, stored: Stored) -> EditedArticle:
    article = stored.article
    return EditedArticle(
        **_facts(stored),
        variants=list(article.variants),
        featured=article.featured,
        body=article.body,
        digest=article.digest,
        url=f"{sites.own_origin(call.request)}/help/{article.slug}?site={site.key}",
    )


def _category(shelved: Shelved) -> CategoryRow:
    each = shelved.category
    return CategoryRow(key=each.key, title=each.title, summary=each.summary, articles=shelved.articles)
