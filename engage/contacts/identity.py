"""A site vouches for its visitor: a short-lived JWT, signed by its secret or key, good for one use (RFC 7519, 8725)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from jwt.types import Options
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from engage.kit.errors import EngageError, Invalid

SKEW = timedelta(seconds=30)
LONGEST_LIFE = timedelta(hours=1)
LEAST_RSA_BITS = 2048
MOST_ATTRIBUTES = 50

Reason = Literal[
    "not_set_up",
    "malformed",
    "algorithm",
    "unknown_key",
    "signature",
    "audience",
    "expired",
    "not_yet_valid",
    "too_long",
    "claims",
    "used",
]
SENTENCES: dict[Reason, str] = {
    "not_set_up": "This site has no key for its visitors' identity yet.",
    "malformed": "This is not a JWT: it has three parts, divided by dots.",
    "algorithm": "It is signed by another algorithm than the one that is set up (HS256, RS256 or ES256).",
    "unknown_key": "No key of the site has the token's `kid`.",
    "signature": "The signature is not made with the site's secret or key.",
    "audience": "`aud` must be the site's key.",
    "expired": "`exp` has passed.",
    "not_yet_valid": "`nbf` or `iat` lies in the future; is the server's clock right?",
    "too_long": "`exp` may be at most one hour ahead.",
    "claims": "A claim is missing or has a form that cannot be read; `sub`, `aud`, `exp` and `jti` are needed.",
    "used": "This token was used before; each `jti` counts once.",
}


class IdentityRefused(EngageError):
    """The site's word for this visitor does not count."""

    status = 422
    code = "identity_refused"

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(SENTENCES[reason], reason=reason)


class BadPublicKey(Invalid):
    """This is not a public key in PEM form: RSA with at least 2048 bits, or ECDSA on P-256."""

    code = "bad_public_key"


#: times are checked against our own clock
SIGNATURE_ONLY: Options = {
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_aud": False,
    "verify_sub": False,
    "verify_jti": False,
}
AttributeValue = Annotated[str, Field(max_length=500)] | bool | int | float | None


class Claims(BaseModel):
    """What a site says of its visitor; claims that we do not know are left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    sub: Annotated[str, Field(min_length=1, max_length=200)]
    jti: Annotated[str, Field(min_length=1, max_length=200)]
    exp: Annotated[float, Field(ge=0, lt=1e11)]
    nbf: Annotated[float, Field(ge=0, lt=1e11)] | None = None
    iat: Annotated[float, Field(ge=0, lt=1e11)] | None = None
    name: Annotated[str, Field(max_length=100)] | None = None
    email: Annotated[str, Field(max_length=320, pattern=r"^[^@\s]+@[^@\s]+$")] | None = None
    phone: Annotated[str, Field(max_length=40)] | None = None
    attributes: Annotated[
        dict[Annotated[str, Field(min_length=1, max_length=60)], AttributeValue], Field(max_length=MOST_ATTRIBUTES)
    ] = {}

    @field_validator("sub", "jti", "name", "email", "phone", mode="after")
    @classmethod
    def _without_nul(cls, text: str | None) -> str | None:
        # PostgreSQL refuses NUL in text
        return text.replace("\0", "") or None if text else text

    @property
    def expires_at(self) -> datetime:
        return datetime.fromtimestamp(self.exp, UTC)


@dataclass(frozen=True)
class Trusted:
    """A key, and the only algorithm that it may verify: an RSA key is never taken for a secret."""

    key: Any
    algorithm: Literal["HS256", "RS256", "ES256"]
    #: the key's own name among several
    kid: str | None = None


def public_key(pem: str) -> Trusted:
    """Raises BadPublicKey."""
    try:
        key = load_pem_public_key(pem.strip().encode())
    except (ValueError, UnsupportedAlgorithm) as problem:
        raise BadPublicKey from problem
    return _of_key(key)


def _of_key(key: object, kid: str | None = None) -> Trusted:
    if isinstance(key, RSAPublicKey) and key.key_size >= LEAST_RSA_BITS:
        return Trusted(key, "RS256", kid)
    if isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1):
        return Trusted(key, "ES256", kid)
    raise BadPublicKey


def key_set(document: Any) -> list[Trusted]:
    """The usable keys of a JWKS; others, such as those for encryption, are left aside. Raises BadPublicKey."""
    try:
        found = jwt.PyJWKSet.from_dict(document).keys
    except (jwt.PyJWTError, AttributeError, TypeError, ValueError) as problem:
        raise BadPublicKey("The address does not answer with a JSON Web Key Set.") from problem
    usable = []
    for each in found:
        try:
            usable.append(_of_key(each.key, each.key_id))
        except BadPublicKey:
            continue
    return usable


def kid_of(token: str) -> str | None:
    """Raises IdentityRefused."""
    try:
        kid = jwt.get_unverified_header(token).get("kid")
    except jwt.PyJWTError as problem:
        raise IdentityRefused("malformed") from problem
    return kid if isinstance(kid, str) else None


def verified(token: str, keys: Sequence[Trusted], *, audience: str, now: datetime) -> Claims:
    """What the site says, if it is really the site that says it, and says it now. Raises IdentityRefused."""
    payload = _signed_payload(token, keys)
    if audience not in _as_list(payload.get("aud")):
        raise IdentityRefused("audience")
    try:
        claims = Claims.model_validate(payload)
    except ValidationError as problem:
        raise IdentityRefused("claims") from problem
    _in_time(claims, now)
    return claims


def _signed_payload(token: str, keys: Sequence[Trusted]) -> dict[str, Any]:
    if not keys:
        raise IdentityRefused("not_set_up")
    kid = kid_of(token)
    fitting = [key for key in keys if key.kid is None or kid is None or key.kid == kid]
    if not fitting:
        raise IdentityRefused("unknown_key")
    reason: Reason = "algorithm"
    for key in fitting:
        try:
            return jwt.decode(token, key.key, algorithms=[key.algorithm], options=SIGNATURE_ONLY)
        except jwt.InvalidSignatureError:
            reason = "signature"
        except jwt.InvalidAlgorithmError:
            continue
        except (jwt.PyJWTError, ValueError) as problem:
            raise IdentityRefused("malformed") from problem
    raise IdentityRefused(reason)


def _as_list(audience: object) -> list[object]:
    return audience if isinstance(audience, list) else [audience]


def _in_time(claims: Claims, now: datetime) -> None:
    moment, skew = now.timestamp(), SKEW.total_seconds()
    if claims.exp <= moment - skew:
        raise IdentityRefused("expired")
    if max(claims.nbf or 0, claims.iat or 0) > moment + skew:
        raise IdentityRefused("not_yet_valid")
    if claims.exp > moment + LONGEST_LIFE.total_seconds() + skew:
        raise IdentityRefused("too_long")
