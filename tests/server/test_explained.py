"""Explained answers: how many statements it took, and for the administrator which."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph.store import Store
from server.app import create_app
from server.auth.keyring import KeyFile
from server.auth.own import issue
from server.settings import read_settings

READ = "{ needs { totalCount } schools { edges { node { name } } } }"


@pytest.fixture
async def client(store: Store, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the app on an empty graph, from this machine."""
    app = create_app(read_settings({}, {"data": str(tmp_path), "language": "en"}), store)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client


async def _ask(client: httpx.AsyncClient, query: str, **more: Any) -> Any:
    return (await client.post("/graphql", json={"query": query, **more})).json()


async def test_an_answer_is_explained_when_that_is_asked(client: httpx.AsyncClient) -> None:
    for _ in range(2):  # once found right, a document goes the short way
        assert await _ask(client, READ) == {"data": {"needs": {"totalCount": 0}, "schools": {"edges": []}}}
    told = await _ask(client, READ, extensions={"explain": True})
    explained = told["extensions"]["explain"]
    assert explained["statements"] == 1
    ((read),) = explained["reads"]
    assert read["cypher"].startswith("CALL () { MATCH (m0:Need) RETURN count(m0) AS t0 }")
    assert read["rows"] == 1


async def test_the_short_way_answers_as_the_ordinary_one(client: httpx.AsyncClient) -> None:
    first = await client.post("/graphql", json={"query": READ})
    again = await client.post("/graphql", json={"query": READ})
    assert again.content == first.content
    assert again.headers["content-type"] == first.headers["content-type"]
    newer = {"accept": "application/graphql-response+json"}
    preferred = await client.post("/graphql", json={"query": READ}, headers=newer)
    assert preferred.headers["content-type"].startswith("application/graphql-response+json")


@pytest.mark.parametrize("extensions", [None, {}, {"explain": False}, {"explain": "yes"}, {"other": True}])
async def test_nothing_is_explained_unasked(
    client: httpx.AsyncClient, extensions: dict[str, object] | None
) -> None:
    await _ask(client, READ)
    assert list(await _ask(client, READ, extensions=extensions)) == ["data"]


async def test_a_get_is_explained_too(client: httpx.AsyncClient) -> None:
    given = {"query": READ, "extensions": '{"explain": true}'}
    told = (await client.get("/graphql", params=given)).json()
    assert told["extensions"]["explain"]["statements"] == 1


async def test_who_is_no_administrator_is_not_shown_the_statements(store: Store, tmp_path: Path) -> None:
    settings = read_settings({}, {"data": str(tmp_path), "language": "en"})
    token = issue(KeyFile.of(settings).newest(), "somebody", datetime.now(UTC), 7)
    transport = httpx.ASGITransport(app=create_app(settings, store))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        headers = {"authorization": f"Bearer {token}"}
        answer = await client.post(
            "/graphql", json={"query": READ, "extensions": {"explain": True}}, headers=headers
        )
    # one more for his roles is before the answer, and not of it
    assert answer.json()["extensions"] == {"explain": {"statements": 1}}


async def test_who_hangs_up_in_the_middle_is_no_fault(store: Store, tmp_path: Path) -> None:
    app = create_app(read_settings({}, {"data": str(tmp_path), "language": "en"}), store)
    sent: list[Any] = []
    headers = [(b"host", b"localhost"), (b"content-type", b"application/json"), (b"content-length", b"99")]
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "scheme": "http",
        "http_version": "1.1",
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    assert [each["status"] for each in sent if each["type"] == "http.response.start"] == [499]
