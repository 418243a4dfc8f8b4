"""Contact fields: what a site wants to know of its customers, beside name and address."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator
from sqlalchemy import func, select

from engage.access.audit import Subject, differences
from engage.administration.desk import AdminCall, administered, record
from engage.agents.sign_in import an_agent
from engage.contacts import service as contacts
from engage.contacts.models import ContactField, FieldKind
from engage.contacts.schemas import ContactFieldView
from engage.kit.errors import NotFound
from engage.kit.ids import new_id
from engage.kit.routes import Routes
from engage.kit.wire import PlainText, WireModel

routes = Routes()
Choice = Annotated[PlainText, Field(min_length=1, max_length=100)]


class ContactFieldForm(WireModel):
    label: Annotated[PlainText, Field(min_length=1, max_length=60)]
    kind: FieldKind
    choices: Annotated[list[Choice], Field(max_length=50)] = Field(default_factory=list)

    @model_validator(mode="after")
    def _choices_of_a_choice(self) -> Self:
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError("A choice, and only a choice, has something to choose from.")
        return self


class ContactFields(WireModel):
    items: list[ContactFieldView]


class FieldOrder(WireModel):
    """All ids of the list, in their new order."""

    ids: Annotated[list[UUID], Field(max_length=100)]


@routes.get("/api/v1/admin/sites/{site_id}/contact-fields", may=an_agent)
async def list_contact_fields(call: AdminCall, site_id: UUID) -> ContactFields:
    """The site's contact fields, in their order."""
    await administered(call, site_id)
    fields = await contacts.fields_of(call.work, site_id)
    return ContactFields(items=[_view(each) for each in fields.values()])


@routes.post("/api/v1/admin/sites/{site_id}/contact-fields", may=an_agent, status=201)
async def add_contact_field(call: AdminCall, site_id: UUID, body: ContactFieldForm) -> ContactFieldView:
    """Add a field at the end of the list."""
    await administered(call, site_id)
    last = await call.work.db.scalar(select(func.max(ContactField.position)).where(ContactField.site_id == site_id))
    field = ContactField(id=new_id(), site_id=site_id, position=(last or 0) + 1, **body.model_dump())
    call.work.db.add(field)
    record(call, "contact_field.added", Subject(field.label, field.id, site_id), {"kind": body.kind})
    return _view(field)


@routes.put("/api/v1/admin/contact-fields/{field_id}", may=an_agent)
async def change_contact_field(call: AdminCall, field_id: UUID, body: ContactFieldForm) -> ContactFieldView:
    """Rename a field or change its choices; values that no longer fit stay until somebody changes them."""
    field = await _of(call, field_id)
    before = {"label": field.label, "kind": field.kind, "choices": field.choices}
    field.label, field.kind, field.choices = body.label, body.kind, list(body.choices)
    changes = differences(before, body.model_dump())
    record(call, "contact_field.changed", Subject(field.label, field.id, field.site_id), changes)
    return _view(field)


@routes.delete("/api/v1/admin/contact-fields/{field_id}", may=an_agent)
async def retire_contact_field(call: AdminCall, field_id: UUID) -> None:
    """It is asked for no more; what was filled in is kept, unseen."""
    field = await _of(call, field_id)
    field.retired = True
    record(call, "contact_field.retired", Subject(field.label, field.id, field.site_id))


@routes.put("/api/v1/admin/sites/{site_id}/contact-fields/order", may=an_agent, status=204)
async def order_contact_fields(call: AdminCall, site_id: UUID, body: FieldOrder) -> None:
    """Put the fields into this order."""
    site = await administered(call, site_id)
    places = {field_id: place for place, field_id in enumerate(body.ids)}
    for field in (await contacts.fields_of(call.work, site_id)).values():
        field.position = places.get(field.id, len(places))
    record(call, "contact_field.ordered", Subject(site.name, site.id, site.id))


async def _of(call: AdminCall, field_id: UUID) -> ContactField:
    field = await call.work.db.get(ContactField, field_id)
    if field is None or field.retired:
        raise NotFound
    await administered(call, field.site_id)
    return field


def _view(field: ContactField) -> ContactFieldView:
    return ContactFieldView(id=field.id, label=field.label, kind=field.kind, choices=field.choices)
