"""API keys: made, listed and revoked. A key is shown once."""

from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import select

from engage.access import keys, tokens
from engage.access.audit import Subject
from engage.access.keys import Scope
from engage.access.models import ApiKey
from engage.access.principals import CallingKey
from engage.administration.desk import AdminCall, administered, record
from engage.agents.sign_in import an_agent
from engage.kit.errors import Invalid, NotFound
from engage.kit.ids import new_id
from engage.kit.routes import SHOWN_ONCE, Call, Reply, Routes
from engage.kit.wire import Moment, PlainText, WireModel

routes = Routes()


class KeyForm(WireModel):
    name: Annotated[PlainText, Field(min_length=1, max_length=100)]
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=len(keys.SCOPES))]
    #: none is for ever
    expires_at: Moment | None = None


class KeyRow(WireModel):
    id: UUID
    name: str
    #: how the key begins
    prefix: str
    scopes: list[Scope]
    created_at: Moment
    created_by: str
    expires_at: Moment | None
    last_used_at: Moment | None
    expired: bool


class NewKey(WireModel):
    """The key itself, this one time."""

    key: str
    row: KeyRow


class Keys(WireModel):
    items: list[KeyRow]


@routes.get("/api/v1/admin/sites/{site_id}/keys", may=an_agent)
async def list_keys(call: AdminCall, site_id: UUID) -> Keys:
    """The site's API keys that were not revoked, the newest first."""
    await administered(call, site_id)
    rows = select(ApiKey).where(ApiKey.site_id == site_id, ApiKey.revoked_at.is_(None)).order_by(ApiKey.id.desc())
    return Keys(items=[_row(call, each) for each in await call.work.db.scalars(rows)])


@routes.post("/api/v1/admin/sites/{site_id}/keys", may=an_agent, status=201)
async def make_key(call: AdminCall, site_id: UUID, body: KeyForm) -> NewKey:
    """Make an API key; the answer is the only place where it can be read."""
    await administered(call, site_id)
    if body.expires_at is not None and body.expires_at <= call.work.now:
        raise Invalid("A key expires in the future, or never.")
    secret = keys.new_key()
    row = ApiKey(
        id=new_id(),
        site_id=site_id,
        name=body.name,
        prefix=secret[: keys.SHOWN],
        token_hash=tokens.token_hash(secret),
        scopes=sorted(set(body.scopes)),
        created_at=call.work.now,
        created_by=call.who.name,
        expires_at=body.expires_at,
    )
    call.work.db.add(row)
    record(call, "key.made", Subject(row.name, row.id, site_id), {"scopes": [None, row.scopes]})
    answer = NewKey(key=secret, row=_row(call, row))
    return Reply(answer, 201, SHOWN_ONCE)  # type: ignore[return-value]  # the same body, kept by nobody


@routes.delete("/api/v1/admin/keys/{key_id}", may=an_agent)
async def revoke_key(call: AdminCall, key_id: UUID) -> None:
    """The key opens nothing from now on."""
    row = await call.work.db.get(ApiKey, key_id)
    if row is None or row.revoked_at is not None:
        raise NotFound
    await administered(call, row.site_id)
    row.revoked_at = call.work.now
    record(call, "key.revoked", Subject(row.name, row.id, row.site_id))


class ThisKey(WireModel):
    name: str
    site_id: UUID
    scopes: list[Scope]


@routes.get("/api/v1/key", may=keys.a_key())
async def read_this_key(call: Call[CallingKey]) -> ThisKey:
    """Which key is this, and what may it do? To try a key."""
    scopes = [scope for scope in keys.SCOPES if scope in call.who.scopes]
    return ThisKey(name=call.who.name, site_id=call.who.site_id, scopes=scopes)


def _row(call: AdminCall, row: ApiKey) -> KeyRow:
    return KeyRow(
        id=row.id,
        name=row.name,
        prefix=row.prefix,
        scopes=row.scopes,
        created_at=row.created_at,
        created_by=row.created_by,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        expired=not keys.is_valid(row, call.work.now),
    )
