"""Mailboxes, mails that came in as they came, the names by which mails are known, and mails that leave us."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from engage.channels.email.schemas import (
    Direction,
    MailboxAuth,
    MailboxProtocol,
    MailboxSecurity,
    MailboxState,
    MailKind,
    MailState,
    NoticePurpose,
    ParticipantRole,
    RawMailSource,
    RawMailState,
    RuleMatch,
)
from engage.kit.db import Model

NOTHING = text("'{}'")


class Mail(Model):
    """One mail that leaves us; its states stand in `schemas.MailState`."""

    __tablename__ = "mails"
    __table_args__ = (Index("ix_mails_site", "site_id", "id"), Index("ix_mails_state", "state", "not_before"))

    #: the outbound message's id; also in its Message-ID, so that a second copy is known as one
    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"))
    conversation_id: Mapped[UUID | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    sender: Mapped[str] = mapped_column(String(320))
    recipient: Mapped[str] = mapped_column(String(320))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str | None] = mapped_column(Text)
    #: holds a one-time link: hardly anybody may read it, and its text is gone once it was sent
    secret: Mapped[bool] = mapped_column(default=False)
    #: ids of the attachments that go along
    files: Mapped[list[Any]]
    state: Mapped[MailState] = mapped_column(String(10))
    attempts: Mapped[int] = mapped_column(default=0)
    #: why it is where it is, in words
    last_error: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    kind: Mapped[MailKind] = mapped_column(String(20), default="notice", server_default="notice")
    #: the answer that it carries, or the last one of several
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("timeline.id"), index=True)
    #: who wrote it
    agent_id: Mapped[UUID | None] = mapped_column(ForeignKey("agents.id"))
    #: whose address it comes from
    mailbox_id: Mapped[UUID | None] = mapped_column(ForeignKey("mailboxes.id"))
    #: in brackets, as it is sent; fixed before the first try
    message_id: Mapped[str | None] = mapped_column(String(320))
    #: what the mail server called it when it took it
    provider_id: Mapped[str | None] = mapped_column(String(255))
    in_reply_to: Mapped[str | None] = mapped_column(String(320))
    #: the mails before it, without brackets, the oldest first
    reference_ids: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    cc: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    bcc: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    #: further ones, by name
    headers: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    reply_to: Mapped[str | None] = mapped_column(String(320))
    #: MAIL FROM: none is the sender, an empty one asks for no bounces
    envelope_from: Mapped[str | None] = mapped_column(String(320))
    #: it can be taken back until then, and until `left_at`
    not_before: Mapped[datetime | None]
    #: when it was given to the post, and so to the customer
    left_at: Mapped[datetime | None]


class SuppressedAddress(Model):
    """An address of a site's to which nothing but answers is sent: mails to it came back."""

    __tablename__ = "suppressed_addresses"

    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), primary_key=True)
    #: in small letters
    address: Mapped[str] = mapped_column(String(320), primary_key=True)
    #: in words of whoever refused
    reason: Mapped[str] = mapped_column(String(500))
    #: none is for good
    until: Mapped[datetime | None]
    #: what came back; of a mail that may be gone
    mail_id: Mapped[UUID | None]
    created_at: Mapped[datetime]


class MailOptOut(Model):
    """Somebody who does not want mails of a kind any more. An address without a purpose here gets them."""

    __tablename__ = "mail_opt_outs"

    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), primary_key=True)
    address: Mapped[str] = mapped_column(String(320), primary_key=True)
    purpose: Mapped[NoticePurpose] = mapped_column(String(20), primary_key=True)
    created_at: Mapped[datetime]


class MailNotice(Model):
    """That somebody was told of an event: nobody is told twice."""

    __tablename__ = "mail_notices"

    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), primary_key=True)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contacts.id"), primary_key=True)
    #: whoever tells names the event, such as `order:4711:shipped`
    event: Mapped[str] = mapped_column(String(200), primary_key=True)
    #: of a mail that may be gone
    mail_id: Mapped[UUID]
    created_at: Mapped[datetime]


class MailTrouble(Model):
    """Mails of a site that cannot leave; gone with the first one that does."""

    __tablename__ = "mail_troubles"

    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), primary_key=True)
    since: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(500))
    #: when the alarm was raised
    alarmed_at: Mapped[datetime | None]


