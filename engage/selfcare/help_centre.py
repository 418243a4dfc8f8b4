"""The public help centre: pages that are complete without JavaScript."""

import hashlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

from aiohttp import web
from aiohttp.typedefs import Handler

from engage.access import callers
from engage.kit import languages
from engage.kit.errors import EngageError
from engage.kit.rate_limit import RATE_LIMITS
from engage.kit.templates import TEMPLATES
from engage.kit.unit_of_work import UNITS, UnitOfWork
from engage.selfcare import service
from engage.selfcare.accent import accent_of
from engage.selfcare.addresses import HelpAddresses
from engage.selfcare.api import FEEDBACK, SEARCHES
from engage.selfcare.contact import ways_to_contact
from engage.selfcare.errors import FormFromElsewhere
from engage.selfcare.schemas import Feedback
from engage.selfcare.words import WORDS
from engage.sites import look
from engage.sites import service as sites
from engage.sites.errors import UnknownSite
from engage.sites.models import Site
from kb.content import markdown

_ASSETS = {file.name: file.read_bytes() for file in sorted((Path(__file__).parent / "assets").iterdir())}
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
#: changes with any asset, so that browsers may keep them for good
VERSION = hashlib.sha256(b"".join(_ASSETS.values())).hexdigest()[:10]

POPULAR = 6
RESULTS = 12
RELATED = 4
LONGEST_COMMENT = 1000


class Visit:
    """One request for a page of one site's help centre."""

    def __init__(self, request: web.Request, work: UnitOfWork, site: Site, *, is_default: bool) -> None:
        self.request = request
        self.work = work
        self.site = site
        wanted = languages.accepted(request.headers.get("Accept-Language", ""))
        self.locale = languages.first_spoken(wanted, otherwise=site.locale)
        self.language = languages.spoken(self.locale)
        self.at = HelpAddresses(sites.own_origin(request), None if is_default else site.key)

    def page(self, name: str, *, status: int = 200, **variables: Any) -> web.Response:
        """The labels are in the visitor's language, the articles in the site's."""
        response = self.request.app[TEMPLATES].page(
            f"selfcare/{name}",
            status=status,
            site=self.site,
            logo=look.logo(self.site.branding),
            at=self.at,
            version=VERSION,
            contact=ways_to_contact(self.site, self.work.now, self.language),
            words=WORDS[self.language],
            language=self.language,
            direction=languages.direction(self.language),
            **variables,
        )
        response.headers["Vary"] = "Accept-Language"
        return response


Page: TypeAlias = Callable[[Visit], Awaitable[web.Response]]


def add_pages(app: web.Application) -> None:
    router = app.router
    router.add_get("/help", _to_home)
    router.add_get("/help/", _shown(_home))
    router.add_get("/help/search", _shown(_search))
    router.add_get("/help/sitemap.xml", _shown(_sitemap))
    router.add_get("/help/assets/site.css", _shown(_look))
    router.add_get("/help/assets/{name}", _asset)
    router.add_get("/help/{slug}", _shown(_article))
    router.add_post("/help/{slug}", _shown(_judge))


def _shown(page: Page) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        units = request.app[UNITS]
        if request.method == "POST":
            # read before the transaction: a slow sender must not hold it open
            await request.post()
        async with units.begin() if request.method == "POST" else units.read() as work:
            visit = await _visit(request, work)
            try:
                return await page(visit)
            except EngageError as problem:
                return visit.page("problem.html", status=problem.status, problem=problem)

    return handle


async def _visit(request: web.Request, work: UnitOfWork) -> Visit:
    """The page of the site that the address names, else of the default one."""
    try:
        default = await service.default_site(work)
        key = request.query.get("site", default.key)
        site = default if key == default.key else await sites.by_key(work, key)
    except UnknownSite as problem:
        # Without a site there is nothing to draw a page of.
        raise web.HTTPNotFound(text=problem.detail) from problem
    return Visit(request, work, site, is_default=site.id == default.id)


async def _to_home(request: web.Request) -> web.Response:
    raise web.HTTPPermanentRedirect(f"/help/?{request.query_string}" if request.query_string else "/help/")


async def _home(visit: Visit) -> web.Response:
    popular = await service.popular(visit.work, visit.site, POPULAR)
    return visit.page("home.html", popular=popular, shelves=await service.shelves(visit.work, visit.site))


async def _search(visit: Visit) -> web.Response:
    query = visit.request.query.get("q", "").replace("\0", "")[:500].strip()
    if not query:
        raise web.HTTPSeeOther(visit.at.home)
    visit.request.app[RATE_LIMITS].spend(SEARCHES, callers.address(visit.request))
    found = await service.find(visit.work, visit.site, query, audiences=service.CUSTOMERS, limit=RESULTS)
    popular = [] if found.items else await service.popular(visit.work, visit.site, POPULAR)
    return visit.page("results.html", found=found, popular=popular)


async def _article(visit: Visit) -> web.Response:
    reading = await service.read(visit.work, visit.site, visit.request.match_info["slug"])
    return visit.page(
        "article.html",
        article=reading.article,
        category=reading.category,
        related=reading.related[:RELATED],
        html=markdown.to_html(reading.article.body, visit.at.template),
        outline=markdown.outline(reading.article.body),
        updated=languages.long_date(reading.article.updated, visit.language),
        summary=markdown.first_paragraph(reading.article.body),
        thanked=visit.request.query.get("thanks") == "yes",
    )


async def _judge(visit: Visit) -> web.Response:
    _from_our_page(visit.request)
    visit.request.app[RATE_LIMITS].spend(FEEDBACK, callers.address(visit.request))
    form = await visit.request.post()
    slug = visit.request.match_info["slug"]
    comment = str(form.get("comment", "")).replace("\0", "")[:LONGEST_COMMENT]
    feedback = Feedback(helpful=form.get("helpful") == "yes", comment=comment)
    await service.judge(visit.work, visit.site, slug, feedback)
    return web.Response(status=303, headers={"Location": visit.at.thanks(slug)})


def _from_our_page(request: web.Request) -> None:
    """Raises FormFromElsewhere. Every browser sends one of the two headers with a form, and no page can forge them."""
    same_site = request.headers.get("Sec-Fetch-Site") == "same-origin"
    if not same_site and request.headers.get("Origin") != sites.own_origin(request):
        raise FormFromElsewhere


async def _sitemap(visit: Visit) -> web.Response:
    shelves = await service.shelves(visit.work, visit.site)
    paths = [visit.at.home, *(visit.at.article(each.slug) for _, listed in shelves for each in listed)]
    body = visit.request.app[TEMPLATES].render("selfcare/sitemap.xml", urls=[visit.at.absolute(path) for path in paths])
    return web.Response(text=body, content_type="application/xml")


async def _look(visit: Visit) -> web.Response:
    accent = accent_of(visit.site.branding.get("accent"))
    body = visit.request.app[TEMPLATES].render("selfcare/site.css", accent=accent)
    return web.Response(text=body, content_type="text/css", headers={"Cache-Control": "public, max-age=300"})


async def _asset(request: web.Request) -> web.Response:
    name = request.match_info["name"]
    if name not in _ASSETS:
        raise web.HTTPNotFound(text=f"There is no {quote(name)} here.")
    kept = "public, max-age=31536000, immutable" if request.query.get("v") == VERSION else "public, max-age=300"
    kind = _TYPES[Path(name).suffix]
    return web.Response(body=_ASSETS[name], content_type=kind, charset="utf-8", headers={"Cache-Control": kept})
