"""Access tokens of mailboxes (OAuth 2.0, XOAUTH2): kept, and fetched anew shortly before they end, by one process."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import orjson
from aiohttp import web

from engage.channels.email import mailbox_state
from engage.channels.email.models import Mailbox
from engage.kit.errors import EngageError
from engage.kit.outgoing import OUTGOING, Answer, NotReached
from engage.kit.secrets import VAULT
from engage.kit.unit_of_work import UNITS, UnitOfWork

#: a token that lives longer is left alone: asking at each look gets it revoked
SOON = timedelta(minutes=5)
#: a process that asks has it to itself for so long
LEASE = timedelta(seconds=30)
USUAL_SECONDS = 3600
#: what an authorization server says when asking again is useless (RFC 6749, 5.2)
FINAL = frozenset(
    {"invalid_grant", "unauthorized_client", "invalid_client", "interaction_required", "consent_required"}
)


class NeedsConsent(EngageError):
    """The mail service takes our sign-in no more; an admin has to give consent again."""

    status = 409
    code = "mailbox_needs_consent"


async def access_token(app: web.Application, mailbox_id: UUID, *, refused: str | None = None) -> str:
    """A token with some minutes to live, and not the one that was `refused`. Raises NeedsConsent, NotReached."""
    for _ in range(int(LEASE.total_seconds())):
        async with app[UNITS].begin() as work:
            box = await work.db.get_one(Mailbox, mailbox_id, with_for_update=True, populate_existing=True)
            sealed = _opened(app, box)
            token = sealed.get("access_token", "")
            if token and token != refused and _lives(work, box):
                return str(token)
            mine = _leased(work, box)
        if mine:
            return await _fetched(app, mailbox_id, sealed, dict(box.oauth))
        await asyncio.sleep(1)
    raise NotReached("Another process asks for a token and gets none.")


def _opened(app: web.Application, box: Mailbox) -> dict[str, Any]:
    opened: dict[str, Any] = orjson.loads(app[VAULT].open(box.secrets)) if box.secrets else {}
    return opened


def _lives(work: UnitOfWork, box: Mailbox) -> bool:
    ends: str = box.oauth.get("expires_at") or ""
    return ends != "" and datetime.fromisoformat(ends) - work.now > SOON


def _leased(work: UnitOfWork, box: Mailbox) -> bool:
    taken = box.oauth.get("asked_until")
    if taken and datetime.fromisoformat(taken) > work.now:
        return False
    box.oauth = {**box.oauth, "asked_until": (work.now + LEASE).isoformat()}
    return True


async def _fetched(app: web.Application, mailbox_id: UUID, sealed: dict[str, Any], oauth: dict[str, Any]) -> str:
    """Raises NeedsConsent, NotReached."""
    try:
        if not sealed.get("refresh_token"):
            raise NeedsConsent
        answer = await app[OUTGOING].post(
            oauth["token_url"],
            urlencode(_form(sealed, oauth)).encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
        )
        tokens = _tokens(answer)
    except EngageError as problem:
        await _give_back(app, mailbox_id, problem)
        raise
    return await _kept(app, mailbox_id, tokens)


def _form(sealed: dict[str, Any], oauth: dict[str, Any]) -> dict[str, str]:
    form = {
        "grant_type": "refresh_token",
        "refresh_token": sealed["refresh_token"],
        "client_id": oauth.get("client_id", ""),
        "client_secret": sealed.get("client_secret") or "",
        "scope": oauth.get("scope") or "",
    }
    return {name: value for name, value in form.items() if value}


def _tokens(answer: Answer) -> dict[str, Any]:
    """Raises NeedsConsent, NotReached."""
    told = answer.json()
    if answer.status == 200 and isinstance(told, dict) and told.get("access_token"):
        return told
    error = str(told.get("error", "")) if isinstance(told, dict) else ""
    if error in FINAL:
        raise NeedsConsent
    raise NotReached(f"The mail service gave no token (status {answer.status}, {error[:60] or 'no reason'}).")


async def _give_back(app: web.Application, mailbox_id: UUID, problem: EngageError) -> None:
    async with app[UNITS].begin() as work:
        box = await work.db.get_one(Mailbox, mailbox_id, with_for_update=True, populate_existing=True)
        box.oauth = {name: value for name, value in box.oauth.items() if name != "asked_until"}
    if isinstance(problem, NeedsConsent):
        await mailbox_state.ill(app, mailbox_id, "needs_consent", problem.detail)


async def _kept(app: web.Application, mailbox_id: UUID, tokens: dict[str, Any]) -> str:
    """A new refresh token in the same commit: the old one may be void already."""
    async with app[UNITS].begin() as work:
        box = await work.db.get_one(Mailbox, mailbox_id, with_for_update=True, populate_existing=True)
        given = {name: str(tokens[name]) for name in ("access_token", "refresh_token") if tokens.get(name)}
        box.secrets = app[VAULT].seal(orjson.dumps(_opened(app, box) | given).decode())
        ends = work.now + timedelta(seconds=good_for(tokens.get("expires_in")))
        rest = {name: value for name, value in box.oauth.items() if name != "asked_until"}
        box.oauth = {**rest, "expires_at": ends.isoformat()}
    return str(tokens["access_token"])


def good_for(told: Any) -> int:
    """Seconds; the usual ones where an authorization server says nothing, or no number."""
    try:
        return max(1, int(told))
    except (TypeError, ValueError):
        return USUAL_SECONDS
