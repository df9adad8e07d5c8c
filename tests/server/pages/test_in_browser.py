"""The pages in a real browser: an example is run by keyboard, answered, and nothing is complained of."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.pages.routes import VENDOR, VENDOR_FILES, graphql_page, routes, wants_page
from server.settings import read_settings
from tests.browser import Page, find_browser, open_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        find_browser() is None and os.environ.get("CI") != "true", reason="no Chromium on this machine"
    ),
]
ENTER = 13
_ANSWER = {"data": {"asked": "县域大课堂"}}
# An empty schema's introspection: GraphiQL asks for it when it opens.
_SCHEMA = {
    "queryType": {"name": "Query"}, "mutationType": None, "subscriptionType": None, "directives": [],
    "types": [
        {
            "kind": "OBJECT", "name": "Query", "description": None, "inputFields": None, "interfaces": [],
            "enumValues": None, "possibleTypes": None,
            "fields": [
                {
                    "name": "asked", "description": None, "args": [], "isDeprecated": False, "deprecationReason": None,
                    "type": {"kind": "SCALAR", "name": "String", "ofType": None},
                }
            ],
        },
        {
            "kind": "SCALAR", "name": "String", "description": None, "fields": None, "inputFields": None,
            "interfaces": None, "enumValues": None, "possibleTypes": None,
        },
    ],
}  # fmt: skip


@contextmanager
def _served(vendor: Path, asked: list[str]) -> Iterator[str]:
    """The address of a service whose every answer is the same; `asked` takes the language and the token of each request."""
    page = graphql_page(read_settings({}), vendor)

    async def graphql(request: Request) -> Response:
        if wants_page(request):
            return page()
        body = json.loads(await request.body())
        if "__schema" in body["query"]:
            return JSONResponse({"data": {"__schema": _SCHEMA}})
        bearer = request.headers.get("Authorization")
        asked.append(" ".join([request.headers["Accept-Language"], *([bearer] if bearer else [])]))
        return JSONResponse(_ANSWER)

    app = Starlette(routes=[*routes(vendor), Route("/graphql", graphql, methods=["GET", "POST"])])
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, ws="none"))
    listening = server.config.bind_socket()
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/graphql"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


def _run_by_keyboard(page: Page, focus: str) -> None:
    page.wait_for(f"document.querySelector({focus!r}) && (document.querySelector({focus!r}).focus(), true)")
    page.press("Enter", ENTER, control=True)
    page.wait_for("document.body.innerText.includes('县域大课堂')")


@pytest.mark.skipif(
    os.environ.get("CI") != "true" and not all((VENDOR / name).is_file() for name in VENDOR_FILES),
    reason="GraphiQL was not brought: npm is missing",
)
def test_graphiql_opens_with_the_examples_and_answers_one(tmp_path: Path) -> None:
    asked: list[str] = []
    with _served(VENDOR, asked) as address, open_page(tmp_path) as page:
        page.open(address)
        tabs = page.wait_for("document.querySelectorAll('.graphiql-tab').length")
        _run_by_keyboard(page, ".graphiql-query-editor textarea")
        assert page.complaints == []
        page.run("document.querySelector('[aria-label=\"Open settings dialog\"]').click()")
        page.wait_for("document.querySelector('[role=dialog]') !== null")
        assert [each for each in page.complaints if "Content Security Policy" in each] == []
    assert tabs > 1
    assert asked == ["zh"]


def test_the_small_page_answers_in_the_language_that_was_chosen(tmp_path: Path) -> None:
    asked: list[str] = []
    with _served(tmp_path / "missing", asked) as address, open_page(tmp_path / "profile") as page:
        page.open(address)
        page.wait_for("document.querySelectorAll('#examples option').length > 1")
        page.run("document.querySelector('[data-language=en]').click()")
        assert page.run("document.getElementById('run').textContent") == "Run"
        _run_by_keyboard(page, "#query")
        assert json.loads(page.run("document.getElementById('answer').textContent")) == _ANSWER
        assert page.complaints == []
    assert asked == ["en"]


def test_the_token_that_was_typed_is_sent_and_forgotten_with_the_tab(tmp_path: Path) -> None:
    asked: list[str] = []
    typed = "Object.assign(document.getElementById('token'), {value: ' a.b.c '}).dispatchEvent(new Event('change'))"
    with _served(tmp_path / "missing", asked) as address, open_page(tmp_path / "profile") as page:
        page.open(address)
        page.wait_for("document.querySelectorAll('#examples option').length > 1")
        page.run(typed)
        _run_by_keyboard(page, "#query")
        page.open(address)
        page.wait_for("document.querySelectorAll('#examples option').length > 1")
        assert page.run("document.getElementById('token').value") == "a.b.c"
        assert page.run("Object.values(localStorage).includes('a.b.c')") is False
        assert page.complaints == []
    assert asked == ["zh Bearer a.b.c"]
