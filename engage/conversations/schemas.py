"""The timeline on the wire."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import EmailStr, Field

from engage.kit.wire import Moment, PlainText, Query, WireModel

EntryKind = Literal["message", "note", "form", "state", "transfer", "article", "call"]
Audience = Literal["customer", "agents"]
AuthorKind = Literal["visitor", "agent", "system"]
Side = Literal["visitor", "agent"]
#: by meaning, not by paint: each screen has a readable pair of text and ground for it
LabelColour = Literal["grey", "accent", "good", "warn", "bad", "info"]
StateName = Literal[
    "queued", "joined", "left", "requeued", "silent", "parked", "ended", "reopened", "moved_to_email",
    "mail_asked",
    "abandoned", "rated", "closed_hours", "transcript_sent", "mailed", "wrapped_up", "merged",
    "promise_warned", "promise_broken",
    "party",
    "overflowed", "queue_busy", "queue_closed",
    "mail_failed",
]  # fmt: skip
CallStep = Literal["asked", "planned", "reached", "missed", "given_up", "cancelled", "expired"]
#: what somebody in a crowded or closed queue may choose instead of waiting
Instead = Literal["call", "mail"]
PromiseName = Literal["first_response", "next_response", "resolution"]

ClientId = Annotated[str, Field(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
MessageText = Annotated[PlainText, Field(max_length=10_000)]
#: bold, italic, lists, links, quotes and code; whatever else stands in it is taken out
MessageHtml = Annotated[PlainText, Field(max_length=100_000)]


class Author(WireModel):
    kind: AuthorKind
    id: UUID | None
    name: str
    picture: str | None


class AttachmentView(WireModel):
    id: UUID
    name: str
    content_type: str
    #: bytes
    size: int
    #: pixels, of images
    width: int | None
    height: int | None


class PlainDetails(WireModel):
    type: Literal["plain"] = "plain"
    #: the same words with bold, lists and links, cleaned; none if there are only plain words
    html: str | None = None


class FormField(WireModel):
    """What was asked and answered, in words for readers of each language."""

    key: str
    #: the question in the site's first language
    label: str
    #: as it is stored; conditions go by it
    value: str
    #: the question by language
    labels: dict[str, str] = Field(default_factory=dict)
    #: the words of a chosen answer, in the site's first language; none is the value itself
    answer: str | None = None
    #: the same by language
    answers: dict[str, str] = Field(default_factory=dict)


class FormDetails(WireModel):
    type: Literal["form"] = "form"
    fields: list[FormField]


class PartyNews(WireModel):
    """For agents: somebody was asked to join the work, came, or went."""

    what: Literal["asked", "joined", "declined", "missed", "withdrawn", "left", "handed_over"]
    role: Literal["consult", "conference"]
    #: who asked him
    by_name: str | None = None


class StateDetails(WireModel):
    """What happened to the work; the reader's own catalogue has the words."""

    type: Literal["state"] = "state"
    state: StateName
    agent_name: str | None = None
    score: int | None = None
    comment: str | None = None
    disposition: str | None = None
    #: address that a mail went to
    email: str | None = None
    #: of the conversation that was merged in here: what it was about, when it began, how many entries of it follow
    topic: str | None = None
    begun_at: Moment | None = None
    count: int | None = None
    #: by which the merge can be taken back
    merge_id: UUID | None = None
    #: which promise came near its end, or was broken
    promise: PromiseName | None = None
    #: of who left the queue: how long he had waited
    waited_seconds: int | None = None
    party: PartyNews | None = None
    #: what the visitor was offered instead of waiting
    instead: tuple[Instead, ...] = ()


class TransferDetails(WireModel):
    type: Literal["transfer"] = "transfer"
    from_agent: str | None
    to_agent: str | None
    to_queue: str | None


class ArticleDetails(WireModel):
    type: Literal["article"] = "article"
    slug: str
    title: str


class CallDetails(WireModel):
    """What happened to a call; the reader's own catalogue has the words."""

    type: Literal["call"] = "call"
    what: CallStep
    agent_name: str | None = None
    #: for when it is planned now
    at: Moment | None = None
    outcome: str | None = None


class Named(WireModel):
    """A colleague or a team."""

    id: UUID
    name: str


class NoteDetails(WireModel):
    """A note that names colleagues or teams."""

    type: Literal["note"] = "note"
    mentions: list[Named]


