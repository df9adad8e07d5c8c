"""What a request may not exceed before anything reads it: whom it names as host, how large it is."""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

LOCAL_HOSTS = ("localhost", "127.0.0.1")
"""What a browser on this machine calls the service; any other name is a page elsewhere in disguise."""
BODY_BYTES = 2 * 1024 * 1024
"""The largest request body (413 above it). A workbook comes through `zaoxue import`, not over HTTP."""


def guards() -> list[Middleware]:
    """The guards, outermost first, for the ASGI app: 400 for a foreign host, 413 for too large a body.

    The host is checked because a page on the web can give its own name this machine's address (DNS
    rebinding) and would then be served as if it were the page's own site.
    """
    return [
        Middleware(TrustedHostMiddleware, allowed_hosts=list(LOCAL_HOSTS), www_redirect=False),
        Middleware(RequestBodyLimitMiddleware, max_body_size=BODY_BYTES),
    ]
