"""The app as a client meets it: health, lost engines, languages, guards, pages."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph.embedded.supervisor import EmbeddedEngine
from graph.migrations.run import migrate
from graph.refusals import FolderGone
from graph.store import ReadOnlyReason, Store
from graph.writing import version
from server.app import create_app
from server.settings import read_settings
from tests.journeys.county import ALLIANCE
from tests.journeys.spring import bring_the_workbook
from tests.journeys.standing import everything

SCHOOLS = "{ schools(first: 10) { edges { node { code } } } }"
THREE = {"data": {"schools": {"edges": [{"node": {"code": code}} for code in ("s-e", "s-m", "s-q")]}}}
RAISE = """
    mutation ($input: RaiseRequestInput!) { raiseRequest(input: $input) { request { code } userErrors { code message } } }
"""


@asynccontextmanager
async def client_of(store: Store, folder: Path, language: str = "zh") -> AsyncIterator[httpx.AsyncClient]:
    """A client of the app on that store."""
    app = create_app(read_settings({}, {"data": str(folder), "language": language}), store)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client


@pytest.fixture
async def county(store: Store) -> Store:
    await bring_the_workbook(store)
    return store


@pytest.fixture
async def client(county: Store, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(county, tmp_path) as client:
        yield client


async def ask(client: httpx.AsyncClient, query: str, language: str = "en", **variables: object) -> Any:
    headers = {"Accept-Language": language}
    answer = await client.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
    return answer.json()


async def test_live_and_ready_while_the_engine_answers(client: httpx.AsyncClient) -> None:
    live, ready = await client.get("/health/live"), await client.get("/health/ready")
    assert (live.status_code, live.json()) == (200, {"status": "live"})
    assert (ready.status_code, ready.json()) == (200, {"status": "ready"})


async def test_a_data_folder_that_was_taken_away_is_not_ready_and_says_why(tmp_path: Path) -> None:
    data = tmp_path / "data"
    engine = await EmbeddedEngine.start(data)
    store = await Store.open(engine.address)
    async with client_of(store, tmp_path) as client:
        data.rename(tmp_path / "moved")
        ready = await client.get("/health/ready", headers={"Accept-Language": "en"})
    await store.close()
    with pytest.raises(FolderGone):
        await engine.stop()
    assert (ready.status_code, ready.json()["code"]) == (503, "FOLDER_GONE")
    assert ready.json()["message"].startswith(f"the data folder {str(data)!r} was moved, removed or replaced")


async def test_a_damaged_store_is_ready_to_be_read_and_says_so(county: Store, tmp_path: Path) -> None:
    county.read_only = ReadOnlyReason("文件已损坏", "a file is damaged")
    try:
        async with client_of(county, tmp_path) as client:
            ready = await client.get("/health/ready")
            assert ready.json() == {"status": "read-only", "zh": "文件已损坏", "en": "a file is damaged"}
            assert await ask(client, SCHOOLS) == THREE
            wish = {"teacher": "Person:p-05", "topic": "Topic:t-ld", "severity": 2}
            refused = await ask(client, RAISE, input=wish)
    finally:
        county.read_only = None
    (error,) = refused["errors"]
    assert (error["extensions"]["code"], error["message"]) == ("READ_ONLY", "a file is damaged")


async def test_a_stopped_engine_is_told_as_unavailable_and_back_it_serves_again(tmp_path: Path) -> None:
    engine = await EmbeddedEngine.start(tmp_path / "data")
    port = int(engine.address.uri.rpartition(":")[2])
    store = await Store.open(engine.address)
    await migrate(store)
    await bring_the_workbook(store)
    async with client_of(store, tmp_path / "data") as client:
        assert await ask(client, SCHOOLS) == THREE
        await engine.stop()
        ready, lost = await asyncio.gather(client.get("/health/ready"), ask(client, SCHOOLS))
        assert (ready.status_code, ready.headers["Retry-After"]) == (503, "2")
        assert ready.json() == {
            "status": "unavailable",
            "code": "UNAVAILABLE",
            "message": "图数据库暂时无法连接，请稍后重试",
        }
        (error,) = lost["errors"]
        assert lost["data"] is None
        assert error["extensions"]["code"] == "UNAVAILABLE"
        assert error["extensions"]["data"]["retry_after_seconds"] == 2
        assert (await client.get("/health/live")).status_code == 200

        async with await EmbeddedEngine.start(tmp_path / "data", bolt_port=port):
            assert (await client.get("/health/ready")).status_code == 200
            assert await ask(client, SCHOOLS) == THREE
            await store.close()


async def test_a_killed_engine_comes_back_and_no_answer_meanwhile_is_short(tmp_path: Path) -> None:
    async with await EmbeddedEngine.start(tmp_path / "data") as engine:
        store = await Store.open(engine.address)
        await migrate(store)
        await bring_the_workbook(store)
        async with client_of(store, tmp_path / "data") as client:
            killed = engine.pid
            os.kill(killed, signal.SIGKILL)
            codes = set()
            while "" not in codes or engine.pid == killed:
                answer = await ask(client, SCHOOLS)
                codes.add(answer["errors"][0]["extensions"]["code"] if "errors" in answer else "")
                assert "errors" in answer or answer == THREE
            assert codes <= {"", "UNAVAILABLE"}
            assert (await client.get("/health/ready")).status_code == 200
        await store.close()


@pytest.mark.parametrize(
    ("accepted", "message"),
    [
        ("zh-CN,zh;q=0.9", "没有编号为 'p-99' 的人员"),
        ("en-GB,en;q=0.8", "there is no Person with id 'p-99'"),
        ("zh;q=0.2, en;q=0.7", "there is no Person with id 'p-99'"),
        ("fr", "没有编号为 'p-99' 的人员"),
        ("zh;q=many, en;q=0", "没有编号为 'p-99' 的人员"),
    ],
)
async def test_the_language_is_the_askers(client: httpx.AsyncClient, accepted: str, message: str) -> None:
    wish = {"teacher": "Person:p-99", "topic": "Topic:t-ld", "severity": 2}
    answer = await ask(client, RAISE, accepted, input=wish)
    assert answer["data"]["raiseRequest"]["userErrors"] == [{"code": "NOT_FOUND", "message": message}]


async def test_an_asker_of_no_language_gets_the_services_own(county: Store, tmp_path: Path) -> None:
    async with client_of(county, tmp_path, "en") as client:
        wish = {"teacher": "School:s-e", "topic": "Topic:t-ld", "severity": 2}
        answer = await client.post("/graphql", json={"query": RAISE, "variables": {"input": wish}})
    (error,) = answer.json()["data"]["raiseRequest"]["userErrors"]
    assert error["message"].startswith("teacher wants the id of a Person")


@pytest.mark.parametrize("host", ["zaoxue.example", "127.0.0.1.example", "evil.localhost"])
async def test_a_foreign_host_is_refused(client: httpx.AsyncClient, host: str) -> None:
    answer = await client.post("/graphql", json={"query": SCHOOLS}, headers={"Host": host})
    assert answer.status_code == 400
    assert "s-e" not in answer.text


async def test_a_body_over_the_limit_is_refused(client: httpx.AsyncClient) -> None:
    body = b'{"query": "{ __typename }", "x": "' + b"a" * 2_097_152 + b'"}'
    answer = await client.post("/graphql", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413


async def test_a_form_of_another_page_cannot_write(client: httpx.AsyncClient, county: Store) -> None:
    """A browser sends these without asking first, from any page: none of them is taken as a mutation."""
    before = await version(county.read)
    document = (
        f'mutation {{ formNeeds(input: {{alliance: "Alliance:{ALLIANCE}"}}) {{ userErrors {{ code }} }} }}'
    )
    by_address = await client.get("/graphql", params={"query": document})
    as_text = await client.post("/graphql", content=document, headers={"Content-Type": "text/plain"})
    as_form = await client.post("/graphql", data={"query": document})
    assert [each.status_code for each in (by_address, as_text, as_form)] == [405, 415, 415]
    assert await version(county.read) == before


async def test_a_query_may_come_in_the_address(client: httpx.AsyncClient) -> None:
    answer = await client.get("/graphql", params={"query": SCHOOLS})
    assert (answer.status_code, answer.json()) == (200, THREE)


async def test_every_answer_has_a_request_id(client: httpx.AsyncClient) -> None:
    mine = await client.get("/health/live", headers={"X-Request-Id": "office-0001"})
    made = await client.post("/graphql", json={"query": SCHOOLS})
    assert mine.headers["X-Request-Id"] == "office-0001"
    assert len(made.headers["X-Request-Id"]) == 16


async def test_a_browser_gets_the_page_and_a_client_json(client: httpx.AsyncClient) -> None:
    page = await client.get("/graphql", headers={"Accept": "text/html,*/*;q=0.8"})
    data = await client.post("/graphql", json={"query": SCHOOLS}, headers={"Accept": "application/json"})
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert page.text.startswith("<!")
    assert data.headers["Content-Type"].startswith("application/json")
    assert data.json() == THREE


async def test_a_refused_mutation_changes_nothing(client: httpx.AsyncClient, county: Store) -> None:
    before = await everything(county)
    wish = {
        "teacher": "Person:p-05",
        "topic": "Topic:t-ld",
        "severity": 7,
        "on": date(2025, 3, 1).isoformat(),
    }
    answer = await ask(client, RAISE, input=wish)
    assert answer["data"]["raiseRequest"]["userErrors"] == [
        {"code": "INVALID_INPUT", "message": "must be between 1 and 3"}
    ]
    assert await everything(county) == before
