"""A truncated data file, as an office meets it: the service says so, and one command brings everything back."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import httpx
import psutil
import pytest

from graph.embedded.folder import DataFolder
from graph.embedded.supervisor import EmbeddedEngine
from graph.migrations.run import migrate
from graph.store import Store
from tests.graph.backup.graphs import whole_graph
from tests.journeys.service import zaoxue
from tests.journeys.spring import whole_spring
from tests.server.cli.running import Serving, zaoxue_serve

RAISE = """
    mutation {
        raiseRequest(input: {teacher: "Person:p-05", topic: "Topic:t-ld", severity: 2}) { request { id } }
    }
"""

type Whole = tuple[list[str], list[str]]


@pytest.fixture
async def county(data_dir: Path) -> Whole:
    """The small county after its spring in a data folder, with the rules; what its graph holds."""
    async with await EmbeddedEngine.start(data_dir) as engine:
        store = await Store.open(engine.address)
        await migrate(store)
        await whole_spring(store)
        await store.close()
    assert (await zaoxue("migrate", "--data", data_dir)).code == 0
    return await _whole(data_dir)


async def _whole(data_dir: Path) -> Whole:
    async with await EmbeddedEngine.start(data_dir) as engine:
        assert engine.read_only is None
        store = await Store.open(engine.address)
        whole = await whole_graph(store)
        await store.close()
    return whole


async def _serve_and_stop(data_dir: Path, *, in_order: bool) -> None:
    async with zaoxue_serve(data_dir, "--sample", "no") as serving:
        if in_order:
            assert await serving.stop(signal.SIGTERM) == 0
            return
        service = psutil.Process(serving.process.pid)
        (engine,) = service.children()
        service.send_signal(signal.SIGSTOP)  # it would start its engine again
        os.kill(engine.pid, signal.SIGKILL)
        service.kill()


def _truncate(data_dir: Path) -> str:
    (path,) = DataFolder(data_dir).database.glob("Person_0.*.bucket")
    os.truncate(path, path.stat().st_size // 2)
    return path.name


async def _raise_request(serving: Serving) -> str:
    async with httpx.AsyncClient(trust_env=False) as http:
        return (await http.post(serving.address, json={"query": RAISE})).text


@pytest.mark.parametrize("in_order", [True, False])
async def test_a_truncated_file_is_told_with_its_backup_and_restore_brings_all_back(
    data_dir: Path, county: Whole, in_order: bool
) -> None:
    backed_up = await zaoxue("backup", "--data", data_dir)
    assert backed_up.code == 0, backed_up.err
    (backup,) = (data_dir / "backups").iterdir()
    await _serve_and_stop(data_dir, in_order=in_order)
    damaged = _truncate(data_dir)

    async with zaoxue_serve(data_dir, "--sample", "no") as serving:
        greeting = "\n".join(serving.greeting)
        refused = await _raise_request(serving)
        assert await serving.stop(signal.SIGTERM) == 0
    restored = await zaoxue("restore", backup, "--data", data_dir)

    assert damaged in greeting
    assert f"最近的备份是 {backup}" in greeting
    assert f"The newest backup is {backup}" in greeting
    assert '"READ_ONLY"' in refused
    assert restored.code == 0, restored.err
    assert "损坏的文件已移到" in restored.out
    assert await _whole(data_dir) == county


async def test_without_a_backup_what_can_be_read_is_saved_and_brought_back(
    data_dir: Path, county: Whole
) -> None:
    _truncate(data_dir)

    async with zaoxue_serve(data_dir, "--sample", "no") as serving:
        greeting = "\n".join(serving.greeting)
        saved = await zaoxue("backup", "--data", data_dir)  # beside the service, through its engine
        assert await serving.stop(signal.SIGTERM) == 0
    (salvage,) = (data_dir / "backups").iterdir()
    restored = await zaoxue("restore", salvage, "--data", data_dir)

    assert "没有备份" in greeting
    assert "There is no backup" in greeting
    assert saved.code == 0, saved.err
    assert "条记录无法读出" in saved.out
    assert restored.code == 0, restored.err
    nodes, _ = await _whole(data_dir)
    assert set(nodes) < set(county[0])
    lost = set(county[0]) - set(nodes)
    assert {each[: len("[['Person']")] for each in lost} == {"[['Person']"}
