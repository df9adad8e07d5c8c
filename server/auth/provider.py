"""An identity provider (OpenID Connect): its keys, found by discovery, kept, and asked for anew when they change."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import httpx
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key

from server.auth.claims import Head, holder_of
from server.auth.refusals import ProviderUnavailable, Reason, TokenRefused
from server.keys import is_protected
from server.settings import OidcProvider

KEY_TYPES: Mapping[str, str] = {
    **dict.fromkeys(("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"), "RSA"),
    **dict.fromkeys(("ES256", "ES384", "ES512"), "EC"),
    **dict.fromkeys(("EdDSA", "Ed25519"), "OKP"),
}
"""The algorithms that are taken from a provider, each with the type of its keys: none with a shared secret."""
KEPT_SECONDS = 600
"""How long keys are used before they are asked for again."""
STALE_SECONDS = 3600
"""How much longer they are used where the provider does not answer."""
PAUSE_SECONDS = 30
"""The least between two requests for keys, whatever tokens come."""
FETCH_SECONDS = 10
"""The longest that its answers may take together, however they come."""
_TIMEOUT_SECONDS = 5
_MOST_BYTES = 1024 * 1024

_UNFETCHED = (
    TimeoutError,
    httpx.HTTPError,
    httpx.InvalidURL,
    ValueError,
    KeyError,
    TypeError,
    JoseError,
)

_log = structlog.get_logger(__name__)


class Provider:
    """The provider of one issuer; its keys are fetched when the first token comes.

    `clock` gives seconds that only go forward.
    """

    def __init__(self, told: OidcProvider, clock: Callable[[], float] = time.monotonic) -> None:
        self._issuer = told.issuer
        self._audience = told.audience
        self._clock = clock
        self._keys: tuple[Key, ...] = ()
        self._fetched: float | None = None
        self._tried: float | None = None
        self._fetching = asyncio.Lock()

    async def read(self, token: str, head: Head, now: datetime) -> str:
        """Whom a token of the provider's names. Raises TokenRefused, ProviderUnavailable."""
        kind = KEY_TYPES.get(head.algorithm)
        if kind is None:
            raise TokenRefused(Reason.ALGORITHM)
        key = await self._key(head.kid)
        if key.key_type != kind or key.alg not in (None, head.algorithm):
            raise TokenRefused(Reason.ALGORITHM)
        return holder_of(token, key, head.algorithm, self._issuer, self._audience, now)

    async def _key(self, kid: str | None) -> Key:
        key = self._named(kid)
        # While another asks, the key that is kept serves on: a slow provider holds up one, not all.
        is_served = self._fetching.locked() and self._is_usable()
        if key is None or (self._age() > KEPT_SECONDS and not is_served):
            async with self._fetching:
                # Whoever waited here may find what he wants fetched by another.
                key = self._named(kid)
                if key is None or self._age() > KEPT_SECONDS:
                    await self._refresh()
                    key = self._named(kid)
        if key is None:
            raise TokenRefused(Reason.UNKNOWN_KEY)
        return key

    def _age(self) -> float:
        return float("inf") if self._fetched is None else self._clock() - self._fetched

    def _is_usable(self) -> bool:
        return self._age() <= KEPT_SECONDS + STALE_SECONDS

    def _may_ask(self) -> bool:
        return self._tried is None or self._clock() - self._tried >= PAUSE_SECONDS

    def _named(self, kid: str | None) -> Key | None:
        """The key of that id; where a token names none, the only key."""
        if kid is None:
            return self._keys[0] if len(self._keys) == 1 else None
        return next((key for key in self._keys if key.kid == kid), None)

    async def _refresh(self) -> None:
        """Fetches the keys; those that are kept serve on for a while where that fails."""
        is_usable = self._is_usable()
        if not self._may_ask():
            if is_usable:
                return
            raise ProviderUnavailable(self._issuer)
        self._tried = self._clock()
        try:
            # The client's own time limit is one of each read: a body in drops never reaches it.
            async with asyncio.timeout(FETCH_SECONDS):
                self._keys = await self._fetch()
            self._fetched = self._clock()
        except _UNFETCHED as error:
            why = f"{type(error).__name__}: {error}"[:200]
            _log.warning("keys of the identity provider not fetched", issuer=self._issuer, why=why)
            if not is_usable:
                raise ProviderUnavailable(self._issuer) from error

    async def _fetch(self) -> tuple[Key, ...]:
        async with httpx.AsyncClient(timeout=_TIMEOUT_SECONDS, follow_redirects=False) as http:
            found = await _json(http, f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
            if found["issuer"] != self._issuer:
                raise ValueError(f"discovery names the issuer {found['issuer']!r}")
            address = str(found["jwks_uri"])
            if not is_protected(address):
                raise ValueError(f"jwks_uri is not https: {address!r}")
            entries = (await _json(http, address))["keys"]
        return tuple(key for each in entries if (key := _usable(each)) is not None)


async def _json(http: httpx.AsyncClient, address: str) -> Mapping[str, Any]:
    async with http.stream("GET", address, headers={"Accept": "application/json"}) as answer:
        answer.raise_for_status()
        if answer.status_code != 200:
            raise ValueError(f"{address} answered {answer.status_code}")
        body = b""
        async for part in answer.aiter_bytes():
            body += part
            if len(body) > _MOST_BYTES:
                raise ValueError(f"{address} answers more than {_MOST_BYTES} bytes")
    told = httpx.Response(200, content=body).json()
    if not isinstance(told, dict):
        raise TypeError(f"{address} answers no JSON object")
    return told


def _usable(entry: Any) -> Key | None:
    """The public key of an entry; None for a shared secret, one that encrypts, or a kind that is not known."""
    if entry.get("kty") not in KEY_TYPES.values() or entry.get("use") not in (None, "sig"):
        return None
    try:
        return JWKRegistry.import_key(entry)
    except (JoseError, ValueError, KeyError, TypeError):
        return None
