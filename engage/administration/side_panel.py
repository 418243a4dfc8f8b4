"""The site's own panel beside its conversations: title, address and the secret that signs what it is told."""

import re
from typing import Annotated
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, Field

from engage.access import tokens
from engage.access.audit import HIDDEN, Subject, differences
from engage.administration.desk import AdminCall, administered, record
from engage.agents.sign_in import an_agent
from engage.kit.errors import NotFound
from engage.kit.routes import Routes
from engage.kit.secrets import VAULT
from engage.kit.wire import PlainText, WireModel
from engage.sites.side_panel import SidePanel

routes = Routes()
HERE = ("localhost", "127.0.0.1")
#: the origin stands in a policy of the page: nothing else may get in there
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?", re.IGNORECASE)


def _panel_url(url: str) -> str:
    parts = urlsplit(url)
    is_near = parts.scheme == "http" and parts.hostname in HERE
    if not (parts.scheme == "https" or is_near) or not HOST.fullmatch(parts.netloc) or parts.fragment:
        raise ValueError("An address that begins with https:// and has no user, password or #part.")
    return url


PanelUrl = Annotated[PlainText, Field(max_length=500, pattern=r"^\S+$"), AfterValidator(_panel_url)]


class SidePanelForm(WireModel):
    title: Annotated[PlainText, Field(min_length=1, max_length=60)]
    url: PanelUrl


class SidePanelView(WireModel):
    title: str
    url: str
    #: only in the answer that made it
    secret: str | None = None


class SidePanelState(WireModel):
    panel: SidePanelView | None


@routes.get("/api/v1/admin/sites/{site_id}/side-panel", may=an_agent)
async def read_side_panel(call: AdminCall, site_id: UUID) -> SidePanelState:
    """The site's own panel, if it has one."""
    await administered(call, site_id)
    panel = await call.work.db.get(SidePanel, site_id)
    return SidePanelState(panel=SidePanelView(title=panel.title, url=panel.url) if panel else None)


@routes.put("/api/v1/admin/sites/{site_id}/side-panel", may=an_agent)
async def set_side_panel(call: AdminCall, site_id: UUID, body: SidePanelForm) -> SidePanelView:
    """Set up the panel; the first time the answer has its secret."""
    site = await administered(call, site_id)
    panel = await call.work.db.get(SidePanel, site_id)
    before = {"title": panel.title, "url": panel.url} if panel else {}
    secret = None
    if panel is None:
        secret, panel = tokens.new_token(), SidePanel(site_id=site_id)
        panel.sealed_secret = call.request.app[VAULT].seal(secret)
        call.work.db.add(panel)
    panel.title, panel.url = body.title, body.url
    changes = differences(before, {"title": body.title, "url": body.url})
    record(call, "side_panel.changed", Subject(body.title, site.id, site.id), changes)
    return SidePanelView(title=panel.title, url=panel.url, secret=secret)


@routes.post("/api/v1/admin/sites/{site_id}/side-panel/secret", may=an_agent)
async def renew_side_panel_secret(call: AdminCall, site_id: UUID) -> SidePanelView:
    """A new secret; what was signed with the old one is refused from now on by whoever has the new one."""
    panel = await _of(call, site_id)
    secret = tokens.new_token()
    panel.sealed_secret = call.request.app[VAULT].seal(secret)
    record(call, "side_panel.secret_renewed", Subject(panel.title, site_id, site_id), {"secret": [HIDDEN, HIDDEN]})
    return SidePanelView(title=panel.title, url=panel.url, secret=secret)


@routes.delete("/api/v1/admin/sites/{site_id}/side-panel", may=an_agent)
async def remove_side_panel(call: AdminCall, site_id: UUID) -> None:
    """The panel is shown no more, and its secret is forgotten."""
    panel = await _of(call, site_id)
    await call.work.db.delete(panel)
    record(call, "side_panel.removed", Subject(panel.title, site_id, site_id))


async def _of(call: AdminCall, site_id: UUID) -> SidePanel:
    await administered(call, site_id)
    panel = await call.work.db.get(SidePanel, site_id)
    if panel is None:
        raise NotFound
    return panel
