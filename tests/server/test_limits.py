"""The guards: foreign host names and bodies over the limit are refused before anything reads them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from server.limits import BODY_BYTES, guards


async def _length(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


def _client(host: str = "localhost:8321") -> httpx.AsyncClient:
    app = Starlette(routes=[Route("/", _length, methods=["POST"])], middleware=guards())
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=f"http://{host}")


@pytest.mark.parametrize("host", ["localhost:8321", "127.0.0.1:8321", "localhost"])
async def test_this_machines_own_names_are_served(host: str) -> None:
    async with _client(host) as client:
        assert (await client.post("/", content=b"123")).text == "3"


@pytest.mark.parametrize("host", ["rebound.example", "127.0.0.1.rebound.example:8321", "10.0.0.8:8321"])
async def test_any_other_name_is_refused(host: str) -> None:
    async with _client(host) as client:
        assert (await client.post("/", content=b"123")).status_code == 400


async def test_a_body_at_the_limit_is_read_and_one_byte_more_is_refused() -> None:
    async with _client() as client:
        assert (await client.post("/", content=b"x" * BODY_BYTES)).text == str(BODY_BYTES)
        assert (await client.post("/", content=b"x" * (BODY_BYTES + 1))).status_code == 413


async def test_a_body_that_does_not_tell_its_length_is_counted() -> None:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b"x" * (BODY_BYTES // 2)

    async with _client() as client:
        assert (await client.post("/", content=parts())).status_code == 413
