"""What a database costs in a test and not at work is paid once."""

from sqlalchemy import Engine
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import LRUCache

#: statements of the whole suite, of both databases
MOST_STATEMENTS = 20_000
#: by the database: whoever was first, from whom the others have their statements
_FIRST: dict[str, Engine] = {}


def saves(engine: AsyncEngine) -> None:
    """Each statement is put into words once in a run, and not once for each house."""
    own = engine.sync_engine
    first = _FIRST.setdefault(own.dialect.name, own)
    if first is own:
        own._compiled_cache = LRUCache(MOST_STATEMENTS)  # noqa: SLF001  # as large as the suite
    # the dialect is a part of what a statement is known by
    own.dialect, own._compiled_cache = first.dialect, first._compiled_cache  # noqa: SLF001
