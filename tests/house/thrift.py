"""What a database costs in a test and not at work is paid once."""

from sqlalchemy import Engine
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import LRUCache

#: statements of the whole suite
MOST_STATEMENTS = 20_000
#: by the database: an engine that has reached it, from which the later ones have their statements
_PROVEN: dict[str, Engine] = {}


def saves(engine: AsyncEngine) -> None:
    """Each statement is put into words once in a run, and not once for each house."""
    own = engine.sync_engine
    if (first := _PROVEN.get(own.dialect.name)) is None:
        own._compiled_cache = LRUCache(MOST_STATEMENTS)  # noqa: SLF001  # as large as the suite
    else:
        # the dialect is a part of what a statement is known by
        own.dialect, own._compiled_cache = first.dialect, first._compiled_cache  # noqa: SLF001


def has_connected(engine: AsyncEngine) -> None:
    """What a dialect learns of its server it knows now."""
    _PROVEN.setdefault(engine.dialect.name, engine.sync_engine)
