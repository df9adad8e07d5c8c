"""The routes of the pages, and the answer to a browser that opens /graphql."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from server.pages.headers import HEADERS, PageHeaders
from server.pages.tabs import read_tabs
from server.settings import Settings

STATIC = Path(__file__).parent / "static"
"""Our own pages, scripts and styles."""
VENDOR = Path(__file__).parent / "vendor"
"""GraphiQL and React, brought by scripts/bring_pages.py; git knows nothing of them."""
VENDOR_FILES = (
    "react.production.min.js",
    "react-dom.production.min.js",
    "graphiql.min.js",
    "graphiql.min.css",
)
"""What the full page needs; where one is missing the small page of our own is shown."""


def routes(vendor: Path = VENDOR) -> list[BaseRoute]:
    """What the app mounts beside /graphql: `/` leads there, `/pages/…` holds the files."""
    files: list[BaseRoute] = [
        Route("/examples.json", _examples),
        Mount("/static", StaticFiles(directory=STATIC)),
        Mount("/vendor", StaticFiles(directory=vendor, check_dir=False)),
    ]
    guards = [Middleware(PageHeaders), Middleware(GZipMiddleware, compresslevel=6)]
    return [Route("/", _to_graphql), Mount("/pages", routes=files, middleware=guards)]


def wants_page(request: Request) -> bool:
    """True for a browser that opens /graphql; a client that asks for data never names text/html."""
    return (
        request.method in ("GET", "HEAD")
        and "query" not in request.query_params
        and "text/html" in request.headers.get("accept", "")
    )


def graphql_page(settings: Settings, vendor: Path = VENDOR) -> Callable[[], Response]:
    """Makes the answer for `wants_page`: GraphiQL where it was brought, else the small page of our own."""
    is_full = all((vendor / name).is_file() for name in VENDOR_FILES)
    page = (STATIC / ("graphiql.html" if is_full else "small.html")).read_text(encoding="utf-8")
    html = page.replace('lang="zh"', f'lang="{settings.language}"', 1)
    return lambda: HTMLResponse(html, headers=HEADERS)


async def _examples(_: Request) -> Response:
    return JSONResponse([asdict(tab) for tab in read_tabs()])


async def _to_graphql(_: Request) -> Response:
    return RedirectResponse("/graphql")
