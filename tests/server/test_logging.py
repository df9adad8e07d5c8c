"""Log lines: the request id in every line of its request, and one line at its end."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import httpx
import pytest
import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from server.logging import RequestLog, configure_logging
from server.settings import read_settings


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Where this process's log goes during one test, as JSON."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    stream = io.StringIO()
    configure_logging(read_settings({"ZAOXUE_LOG_FORMAT": "json"}), stream)
    yield stream
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


async def _work(request: Request) -> Response:
    structlog.stdlib.get_logger("zaoxue.test").info("working", 学校="一小")
    logging.getLogger("some.library").warning("careful")
    return PlainTextResponse(request.state.request_id)


async def _fail(_: Request) -> Response:
    raise LookupError("gone")


def _client() -> httpx.AsyncClient:
    app = Starlette(
        routes=[Route("/work", _work), Route("/fail", _fail), Route("/health/live", _work)],
    )
    transport = httpx.ASGITransport(app=RequestLog(app))
    return httpx.AsyncClient(transport=transport, base_url="http://localhost")


async def test_every_line_of_a_request_carries_its_id(lines: io.StringIO) -> None:
    async with _client() as client:
        answer = await client.get("/work", headers={"X-Request-Id": "journey-0001"})
    told = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert (answer.text, answer.headers["X-Request-Id"]) == ("journey-0001", "journey-0001")
    assert [(line["event"], line["request_id"]) for line in told] == [
        ("working", "journey-0001"),
        ("careful", "journey-0001"),
        ("request", "journey-0001"),
    ]
    assert told[0]["学校"] == "一小"
    assert (told[2]["method"], told[2]["path"], told[2]["status"]) == ("GET", "/work", 200)


@pytest.mark.parametrize("given", ["short", "x" * 65, "two\tlines of it", 'quoted"id"here'])
async def test_an_id_that_could_do_harm_is_replaced(lines: io.StringIO, given: str) -> None:
    async with _client() as client:
        answer = await client.get("/work", headers={"X-Request-Id": given})
    assert len(answer.headers["X-Request-Id"]) == 16
    assert answer.headers["X-Request-Id"] != given


async def test_a_request_that_fails_is_logged_with_the_status_that_was_sent(lines: io.StringIO) -> None:
    async with _client() as client:
        answer = await client.get("/fail")
    failed, end = (json.loads(line) for line in lines.getvalue().splitlines())
    assert answer.status_code == 500
    assert (failed["event"], failed["exception"][0]["exc_value"]) == ("failed", "gone")
    assert (end["event"], end["path"], end["status"]) == ("request", "/fail", 500)
    assert failed["request_id"] == end["request_id"] == answer.headers["X-Request-Id"]


async def test_what_fails_before_any_answer_is_answered_500_and_logged(lines: io.StringIO) -> None:
    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        raise LookupError("gone")

    transport = httpx.ASGITransport(app=RequestLog(broken))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        answer = await client.post("/graphql")
    failed, end = (json.loads(line) for line in lines.getvalue().splitlines())
    assert (answer.status_code, answer.text) == (500, "Internal Server Error")
    assert (failed["event"], failed["exception"][0]["exc_value"]) == ("failed", "gone")
    assert (end["path"], end["status"]) == ("/graphql", 500)
    assert failed["request_id"] == end["request_id"] == answer.headers["X-Request-Id"]


async def test_a_health_check_that_is_well_leaves_no_line_of_its_own(lines: io.StringIO) -> None:
    async with _client() as client:
        await client.get("/health/live")
    assert "request" not in [json.loads(line)["event"] for line in lines.getvalue().splitlines()]


@pytest.mark.parametrize("log_format", ["json", "text"])
def test_a_traceback_shows_no_local_variables(log_format: str) -> None:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    stream = io.StringIO()
    configure_logging(read_settings({"ZAOXUE_LOG_FORMAT": log_format}), stream)
    try:
        secret = "x" * 3 + "-for-the-log"  # put together, so that no source line shows it
        try:
            raise LookupError(len(secret))
        except LookupError:
            structlog.stdlib.get_logger("zaoxue.test").exception("failed")
    finally:
        root.handlers = handlers
        root.setLevel(level)
        structlog.reset_defaults()
    assert "LookupError" in stream.getvalue()
    assert "xxx-for-the-log" not in stream.getvalue()
