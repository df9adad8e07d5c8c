"""Serving: what is printed, what the first query answers, how it stops, who else may come in."""

from __future__ import annotations

import asyncio
import shutil
import signal
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import orjson
import pytest

from graph.embedded.supervisor import EmbeddedEngine
from graph.migrations.run import migrate
from graph.store import Store
from server.cli.stopping import Stopping
from tests.journeys.service import Ran, zaoxue
from tests.journeys.spring import whole_spring
from tests.server.cli.running import Serving, was_stopped_in_order, zaoxue_serve

NEEDS = '{"query": "{ needs(first: 50, status: [MET]) { edges { node { teacher { code } } } } }"}'


async def county_in(data: Path) -> None:
    """Makes a data folder with the small county after its spring."""
    async with await EmbeddedEngine.start(data) as engine:
        store = await Store.open(engine.address)
        await migrate(store)
        await whole_spring(store)
        await store.close()


async def post(serving: Serving, body: str) -> Any:
    async with httpx.AsyncClient(trust_env=False) as client:
        headers = {"content-type": "application/json"}
        return (await client.post(serving.address, content=body, headers=headers)).json()


async def run(words: list[str]) -> Any:
    """The answer to a printed command line: by curl where it is there, else as curl would ask."""
    program, flag, address, header_flag, header, data_flag, body = words
    assert (program, flag, header_flag, data_flag) == ("curl", "-s", "-H", "-d")
    if shutil.which("curl") is None:
        async with httpx.AsyncClient(trust_env=False) as client:
            name, _, value = header.partition(": ")
            return (await client.post(address, content=body, headers={name: value})).json()
    process = await asyncio.create_subprocess_exec(*words, stdout=asyncio.subprocess.PIPE)
    return orjson.loads((await process.communicate())[0])


async def test_a_first_start_brings_the_sample_and_its_first_query_answers(tmp_path: Path) -> None:
    data = tmp_path / "data"
    async with zaoxue_serve(data) as serving:
        assert serving.greeting[0].startswith("造血已启动：http://127.0.0.1:")
        answer = await run(serving.first_query)
        needs = [edge["node"] for edge in answer["data"]["needs"]["edges"]]
        assert len(needs) == 3
        for need in needs:
            (recommendation,) = [edge["node"] for edge in need["recommendations"]["edges"]]
            assert recommendation["trainer"]["name"]
            assert len(recommendation["contributions"]) == 10
            assert all(each["because"] for each in recommendation["contributions"])
        assert await serving.stop(signal.SIGINT) == 0
    assert was_stopped_in_order(data)


async def test_a_second_serve_is_refused_and_commands_beside_go_through_its_engine(tmp_path: Path) -> None:
    data, book = tmp_path / "data", tmp_path / "out.xlsx"
    await county_in(data)
    async with zaoxue_serve(data) as serving:
        second, exported = await asyncio.gather(
            zaoxue("serve", "--port", "0", "--data", data), zaoxue("export", book, "--data", data)
        )
        assert_says_who_serves(second, data, serving.process.pid)
        assert (exported.code, exported.err) == (0, "")
        rows = sum(sheet.max_row - 1 for sheet in openpyxl.load_workbook(book).worksheets)
        assert f"exported {rows} rows" in exported.out
        again = await zaoxue("import", book, "--data", data)
        assert (again.code, again.err) == (0, "")
        assert f"imported {rows} rows" in again.out
        assert await post(serving, NEEDS) == {
            "data": {"needs": {"edges": [{"node": {"teacher": {"code": "p-05"}}}]}}
        }
        assert await serving.stop(signal.SIGTERM) == 0
    assert was_stopped_in_order(data)


def assert_says_who_serves(refused: Ran, data: Path, pid: int) -> None:
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("[FOLDER_IN_USE] 数据目录")
    assert str(data) in refused.err
    assert f"zaoxue serve（进程 {pid}，自 " in refused.err
    assert f"'zaoxue serve' (process {pid}, since " in refused.err


async def test_no_sample_where_none_is_wanted(tmp_path: Path) -> None:
    async with zaoxue_serve(tmp_path / "data", "--sample", "no") as serving:
        answer = await post(serving, '{"query": "{ alliances { edges { node { id } } } }"}')
        assert answer == {"data": {"alliances": {"edges": []}}}
        assert await serving.stop(signal.SIGTERM) == 0


async def test_who_a_caller_without_a_token_is_is_said_at_the_start(tmp_path: Path) -> None:
    async with zaoxue_serve(tmp_path / "open", "--sample", "no") as serving:
        assert serving.greeting[-2:] == [
            "本机访问者无需令牌，即为管理员。按 Ctrl+C 停止。",
            "A caller from this machine is the administrator, without a token. Ctrl+C stops.",
        ]


async def test_where_a_token_is_wanted_the_start_says_so_and_a_token_made_beside_it_is_good(
    tmp_path: Path,
) -> None:
    data = tmp_path / "data"
    async with zaoxue_serve(data, "--sample", "no", "--require-token", "yes") as serving:
        assert serving.greeting[-1].startswith("Every caller needs a token (zaoxue token --for NAME")
        assert "authorization: Bearer TOKEN" in serving.first_query
        made = await zaoxue("token", "--for", "zhang.san", "--role", "ADMINISTRATOR", "--data", data)
        async with httpx.AsyncClient(trust_env=False) as client:
            who = {"query": "{ viewer { holder isAdministrator } }"}
            bearer = {"Authorization": f"Bearer {made.out.strip()}"}
            refused = await client.post(serving.address, json=who)
            taken = await client.post(serving.address, json=who, headers=bearer)
        assert refused.status_code == 401
        assert taken.json() == {"data": {"viewer": {"holder": "zhang.san", "isAdministrator": True}}}


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_before_the_serving_ends_what_is_under_way(asked: signal.Signals) -> None:
    closed = []

    async def starting() -> str:
        with Stopping().listening():
            try:
                signal.raise_signal(asked)
                await asyncio.sleep(60)
            finally:
                closed.append(asked)
        return "stopped"

    assert await asyncio.create_task(starting()) == "stopped"
    assert closed == [asked]


async def test_a_cancellation_by_somebody_else_goes_on() -> None:
    async def starting() -> None:
        with Stopping().listening():
            await asyncio.sleep(60)

    task = asyncio.create_task(starting())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
