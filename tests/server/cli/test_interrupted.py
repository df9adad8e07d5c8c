"""Ctrl+C at any moment: one message in both languages that says what holds, exit code 130, no traceback."""

from __future__ import annotations

import asyncio
import importlib
import sys
from pathlib import Path

import pytest

from graph.embedded.supervisor import EmbeddedEngine
from graph.migrations.run import migrate
from graph.store import Store
from resolvers.workbook.template import write_template
from server.cli.main import main
from tests.journeys.filling import fill
from tests.journeys.service import ROOT, Ran, clean_environment

_PROGRAM = """
import asyncio, os, signal, sys
from server.cli import commands, exchange
from server.cli.main import main
when, whole = sys.argv.pop(1), exchange.import_workbook
async def broken_off(*arguments):
    if when == "before":
        os.kill(os.getpid(), signal.SIGINT)
    brought = await whole(*arguments)
    if when == "after":
        os.kill(os.getpid(), signal.SIGINT)
        await asyncio.sleep(20)
    return brought
exchange.import_workbook = broken_off
sys.exit(main(sys.argv[1:]))
"""
_SCHOOLS = "MATCH (s:School) RETURN count(s) AS number"


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    write_template(tmp_path / "form.xlsx")
    return fill(tmp_path / "form.xlsx", tmp_path / "county.xlsx")


async def _broken_off(when: str, workbook: Path, data: Path) -> Ran:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _PROGRAM, when, "import", workbook, "--data", data),
        cwd=ROOT,
        env=clean_environment(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode is not None
    return Ran(process.returncode, out.decode(), err.decode())


async def _schools(data: Path) -> list[dict[str, object]]:
    async with await EmbeddedEngine.start(data) as engine:
        assert engine.read_only is None
        store = await Store.open(engine.address)
        await migrate(store)
        rows = await store.read(_SCHOOLS)
        await store.close()
    return rows


async def test_before_anything_is_written(workbook: Path, data_dir: Path) -> None:
    ran = await _broken_off("before", workbook, data_dir)
    assert (ran.code, ran.out) == (130, "")
    assert ran.err == (
        "[INTERRUPTED] 已中断：工作簿没有写入\n    interrupted: nothing of the workbook was written\n"
    )
    assert await _schools(data_dir) == [{"number": 0}]


async def test_just_after_the_commit(workbook: Path, data_dir: Path) -> None:
    ran = await _broken_off("after", workbook, data_dir)
    assert (ran.code, ran.out) == (130, "")
    assert (
        ran.err == "[INTERRUPTED] 已中断：工作簿已整个写入\n    interrupted: the whole workbook was written\n"
    )
    assert await _schools(data_dir) == [{"number": 3}]


def test_while_the_commands_are_loaded(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def impatient(_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(importlib, "import_module", impatient)
    assert main(["migrate"]) == 130
    assert capsys.readouterr().err == (
        "[INTERRUPTED] 已中断：没有改动\n    interrupted: nothing was changed\n"
    )
