"""What a site's signed token must be to be believed. Pure: keys and time come as arguments."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from engage.contacts import identity
from engage.contacts.identity import BadPublicKey, IdentityRefused, Trusted

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECRET = "a secret of the site, long enough for HS256"
HS = [Trusted(SECRET, "HS256")]
RSA_KEY = rsa.generate_private_key(65537, 2048)
WEAK_KEY = rsa.generate_private_key(65537, 1024)  # noqa: S505  # it must be refused
EC_KEY = ec.generate_private_key(ec.SECP256R1())


def pem(key: Any) -> str:
    return str(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode())


def payload(**changes: Any) -> dict[str, Any]:
    base = {"sub": "customer-7", "aud": "nordlink", "jti": "once", "exp": NOW.timestamp() + 300}
    return {name: value for name, value in {**base, **changes}.items() if value is not None}


def token(*, key: Any = SECRET, algorithm: str = "HS256", headers: dict[str, Any] | None = None, **changes: Any) -> str:
    return jwt.encode(payload(**changes), key, algorithm=algorithm, headers=headers)


def refused(text: str, keys: list[Trusted] = HS) -> str:
    with pytest.raises(IdentityRefused) as refusal:
        identity.verified(text, keys, audience="nordlink", now=NOW)
    return refusal.value.reason


def test_a_token_of_the_site_tells_who_its_visitor_is() -> None:
    text = token(name="Kim", email="kim@shop.example", phone="+49 30 1", attributes={"plan": "L", "lines": 3})

    claims = identity.verified(text, HS, audience="nordlink", now=NOW)

    assert (claims.sub, claims.name, claims.email, claims.phone) == (
        "customer-7", "Kim", "kim@shop.example", "+49 30 1",
    )  # fmt: skip
    assert claims.attributes == {"plan": "L", "lines": 3}


@pytest.mark.parametrize(("key", "algorithm"), [(RSA_KEY, "RS256"), (EC_KEY, "ES256")])
def test_a_public_key_verifies_its_own_algorithm(key: Any, algorithm: str) -> None:
    trusted = [identity.public_key(pem(key))]

    assert identity.verified(token(key=key, algorithm=algorithm), trusted, audience="nordlink", now=NOW).sub


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"exp": NOW.timestamp() - 31}, "expired"),
        ({"exp": NOW.timestamp() + 3631}, "too_long"),
        ({"nbf": NOW.timestamp() + 31}, "not_yet_valid"),
        ({"iat": NOW.timestamp() + 31}, "not_yet_valid"),
        ({"aud": "southlink"}, "audience"),
        ({"aud": None}, "audience"),
        ({"sub": None}, "claims"),
        ({"sub": ""}, "claims"),
        ({"sub": "x" * 201}, "claims"),
        ({"jti": None}, "claims"),
        ({"exp": None}, "claims"),
        ({"exp": "soon"}, "claims"),
        ({"email": "no address"}, "claims"),
        ({"attributes": {"deep": {"er": 1}}}, "claims"),
        ({"attributes": {str(n): n for n in range(51)}}, "claims"),
    ],
)
def test_a_token_that_says_something_wrong_is_refused_with_the_reason(changes: dict[str, Any], reason: str) -> None:
    assert refused(token(**changes)) == reason


def test_half_a_minute_of_skew_is_forgiven() -> None:
    text = token(exp=NOW.timestamp() - 29, iat=NOW.timestamp() + 29)

    assert identity.verified(text, HS, audience="nordlink", now=NOW).sub


def test_an_unsigned_token_is_refused() -> None:
    assert refused(token(key="", algorithm="none")) == "algorithm"


def test_a_public_key_is_never_taken_for_a_secret() -> None:
    """The classic confusion: signed by HS256 with the text of the public key, which everybody knows."""
    parts = [json.dumps({"alg": "HS256", "typ": "JWT"}), json.dumps(payload())]
    head = b".".join(base64.urlsafe_b64encode(part.encode()).rstrip(b"=") for part in parts)
    mac = hmac.digest(pem(RSA_KEY).encode(), head, hashlib.sha256)
    forged = (head + b"." + base64.urlsafe_b64encode(mac).rstrip(b"=")).decode()

    assert refused(forged, [identity.public_key(pem(RSA_KEY))]) == "algorithm"


def test_another_secret_a_changed_payload_and_nonsense_are_refused() -> None:
    head, _, mac = token().split(".")
    body = base64.urlsafe_b64encode(json.dumps(payload(sub="admin")).encode()).decode().rstrip("=")

    assert refused(token(key="another secret that is long enough too")) == "signature"
    assert refused(f"{head}.{body}.{mac}") == "signature"
    assert refused("nonsense") == "malformed"
    assert refused("a.b.c") == "malformed"
    assert refused(token(), []) == "not_set_up"


def test_during_a_change_of_secrets_both_count() -> None:
    both = [Trusted("the new secret of the site, long enough", "HS256"), *HS]

    assert identity.verified(token(), both, audience="nordlink", now=NOW).sub


def test_a_key_set_is_searched_by_the_key_id() -> None:
    keys = identity.key_set(
        {
            "keys": [
                {**json.loads(RSAAlgorithm.to_jwk(RSA_KEY.public_key())), "kid": "r"},
                {**json.loads(ECAlgorithm.to_jwk(EC_KEY.public_key())), "kid": "e"},
                {"kty": "oct", "k": "c2VjcmV0", "kid": "symmetric"},
            ]
        }
    )

    assert identity.verified(
        token(key=EC_KEY, algorithm="ES256", headers={"kid": "e"}), keys, audience="nordlink", now=NOW
    ).sub
    assert identity.verified(token(key=EC_KEY, algorithm="ES256"), keys, audience="nordlink", now=NOW).sub
    assert refused(token(key=EC_KEY, algorithm="ES256", headers={"kid": "r"}), keys) == "algorithm"
    assert refused(token(key=EC_KEY, algorithm="ES256", headers={"kid": "?"}), keys) == "unknown_key"
    assert {key.kid for key in keys} == {"r", "e"}


@pytest.mark.parametrize(
    "text",
    ["", "no key", pem(WEAK_KEY), pem(ec.generate_private_key(ec.SECP384R1()))],
    ids=["empty", "words", "short", "other curve"],
)
def test_a_key_that_is_weak_or_none_is_not_taken(text: str) -> None:
    with pytest.raises(BadPublicKey):
        identity.public_key(text)


def test_no_document_but_a_key_set_is_one() -> None:
    documents: list[Any] = [{}, [], "x", {"keys": []}, {"keys": [1]}, None]
    for document in documents:
        with pytest.raises(BadPublicKey):
            identity.key_set(document)


def test_the_longest_life_is_an_hour() -> None:
    assert timedelta(hours=1) == identity.LONGEST_LIFE
