"""Who a request comes from: the holder of its token, or the administrator at the service's own machine."""

from __future__ import annotations

import ipaddress
from datetime import date, datetime
from functools import lru_cache

from starlette.requests import Request

from graph.access.viewer import Viewer, administrator
from server.auth.claims import head_of
from server.auth.keyring import KeyFile
from server.auth.own import ALGORITHM, read_own
from server.auth.provider import Provider
from server.auth.refusals import Reason, TokenMissing, TokenRefused
from server.auth.viewers import Viewers
from server.settings import Settings

FORWARDING = {b"forwarded", b"via", b"x-real-ip", b"x-client-ip", b"cf-connecting-ip", b"true-client-ip"}
"""Headers that a proxy puts on what it passes on: such a request may come from anywhere."""
FORWARDING_PREFIX = b"x-forwarded-"
"""How the names of others begin that say the same: -for, -host, -proto and whatever a proxy adds."""


class Asking:
    """Tells who asks, by the settings of the service."""

    def __init__(self, settings: Settings, viewers: Viewers, provider: Provider | None = None) -> None:
        self._wants_token = settings.wants_token
        self._own = KeyFile.of(settings)
        self._provider = provider or (None if settings.oidc is None else Provider(settings.oidc))
        self._viewers = viewers

    async def viewer_of(self, request: Request, now: datetime, today: date) -> Viewer:
        """Who sends the request. Raises TokenRefused, TokenMissing, ProviderUnavailable, what the store raises."""
        token = _token_of(request)
        if token is not None:
            return await self._viewers.of(await self._holder_of(token, now), today)
        if self._wants_token or not is_from_here(request):
            raise TokenMissing()
        return administrator()

    async def _holder_of(self, token: str, now: datetime) -> str:
        head = head_of(token)
        if head.algorithm == ALGORITHM:
            return read_own(token, head, self._own, now)
        if self._provider is None:
            raise TokenRefused(Reason.ALGORITHM)
        return await self._provider.read(token, head, now)


def is_from_here(request: Request) -> bool:
    """Whether the request comes from this machine itself, and not through a proxy on it."""
    for name, _ in request.scope["headers"]:
        if name in FORWARDING or name.startswith(FORWARDING_PREFIX):
            return False
    return request.client is not None and _is_loopback(request.client.host)


@lru_cache(128)
def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _token_of(request: Request) -> str | None:
    given: list[bytes] = [value for name, value in request.scope["headers"] if name == b"authorization"]
    if not given:
        return None
    scheme, _, token = given[0].decode("latin-1").strip().partition(" ")
    if len(given) > 1 or scheme.lower() != "bearer" or not token.strip():
        raise TokenRefused(Reason.MALFORMED)
    return token.strip()
