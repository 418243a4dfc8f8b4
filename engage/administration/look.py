"""The look of a site's widget."""

from uuid import UUID

from engage.administration.desk import AdminCall, administered, locked_site, note_change
from engage.agents.sign_in import an_agent
from engage.kit.routes import Routes
from engage.sites import look
from engage.sites.look import Look

routes = Routes()


class LookView(Look):
    #: the address of the site's logo; none shows the first letter of its name
    logo: str | None


@routes.get("/api/v1/admin/sites/{site_id}/look", may=an_agent)
async def read_look(call: AdminCall, site_id: UUID) -> LookView:
    """Colour, place and words of the launcher."""
    site = await administered(call, site_id)
    return LookView(**look.read(site.branding).model_dump(), logo=look.logo(site.branding))


@routes.put("/api/v1/admin/sites/{site_id}/look", may=an_agent)
async def change_look(call: AdminCall, site_id: UUID, body: Look) -> Look:
    """An open widget shows it at its next load."""
    site = await locked_site(call, site_id)
    before = look.read(site.branding).model_dump()
    site.branding = {**site.branding, **body.model_dump()}
    await note_change(call, site, "site.look_changed", before, body.model_dump())
    return body
