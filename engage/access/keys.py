"""API keys: what a program of a site's own shows instead of a cookie, limited to named scopes."""

from datetime import datetime, timedelta
from functools import partial
from typing import Literal, get_args
from uuid import UUID

from aiohttp import web
from sqlalchemy import select

from engage.access import tokens
from engage.access.errors import BadKey, ScopeMissing
from engage.access.models import ApiKey
from engage.access.principals import CallingKey
from engage.kit.rate_limit import RATE_LIMITS, Limit
from engage.kit.routes import Permission
from engage.kit.unit_of_work import UNITS, UnitOfWork, UnitsOfWork

Scope = Literal[
    "contacts:read",
    "contacts:write",
    "conversations:read",
    "conversations:write",
    "articles:read",
    "articles:write",
    "webhooks:read",
    "webhooks:write",
]
SCOPES: tuple[Scope, ...] = get_args(Scope)
#: says to a person, and to a scanner of leaked secrets, what it is
PREFIX = "engage_"
#: so much of it stays readable, to tell one key from another
SHOWN = len(PREFIX) + 6
CALLS_BY_KEY = Limit("api_key", burst=120, per_minute=600)
#: a use is written down at most this often: reading must not cost a write each time
USE_NOTED_EVERY = timedelta(minutes=1)


def new_key() -> str:
    """Shown once; its hash is stored."""
    return f"{PREFIX}{tokens.new_token()}"


def a_key(scope: Scope | None = None) -> Permission[CallingKey]:
    """Permission: a key of this scope, or of any, as `Authorization: Bearer engage_…`."""

    async def a_key(request: web.Request, work: UnitOfWork) -> CallingKey:
        """Raises BadKey, ScopeMissing, TooMany."""
        row = await _by_header(request, work)
        request.app[RATE_LIMITS].spend(CALLS_BY_KEY, str(row.id))
        if scope is not None and scope not in row.scopes:
            raise ScopeMissing(scope=scope)
        await _note_use(request, work, row)
        return CallingKey(row.id, row.name, row.site_id, frozenset(row.scopes))

    a_key.scope = scope  # type: ignore[attr-defined]  # read by the document of the routes
    return a_key


async def _by_header(request: web.Request, work: UnitOfWork) -> ApiKey:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.startswith(PREFIX):
        raise BadKey
    row = await work.db.scalar(select(ApiKey).where(ApiKey.token_hash == tokens.token_hash(token)))
    if row is None or not is_valid(row, work.now):
        raise BadKey
    return row


def is_valid(row: ApiKey, now: datetime) -> bool:
    return row.revoked_at is None and (row.expires_at is None or row.expires_at > now)


async def _note_use(request: web.Request, work: UnitOfWork, row: ApiKey) -> None:
    if row.last_used_at is not None and work.now - row.last_used_at < USE_NOTED_EVERY:
        return
    note = partial(_used_now, request.app[UNITS], row.id)
    if request.method in ("GET", "HEAD"):
        await note()
    else:
        # SQLite has one writer, and that is this request: the note waits for its end
        work.after_commit(note)


async def _used_now(units: UnitsOfWork, key_id: UUID) -> None:
    async with units.begin() as work:
        (await work.db.get_one(ApiKey, key_id)).last_used_at = work.now
