"""Turns at writing: one process after the other, a long write beside short ones, none held by the dead."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph import store as stores
from graph.embedded.supervisor import EmbeddedEngine
from graph.migrations.run import migrate
from graph.refusals import Busy
from graph.store import Store, Transaction
from graph.turns import holder_of, turn
from graph.writing import Command, Outcome, commit

_HOLD = """
import asyncio, sys
from pathlib import Path
from graph.turns import turn
async def hold():
    async with turn(Path(sys.argv[1])):
        print("held", flush=True)
        await asyncio.sleep(60)
asyncio.run(hold())
"""


async def test_blocks_run_one_after_the_other(tmp_path: Path) -> None:
    inside = 0

    async def once() -> None:
        nonlocal inside
        async with turn(tmp_path / "turns"):
            inside += 1
            assert inside == 1
            await asyncio.sleep(0.005)
            inside -= 1

    await asyncio.gather(*(once() for _ in range(8)))


async def test_who_waits_is_before_him_who_asks_again(tmp_path: Path) -> None:
    path, order = tmp_path / "turns", list[str]()

    async def greedy() -> None:
        for _ in range(20):
            async with turn(path):
                order.append("short")
                await asyncio.sleep(0.02)

    async def patient() -> None:
        await asyncio.sleep(0.03)
        async with turn(path):
            order.append("long")

    await asyncio.gather(greedy(), patient())
    assert order.index("long") <= 4


async def test_a_killed_process_frees_its_turn(tmp_path: Path) -> None:
    path = tmp_path / "turns"
    holder = await asyncio.create_subprocess_exec(sys.executable, "-c", _HOLD, path, stdout=PIPE)
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"held\n"
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1), turn(path):
            pass
    holder.kill()
    await holder.wait()
    async with asyncio.timeout(60), turn(path):
        pass


async def test_a_long_write_gets_through_beside_short_ones_of_another_store(data_dir: Path) -> None:
    async with await EmbeddedEngine.start(data_dir) as engine:
        one, other = await Store.open(engine.address), await Store.open(engine.address)
        await migrate(one)
        long = asyncio.create_task(_write(one, "long", 1.5))
        shorts = 0
        while not long.done():
            await _write(other, "short", 0.0)
            shorts += 1
        assert await long == {"name": "long"}
        # Without a place in the queue it waits for a gap: hundreds go by, or it is refused as Busy.
        assert shorts <= 10
        audits = await one.read("MATCH (a:AuditEntry {actor: 'turns'}) RETURN count(a) AS number")
        assert audits == [{"number": shorts + 1}]
        await one.close()
        await other.close()


async def test_a_turn_that_never_comes_is_busy(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "QUEUE_SECONDS", 0.1)
    async with await EmbeddedEngine.start(data_dir) as engine:
        store = await Store.open(engine.address)
        assert engine.address.turns is not None
        async with turn(engine.address.turns):
            with pytest.raises(Busy) as refused:
                await _write(store, "never", 0.0)
        await store.close()
    assert refused.value.data["pid"] == os.getpid()
    assert f"进程 {os.getpid()} 自 {refused.value.data['since']} 起" in refused.value.zh
    assert f"process {os.getpid()} has been writing since" in refused.value.en


async def test_the_holder_of_a_turn_is_known_by_its_process_even_when_it_stands_still(tmp_path: Path) -> None:
    path = tmp_path / "turns"
    assert holder_of(path) is None
    other = await asyncio.create_subprocess_exec(sys.executable, "-c", _HOLD, path, stdout=PIPE)
    assert other.stdout is not None
    assert await other.stdout.readline() == b"held\n"
    other.send_signal(signal.SIGSTOP)
    try:
        found = holder_of(path)
    finally:
        other.kill()
        await other.wait()
    assert found is not None
    assert found.pid == other.pid
    async with turn(path):
        found = holder_of(path)
        assert found is not None
        assert (found.pid, len(found.since)) == (os.getpid(), 20)


async def test_a_number_that_another_write_took_is_busy_and_no_conflict(data_dir: Path) -> None:
    async with await EmbeddedEngine.start(data_dir) as engine:
        # Stores that take no turns, as if the lock were not there.
        one = await Store.open(replace(engine.address, turns=None))
        other = await Store.open(replace(engine.address, turns=None))
        await migrate(one)
        overtaken = 0

        async def work(_: Transaction) -> Outcome:
            nonlocal overtaken
            overtaken += 1
            await _write(other, f"other {overtaken}", 0.0)
            return Outcome({})

        with pytest.raises(Busy):
            await commit(one, Command("write", "turns", datetime.now(UTC)), work)
        assert overtaken > 1
        await one.close()
        await other.close()


async def _write(store: Store, name: str, seconds: float) -> dict[str, object]:
    async def work(transaction: Transaction) -> Outcome:
        await asyncio.sleep(seconds)
        return Outcome({"name": name})

    return await commit(store, Command("write", "turns", datetime.now(UTC)), work)
