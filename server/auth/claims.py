"""A token taken apart: its signature checked with one key, its claims against issuer, audience and clock."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import BadSignatureError, ClaimError, ExpiredTokenError, JoseError, SecurityWarning
from joserfc.jwk import Key

from graph.model.roles import is_holder
from server.auth.refusals import Reason, TokenRefused

LEEWAY_SECONDS = 30
"""How far the clocks of an issuer and of this service may be apart."""
MOST_TOKEN_BYTES = 16 * 1024
"""The longest token that is looked at."""

_REASONS = {
    "iss": Reason.ISSUER,
    "aud": Reason.AUDIENCE,
    "exp": Reason.NO_EXPIRY,
    "nbf": Reason.NOT_YET,
    "iat": Reason.NOT_YET,
    "sub": Reason.SUBJECT,
}


@dataclass(frozen=True, slots=True)
class Head:
    """What a token says of its signature; nothing of it is believed until the signature is checked."""

    algorithm: str
    kid: str | None


def head_of(token: str) -> Head:
    """The token's head. Raises TokenRefused."""
    if len(token) > MOST_TOKEN_BYTES or token.count(".") != 2:
        raise TokenRefused(Reason.MALFORMED)
    try:
        header: Any = jws.extract_compact(token.encode(), registry=_registry()).headers()
    except (JoseError, ValueError, TypeError, RecursionError) as fault:
        raise TokenRefused(Reason.MALFORMED) from fault
    if not isinstance(header, dict):  # any JSON passes where "alg" is in it, a text or a list too
        raise TokenRefused(Reason.MALFORMED)
    algorithm, kid = header.get("alg"), header.get("kid")
    if not isinstance(algorithm, str) or not isinstance(kid, str | None):
        raise TokenRefused(Reason.MALFORMED)
    return Head(algorithm, kid)


def holder_of(token: str, key: Key, algorithm: str, issuer: str, audience: str, now: datetime) -> str:
    """Whom a token names that is signed by that key with that algorithm, for us and today. Raises TokenRefused."""
    claims = _signed_claims(token, key, algorithm)
    registry = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": audience},
        exp={"essential": True},
        sub={"essential": True},
    )
    try:
        registry.validate(dict(claims))
    except ExpiredTokenError as fault:
        raise TokenRefused(Reason.EXPIRED) from fault
    except ClaimError as fault:
        # Several may be missing: the first that is named is told.
        raise TokenRefused(_REASONS.get(str(fault.claim).split(",")[0], Reason.MALFORMED)) from fault
    holder = str(claims["sub"])
    if not is_holder(holder):
        raise TokenRefused(Reason.SUBJECT)
    return holder


def _signed_claims(token: str, key: Key, algorithm: str) -> Mapping[str, Any]:
    try:
        with warnings.catch_warnings():
            # Providers still name it EdDSA, which RFC 9864 renames: as sound as before.
            warnings.simplefilter("ignore", SecurityWarning)
            return jwt.decode(token, key, registry=_registry(algorithm)).claims
    except BadSignatureError as fault:
        raise TokenRefused(Reason.SIGNATURE) from fault
    except (JoseError, ValueError, TypeError, RecursionError) as fault:
        raise TokenRefused(Reason.MALFORMED) from fault


def _registry(*algorithms: str) -> jws.JWSRegistry:
    # A provider may put headers of its own beside the standard ones, and a chain of certificates.
    registry = jws.JWSRegistry(algorithms=algorithms, strict_check_header=False)
    registry.max_header_length = registry.max_payload_length = MOST_TOKEN_BYTES
    return registry
