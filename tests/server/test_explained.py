"""Explained answers: how many statements it took, and for the administrator which."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph.store import Store
from server.app import create_app
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
