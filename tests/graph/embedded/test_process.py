"""An engine that does not start is told as what it is: no memory is no damage."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from pathlib import Path

import pytest

from graph.embedded.folder import DataFolder
from graph.embedded.integrity import sizes_of
from graph.embedded.process import EngineNotStarted
from graph.embedded.supervisor import EmbeddedEngine

_START = """
import asyncio, json, sys
from pathlib import Path
from graph.embedded.process import EngineNotStarted
from graph.embedded.supervisor import EmbeddedEngine
async def start():
    try:
        async with await EmbeddedEngine.start(Path(sys.argv[1])):
            return ["started"]
    except EngineNotStarted as error:
        return [error.zh, error.en]
print(json.dumps(asyncio.run(start())))
"""
_KILOBYTES = 1_500_000


@pytest.fixture
async def folder(data_dir: Path) -> DataFolder:
    async with await EmbeddedEngine.start(data_dir):
        pass
    return DataFolder(data_dir)


async def test_too_little_memory_is_told_as_that_and_the_data_are_left_alone(folder: DataFolder) -> None:
    before = sizes_of(folder.database)
    limited = await asyncio.create_subprocess_exec(
        *("sh", "-c", f'ulimit -v {_KILOBYTES} && exec "$0" "$@"', sys.executable, "-c", _START, folder.root),
        stdout=asyncio.subprocess.PIPE,
    )
    zh, en = json.loads((await limited.communicate())[0])

    assert "内存不足" in zh
    assert "数据没有损坏" in zh
    assert "want of memory" in en
    assert sizes_of(folder.database) == before
    async with await EmbeddedEngine.start(folder.root) as engine:
        assert engine.read_only is None


@pytest.mark.parametrize(("ended", "memory"), [(signal.SIGKILL, True), (signal.SIGSEGV, False)])
async def test_a_process_that_was_ended_while_it_started_is_no_damage(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, ended: signal.Signals, memory: bool
) -> None:
    program = folder.root / "ending"
    program.write_text(f"#!/bin/sh\nkill -{ended.value} $$\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    with pytest.raises(EngineNotStarted) as refused:
        await EmbeddedEngine.start(folder.root)

    assert f"进程被 {ended.name} 结束" in refused.value.zh
    assert f"the process was ended by {ended.name}" in refused.value.en
    assert ("memory" in refused.value.en) is memory
    assert "damaged" not in refused.value.en.replace("the data are not damaged", "")


async def test_a_process_that_the_system_does_not_make_is_no_unusable_folder(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused_by_the_system(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(asyncio, "create_subprocess_exec", refused_by_the_system)
    with pytest.raises(EngineNotStarted, match="Resource temporarily unavailable") as refused:
        await EmbeddedEngine.start(folder.root)
    assert "未能启动：系统资源暂时不足。" in refused.value.zh
