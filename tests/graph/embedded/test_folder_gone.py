"""A data folder that is taken away while its engine runs: said at once, and nothing is left in its place."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from graph.embedded.supervisor import EmbeddedEngine
from graph.refusals import FolderGone
from graph.store import Store, Transaction

_PEOPLE = "MATCH (p:Person) RETURN count(p) AS number"


async def _make_person(transaction: Transaction) -> None:
    await transaction.run("CREATE (:Person {id: 'p-1'})")


@pytest.mark.parametrize("replaced", [False, True])
async def test_it_is_not_ready_takes_no_write_and_says_so_at_the_stop(data_dir: Path, replaced: bool) -> None:
    engine = await EmbeddedEngine.start(data_dir)
    store = await Store.open(engine.address)
    moved = data_dir.rename(data_dir.with_name("moved"))
    if replaced:
        shutil.copytree(moved, data_dir)
    before = _files(data_dir)
    with pytest.raises(FolderGone) as refused:
        await store.verify()
    with pytest.raises(FolderGone):
        await store.write(_make_person)
    assert await store.read(_PEOPLE) == [{"number": 0}]
    await store.close()
    with pytest.raises(FolderGone):
        await engine.stop()

    assert (str(data_dir) in refused.value.zh, str(data_dir) in refused.value.en) == (True, True)
    assert _files(data_dir) == before
    await engine.stop()


async def test_what_ended_the_block_is_told_before_it(data_dir: Path) -> None:
    async def removing() -> None:
        async with await EmbeddedEngine.start(data_dir):
            shutil.rmtree(data_dir)
            raise LookupError("first")

    with pytest.raises(LookupError, match="first"):
        await removing()


async def test_an_engine_that_dies_is_not_started_on_another_folder(data_dir: Path) -> None:
    engine = await EmbeddedEngine.start(data_dir)
    shutil.copytree(data_dir.rename(data_dir.with_name("moved")), data_dir)
    os.kill(engine.pid, signal.SIGKILL)
    await engine._opened.process.process.wait()
    assert not await engine._opened.restart()
    with pytest.raises(FolderGone):
        await engine.stop()


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
