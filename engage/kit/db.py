"""The database: SQLite in one process or PostgreSQL, the same code."""

import asyncio
import re
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from time import monotonic
from typing import Any, Literal, TypeAlias, cast
from uuid import UUID

import orjson
from sqlalchemy import (
    ARRAY,
    JSON,
    ColumnElement,
    DateTime,
    FromClause,
    Insert,
    MetaData,
    Select,
    String,
    Table,
    Update,
    any_,
    bindparam,
    column,
    event,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy import cast as cast_to
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.exc import DBAPIError, IntegrityError, InvalidatePoolError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator, TypeEngine

from engage.kit.errors import Conflict, DatabaseAway, EngageError
from engage.kit.metrics import STATEMENTS

Db: TypeAlias = Literal["sqlite", "postgresql"]

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

#: how long a connection that is back in the pool is taken to be alive without asking, unless its line was closed
TRUSTED_SECONDS = 1.0
#: of PostgreSQL, which tells errors by number (SQLSTATE)
UNIQUE_VIOLATION = "23505"
#: the connection broke, or the server stops or starts
GONE = ("08", "57P")

#: JSON on SQLite, JSONB on PostgreSQL
Json = JSON().with_variant(JSONB(), "postgresql")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment in UTC. SQLite keeps no zone, so it goes in and comes out as UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Model(DeclarativeBase):
    """What all tables have in common: one naming rule, so that migrations can name what they change."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UtcDateTime(), dict[str, Any]: Json, list[Any]: Json}  # noqa: RUF012  # SQLAlchemy's own form


def insert_into(session: AsyncSession, table: type[Model]) -> SqliteInsert | PostgresInsert:
    """An INSERT that knows what to do ON CONFLICT, in the words of the session's database."""
    return sqlite_insert(table) if session.get_bind().dialect.name == "sqlite" else postgres_insert(table)


def db_of(session: AsyncSession) -> Db:
    return "sqlite" if session.get_bind().dialect.name == "sqlite" else "postgresql"


def told_of(error: Exception) -> EngageError | None:
    """What people hear of an error that the database gave us to expect; None for all others."""
    if isinstance(error, IntegrityError):
        return _conflict(error)
    if isinstance(error, PoolExhausted):
        return DatabaseAway()
    is_gone = isinstance(error, DBAPIError) and (error.connection_invalidated or _sqlstate(error).startswith(GONE))
    return DatabaseAway() if is_gone else None


def _conflict(error: IntegrityError) -> Conflict | None:
    """Somebody was faster by a moment: the same sentence as if he had been faster by a day."""
    if (constraint := violated(error)) is None:
        return None
    named = (each for each in _kinds_of(Conflict) if each.constraint == constraint)
    return next(named, Conflict)()


def violated(error: IntegrityError) -> str | None:
    """The name of the unique constraint that stood in the way."""
    if _sqlstate(error) == UNIQUE_VIOLATION:
        return getattr(error.orig.__cause__ if error.orig else None, "constraint_name", None)
    # SQLite names an index, or the columns: "UNIQUE constraint failed: skills.site_id, skills.name"
    found = re.search(r"UNIQUE constraint failed: (?:index '(\w+)'|(.+))", str(error.orig))
    if found is None or found[1]:
        return found and found[1]
    table, columns = found[2].split(".")[0], [each.split(".")[-1] for each in found[2].split(", ")]
    return "_".join(["uq", table, *columns])


def _sqlstate(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


def _kinds_of(kind: type[Conflict]) -> Iterator[type[Conflict]]:
    for each in kind.__subclasses__():
        yield each
        yield from _kinds_of(each)


async def insert_all(session: AsyncSession, table: type[Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """All of them by one statement, past the mapper; all name the same columns, and none is nothing to do."""
    if rows:
        await session.execute(insert(cast(Table, table.__table__)), list(rows))


def columns_of(model: type[Model]) -> Any:
    """The table's own columns: a statement over them skips what the mapper would do for each of its rows."""
    return cast(Table, model.__table__).c


class _JsonList(TypeDecorator[list[Any]]):
    """Ids and texts as SQLite keeps them, in one parameter: a list of marks would be a new statement each time."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Collection[Any] | None, _dialect: Dialect) -> str:
        return orjson.dumps([each.hex if isinstance(each, UUID) else each for each in value or ()]).decode()


def among(db: Db, column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """`column IN` the list that is given under this name when the statement is executed.

    One parameter, so that lists of any length share a prepared statement.
    """
    if db == "sqlite":
        listed = func.json_each(bindparam(name, type_=_JsonList)).table_valued("value")
        return column.in_(select(listed.c.value))
    return column == any_(bindparam(name, type_=ARRAY(column.type)))


def is_among(
    db: Db, column: ColumnElement[Any] | InstrumentedAttribute[Any], values: Collection[Any]
) -> ColumnElement[bool]:
    """`column IN values`, with the values at hand: lists of any length share a prepared statement here too."""
    if db == "sqlite":
        listed = func.json_each(bindparam(None, list(values), type_=_JsonList, unique=True)).table_valued("value")
        return column.in_(select(listed.c.value))
    return column == any_(bindparam(None, list(values), type_=ARRAY(column.type), unique=True))


#: SQLAlchemy takes a parameter that is named as a column for that column's value
_PREFIX = "given_"


class Given:
    """Rows that are given to a statement, by their columns: PostgreSQL takes all at once, SQLite one after the other.

    `insert` and `update` are written once over these columns and executed with `parameters`. `what` they are tells
    them from the rows of other statements that are executed together.
    """

    def __init__(self, db: Db, what: str, /, **columns: TypeEngine[Any]) -> None:
        self._db = db
        self._names = tuple(f"{_PREFIX}{what}_{name}" for name in columns)
        named = zip(columns.items(), self._names, strict=True)
        if db == "sqlite":
            self._columns: dict[str, ColumnElement[Any]] = {
                name: bindparam(key, type_=type_) for (name, type_), key in named
            }
            return
        lists = [bindparam(key, type_=ARRAY(type_)) for (_, type_), key in named]
        typed = [column(name, type_) for name, type_ in columns.items()]
        table = func.unnest(*lists).table_valued(*typed, name="given").render_derived()
        self._columns = {name: table.c[name] for name in columns}

    def __getattr__(self, name: str) -> Any:
        return self._columns[name]

    def parameters(self, rows: Sequence[Sequence[Any]], **same: Any) -> Any:
        """For `execute`: the rows in the order of the columns, and what is the same for all of them."""
        if self._db == "sqlite":
            return [dict(zip(self._names, row, strict=True), **same) for row in rows]
        return dict(zip(self._names, map(list, zip(*rows, strict=True)), strict=True), **same)


@dataclass(frozen=True)
class Write:
    """A statement that was built once, and what it is executed with. It names all its columns: no default is added."""

    statement: Insert | Update
    parameters: Any


async def write_all(session: AsyncSession, writes: Sequence[Write]) -> None:
    """Independent writes, none of which sees what another does: PostgreSQL takes all of them in one round trip."""
    if db_of(session) == "sqlite":
        for each in writes:
            await session.execute(each.statement, each.parameters)
        return
    together = _together(*(each.statement for each in writes))
    await session.execute(together, {key: value for each in writes for key, value in each.parameters.items()})


@cache
def _together(*statements: Insert | Update) -> Select[Any]:
    return select(literal(1)).add_cte(*(each.cte(f"write_{n}") for n, each in enumerate(statements)))


class _JsonRows(TypeDecorator[list[Any]]):
    """Rows as one text: made and read faster than a parameter for each of their values."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Collection[Mapping[str, Any]] | None, _dialect: Dialect) -> str:
        # `default`: the ids that asyncpg reads are of a class of its own
        return orjson.dumps(value or (), default=str).decode()


def json_rows(db: Db, name: str, columns: Mapping[str, TypeEngine[Any]]) -> FromClause:
    """The rows that are given under this name when the statement is executed, any number as one parameter.

    For SQLite, which keeps ids as text, they are given as `hex`; PostgreSQL reads that too.
    """
    rows = bindparam(name, type_=_JsonRows)
    if db == "sqlite":
        each = func.json_each(rows).table_valued("value").c.value
        return select(
            *(func.json_extract(each, f"$.{key}", type_=columns[key]).label(key) for key in columns)
        ).subquery()
    typed = (column(key, kind) for key, kind in columns.items())
    return func.json_to_recordset(cast_to(rows, JSON)).table_valued(*typed).render_derived(name=name, with_types=True)


class Database:
    """One engine; `reading` and `writing` give a session in a transaction. Only the edge commits.

    `patience_seconds`: so long PostgreSQL may take for an answer; None waits for ever, as a migration must.
    """

    def __init__(self, url: str, *, patience_seconds: float | None = None) -> None:
        self.engine = _engine(url, patience_seconds)
        event.listen(self.engine.sync_engine, "before_cursor_execute", _count)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        # SQLite has one writer: waiting here is fair, waiting inside SQLite is not.
        self._one_writer = asyncio.Lock() if self.is_sqlite else None

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        async with AsyncSession(self.engine, expire_on_commit=False, autoflush=True) as session:
            yield session

    @asynccontextmanager
    async def glancing(self) -> AsyncIterator[AsyncSession]:
        """To look only, each statement for itself: on PostgreSQL that spares the round trips of a transaction."""
        engine = self.engine if self.is_sqlite else self.engine.execution_options(isolation_level="AUTOCOMMIT")
        async with AsyncSession(engine, expire_on_commit=False) as session:
            yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """Commits when the block ends without an error, else rolls everything back."""
        engine = self.engine.execution_options(begin="IMMEDIATE") if self.is_sqlite else self.engine
        turn = self._one_writer or nullcontext()
        async with turn, AsyncSession(engine, expire_on_commit=False) as session, session.begin():
            yield session

    async def close(self) -> None:
        await self.engine.dispose()


def _count(*_about: object) -> None:
    STATEMENTS.inc()


def _engine(url: str, patience_seconds: float | None) -> AsyncEngine:
    """A statement's parameters are what people wrote: an error that is logged must not repeat them."""
    if url.startswith("sqlite"):
        engine = create_async_engine(
            url, pool_size=8, max_overflow=0, connect_args={"timeout": 30}, hide_parameters=True
        )
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
        return engine
    # the last one given back is the first one taken: few connections stay warm, with their statements prepared
    patience = {} if patience_seconds is None else {"timeout": patience_seconds, "command_timeout": patience_seconds}
    engine = create_async_engine(
        url, pool_size=20, max_overflow=0, pool_use_lifo=True, hide_parameters=True, connect_args=patience
    )
    event.listen(engine.sync_engine, "do_connect", _connect)
    event.listen(engine.sync_engine, "handle_error", _give_up)
    event.listen(engine.sync_engine, "checkin", _given_back)
    event.listen(engine.sync_engine, "checkout", _taken)
    return engine


def _given_back(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info["used_at"] = monotonic()


def _taken(connection: Any, record: ConnectionPoolEntry, _fairy: object) -> None:
    """A connection that was cut is replaced. Asked is only one that was idle: that costs three round trips."""
    used_at = record.info.get("used_at")
    if used_at is None:
        return
    is_dead = connection.driver_connection.is_closed()
    if not is_dead and monotonic() - used_at > TRUSTED_SECONDS:
        is_dead = not _answers(connection)
    if is_dead:
        raise InvalidatePoolError


def _answers(connection: Any) -> bool:
    try:
        connection.ping()
    except (connection.dbapi.Error, OSError):
        return False
    return True


def _connect(dialect: Dialect, _record: object, given: Sequence[Any], named: dict[str, Any]) -> DBAPIConnection:
    try:
        return dialect.connect(*given, **named)
    except Exception as problem:
        raise DatabaseAway from problem


def _give_up(failure: ExceptionContext) -> None:
    """No answer came in time: whoever lost it swallows the next one too, so all connections are made anew."""
    if isinstance(failure.original_exception, TimeoutError):
        failure.is_disconnect = True
        raise DatabaseAway


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    # The driver would begin a transaction by itself, and too late: we do it in `_begin_sqlite`.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    # A writer takes its lock at the start: upgrading a reader in the middle fails with "database is locked".
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('begin', 'DEFERRED')}")
