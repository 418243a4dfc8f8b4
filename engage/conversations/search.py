"""Finding what was said: an FTS5 table in SQLite, a GIN index in PostgreSQL; the newest first."""

import re
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Select, column, select, table, text

from engage.conversations.models import Conversation, TimelineRow
from engage.kit.unit_of_work import UnitOfWork

#: everything in ASCII that is no letter and no digit parts words; the index in PostgreSQL is built with the same
PARTS = "!\"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~"
VECTOR = f"to_tsvector('simple', translate(timeline.text, '{PARTS}', '{' ' * (len(PARTS) - 1)}'))"
SEARCHED = "timeline.kind IN ('message', 'note', 'form') AND timeline.text <> ''"
MOST_WORDS = 8

_FTS5 = table("timeline_search", column("rowid"), column("entry_id"))


def words_of(query: str) -> list[str]:
    """The words of what somebody typed, and nothing else: no sign of it can reach a search language."""
    return [word.lower() for word in re.findall(r"[^\W_]+", query)][:MOST_WORDS]


def entries(work: UnitOfWork, words: Sequence[str], site_ids: Collection[UUID], most: int) -> Select[UUID]:
    """Ids of the newest entries with all the words, the last of which may be a beginning.

    Whoever asks adds who may see them.
    """
    if work.db.get_bind().dialect.name == "sqlite":
        return _in_sqlite(words, site_ids, most)
    return _in_postgres(words, site_ids, most)


def _in_sqlite(words: Sequence[str], site_ids: Collection[UUID], most: int) -> Select[UUID]:
    # The site stands in the index as a word: hits of other sites cost nothing.
    here = " OR ".join(f'"{site_id.hex}"' for site_id in sorted(site_ids))
    said = " AND ".join(f'"{word}"' for word in words)
    match = text("timeline_search MATCH :match").bindparams(match=f"site : ({here}) AND text : ({said}*)")
    return select(_FTS5.c.entry_id).where(match).order_by(_FTS5.c.rowid.desc()).limit(most)


def _in_postgres(words: Sequence[str], site_ids: Collection[UUID], most: int) -> Select[UUID]:
    wanted = " & ".join(f"'{word}'" for word in words) + ":*"
    match = text(f"{VECTOR} @@ to_tsquery('simple', :wanted) AND {SEARCHED}").bindparams(wanted=wanted)
    return (
        select(TimelineRow.id)
        .join(Conversation, Conversation.id == TimelineRow.conversation_id)
        .where(match, Conversation.site_id.in_(site_ids))
        .order_by(TimelineRow.id.desc())
        .limit(most)
    )
