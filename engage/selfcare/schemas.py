"""What the widget, the console and the help centre get to see of the knowledge base."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from engage.kit.wire import Moment, PlainText, Query, WireModel

#: more than any person types; the rest is cut by the search
SearchText = Annotated[PlainText, Field(max_length=10_000)]


class SnippetPart(WireModel):
    """A stretch of text; `match` where it fits what was asked."""

    text: str
    match: bool


class FoundArticle(WireModel):
    slug: str
    title: str
    category: str
    snippet: list[SnippetPart]


class FoundArticles(WireModel):
    query: str
    #: how the query was understood, if words had to be corrected
    corrected: str | None
    items: list[FoundArticle]


class PopularArticle(WireModel):
    slug: str
    title: str
    category: str


class ArticleView(WireModel):
    slug: str
    title: str
    category: str
    #: sanitised; links to other articles carry `data-article`
    html: str
    updated_at: Moment
    #: its page in the help centre
    url: str


class ArticleQuery(Query):
    """An empty query asks for the popular answers."""

    query: SearchText = ""
    limit: Annotated[int, Field(ge=1, le=20)] = 5


class AgentArticleQuery(ArticleQuery):
    site_id: UUID


class Feedback(WireModel):
    """Was this helpful?"""

    helpful: bool
    comment: Annotated[PlainText, Field(max_length=1000)] | None = None
