"""The conversation, its timeline and its attachments."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engage.conversations.schemas import Audience, AuthorKind, EntryKind, LabelColour, Side
from engage.kit.db import Model


class Conversation(Model):
    """A lasting thread with a visitor. Its row is the lock under which entries get their numbers."""

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("visitor_id", "client_id"), Index("ix_conversations_site", "site_id", "id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"))
    visitor_id: Mapped[UUID] = mapped_column(ForeignKey("visitors.id"), index=True)
    #: made by the browser that opened it: opening twice opens once
    client_id: Mapped[str] = mapped_column(String(64))
    topic: Mapped[str] = mapped_column(String(100))
    locale: Mapped[str] = mapped_column(String(20))
    #: what he answered before it began: [{key, label, value}]
    fields: Mapped[list[Any]]
    #: number of the last entry, and of the last one that the customer may see
    last_seq: Mapped[int] = mapped_column(default=0)
    last_customer_seq: Mapped[int] = mapped_column(default=0)
    #: who answers now; pushes for agents go to him
    with_agent_id: Mapped[UUID | None] = mapped_column(ForeignKey("agents.id"))
    last_text: Mapped[str] = mapped_column(String(200), default="")
    last_author: Mapped[AuthorKind | None] = mapped_column(String(10))
    last_at: Mapped[datetime]
    created_at: Mapped[datetime]
    #: where all of it went; whoever asks for it gets that one
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("conversations.id"), index=True)


class ConversationMerge(Model):
    """What came into a conversation with a merge, so that the merge can be taken back."""

    __tablename__ = "conversation_merges"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    gone_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    into_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agents.id"))
    #: ids of what moved, by its kind; each slice adds what is its own
    came: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    merged_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class TimelineRow(Model):
    """One numbered row of a timeline. Never changed and never deleted; a merge gives it a new place."""

    __tablename__ = "timeline"
    __table_args__ = (
        UniqueConstraint("conversation_id", "client_id"),
        UniqueConstraint("conversation_id", "customer_seq"),
    )

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    #: dense, for agents
    seq: Mapped[int] = mapped_column(primary_key=True)
    #: dense, for the customer; none if he may not see it
    customer_seq: Mapped[int | None]
    id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[EntryKind] = mapped_column(String(20))
    audience: Mapped[Audience] = mapped_column(String(10))
    author_kind: Mapped[AuthorKind] = mapped_column(String(10))
    author_id: Mapped[UUID | None]
    author_name: Mapped[str] = mapped_column(String(100))
    author_picture: Mapped[str | None] = mapped_column(String(500))
    #: made by the sender: sending again returns this row
    client_id: Mapped[str | None] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    details: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class Cursor(Model):
    """How far one side has got and read, in both numberings. Cursors only grow."""

    __tablename__ = "cursors"

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    side: Mapped[Side] = mapped_column(String(10), primary_key=True)
    delivered_seq: Mapped[int] = mapped_column(default=0)
    read_seq: Mapped[int] = mapped_column(default=0)
    delivered_customer_seq: Mapped[int] = mapped_column(default=0)
    read_customer_seq: Mapped[int] = mapped_column(default=0)


class Attachment(Model):
    """A file. Uploaded first, bound to an entry when that is sent; one that is never bound is removed after a day."""

    __tablename__ = "attachments"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"))
    #: who may bind it, and see it while it is not bound
    uploader: Mapped[str] = mapped_column(String(60))
    conversation_id: Mapped[UUID | None] = mapped_column(ForeignKey("conversations.id"))
    entry_id: Mapped[UUID | None] = mapped_column(ForeignKey("timeline.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    content_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    created_at: Mapped[datetime]


class CannedReply(Model):
    """A prepared text that an agent puts into his answer: the site's, or his own."""

    __tablename__ = "canned_replies"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), index=True)
    #: whose own it is; nobody's is everybody's at the site
    agent_id: Mapped[UUID | None] = mapped_column(ForeignKey("agents.id"))
    #: what is typed after the slash
    shortcut: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(100))
    text: Mapped[str] = mapped_column(Text)
    #: the language it is written in; none if it does not matter
    locale: Mapped[str | None] = mapped_column(String(20))
    #: ids of the queues whose work it is for; all if there are none
    queue_ids: Mapped[list[Any]]
    changed_at: Mapped[datetime]


class CannedFile(Model):
    """A file of a canned reply. Each answer takes a copy along."""

    __tablename__ = "canned_files"

    reply_id: Mapped[UUID] = mapped_column(ForeignKey("canned_replies.id"), primary_key=True)
    attachment_id: Mapped[UUID] = mapped_column(ForeignKey("attachments.id"), primary_key=True)


class Label(Model):
    """A word of the site's by which conversations are sorted and found."""

    __tablename__ = "labels"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("sites.id"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    colour: Mapped[LabelColour] = mapped_column(String(20))
    #: nobody can set it any more
    retired: Mapped[bool] = mapped_column(default=False)


class ConversationLabel(Model):
    """A label that a conversation bears."""

    __tablename__ = "conversation_labels"

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    label_id: Mapped[UUID] = mapped_column(ForeignKey("labels.id"), primary_key=True, index=True)
    #: who set it; none is a rule for mails
    agent_id: Mapped[UUID | None] = mapped_column(ForeignKey("agents.id"))
    at: Mapped[datetime]


class DraftRow(Model):
    """What an agent has typed into a conversation and not sent; gone when it is sent."""

    __tablename__ = "drafts"

    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agents.id"), primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    reply: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    #: the timeline's last number when the reply was begun
    reply_begun_at: Mapped[int | None]
    #: raised by each change
    version: Mapped[int]
    changed_at: Mapped[datetime]


class Mention(Model):
    """A colleague who was named in a note."""

    __tablename__ = "mentions"
    __table_args__ = (Index("ix_mentions_agent", "agent_id", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("timeline.id"))
    #: who was named
    agent_id: Mapped[UUID] = mapped_column(ForeignKey("agents.id"))
    #: when he looked
    read_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