class ForwardDetails(WireModel):
    """A message that an agent passed on by mail; his own words are the entry's."""

    type: Literal["forward"] = "forward"
    to: list[str]
    subject: str
    #: the message that was passed on
    entry_id: UUID
    #: names of the files that went along
    files: list[str]


class SplitDetails(WireModel):
    """For agents: entries went to a conversation of their own, or back to the one that they had been merged from."""

    type: Literal["split"] = "split"
    #: `into` and `unmerged` stand where they were, `from` and `restored` where they are
    what: Literal["into", "from", "unmerged", "restored"]
    agent_name: str
    #: the other conversation, and what it is about
    conversation_id: UUID
    topic: str
    count: int
    #: the merge that was taken back
    merge_id: UUID | None = None


Details = Annotated[
    PlainDetails
    | FormDetails
    | StateDetails
    | TransferDetails
    | ArticleDetails
    | CallDetails
    | NoteDetails
    | ForwardDetails
    | SplitDetails,
    Field(discriminator="type"),
]


class Entry(WireModel):
    """One row of the timeline, numbered for its reader."""

    id: UUID
    conversation_id: UUID
    #: dense for the reader: 1, 2, 3 …
    seq: int
    kind: EntryKind
    audience: Audience
    created_at: Moment
    author: Author
    client_id: str | None
    text: str
    attachments: list[AttachmentView]
    details: Details


class EntryPage(WireModel):
    items: list[Entry]
    #: highest number there is for the reader
    head: int
    #: there are more beyond this page, in the direction that was asked
    more: bool


class EntryQuery(Query):
    after_seq: Annotated[int | None, Field(ge=0, lt=2**31)] = None
    before_seq: Annotated[int | None, Field(ge=1, lt=2**31)] = None
    limit: Annotated[int, Field(ge=1, le=200)] = 100


class SendMessage(WireModel):
    client_id: ClientId
    text: MessageText = ""
    attachment_ids: Annotated[tuple[UUID, ...], Field(max_length=10)] = ()


class Posting(WireModel):
    """How an answer goes out by mail, where it differs from the usual."""

    cc: Annotated[tuple[EmailStr, ...], Field(max_length=20)] = ()
    #: nobody but the sender sees them
    bcc: Annotated[tuple[EmailStr, ...], Field(max_length=20)] = ()
    #: none is the subject of the conversation
    subject: Annotated[PlainText | None, Field(max_length=300)] = None
    #: leaves then; none is now
    send_at: Moment | None = None
    #: what the customer wrote last stands below it
    quoted: bool = True


class SendNote(WireModel):
    client_id: ClientId
    text: Annotated[PlainText, Field(min_length=1, max_length=10_000)]
    #: colleagues and teams that are named in it, and are told
    mention_ids: Annotated[tuple[UUID, ...], Field(max_length=20)] = ()


class CursorView(WireModel):
    """How far a side has got and read, in the numbering of whoever reads this."""

    delivered_seq: int = 0
    read_seq: int = 0


class MoveCursor(WireModel):
    delivered_seq: Annotated[int, Field(ge=0, lt=2**31)] = 0
    read_seq: Annotated[int, Field(ge=0, lt=2**31)] = 0


class CannedReplyView(WireModel):
    id: UUID
    site_id: UUID
    #: the reader's own, which nobody else sees
    personal: bool
    shortcut: str
    title: str
    #: with `{{visitor.name|there}}` and its like, to be filled in where it is inserted
    text: str
    locale: str | None
    #: for all queues if there are none
    queue_ids: list[UUID]
    files: list[AttachmentView]


class LabelView(WireModel):
    id: UUID
    site_id: UUID
    name: str
    colour: LabelColour


#: longer than a message may be: somebody who pastes, or merges two conversations, shortens it afterwards
LONGEST_DRAFT = 40_000
DraftText = Annotated[PlainText, Field(max_length=LONGEST_DRAFT)]


class KeepDraft(WireModel):
    reply: DraftText = ""
    note: DraftText = ""
    reply_begun_at: Annotated[int | None, Field(ge=0, lt=2**31)] = None
    #: the last one that this screen knows
    version: Annotated[int, Field(ge=0, lt=2**30)] = 0


class DraftView(WireModel):
    reply: str
    note: str
    #: the timeline's last number when the reply was begun
    reply_begun_at: int | None
    version: int
