"""Labels: a site's words for sorting its conversations."""

from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import select

from engage.access.audit import Subject, differences
from engage.administration.desk import AdminCall, administered, locked_site, record
from engage.agents.sign_in import an_agent
from engage.console.events import SiteLabelsChanged
from engage.conversations import labels
from engage.conversations.models import Label
from engage.conversations.schemas import LabelColour, LabelView
from engage.kit.errors import Conflict, NotFound
from engage.kit.ids import new_id
from engage.kit.routes import Routes
from engage.kit.wire import Trimmed, WireModel

routes = Routes()


class LabelTaken(Conflict):
    """There is a label of that name already."""

    code = "label_taken"


class LabelForm(WireModel):
    name: Annotated[Trimmed, Field(min_length=1, max_length=40)]
    colour: LabelColour = "grey"


class Labels(WireModel):
    items: list[LabelView]


@routes.get("/api/v1/admin/sites/{site_id}/labels", may=an_agent)
async def list_labels(call: AdminCall, site_id: UUID) -> Labels:
    """The site's labels, by name."""
    await administered(call, site_id)
    return Labels(items=await labels.of_sites(call.work, [site_id]))


@routes.post("/api/v1/admin/sites/{site_id}/labels", may=an_agent, status=201)
async def add_label(call: AdminCall, site_id: UUID, body: LabelForm) -> LabelView:
    """Add a label."""
    await administered(call, site_id)
    await _must_be_free(call, site_id, body.name)
    label = Label(id=new_id(), site_id=site_id, name=body.name, colour=body.colour)
    call.work.db.add(label)
    record(call, "label.added", Subject(label.name, label.id, site_id))
    await _tell(call, site_id)
    return labels.view(label)


@routes.put("/api/v1/admin/labels/{label_id}", may=an_agent)
async def change_label(call: AdminCall, label_id: UUID, body: LabelForm) -> LabelView:
    """Change its name and colour; conversations that bear it show the new ones."""
    label = await _of(call, label_id)
    await _must_be_free(call, label.site_id, body.name, but=label.id)
    before = {"name": label.name, "colour": label.colour}
    label.name, label.colour = body.name, body.colour
    changes = differences(before, {"name": label.name, "colour": label.colour})
    record(call, "label.changed", Subject(label.name, label.id, label.site_id), changes)
    await _tell(call, label.site_id)
    return labels.view(label)


@routes.delete("/api/v1/admin/labels/{label_id}", may=an_agent)
async def retire_label(call: AdminCall, label_id: UUID) -> None:
    """It disappears from all conversations."""
    label = await _of(call, label_id)
    label.retired = True
    record(call, "label.retired", Subject(label.name, label.id, label.site_id))
    await _tell(call, label.site_id)


async def _of(call: AdminCall, label_id: UUID) -> Label:
    label = await call.work.db.get(Label, label_id)
    if label is None or label.retired:
        raise NotFound
    await administered(call, label.site_id)
    return label


async def _must_be_free(call: AdminCall, site_id: UUID, name: str, but: UUID | None = None) -> None:
    await locked_site(call, site_id)
    same = select(Label.id, Label.name).where(Label.site_id == site_id, ~Label.retired, Label.id.is_distinct_from(but))
    if name.casefold() in {label.name.casefold() for label in await call.work.db.execute(same)}:
        raise LabelTaken


async def _tell(call: AdminCall, site_id: UUID) -> None:
    await call.work.db.flush()
    call.work.push(SiteLabelsChanged(site_id=site_id, labels=await labels.of_sites(call.work, [site_id])))
