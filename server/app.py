"""The ASGI app: what is served of a graph, and whether it is ready."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from graph.errors import Language, ZaoxueError
from graph.store import Store
from schema.kit.documents.limits import Limits
from server import limits
from server.auth import viewers
from server.auth.asking import Asking
from server.graphql import GraphQLEndpoint
from server.logging import RequestLog
from server.pages import routes as pages
from server.refusing import language_of
from server.secret import cursor_secret
from server.settings import Settings


def _utc_now() -> datetime:
    return datetime.now(UTC)


def create_app(
    settings: Settings,
    store: Store,
    *,
    clock: Callable[[], datetime] = _utc_now,
    roles_kept: float = viewers.KEPT_SECONDS,
) -> RequestLog:
    """The service of that store, which is left open.

    `clock` gives the instant of a request (UTC), from which its day follows; a viewer's roles are read again
    after `roles_kept` seconds.
    """
    endpoint = GraphQLEndpoint(
        lambda: store,
        cursor_secret(settings),
        settings.language,
        pages.graphql_page(settings),
        clock,
        Limits(fields=settings.query_fields, values=settings.query_values),
        Asking(settings, viewers.Viewers(store, roles_kept)),
    )
    app = Starlette(
        routes=[
            Route("/graphql", endpoint),
            Route("/health/live", _live),
            Route("/health/ready", partial(_ready, store, settings.language)),
            *pages.routes(),
        ]
    )
    front = _Front(endpoint, app)
    return RequestLog(
        limits.guarded(front, settings.body_bytes, settings.language, any_host=settings.wants_token)
    )


class _Front:
    """ASGI: a posted operation goes straight to the endpoint, past the routes; they cost a tenth of a short read."""

    def __init__(self, endpoint: ASGIApp, routes: ASGIApp) -> None:
        self._endpoint = endpoint
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_posted = scope["type"] == "http" and scope["method"] == "POST" and scope["path"] == "/graphql"
        await (self._endpoint if is_posted else self._routes)(scope, receive, send)


async def _ready(store: Store, language: Language, request: Request) -> Response:
    """200 when the engine answers; 503 with the reason when it does not."""
    try:
        await store.verify()
    except ZaoxueError as error:
        spoken = language_of(request.headers.get("accept-language", ""), language)
        told = {"status": "unavailable", "code": error.code, "message": error.message(spoken)}
        return JSONResponse(told, status_code=503, headers={"Retry-After": "2"})
    reason = store.read_only
    return JSONResponse(
        {"status": "ready"} if reason is None else {"status": "read-only", "zh": reason.zh, "en": reason.en}
    )


async def _live(_: Request) -> Response:
    return JSONResponse({"status": "live"})
