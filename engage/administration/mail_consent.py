"""Consent to read a mailbox, given at its mail service (OAuth 2.0 with PKCE): the way there and the way back."""

import base64
import hashlib
import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import orjson
import structlog
from aiohttp import web

from engage.access import audit, callers
from engage.access.audit import Actor, Subject
from engage.access.errors import NotAllowed
from engage.access.principals import RIGHTS
from engage.administration import mailboxes
from engage.administration.desk import AdminCall
from engage.administration.mailboxes import RETURN_PATH
from engage.agents import entrance, sign_in
from engage.agents.models import Agent
from engage.agents.sign_in import an_agent
from engage.channels.email import oauth
from engage.channels.email.models import Mailbox
from engage.channels.email.providers import PROVIDERS
from engage.kit.errors import EngageError, Invalid
from engage.kit.outgoing import OUTGOING, Answer
from engage.kit.rate_limit import Limit
from engage.kit.routes import Routes
from engage.kit.secrets import VAULT, SecretUnreadable
from engage.kit.unit_of_work import UNITS
from engage.kit.wire import WireModel
from engage.sites import service as sites

log = structlog.get_logger(__name__)
routes = Routes()

#: holds the attempt, sealed; Lax, for the way back is a link on another website
COOKIE = "engage_mail_consent"
LIFE = timedelta(minutes=15)
RETURNS = Limit("mail_consent", burst=20, per_minute=20)


class ConsentIncomplete(Invalid):
    """Save the client's id and the addresses of the mail service first."""

    code = "consent_incomplete"


class ConsentFailed(EngageError):
    """The mail service gave no consent."""

    status = 502
    code = "consent_failed"


class ConsentUrl(WireModel):
    #: to be opened by the browser
    url: str


@routes.post("/api/v1/admin/mailboxes/{mailbox_id}/consent", may=an_agent)
async def ask_consent(call: AdminCall, mailbox_id: UUID) -> ConsentUrl:
    """Begin to ask the owner for consent; the answer says where to go."""
    box = await mailboxes.of(call, mailbox_id)
    if box.auth != "oauth" or not all(box.oauth.get(name) for name in ("authorize_url", "token_url", "client_id")):
        raise ConsentIncomplete
    state, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
    url = _url(box, sites.own_origin(call.request) + RETURN_PATH, state, verifier)
    kept = {
        "mailbox": str(box.id),
        "site": (await sites.by_id(call.work, box.site_id)).key,
        "agent": str(call.who.agent_id),
        "state": state,
        "verifier": verifier,
        "until": (call.work.now + LIFE).timestamp(),
    }
    response = web.Response(text=ConsentUrl(url=url).model_dump_json(), content_type="application/json")
    response.set_cookie(
        COOKIE,
        call.request.app[VAULT].seal(orjson.dumps(kept).decode()),
        max_age=int(LIFE.total_seconds()),
        path=RETURN_PATH,
        httponly=True,
        samesite="Lax",
        secure=entrance.is_secure(call.request),
    )
    return response  # type: ignore[return-value]  # the same body with a cookie


