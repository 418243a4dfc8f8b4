"""Single sign-on of a site: where its people sign in instead of here."""

import re
from typing import Annotated
from uuid import UUID

from aiohttp import web
from pydantic import AfterValidator, Field

from engage.access import audit
from engage.access.audit import Subject
from engage.access.principals import Role
from engage.administration.desk import AdminCall, administered, record
from engage.agents import oidc
from engage.agents.models import IdentityProvider
from engage.agents.sign_in import an_agent
from engage.agents.single_sign_on import RETURN_PATH
from engage.kit.errors import NotFound
from engage.kit.outgoing import OUTGOING
from engage.kit.routes import Routes
from engage.kit.secrets import VAULT
from engage.kit.unit_of_work import UNITS
from engage.kit.wire import PlainText, WireModel
from engage.sites import service as sites

routes = Routes()
PATH = "/api/v1/admin/sites/{site_id}/single-sign-on"
DOMAIN = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


def _domain(text: str) -> str:
    domain = text.strip().lower().lstrip("@")
    if not DOMAIN.fullmatch(domain):
        raise ValueError("This is not a domain, such as carrier.example.")
    return domain


def _issuer(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s?#]+", text.strip()):
        raise ValueError("An issuer is an address that begins with https://.")
    return text.strip()


Issuer = Annotated[str, Field(max_length=300), AfterValidator(_issuer)]
Domain = Annotated[str, Field(max_length=260), AfterValidator(_domain)]


class ProviderForm(WireModel):
    enabled: bool = True
    label: Annotated[PlainText, Field(min_length=1, max_length=60)]
    issuer: Issuer
    client_id: Annotated[str, Field(min_length=1, max_length=200)]
    #: none keeps the stored one
    client_secret: Annotated[str | None, Field(max_length=500)] = None
    #: the provider vouches for nobody else
    domains: Annotated[list[Domain], Field(min_length=1, max_length=20)]
    #: the role of somebody new; none keeps him outside
    role_of_new: Role | None = None


class ProviderView(WireModel):
    enabled: bool
    label: str
    issuer: str
    client_id: str
    has_secret: bool
    domains: list[str]
    role_of_new: Role | None


class SingleSignOn(WireModel):
    #: none is set up
    provider: ProviderView | None
    #: to be entered at the provider
    redirect_uri: str


class TestForm(WireModel):
    issuer: Issuer


class TestResult(WireModel):
    issuer: str


@routes.get(PATH, may=an_agent)
async def read_single_sign_on(call: AdminCall, site_id: UUID) -> SingleSignOn:
    """The site's sign-in provider; its secret is never shown."""
    await administered(call, site_id)
    row = await call.work.db.get(IdentityProvider, site_id)
    return SingleSignOn(provider=_view(row) if row else None, redirect_uri=sites.own_origin(call.request) + RETURN_PATH)


@routes.put(PATH, may=an_agent)
async def set_single_sign_on(call: AdminCall, site_id: UUID, body: ProviderForm) -> ProviderView:
    """Set up or change where the site's people sign in."""
    site = await administered(call, site_id)
    row = await call.work.db.get(IdentityProvider, site_id)
    before = _view(row).model_dump() if row else {}
    if row is None:
        row = IdentityProvider(site_id=site_id)
        call.work.db.add(row)
    for field in ("enabled", "label", "issuer", "client_id", "domains", "role_of_new"):
        setattr(row, field, getattr(body, field))
    if body.client_secret:
        row.client_secret_sealed = call.request.app[VAULT].seal(body.client_secret)
    changes = audit.differences(before, _view(row).model_dump())
    secret = {"client_secret": [None, audit.HIDDEN]} if body.client_secret else {}
    record(call, "single_sign_on.changed", Subject(site.name, site.id, site_id), {**changes, **secret})
    return _view(row)


@routes.delete(PATH, may=an_agent)
async def remove_single_sign_on(call: AdminCall, site_id: UUID) -> None:
    """Nobody signs in this way any more."""
    site = await administered(call, site_id)
    row = await call.work.db.get(IdentityProvider, site_id)
    if row is None:
        raise NotFound
    await call.work.db.delete(row)
    record(call, "single_sign_on.removed", Subject(site.name, site.id, site_id))


async def ask_provider(request: web.Request, body: TestForm) -> str:
    """Raises NotYours, NotAllowed, ProviderFailed, AddressRefused, NotReached."""
    async with request.app[UNITS].read() as work:
        (await an_agent(request, work)).must("administer", UUID(request.match_info["site_id"]))
    return (await oidc.discover(request.app[OUTGOING], body.issuer)).issuer


@routes.post(f"{PATH}/test", may=an_agent, prepare=ask_provider)
async def test_single_sign_on(call: AdminCall, site_id: UUID, body: TestForm, prepared: str) -> TestResult:
    """Does this provider answer, and is it the one it says?"""
    await administered(call, site_id)
    return TestResult(issuer=prepared)


def _view(row: IdentityProvider) -> ProviderView:
    return ProviderView(
        enabled=row.enabled,
        label=row.label,
        issuer=row.issuer,
        client_id=row.client_id,
        has_secret=row.client_secret_sealed is not None,
        domains=list(row.domains),
        role_of_new=row.role_of_new,
    )
