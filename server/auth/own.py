"""Tokens of our own: made by the command line, signed HS256 by a key of this service."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from joserfc import jwt
from joserfc.jwk import OctKey

from server.auth.claims import Head, holder_of
from server.auth.keyring import KeyFile
from server.auth.refusals import Reason, TokenRefused

ALGORITHM = "HS256"
"""The only one of our own tokens, and of no other issuer's."""
ISSUER = AUDIENCE = "zaoxue"
"""A token of our own is made by this service and for it."""


def issue(key: OctKey, holder: str, now: datetime, days: int) -> str:
    """A token for that holder, good for that many days from now."""
    at = int(now.timestamp())
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": holder,
        "iat": at,
        "nbf": at,
        "exp": int((now + timedelta(days=days)).timestamp()),
        "jti": secrets.token_hex(16),
    }
    return jwt.encode({"alg": ALGORITHM, "kid": key.kid}, claims, key, algorithms=[ALGORITHM])


def read_own(token: str, head: Head, keys: KeyFile, now: datetime) -> str:
    """Whom a token of our own names. Raises TokenRefused, KeysUnusable."""
    for key in keys.good():
        if head.kid is not None and key.kid == head.kid:
            return holder_of(token, key, ALGORITHM, ISSUER, AUDIENCE, now)
    raise TokenRefused(Reason.UNKNOWN_KEY)