def _url(box: Mailbox, redirect_uri: str, state: str, verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    query = {
        "response_type": "code",
        "client_id": box.oauth["client_id"],
        "redirect_uri": redirect_uri,
        "scope": box.oauth.get("scope", ""),
        "state": state,
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
        "login_hint": box.login or box.address,
        **PROVIDERS[box.oauth.get("provider", "other")].extra,
    }
    joint = "&" if "?" in box.oauth["authorize_url"] else "?"
    return f"{box.oauth['authorize_url']}{joint}{urlencode(query)}"


async def come_back(request: web.Request) -> web.Response:
    """The mail service sent him back: the mailbox has consent now, or its page says that it failed."""
    try:
        where = f"/console/settings/mailboxes/{await _take_consent(request)}#consent=given"
    except EngageError as problem:
        log.info("mail_consent_failed", code=problem.code, detail=problem.detail)
        where = "/console/settings/mailboxes#consent=failed"
    response = web.Response(status=303, headers={"Location": where, "Cache-Control": "no-store"})
    response.del_cookie(COOKIE, path=RETURN_PATH)
    return response


async def _take_consent(request: web.Request) -> str:
    """The key of the mailbox's site. Raises EngageError."""
    entrance.brake(request, (RETURNS, callers.address(request)))
    kept = _attempt(request)
    async with request.app[UNITS].read() as work:
        box = await work.db.get(Mailbox, UUID(kept["mailbox"]))
    if box is None:
        raise ConsentFailed("The mailbox is gone.")
    tokens = await _exchange(request, box, kept["verifier"])
    await _keep(request, kept, dict(box.oauth), tokens)
    return str(kept["site"])


def _attempt(request: web.Request) -> dict[str, Any]:
    """What this browser began, if the answer belongs to it. Raises ConsentFailed."""
    try:
        kept: dict[str, Any] = orjson.loads(request.app[VAULT].open(request.cookies.get(COOKIE, "")))
    except SecretUnreadable as problem:
        raise ConsentFailed("This browser did not begin to ask for consent.") from problem
    is_late = kept["until"] < request.app[UNITS].clock.now().timestamp()
    is_its_own = secrets.compare_digest(kept["state"].encode(), request.query.get("state", "").encode())
    if is_late or not is_its_own or "code" not in request.query:
        raise ConsentFailed("The answer does not belong to this attempt, or consent was refused.")
    return kept


async def _exchange(request: web.Request, box: Mailbox, verifier: str) -> dict[str, Any]:
    """The code for tokens. Raises ConsentFailed, AddressRefused, NotReached."""
    sealed = orjson.loads(request.app[VAULT].open(box.secrets)) if box.secrets else {}
    form = {
        "grant_type": "authorization_code",
        "code": request.query["code"],
        "redirect_uri": sites.own_origin(request) + RETURN_PATH,
        "client_id": box.oauth["client_id"],
        "code_verifier": verifier,
    }
    if sealed.get("client_secret"):
        form["client_secret"] = sealed["client_secret"]
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    answer = await request.app[OUTGOING].post(box.oauth["token_url"], urlencode(form).encode(), headers=headers)
    return _tokens(answer)


def _tokens(answer: Answer) -> dict[str, Any]:
    tokens = answer.json() if answer.status == 200 else None
    if not isinstance(tokens, dict) or not tokens.get("access_token"):
        raise ConsentFailed(f"The mail service gave no token (status {answer.status}).")
    if not tokens.get("refresh_token"):
        raise ConsentFailed("The mail service gave no refresh token, so consent would end within the hour.")
    return tokens


async def _keep(request: web.Request, kept: dict[str, Any], asked: dict[str, Any], tokens: dict[str, Any]) -> None:
    """In the mailbox for which it was asked, if whoever asked still administers it. Raises EngageError."""
    async with request.app[UNITS].begin() as work:
        box = await work.db.get(Mailbox, UUID(kept["mailbox"]), with_for_update=True)
        memberships = await sign_in.memberships_of(work, UUID(kept["agent"]))
        if box is None or box.site_id not in memberships or box.oauth != asked:
            raise ConsentFailed("The mailbox was changed meanwhile.")
        if "administer" not in RIGHTS[memberships[box.site_id].role]:
            raise NotAllowed
        vault = request.app[VAULT]
        sealed = orjson.loads(vault.open(box.secrets)) if box.secrets else {}
        sealed |= {name: str(tokens[name]) for name in ("access_token", "refresh_token")}
        box.secrets = vault.seal(orjson.dumps(sealed).decode())
        ends = work.now + timedelta(seconds=oauth.good_for(tokens.get("expires_in")))
        box.oauth = {**box.oauth, "account": box.login or box.address, "expires_at": ends.isoformat()}
        box.state, box.trouble, box.trouble_since = "connecting", None, None
        agent = await work.db.get_one(Agent, UUID(kept["agent"]))
        actor = Actor("agent", agent.id, agent.name, callers.address(request))
        audit.record(work, actor, "mailbox.consent_given", Subject(box.name, box.id, box.site_id))
