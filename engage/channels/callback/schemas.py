"""Call-backs on the wire."""

from datetime import time
from typing import Annotated, Literal, Self
from uuid import UUID

import phonenumbers
from pydantic import AfterValidator, Field, model_validator

from engage.channels.callback.request_lifecycle import State
from engage.conversations.schemas import ClientId, MessageText
from engage.kit.wire import Moment, PlainText, Query, WireModel

Outcome = Literal["reached", "no_answer", "busy", "voicemail", "wrong_number", "call_later", "never_again"]
#: who does not want a number to be called
WantedBy = Literal["customer", "agent"]
DialRefused = Literal["off", "country", "listed", "quiet", "budget"]
#: what its visitor is told
CustomerCallState = Literal[
    "planned", "queued", "soon", "calling", "missed", "done", "failed", "cancelled", "expired"
]  # fmt: skip
WallClock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
NumberText = Annotated[PlainText, Field(max_length=40)]
ZoneName = Annotated[str | None, Field(max_length=60)]


def _known_country(code: str) -> str:
    if code not in phonenumbers.SUPPORTED_REGIONS:
        raise ValueError("there is no such country")
    return code


Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$"), AfterValidator(_known_country)]


class CallbackRules(WireModel):
    """What a site decides about its call-backs. They cost money, so nothing is on that nobody has switched on."""

    on: bool = False
    #: ISO 3166 codes of the countries whose numbers are called
    countries: Annotated[tuple[Country, ...], Field(max_length=250)] = ()
    #: "as soon as possible" can be chosen
    now: bool = True
    #: a time can be chosen
    slots: bool = True
    slot_minutes: Literal[15, 30, 60, 120] = 30
    #: calls in one slot; none: one for every two who serve the queue
    slot_capacity: Annotated[int | None, Field(ge=1, le=1000)] = None
    #: the earliest slot begins so many minutes from now
    lead_minutes: Annotated[int, Field(ge=0, le=2880)] = 30
    days_ahead: Annotated[int, Field(ge=0, le=14)] = 5
    #: by the customer's clock: nobody is rung from then until then
    quiet_from: WallClock = "21:00"
    quiet_until: WallClock = "08:00"
    attempts: Annotated[int, Field(ge=1, le=10)] = 3
    busy_minutes: Annotated[int, Field(ge=1, le=1440)] = 5
    no_answer_minutes: Annotated[int, Field(ge=1, le=1440)] = 30
    #: requests in 24 hours
    per_number: Annotated[int, Field(ge=1, le=100)] = 3
    per_visitor: Annotated[int, Field(ge=1, le=100)] = 5
    per_address: Annotated[int, Field(ge=1, le=10_000)] = 30
    #: calls of the site a day; no more are made when they are used up
    calls_a_day: Annotated[int, Field(ge=0, le=1_000_000)] = 500

    @model_validator(mode="after")
    def leads_somewhere(self) -> Self:
        if self.on and not self.countries:
            raise ValueError("Name the countries that are called.")
        if self.on and not (self.now or self.slots):
            raise ValueError("Offer calls at once, at a chosen time, or both.")
        return self

    @property
    def night(self) -> tuple[time, time]:
        return time.fromisoformat(self.quiet_from), time.fromisoformat(self.quiet_until)


class OptionsQuery(Query):
    #: of the visitor's browser
    zone: ZoneName = None
    #: what he wants to talk about; its queue gives the wait
    topic: Annotated[str, Field(max_length=40)] = ""


class CallableCountry(WireModel):
    code: str
    calling_code: int


class CallbackOptions(WireModel):
    """What can be chosen at this moment."""

    countries: list[CallableCountry]
    #: guessed from the site's own zone and the visitor's
    country: str
    now: bool
    expected_wait_seconds: int | None
    #: starts of the slots with room
    slots: list[Moment]
    slot_minutes: int


class CheckNumber(WireModel):
    number: NumberText
    country: Annotated[str, Field(max_length=2)] = ""


class NumberChecked(WireModel):
    #: as people write it; none if we do not call it
    shown: str | None
    refusal: Literal["impossible", "country", "kind"] | None


class AskCallback(WireModel):
    client_id: ClientId
    number: NumberText
    country: Annotated[str, Field(max_length=2)] = ""
    #: start of a slot; none is as soon as possible
    slot_at: Moment | None = None
    #: the chat that he waits in: the call keeps its place
    conversation_id: UUID | None = None
    topic: Annotated[str, Field(max_length=40)] = ""
    name: Annotated[PlainText | None, Field(max_length=100)] = None
    text: MessageText = ""
    time_zone: ZoneName = None
    locale: Annotated[str, Field(max_length=20)] = "en"


class MoveCallback(WireModel):
    slot_at: Moment | None = None


class CallbackView(WireModel):
    """A call-back as its visitor sees it."""

    id: UUID
    conversation_id: UUID
    state: CustomerCallState
    number: str
    #: the chosen time or the next try, and the end of that window; none is as soon as possible
    slot_at: Moment | None
    slot_until: Moment | None
    #: 1 is next; null when it does not wait
    position: int | None
    expected_wait_seconds: int | None
    attempts: int
    agent_name: str | None
    can_cancel: bool
    can_move: bool


class CallbackList(WireModel):
    items: list[CallbackView]


class LinkForm(WireModel):
    #: from a mail; it stands behind the # there, which no browser sends to anybody
    token: Annotated[str, Field(max_length=300)]


class MoveByLink(LinkForm):
    slot_at: Moment | None = None


class LinkedCallback(WireModel):
    """What the page of a link shows."""

    callback: CallbackView
    site_name: str
    time_zone: str
    options: CallbackOptions | None


class AttemptView(WireModel):
    ordinal: int
    agent_name: str
    dialled_at: Moment
    outcome: Outcome | None
    note: str | None


class AgentCallback(WireModel):
    """A call-back as the agent who is to call sees it."""

    id: UUID
    engagement_id: UUID | None
    conversation_id: UUID
    state: State
    #: E.164, and as people write it
    number: str
    shown: str
    country: str
    #: of whoever is called
    time_zone: str
    asked_at: Moment
    slot_at: Moment | None
    due_at: Moment | None
    attempts: list[AttemptView]
    attempts_left: int
    #: why it may not be called at this moment
    refusal: DialRefused | None


class CallbackOfWork(WireModel):
    """None for work that is no call-back."""

    callback: AgentCallback | None


class DialView(WireModel):
    """The call may be made; `link` is what the agent's device opens."""

    link: str | None
    callback: AgentCallback


class RecordOutcome(WireModel):
    outcome: Outcome
    note: Annotated[PlainText | None, Field(max_length=2000)] = None
    #: for `call_later`: when; none is after the usual pause
    call_at: Moment | None = None