class Mailbox(Model):
    """An address of a site's to which customers write, and how we get at its mails."""

    __tablename__ = "mailboxes"
    __table_args__ = (UniqueConstraint("address"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    #: in small letters; answers come from it
    address: Mapped[str] = mapped_column(String(320))
    #: further addresses, and where their mails go: [{address, queue_id}]
    aliases: Mapped[list[Any]] = mapped_column(default=list, server_default=text("'[]'"))
    #: where its mails wait for an agent
    queue_id: Mapped[UUID] = mapped_column(ForeignKey("queues.id"))
    #: `imap` is read by us, `inbound` is brought to us by SMTP, LMTP or a pipe
    protocol: Mapped[MailboxProtocol] = mapped_column(String(10))
    host: Mapped[str] = mapped_column(String(255), default="", server_default="")
    port: Mapped[int] = mapped_column(default=993, server_default="993")
    security: Mapped[MailboxSecurity] = mapped_column(String(10), default="tls", server_default="tls")
    auth: Mapped[MailboxAuth] = mapped_column(String(10), default="password", server_default="password")
    login: Mapped[str] = mapped_column(String(320), default="", server_default="")
    #: sealed: {password} or {client_secret, refresh_token, access_token}
    secrets: Mapped[str | None] = mapped_column(Text)
    #: of an authorization server: {provider, authorize_url, token_url, client_id, scope, account, expires_at}
    oauth: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    folder: Mapped[str] = mapped_column(String(255), default="INBOX", server_default="INBOX")
    #: where a mail goes once it is stored; it stays where it is, marked as seen, if there is none
    done_folder: Mapped[str | None] = mapped_column(String(255))
    #: whose `Authentication-Results` are believed; nobody's if there is none
    authserv_id: Mapped[str | None] = mapped_column(String(255))
    is_on: Mapped[bool] = mapped_column(default=True, server_default=true())
    state: Mapped[MailboxState] = mapped_column(String(20), default="connecting", server_default="connecting")
    #: what is wrong, in words for the admin
    trouble: Mapped[str | None] = mapped_column(String(500))
    trouble_since: Mapped[datetime | None]
    #: when it was read last without trouble, and when a mail came last
    read_at: Mapped[datetime | None]
    last_mail_at: Mapped[datetime | None]
    #: the process that reads it, until then
    reader: Mapped[str | None] = mapped_column(String(100))
    reader_until: Mapped[datetime | None]
    created_at: Mapped[datetime]


class MailboxCursor(Model):
    """How far a folder was read (RFC 9051: UIDs grow while UIDVALIDITY stays)."""

    __tablename__ = "mailbox_cursors"

    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailboxes.id"), primary_key=True)
    folder: Mapped[str] = mapped_column(String(255), primary_key=True)
    uid_validity: Mapped[int] = mapped_column(BigInteger)
    last_uid: Mapped[int] = mapped_column(BigInteger)


class MailRule(Model):
    """What happens to a site's mails before they are filed; see `mail_rules`."""

    __tablename__ = "mail_rules"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), index=True)
    #: for all mailboxes if there is none
    mailbox_id: Mapped[UUID | None] = mapped_column(ForeignKey("mailboxes.id"))
    name: Mapped[str] = mapped_column(String(100))
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    is_on: Mapped[bool] = mapped_column(default=True, server_default=true())
    match: Mapped[RuleMatch] = mapped_column(String(3), default="all", server_default="all")
    #: [{field, how, value, header, negated}]
    conditions: Mapped[list[Any]] = mapped_column(default=list, server_default=text("'[]'"))
    #: {drop, queue_id, label_ids, priority, let_through}
    acts: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    #: no rule behind it is asked
    stops: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: it counts until then
    expires_at: Mapped[datetime | None]
    hits: Mapped[int] = mapped_column(default=0, server_default="0")
    last_hit_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class RawMail(Model):
    """A mail as it came to one mailbox. Its bytes lie in a file named by their hash before this row is stored."""

    __tablename__ = "raw_mails"
    __table_args__ = (
        UniqueConstraint("mailbox_id", "folder", "uid_validity", "uid"),
        UniqueConstraint("mailbox_id", "filed_as"),
        Index("ix_raw_mails_site", "site_id", "id"),
        Index("ix_raw_mails_state", "state", "site_id"),
        Index("ix_raw_mails_sha256", "sha256"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"))
    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailboxes.id"))
    source: Mapped[RawMailSource] = mapped_column(String(10))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    #: only its headers lie here: it is larger than we take, and was left on the server
    is_cut: Mapped[bool] = mapped_column(default=False, server_default=false())
    envelope_from: Mapped[str | None] = mapped_column(String(320))
    #: the address of ours that it was brought to
    envelope_to: Mapped[str | None] = mapped_column(String(320))
    folder: Mapped[str | None] = mapped_column(String(255))
    uid_validity: Mapped[int | None] = mapped_column(BigInteger)
    uid: Mapped[int | None] = mapped_column(BigInteger)
    #: when it came to us: the deadline runs from here, never from its `Date`
    received_at: Mapped[datetime]
    state: Mapped[RawMailState] = mapped_column(String(20))
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    #: why it is where it is, in words
    reason: Mapped[str | None] = mapped_column(String(500))
    #: what a list shows before and without filing
    sender: Mapped[str | None] = mapped_column(String(320))
    subject: Mapped[str | None] = mapped_column(String(300))
    #: Message-ID and hash of the text, or a hash of all but the trace headers: the same mail is filed once a mailbox
    filed_as: Mapped[str | None] = mapped_column(String(64))
    filed_at: Mapped[datetime | None]
    conversation_id: Mapped[UUID | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("timeline.id"), index=True)
    #: what agents are told of it: names of `schemas.MailFlag`
    flags: Mapped[list[Any]] = mapped_column(default=list, server_default=text("'[]'"))


class MailId(Model):
    """A Message-ID by which a mail of a conversation is known, whoever gave it (RFC 5322, 3.6.4)."""

    __tablename__ = "mail_ids"

    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), primary_key=True)
    #: without its brackets; a longer one stands here as `sha256:` and its hash
    message_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    direction: Mapped[Direction] = mapped_column(String(3))
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("timeline.id"))


