"""Addresses to which mails came back: shown, and lifted by hand."""

from uuid import UUID

from pydantic import EmailStr

from engage.access.audit import Subject
from engage.administration.desk import AdminCall, administered, record
from engage.agents.sign_in import an_agent
from engage.channels.email import suppressed
from engage.channels.email.schemas import SuppressedView
from engage.kit.errors import NotFound
from engage.kit.routes import Routes
from engage.kit.wire import WireModel

routes = Routes()


class SuppressedAddresses(WireModel):
    items: list[SuppressedView]


class LiftForm(WireModel):
    address: EmailStr


@routes.get("/api/v1/admin/sites/{site_id}/suppressed-addresses", may=an_agent)
async def read_suppressed_addresses(call: AdminCall, site_id: UUID) -> SuppressedAddresses:
    """Addresses that get no notices any more, because mails to them came back; the newest first."""
    await administered(call, site_id)
    return SuppressedAddresses(items=await suppressed.of_site(call.work, site_id))


@routes.post("/api/v1/admin/sites/{site_id}/suppressed-addresses/lift", may=an_agent, status=204)
async def lift_suppressed_address(call: AdminCall, site_id: UUID, body: LiftForm) -> None:
    """Write to this address again."""
    site = await administered(call, site_id)
    if not await suppressed.lift(call.work, site_id, str(body.address)):
        raise NotFound
    record(call, "mail.address_lifted", Subject(str(body.address), None, site.id))
