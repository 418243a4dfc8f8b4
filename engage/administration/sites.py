"""Sites: adding one from nothing, what it is called, and who may embed its widget."""

from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, HttpUrl, TypeAdapter

from engage.access.audit import Subject
from engage.access.errors import NotAllowed
from engage.administration.desk import AdminCall, administered, note_change, record
from engage.agents import service as agents
from engage.agents.models import Agent
from engage.agents.sign_in import an_agent
from engage.engagements import dispositions
from engage.kit.errors import EngageError
from engage.kit.routes import Routes
from engage.kit.wire import PlainText, Query, Trimmed, WireModel
from engage.routing import service as routing
from engage.sites import founding, origins
from engage.sites import service as sites
from engage.sites.models import Site

routes = Routes()
OUTCOMES = ("Solved", "Explained", "No answer needed")


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise ValueError("There is no such time zone.") from problem
    return name


def _origin(text: str) -> str:
    try:
        return origins.parsed(text)
    except EngageError as problem:
        raise ValueError(problem.detail) from problem


def _web_address(text: str) -> str:
    if text:
        TypeAdapter(HttpUrl).validate_python(text)
    return text


Name = Annotated[Trimmed, Field(min_length=1, max_length=100)]
TimeZone = Annotated[str, Field(max_length=60), AfterValidator(_zone)]
Origin = Annotated[str, Field(max_length=300), AfterValidator(_origin)]
Locale = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=20)]
Key = Annotated[str, Field(pattern=r"^[a-z0-9-]{2,40}$")]


class NewSiteForm(WireModel):
    name: Name
    key: Key
    origin: Origin
    locale: Locale = "en"
    time_zone: TimeZone = "UTC"
    queues: Annotated[list[Name], Field(min_length=1, max_length=20)]


class KeyQuery(Query):
    name: Annotated[str, Field(max_length=100)]


class SuggestedKey(WireModel):
    key: str


class GeneralForm(WireModel):
    name: Name
    locale: Locale
    #: further languages
    locales: Annotated[tuple[Locale, ...], Field(max_length=20)] = ()
    time_zone: TimeZone
    privacy_url: Annotated[PlainText, Field(max_length=500), AfterValidator(_web_address)] = ""


class OriginsForm(WireModel):
    origins: Annotated[list[Origin], Field(max_length=50)]


class SiteView(WireModel):
    id: UUID
    key: str
    name: str
    locale: str
    locales: list[str]
    time_zone: str
    privacy_url: str
    origins: list[str]
    #: what is pasted into every page of the website
    tag: str
    #: our page with this site's widget on it
    try_url: str


@routes.get("/api/v1/admin/site-key", may=an_agent)
async def suggest_key(call: AdminCall, query: KeyQuery) -> SuggestedKey:
    """A free key for a new site of this name."""
    _must_administer_any(call)
    return SuggestedKey(key=await founding.suggested_key(call.work, query.name))


@routes.post("/api/v1/admin/sites", may=an_agent, status=201)
async def add_site(call: AdminCall, body: NewSiteForm) -> SiteView:
    """Add a site; the caller becomes its admin and serves its queues."""
    _must_administer_any(call)
    site = await founding.found(
        call.work,
        founding.NewSite(
            key=body.key,
            name=body.name,
            origins=[body.origin],
            queues=body.queues,
            time_zone=body.time_zone,
            locale=body.locale,
        ),
    )
    dispositions.add(call.work, site.id, OUTCOMES)
    await agents.join_site(call.work, call.who.agent_id, site.id, role="admin")
    await routing.serve_all_queues(call.work, await call.work.db.get_one(Agent, call.who.agent_id), site)
    record(call, "site.added", Subject(site.name, site.id, site.id), {"key": site.key, "origins": site.origins})
    return _view(call, site)


@routes.get("/api/v1/admin/sites/{site_id}", may=an_agent)
async def read_site(call: AdminCall, site_id: UUID) -> SiteView:
    """The site with its tag."""
    return _view(call, await administered(call, site_id))


@routes.put("/api/v1/admin/sites/{site_id}/general", may=an_agent)
async def change_general(call: AdminCall, site_id: UUID, body: GeneralForm) -> SiteView:
    """What the site is called, which languages it speaks, and what time it is there."""
    site = await administered(call, site_id)
    before = _general(site)
    site.name, site.locale, site.time_zone = body.name, body.locale, body.time_zone
    site.locales = [each for each in dict.fromkeys(body.locales) if each != body.locale]
    site.privacy_url = body.privacy_url or None
    await note_change(call, site, "site.changed", before, _general(site))
    return _view(call, site)


@routes.put("/api/v1/admin/sites/{site_id}/origins", may=an_agent)
async def change_origins(call: AdminCall, site_id: UUID, body: OriginsForm) -> SiteView:
    """Which websites may embed the widget."""
    site = await administered(call, site_id)
    before = list(site.origins)
    own = [each for each in before if each == origins.SELF]
    site.origins = [*own, *dict.fromkeys(body.origins)]
    await note_change(call, site, "site.origins_changed", {"origins": before}, {"origins": site.origins})
    return _view(call, site)


def _must_administer_any(call: AdminCall) -> None:
    if not call.who.sites_where("administer"):
        raise NotAllowed


def _general(site: Site) -> dict[str, Any]:
    return {name: getattr(site, name) for name in ("name", "locale", "locales", "time_zone", "privacy_url")}


def _view(call: AdminCall, site: Site) -> SiteView:
    own = sites.own_origin(call.request)
    return SiteView(
        id=site.id,
        key=site.key,
        name=site.name,
        locale=site.locale,
        locales=site.locales,
        time_zone=site.time_zone,
        privacy_url=site.privacy_url or "",
        origins=[each for each in site.origins if each != origins.SELF],
        tag=f'<script async src="{own}/widget.js" data-site="{site.key}"></script>',
        try_url=f"{own}/try/{site.key}",
    )
