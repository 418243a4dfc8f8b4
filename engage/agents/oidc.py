"""OpenID Connect, as much as signing in takes: discovery, authorization code with PKCE, and a checked ID token."""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus, urlencode

import jwt
from pydantic import BaseModel, ConfigDict, ValidationError

from engage.agents.errors import ProviderFailed
from engage.kit.outgoing import Answer, Outgoing

#: asymmetric only: with a shared secret whoever knows the client could make tokens
ALGORITHMS = ("RS256", "ES256")
LEEWAY_SECONDS = 120


class Provider(BaseModel):
    """What its discovery document says (OpenID Connect Discovery 1.0)."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)


@dataclass(frozen=True)
class Client:
    """We, as the provider knows us."""

    id: str
    secret: str | None
    redirect_uri: str


@dataclass(frozen=True)
class Attempt:
    """What one sign-in must bring back: it stays in the browser that began it, sealed."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> "Attempt":
        return cls(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))

    def belongs_to(self, state: str) -> bool:
        return secrets.compare_digest(state.encode(), self.state.encode())

    @property
    def challenge(self) -> str:
        """RFC 7636, S256."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


@dataclass(frozen=True)
class Identity:
    """Whom the provider vouches for."""

    email: str
    name: str


async def discover(outgoing: Outgoing, issuer: str) -> Provider:
    """Raises ProviderFailed, AddressRefused, NotReached."""
    answer = await outgoing.get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    try:
        provider = Provider.model_validate(_body(answer, "discovery"))
    except ValidationError as problem:
        raise ProviderFailed("The provider's discovery document lacks what signing in takes.") from problem
    if provider.issuer.rstrip("/") != issuer.rstrip("/"):
        raise ProviderFailed(f"The provider calls itself {provider.issuer[:200]}: enter this as the issuer.")
    return provider


def authorization_url(provider: Provider, client: Client, attempt: Attempt) -> str:
    query = {
        "response_type": "code",
        "client_id": client.id,
        "redirect_uri": client.redirect_uri,
        "scope": "openid email profile",
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": attempt.challenge,
        "code_challenge_method": "S256",
    }
    joint = "&" if "?" in provider.authorization_endpoint else "?"
    return f"{provider.authorization_endpoint}{joint}{urlencode(query)}"


async def identify(
    outgoing: Outgoing, provider: Provider, client: Client, attempt: Attempt, *, code: str, now: datetime
) -> Identity:
    """Exchanges the code for an ID token, and checks it. Raises ProviderFailed, AddressRefused, NotReached."""
    tokens = await _exchange(outgoing, provider, client, attempt, code)
    claims = await _claims(outgoing, provider, client, str(tokens.get("id_token")), now)
    if not secrets.compare_digest(str(claims.get("nonce", "")).encode(), attempt.nonce.encode()):
        raise ProviderFailed("The provider's answer belongs to another sign-in.")
    if "email" not in claims and provider.userinfo_endpoint is not None:
        claims |= await _more_claims(outgoing, provider.userinfo_endpoint, str(tokens.get("access_token")), claims)
    email = str(claims.get("email") or "").strip().lower()
    if not email or claims.get("email_verified") is not True:
        raise ProviderFailed("The provider does not vouch for an e-mail address.")
    return Identity(email, " ".join(str(claims.get("name") or email.partition("@")[0]).split())[:100])


async def _exchange(
    outgoing: Outgoing, provider: Provider, client: Client, attempt: Attempt, code: str
) -> dict[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": client.redirect_uri,
        "code_verifier": attempt.verifier,
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    if client.secret is None:
        form["client_id"] = client.id
    elif "client_secret_basic" in provider.token_endpoint_auth_methods_supported:
        # RFC 6749, 2.3.1: both parts are form-encoded first
        pair = f"{quote_plus(client.id)}:{quote_plus(client.secret)}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        form |= {"client_id": client.id, "client_secret": client.secret}
    return _body(await outgoing.post(provider.token_endpoint, urlencode(form).encode(), headers=headers), "token")


async def _more_claims(outgoing: Outgoing, url: str, token: str, known: dict[str, Any]) -> dict[str, Any]:
    """A provider may tell the address at another door only; it must speak of the same person there."""
    told = _body(await outgoing.get(url, headers={"Authorization": f"Bearer {token}"}), "userinfo")
    if told.get("sub") != known["sub"]:
        raise ProviderFailed("The provider speaks of two persons.")
    return told


async def _claims(outgoing: Outgoing, provider: Provider, client: Client, token: str, now: datetime) -> dict[str, Any]:
    """Signature, issuer, audience and times of the ID token."""
    try:
        header = jwt.get_unverified_header(token)
        key = _key(_body(await outgoing.get(provider.jwks_uri), "keys"), header)
        claims: dict[str, Any] = jwt.decode(
            token,
            key.key,
            algorithms=list(ALGORITHMS),
            audience=client.id,
            issuer=provider.issuer,
            options={"require": ["iss", "aud", "exp", "iat", "sub"], "verify_exp": False, "verify_iat": False},
        )
    except (jwt.PyJWTError, KeyError, ValueError) as problem:
        raise ProviderFailed("The provider's token is not valid.") from problem
    late, early = now.timestamp() - LEEWAY_SECONDS, now.timestamp() + LEEWAY_SECONDS
    if float(claims["exp"]) < late or float(claims["iat"]) > early:
        raise ProviderFailed("The provider's token is not valid at this time.")
    if claims.get("azp", client.id) != client.id:
        raise ProviderFailed("The provider's token is for somebody else.")
    return claims


def _key(document: dict[str, Any], header: dict[str, Any]) -> jwt.PyJWK:
    """The signing key that the token names, or the only one there is."""
    usable = [key for key in jwt.PyJWKSet.from_dict(document).keys if key.algorithm_name in ALGORITHMS]
    named = [key for key in usable if key.key_id == header.get("kid")]
    if not named and ("kid" in header or len(usable) != 1):
        raise KeyError("no such key")
    return (named or usable)[0]


def _body(answer: Answer, part: str) -> dict[str, Any]:
    body = answer.json() if answer.status == 200 else None
    if not isinstance(body, dict):
        raise ProviderFailed(f"The provider refused ({part}, status {answer.status}).")
    return body
