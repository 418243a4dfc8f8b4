"""The popular answers that editors put on the first page, before anybody has searched."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from engage.access import audit, callers
from engage.access.audit import Subject, differences
from engage.access.principals import CallingAgent
from engage.agents.sign_in import an_agent
from engage.kit.errors import Invalid
from engage.kit.routes import Call, Routes
from engage.kit.unit_of_work import UnitOfWork
from engage.kit.wire import WireModel
from engage.selfcare.service import CUSTOMERS
from engage.sites import service as sites
from engage.sites.models import Site
from kb.store import articles
from kb.store.articles import Scope

routes = Routes()
EditorCall = Call[CallingAgent]


class FirstAnswers(WireModel):
    #: slugs of articles for customers, in order; none leaves it to what readers found helpful
    slugs: Annotated[tuple[Annotated[str, Field(max_length=120)], ...], Field(max_length=5)] = ()


class UnknownArticle(Invalid):
    """One of these is no published article for customers."""

    code = "unknown_article"


@routes.get("/api/v1/admin/sites/{site_id}/first-answers", may=an_agent)
async def read_first_answers(call: EditorCall, site_id: UUID) -> FirstAnswers:
    """The answers that stand on the first page of widget and help centre."""
    return FirstAnswers(slugs=tuple((await _edited(call, site_id)).popular_articles))


@routes.put("/api/v1/admin/sites/{site_id}/first-answers", may=an_agent)
async def change_first_answers(call: EditorCall, site_id: UUID, body: FirstAnswers) -> FirstAnswers:
    """Put these first, in this order."""
    site = await _edited(call, site_id)
    slugs = list(dict.fromkeys(body.slugs))
    if set(slugs) - await _public(call.work, site):
        raise UnknownArticle
    changes = differences({"answers": site.popular_articles}, {"answers": slugs})
    site.popular_articles = slugs
    caller = audit.agent(call.who, callers.address(call.request))
    audit.record(call.work, caller, "first_answers.changed", Subject(site.name, site.id, site.id), changes)
    return FirstAnswers(slugs=tuple(slugs))


async def _edited(call: EditorCall, site_id: UUID) -> Site:
    """Raises NotYours, NotAllowed."""
    call.who.must("write_articles", site_id)
    return await sites.by_id(call.work, site_id)


async def _public(work: UnitOfWork, site: Site) -> set[str]:
    return {each.slug for each in await articles.listings(work.db, Scope(str(site.id), CUSTOMERS))}
