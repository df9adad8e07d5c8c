"""`zaoxue import` killed with -9 on its way: the file is in the graph whole, or nothing of it is."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.embedded.supervisor import EmbeddedEngine
from graph.migrations.run import migrate
from graph.store import Store
from resolvers.workbook.write import write_workbook
from seeds.sample import generate

FRACTIONS = (0.45, 0.6, 0.75)
"""When the command is killed, as a share of what it takes unharmed: the write is in its second half."""
_COUNT = "MATCH (n) WHERE NOT n:Version AND NOT n:AuditEntry AND NOT n:RuleSet AND NOT n:Rule RETURN count(n) AS nodes"
_LINKS = "MATCH ()-[r]->() WHERE type(r) <> 'IN' RETURN count(r) AS links"


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The raw input of the sample, several thousand rows."""
    path = tmp_path_factory.mktemp("office") / "office.xlsx"
    sample = generate()
    (alliance,) = sample.alliances
    write_workbook([*sample.shared_nouns(), *alliance.standing_nouns(), *alliance.sounding_nouns()], path)
    return path


@dataclass(frozen=True, slots=True)
class Ended:
    """Whether a command was killed, and how many seconds it ran."""

    killed: bool
    seconds: float


async def _import(path: Path, data: Path, *, kill_after: float | None) -> Ended:
    """How the command ended; killed with its engine after `kill_after` of them."""
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "server.cli.main", "import", str(path), "--data", str(data),
        start_new_session=True, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    if kill_after is not None:
        await asyncio.sleep(kill_after)
        with contextlib.suppress(ProcessLookupError):  # a machine that just got quicker: it has ended
            os.killpg(process.pid, signal.SIGKILL)
    return Ended(await process.wait() == -signal.SIGKILL, time.perf_counter() - begun)


async def _counted(data: Path) -> tuple[object, object]:
    async with await EmbeddedEngine.start(data) as engine:
        assert engine.read_only is None
        store = await Store.open(engine.address)
        await migrate(store)
        nodes, links = await store.read(_COUNT), await store.read(_LINKS)
        await store.close()
    return nodes[0]["nodes"], links[0]["links"]


async def test_a_killed_import_left_all_or_nothing_and_can_be_repeated(
    workbook: Path, tmp_path: Path
) -> None:
    unharmed = await _import(workbook, tmp_path / "whole", kill_after=None)
    whole = await _counted(tmp_path / "whole")
    assert whole[0] != 0
    killed = 0
    for number, fraction in enumerate(FRACTIONS):
        data = tmp_path / f"killed-{number}"
        killed += (await _import(workbook, data, kill_after=unharmed.seconds * fraction)).killed
        assert await _counted(data) in ((0, 0), whole)
        await _import(workbook, data, kill_after=None)
        assert await _counted(data) == whole
    assert killed > 0
