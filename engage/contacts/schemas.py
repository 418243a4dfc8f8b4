from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from engage.kit.wire import Moment, PlainText, WireModel


class StartVisit(WireModel):
    """A browser that wants to be remembered."""

    site_key: Annotated[str, Field(max_length=40)]
    locale: Annotated[str, Field(max_length=20)] = "en"
    time_zone: Annotated[str | None, Field(max_length=60)] = None


class VisitorView(WireModel):
    """What a visitor sees of himself."""

    id: UUID
    name: str | None
    email: str | None


class VisitStarted(WireModel):
    #: shown once; the browser keeps it and sends it as a bearer token
    token: str
    visitor: VisitorView


class Identify(WireModel):
    """The site's word for its visitor."""

    site_key: Annotated[str, Field(max_length=40)]
    #: signed by the site; counts once
    jwt: Annotated[str, Field(max_length=8000)]
    #: made by the browser, the same when it has to try again
    attempt: Annotated[str, Field(min_length=8, max_length=64)]
    locale: Annotated[str, Field(max_length=20)] = "en"
    time_zone: Annotated[str | None, Field(max_length=60)] = None


class TrailItem(WireModel):
    """A page, a search or an article; what is too long is refused, not cut."""

    kind: Literal["page", "search", "article"]
    title: Annotated[PlainText | None, Field(max_length=200)] = None
    url: Annotated[PlainText | None, Field(max_length=500)] = None
    query: Annotated[PlainText | None, Field(max_length=200)] = None
    slug: Annotated[PlainText | None, Field(max_length=120)] = None
    at: Moment


#: a name and a host, no more: whether it exists shows when something is sent there
EmailText = Annotated[PlainText, Field(max_length=320, pattern=r"^[^@\s<>,;]+@[^@\s<>,;]+$")]
AttributeValue = Annotated[PlainText, Field(max_length=500)] | bool | float


class ContactForm(WireModel):
    """What an agent knows of a person; attributes and a preferred agent that are not named stay as they are."""

    name: Annotated[PlainText | None, Field(max_length=100)] = None
    email: EmailText | None = None
    phone: Annotated[PlainText | None, Field(max_length=40)] = None
    attributes: Annotated[dict[UUID, AttributeValue | None], Field(max_length=100)] = Field(default_factory=dict)
    #: who is asked first for his new work, null is nobody in particular (made by a function, as the field above, for
    #: a default in the schema would say that it is always there)
    preferred_agent_id: UUID | None = Field(default_factory=lambda: None)


class ContactFieldView(WireModel):
    id: UUID
    label: str
    kind: Literal["text", "number", "date", "yes_no", "link", "choice"]
    choices: list[str]


class Trail(WireModel):
    items: Annotated[list[TrailItem], Field(max_length=50)]
