from typing import Literal
from uuid import UUID

from engage.kit.wire import Moment, Query, WireModel

#: `kept`: no mail server is set, it waits here and can be read. `dead`: we gave up. `withdrawn`: taken back by whoever
#: wrote it. `delayed` and `bounced`: it was sent, and another server told us so.
MailState = Literal["queued", "sent", "kept", "dead", "withdrawn", "delayed", "bounced"]
#: `forward` is a message passed on to somebody else
MailKind = Literal["answer", "forward", "acknowledgement", "notice"]
#: what a notice is for: of the customer's own orders, of his conversations, or to sell him something
NoticePurpose = Literal["service", "conversation", "marketing"]
Direction = Literal["in", "out"]
MailboxProtocol = Literal["imap", "inbound"]
MailboxSecurity = Literal["tls", "starttls", "none"]
MailboxAuth = Literal["password", "oauth"]
#: `needs_consent`: the authorization server refused us, an admin has to agree anew
MailboxState = Literal["connecting", "reading", "idle", "backing_off", "needs_consent", "disabled"]
RawMailSource = Literal["smtp", "lmtp", "imap", "pipe"]
#: `stored` waits to be filed, `retrying` failed and is tried again, `dead_letter` waits for a person
RawMailState = Literal[
    "stored", "retrying", "filed", "duplicate", "automatic", "bounce", "dropped_by_rule", "dead_letter"
]  # fmt: skip
#: `customer` is answered, `cc` gets a copy
ParticipantRole = Literal["customer", "cc"]
RuleMatch = Literal["all", "any"]
RuleField = Literal["sender", "sender_domain", "recipient", "subject", "text", "header"]
RuleComparison = Literal["contains", "is", "begins", "ends"]
#: what agents are told of a mail that came
MailFlag = Literal[
    "not_authenticated", "not_a_participant", "copy_of_a_known_mail", "token_of_another", "no_sender", "too_large",
    "cut", "automatic", "attachment_left_out", "answers_go_elsewhere",
]  # fmt: skip


class MailRow(WireModel):
    id: UUID
    to: str
    cc: list[str]
    subject: str
    kind: MailKind
    state: MailState
    conversation_id: UUID | None
    #: the entry of the timeline that it carries
    entry_id: UUID | None
    #: who wrote it
    agent_id: UUID | None
    created_at: Moment
    #: it can be taken back until it left, which is not before this moment
    leaves_at: Moment
    left_at: Moment | None
    #: when a mail server took it
    sent_at: Moment | None
    #: why it is where it is, in words
    last_error: str | None


class MailView(MailRow):
    sender: str
    bcc: list[str]
    text: str
    html: str | None
    attempts: int


class SuppressedView(WireModel):
    """An address to which mails came back."""

    address: str
    #: in words of whoever refused
    reason: str
    #: none is for good
    until: Moment | None
    since: Moment


class Mails(WireModel):
    items: list[MailRow]
    #: a warning for whoever writes: mails to the customer's address came back
    suppressed: SuppressedView | None


class MailTime(WireModel):
    #: none is now
    send_at: Moment | None = None


class WithdrawnMail(WireModel):
    """What its writer had typed, for the composer."""

    mail: MailRow
    text: str
    html: str | None
    bcc: list[str]
    #: free for another answer
    attachment_ids: list[UUID]


class MailQuery(Query):
    cursor: str | None = None
