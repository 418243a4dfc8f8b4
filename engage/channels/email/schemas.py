from typing import Literal
from uuid import UUID

from engage.kit.wire import Moment, Query, WireModel

MailState = Literal["queued", "sent", "kept", "dead"]
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
    "cut", "automatic", "attachment_left_out",
]  # fmt: skip


class MailRow(WireModel):
    id: UUID
    to: str
    subject: str
    state: MailState
    created_at: Moment
    last_error: str | None


class MailView(MailRow):
    sender: str
    text: str
    html: str | None
    attempts: int


class MailQuery(Query):
    cursor: str | None = None
