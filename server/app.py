"""The ASGI app: the graph opened at start, closed at stop, and what is served meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from graph.errors import ZaoxueError
from graph.store import Store
from server import limits
from server.graphql import GraphQLEndpoint, language_of
from server.logging import RequestLog
from server.opening import open_graph
from server.pages import routes as pages
from server.secret import cursor_secret
from server.settings import Settings


def _utc_now() -> datetime:
    return datetime.now(UTC)


def create_app(
    settings: Settings, store: Store | None = None, *, clock: Callable[[], datetime] = _utc_now
) -> RequestLog:
    """The service. With `store` it serves that one and leaves it open; else it opens its own at start.

    `clock` gives the instant of a request (UTC), from which its day follows.
    """
    opened: list[Store] = [] if store is None else [store]

    def current() -> Store:
        return opened[0]

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        if opened:
            yield
            return
        async with open_graph(settings, "zaoxue serve", alone=True) as own:
            opened.append(own)
            yield
            opened.clear()

    endpoint = GraphQLEndpoint(
        current, cursor_secret(settings), settings.language, pages.graphql_page(settings), clock
    )

    async def ready(request: Request) -> Response:
        """200 when the engine answers; 503 with the reason when it does not."""
        try:
            await current().verify()
        except ZaoxueError as error:
            language = language_of(request.headers.get("accept-language", ""), settings.language)
            told = {"status": "unavailable", "code": error.code, "message": error.message(language)}
            return JSONResponse(told, status_code=503, headers={"Retry-After": "2"})
        reason = current().read_only
        return JSONResponse(
            {"status": "ready"}
            if reason is None
            else {"status": "read-only", "zh": reason.zh, "en": reason.en}
        )

    app = Starlette(
        routes=[
            Route("/graphql", endpoint),
            Route("/health/live", _live),
            Route("/health/ready", ready),
            *pages.routes(),
        ],
        middleware=limits.guards(),
        lifespan=lifespan,
    )
    return RequestLog(app)


async def _live(_: Request) -> Response:
    return JSONResponse({"status": "live"})
