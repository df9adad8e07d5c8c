"""The pages: which one a browser gets, what is sent with it, the example queries."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from server.pages.routes import VENDOR_FILES, graphql_page, routes, wants_page
from server.pages.tabs import Tab, read_tabs
from server.settings import read_settings

POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@pytest.fixture
def vendor(tmp_path: Path) -> Path:
    """A folder with files of the names that the full page needs."""
    for name in VENDOR_FILES:
        (tmp_path / name).write_text("x" * 1000, encoding="utf-8")
    return tmp_path


def _client(vendor: Path, language: str = "zh") -> httpx.AsyncClient:
    page = graphql_page(read_settings({"ZAOXUE_LANGUAGE": language}), vendor)

    async def graphql(request: Request) -> Response:
        return page() if wants_page(request) else PlainTextResponse("data")

    app = Starlette(routes=[*routes(vendor), Route("/graphql", graphql, methods=["GET", "POST"])])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://localhost")


async def test_a_browser_gets_graphiql_where_it_was_brought(vendor: Path) -> None:
    async with _client(vendor) as client:
        answer = await client.get("/graphql", headers={"Accept": "text/html,*/*;q=0.8"})
    assert "/pages/vendor/graphiql.min.js" in answer.text
    assert answer.headers["Content-Security-Policy"] == POLICY


async def test_a_browser_gets_the_small_page_where_one_file_is_missing(vendor: Path) -> None:
    (vendor / VENDOR_FILES[0]).unlink()
    async with _client(vendor) as client:
        answer = await client.get("/graphql", headers={"Accept": "text/html"})
    assert "/pages/static/small.js" in answer.text
    assert "/pages/vendor/" not in answer.text


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_page_begins_in_the_language_that_was_set(vendor: Path, language: str) -> None:
    async with _client(vendor, language) as client:
        answer = await client.get("/graphql", headers={"Accept": "text/html"})
    assert f'<html lang="{language}">' in answer.text


@pytest.mark.parametrize(
    ("method", "address", "accept"),
    [
        ("GET", "/graphql", "application/json"),
        ("GET", "/graphql", "*/*"),
        ("GET", "/graphql?query={__typename}", "text/html"),
        ("POST", "/graphql", "text/html"),
    ],
)
async def test_a_client_that_asks_for_data_gets_no_page(
    vendor: Path, method: str, address: str, accept: str
) -> None:
    async with _client(vendor) as client:
        assert (await client.request(method, address, headers={"Accept": accept})).text == "data"


async def test_the_root_leads_to_the_page(vendor: Path) -> None:
    async with _client(vendor) as client:
        answer = await client.get("/")
    assert (answer.status_code, answer.headers["Location"]) == (307, "/graphql")


async def test_files_are_small_on_the_wire_and_asked_for_once(vendor: Path) -> None:
    async with _client(vendor) as client:
        first = await client.get("/pages/vendor/graphiql.min.js", headers={"Accept-Encoding": "gzip"})
        again = await client.get(
            "/pages/vendor/graphiql.min.js", headers={"If-None-Match": first.headers["ETag"]}
        )
    assert (first.headers["Content-Encoding"], first.text) == ("gzip", "x" * 1000)
    assert first.headers["X-Content-Type-Options"] == "nosniff"
    assert (again.status_code, again.content) == (304, b"")


async def test_no_file_outside_the_folders_is_given(vendor: Path) -> None:
    async with _client(vendor) as client:
        answer = await client.get("/pages/static/%2e%2e/routes.py")
    assert answer.status_code == 404


async def test_pages_hold_no_script_and_no_address_elsewhere(vendor: Path) -> None:
    for page in (Path(routes.__code__.co_filename).parent / "static").glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "://" not in text
        assert text.count("<script") == text.count('<script src="/pages/')
        assert "onclick" not in text


async def test_examples_are_sent_in_order_with_their_titles(vendor: Path) -> None:
    async with _client(vendor) as client:
        sent = (await client.get("/pages/examples.json")).json()
    assert [each["zh"] for each in sent] == [tab.zh for tab in read_tabs()]
    assert set(sent[0]) == {"zh", "en", "query", "variables"}


def test_an_example_is_its_titles_its_query_and_its_variables(tmp_path: Path) -> None:
    query = "# 学校\n# Schools\nquery Schools($first: Int) { schools(first: $first) { totalCount } }\n"
    (tmp_path / "01.graphql").write_text(query, encoding="utf-8")
    (tmp_path / "01.json").write_text('{"first": 2}', encoding="utf-8")
    assert read_tabs(tmp_path) == [Tab("学校", "Schools", query, '{"first": 2}')]


def test_an_example_without_titles_is_refused(tmp_path: Path) -> None:
    (tmp_path / "01.graphql").write_text("{ __typename }", encoding="utf-8")
    with pytest.raises(ValueError, match=r"01\.graphql"):
        read_tabs(tmp_path)
