"""Articles for the widget, which is on a customer's page, and for agents."""

from engage.access import callers
from engage.access.principals import CallingAgent
from engage.agents.sign_in import an_agent
from engage.contacts.sign_in import anyone
from engage.kit.rate_limit import RATE_LIMITS, Limit
from engage.kit.routes import Call, Routes
from engage.kit.unit_of_work import UnitOfWork
from engage.selfcare import service
from engage.selfcare.addresses import HelpAddresses
from engage.selfcare.schemas import AgentArticleQuery, ArticleQuery, ArticleView, Feedback, FoundArticles
from engage.sites import service as sites
from engage.sites.models import Site
from kb.content import markdown

routes = Routes()

#: a search at each key of a fast typist, for several people behind one address
SEARCHES = Limit("article_search", burst=200, per_minute=600)
FEEDBACK = Limit("article_feedback", burst=10, per_minute=10)


@routes.get("/api/v1/sites/{key}/articles", may=anyone)
async def find_articles(call: Call[None], key: str, query: ArticleQuery) -> FoundArticles:
    """Search at each key; an empty query gives the popular answers."""
    call.request.app[RATE_LIMITS].spend(SEARCHES, callers.address(call.request))
    site = await sites.embedded(call.work, key, call.request)
    return await service.find(call.work, site, query.query, audiences=service.CUSTOMERS, limit=query.limit)


@routes.get("/api/v1/sites/{key}/articles/{slug}", may=anyone)
async def read_article(call: Call[None], key: str, slug: str) -> ArticleView:
    """One article, ready to be shown."""
    site = await sites.embedded(call.work, key, call.request)
    return await _view(call.work, site, slug, sites.own_origin(call.request))


@routes.post("/api/v1/sites/{key}/articles/{slug}/feedback", may=anyone, status=204)
async def judge_article(call: Call[None], key: str, slug: str, body: Feedback) -> None:
    """Say whether the article helped."""
    call.request.app[RATE_LIMITS].spend(FEEDBACK, callers.address(call.request))
    await service.judge(call.work, await sites.embedded(call.work, key, call.request), slug, body)


@routes.get("/api/v1/agent/articles", may=an_agent)
async def find_articles_for_agent(call: Call[CallingAgent], query: AgentArticleQuery) -> FoundArticles:
    """The same search with the eyes of an agent."""
    call.who.must_belong_to(query.site_id)
    site = await sites.by_id(call.work, query.site_id)
    return await service.find(call.work, site, query.query, audiences=service.AGENTS, limit=query.limit)


async def _view(work: UnitOfWork, site: Site, slug: str, origin: str) -> ArticleView:
    reading = await service.read(work, site, slug)
    default = await service.default_site(work)
    at = HelpAddresses(origin, None if site.id == default.id else site.key)
    article = reading.article
    return ArticleView(
        slug=article.slug,
        title=article.title,
        category=reading.category.title,
        html=markdown.to_html(article.body, at.absolute(at.template)),
        updated_at=reading.updated_at,
        url=at.absolute(at.article(slug)),
    )