class MailThread(Model):
    """What a conversation is by mail: from which address of ours it is answered, and under which words."""

    __tablename__ = "mail_threads"
    __table_args__ = (UniqueConstraint("site_id", "reference"),)

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"))
    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailboxes.id"), index=True)
    #: the mailbox's own or an alias: the one that was written to
    address: Mapped[str] = mapped_column(String(320))
    #: stands in subjects as `[Nordlink #104217633]`
    reference: Mapped[int] = mapped_column(BigInteger)
    #: of the first mail, without "Re:" and without the reference
    subject: Mapped[str] = mapped_column(String(300))
    #: the conversation that this one was kept out of, or follows after a long time
    linked_id: Mapped[UUID | None] = mapped_column(ForeignKey("conversations.id"))
    #: a program wrote its first mail, so it stands in a list of its own
    is_automatic: Mapped[bool] = mapped_column(default=False, server_default=false())


class MailParticipant(Model):
    """Somebody who takes part in a conversation by mail. Nobody becomes one by writing to it himself."""

    __tablename__ = "mail_participants"

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    #: in small letters
    address: Mapped[str] = mapped_column(String(320), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    role: Mapped[ParticipantRole] = mapped_column(String(10))
    added_at: Mapped[datetime]


class MailSender(Model):
    """The visitor in whose name the mails of an address are kept. No browser is his, so nobody reads them there."""

    __tablename__ = "mail_senders"

    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), primary_key=True)
    #: in small letters
    address: Mapped[str] = mapped_column(String(320), primary_key=True)
    visitor_id: Mapped[UUID] = mapped_column(ForeignKey("visitors.id"), index=True)


class ReceivedMail(Model):
    """What agents see of a mail beyond its entry in the timeline, which holds only what is new in it."""

    __tablename__ = "received_mails"

    entry_id: Mapped[UUID] = mapped_column(ForeignKey("timeline.id"), primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"))
    #: its source
    raw_mail_id: Mapped[UUID] = mapped_column(ForeignKey("raw_mails.id"), index=True)
    message_id: Mapped[str | None] = mapped_column(String(255))
    #: {address, name}; none if it names nobody
    sender: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=NOTHING)
    #: [{address, name}] where the answers go instead of to its sender; empty for whoever may not say so
    reply_to: Mapped[list[Any]]
    to: Mapped[list[Any]]
    cc: Mapped[list[Any]]
    subject: Mapped[str] = mapped_column(String(300))
    #: what the mail itself claims
    dated: Mapped[datetime | None]
    received_at: Mapped[datetime]
    #: all of it, with what it quotes
    text: Mapped[str] = mapped_column(Text)
    #: [[begin, end]] of what is new in the text, in characters; the rest is quoted
    shown: Mapped[list[Any]]
    #: sanitised, with `cid:` names
    html: Mapped[str | None] = mapped_column(Text)
    #: {content id: attachment id}
    pictures: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=NOTHING)
    #: {method, summary, starts_at, ends_at, location, organizer}; empty if it invites to nothing
    invitation: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=NOTHING)
    #: names of `schemas.MailFlag`
    flags: Mapped[list[Any]]
    #: what was wrong or too much with it, in words
    faults: Mapped[list[Any]]
    is_signed: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_encrypted: Mapped[bool] = mapped_column(default=False, server_default=false())


class MailAcknowledgement(Model):
    """That somebody was told his mail came: once a conversation, and counted by sender and domain."""

    __tablename__ = "mail_acknowledgements"
    __table_args__ = (
        Index("ix_mail_acknowledgements_sender", "site_id", "address", "at"),
        Index("ix_mail_acknowledgements_domain", "site_id", "domain", "at"),
    )

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"))
    address: Mapped[str] = mapped_column(String(320))
    domain: Mapped[str] = mapped_column(String(255))
    at: Mapped[datetime]
    #: he said himself that the suggested answers were enough
    solved_at: Mapped[datetime | None]
