from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from engage.access.principals import Right, Role
from engage.kit.wire import Moment, PlainText, WireModel

PresenceState = Literal["available", "busy", "away", "break", "offline"]


#: what it must be stands in `password_rules`
NewPassword = Annotated[str, Field(max_length=200)]


class SignInForm(WireModel):
    email: Annotated[str, Field(max_length=320)]
    password: Annotated[str, Field(max_length=200)]


class SecondFactorOffer(WireModel):
    """A secret for the authenticator app; it counts once a code of it was shown."""

    #: to be typed where no camera is at hand
    secret: str
    #: a data URI
    qr: str
    #: to be sent back with the first code
    sealed: str


class ConfirmForm(WireModel):
    sealed: Annotated[str, Field(max_length=500)]
    code: Annotated[str, Field(max_length=40)]


class RecoveryCodes(WireModel):
    """Each stands in for the second factor once. Shown this one time."""

    codes: list[str]


class MySite(WireModel):
    """A site that the agent works for, and what he may do there."""

    id: UUID
    key: str
    name: str
    role: Role
    rights: list[Right]


class Me(WireModel):
    """The signed-in agent."""

    id: UUID
    name: str
    email: str
    picture: str | None
    sites: list[MySite]


class SocketTicket(WireModel):
    #: opens one socket connection within a minute
    ticket: str


class PresenceReasonView(WireModel):
    """Why somebody is not available, as his site says it."""

    id: UUID
    site_id: UUID
    label: str
    #: by language; the label where there is none
    names: dict[str, str]
    #: what he is meanwhile
    presence: PresenceState
    #: counts as working time
    productive: bool


class Presence(WireModel):
    presence: PresenceState
    reason: str | None
    #: the one of a site's reasons that it is
    reason_id: UUID | None
    since: Moment
    #: name of the colleague who set it, if it was not himself
    set_by: str | None


class SetPresence(WireModel):
    """With one of the reasons of his sites, with one in his own words, or with none."""

    presence: PresenceState
    reason: Annotated[PlainText | None, Field(max_length=60)] = None
    reason_id: UUID | None = None


class TeamName(WireModel):
    id: UUID
    name: str


class Colleague(WireModel):
    id: UUID
    name: str
    picture: str | None
    presence: PresenceState
