"""The guards: foreign host names and bodies over the limit are refused before anything reads them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from server.limits import guarded

BODY_BYTES = 2_000


async def _length(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Request(scope, receive).body()
    await PlainTextResponse(str(len(body)))(scope, receive, send)


def _client(host: str = "localhost:8321", any_host: bool = False) -> httpx.AsyncClient:
    app = guarded(_length, BODY_BYTES, "zh", any_host=any_host)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=f"http://{host}")


@pytest.mark.parametrize("host", ["localhost:8321", "127.0.0.1:8321", "localhost", "LocalHost:8321"])
async def test_this_machines_own_names_are_served(host: str) -> None:
    async with _client(host) as client:
        assert (await client.post("/", content=b"123")).text == "3"


_FOREIGN = ["rebound.example", "127.0.0.1.rebound.example:8321", "10.0.0.8:8321"]


@pytest.mark.parametrize("host", _FOREIGN)
async def test_any_other_name_is_refused_in_the_askers_language(host: str) -> None:
    name = host.removesuffix(":8321")
    told = {
        "en": f"this service answers only as localhost or 127.0.0.1, not as {name!r}; to serve other names, "
        "set ZAOXUE_REQUIRE_TOKEN=yes",
        "zh": f"本服务只以 localhost 或 127.0.0.1 应答，不以 {name!r} 应答；要用其他名称访问，"
        "请设 ZAOXUE_REQUIRE_TOKEN=yes",
    }
    async with _client(host) as client:
        for language, message in told.items():
            answer = await client.post("/", content=b"123", headers={"Accept-Language": language})
            assert (answer.status_code, answer.json()) == (
                400,
                {
                    "errors": [
                        {
                            "message": message,
                            "extensions": {"code": "HOST_REFUSED", "data": {"host": name}},
                        }
                    ]
                },
            )


@pytest.mark.parametrize("host", _FOREIGN)
async def test_where_any_host_will_do_each_is_served_within_the_limit(host: str) -> None:
    async with _client(host, any_host=True) as client:
        assert (await client.post("/", content=b"123")).text == "3"
        assert (await client.post("/", content=b"x" * (BODY_BYTES + 1))).status_code == 413


async def test_a_request_that_names_no_host_is_refused() -> None:
    async with _client() as client:
        answer = await client.post("/", content=b"123", headers={"Host": ""})
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (400, "HOST_REFUSED")


async def test_a_body_at_the_limit_is_read_and_one_byte_more_is_refused() -> None:
    async with _client() as client:
        assert (await client.post("/", content=b"x" * BODY_BYTES)).text == str(BODY_BYTES)
        assert (await client.post("/", content=b"x" * (BODY_BYTES + 1))).status_code == 413


async def _parts() -> AsyncIterator[bytes]:
    for _ in range(3):
        yield b"x" * (BODY_BYTES // 2)


@pytest.mark.parametrize("content", [b"x" * (BODY_BYTES + 1), None])
async def test_a_body_over_the_limit_is_refused_in_words_whether_it_tells_its_length_or_not(
    content: bytes | None,
) -> None:
    async with _client() as client:
        given = _parts() if content is None else content
        answer = await client.post("/", content=given, headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.json()) == (
        413,
        {
            "errors": [
                {
                    "message": "the body is larger than 2000 bytes; send it in parts, and import workbooks by zaoxue import",
                    "extensions": {"code": "BODY_TOO_LARGE", "data": {"most": 2000}},
                }
            ]
        },
    )


async def test_a_length_that_is_no_number_is_not_believed() -> None:
    async with _client() as client:
        answer = await client.post("/", content=b"123", headers={"Content-Length": "many"})
    assert answer.text == "3"


@pytest.mark.parametrize("told", ["0" * 5_000 + "3", "9" * 5_000, "0" * 5_000])
async def test_a_length_of_thousands_of_digits_is_read_as_a_number(told: str) -> None:
    async with _client() as client:
        answer = await client.post("/", content=b"123", headers={"Content-Length": told})
    assert answer.status_code == (413 if told.startswith("9") else 200)
