"""The embedded engine comes up, comes back, and goes, and the folder is never held by a dead process."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import socket
import stat
from asyncio.subprocess import PIPE
from pathlib import Path

import psutil
import pytest

from graph.embedded import supervisor
from graph.embedded.folder import FolderUnusable
from graph.embedded.lock import FolderInUse, is_alive
from graph.embedded.opening import OpenFolder
from graph.embedded.process import PortInUse
from graph.embedded.running import find_running
from graph.embedded.supervisor import EmbeddedEngine
from graph.refusals import Unavailable
from graph.store import Row, Store, Transaction
from tests.graph.embedded.holder import PEOPLE, Holder

_PEOPLE = "MATCH (p:Person) WHERE p.name IS NOT NULL RETURN count(p) AS number"


async def _make_person(transaction: Transaction) -> None:
    await transaction.run("CREATE (:Person {id: 'p-1', name: '教师'})")


async def _people(engine: EmbeddedEngine) -> object:
    store = await Store.open(engine.address)
    try:
        return (await store.read(_PEOPLE))[0]["number"]
    finally:
        await store.close()


async def _kill_and_wait_for_the_next(engine: EmbeddedEngine, store: Store) -> None:
    killed = engine.pid
    os.kill(killed, signal.SIGKILL)
    async with asyncio.timeout(60):
        while engine.pid == killed:
            with contextlib.suppress(Unavailable):
                await store.verify()
            await asyncio.sleep(0.02)


async def _people_at_last(store: Store) -> list[Row]:
    """What the store reads, asked until the answer comes within its patience."""
    async with asyncio.timeout(60):
        while True:
            with contextlib.suppress(Unavailable):
                return await store.read(_PEOPLE)


async def test_what_was_written_is_there_at_the_next_start(data_dir: Path) -> None:
    async with await EmbeddedEngine.start(data_dir) as engine:
        store = await Store.open(engine.address)
        await store.write(_make_person)
        await store.close()

    async with await EmbeddedEngine.start(data_dir) as engine:
        assert engine.read_only is None
        assert await _people(engine) == 1


async def test_it_listens_on_loopback_only_and_shows_its_password_to_nobody(data_dir: Path) -> None:
    async with await EmbeddedEngine.start(data_dir) as engine:
        process = psutil.Process(engine.pid)
        password = engine.address.password
        listening = [c.laddr.ip for c in process.net_connections() if c.status == psutil.CONN_LISTEN]

        assert len(listening) == 2
        assert set(listening) <= {"127.0.0.1", "::ffff:127.0.0.1"}
        assert password not in " ".join([*process.cmdline(), *process.environ().values()])
        file = data_dir / "engine" / "password"
        assert file.read_text() == password
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


async def test_a_lost_password_file_is_made_anew(data_dir: Path) -> None:
    async with await EmbeddedEngine.start(data_dir) as engine:
        before = engine.address.password
    (data_dir / "engine" / "password").unlink()

    async with await EmbeddedEngine.start(data_dir) as engine:
        assert engine.address.password != before
        assert await _people(engine) == 0


async def test_an_engine_that_dies_comes_back_at_the_same_address(data_dir: Path) -> None:
    async with await EmbeddedEngine.start(data_dir) as engine:
        store = await Store.open(engine.address)
        await store.write(_make_person)
        before, address = engine.pid, engine.address

        for _ in range(3):
            await _kill_and_wait_for_the_next(engine, store)
            assert await store.read(_PEOPLE) == [{"number": 1}]

        assert engine.pid != before
        assert engine.address == address
        await store.close()


async def test_an_engine_that_keeps_dying_stays_down_and_is_unavailable(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "RESTART_DELAYS", (0.0,))
    monkeypatch.setattr(supervisor, "CALM_SECONDS", 3_600.0)
    async with await EmbeddedEngine.start(data_dir) as engine:
        store = await Store.open(engine.address)
        await _kill_and_wait_for_the_next(engine, store)
        os.kill(engine.pid, signal.SIGKILL)

        async with asyncio.timeout(60):
            with pytest.raises(Unavailable):
                await store.read(_PEOPLE)
        with pytest.raises(Unavailable):
            await store.write(_make_person)

        await store.close()


@pytest.mark.parametrize("calm_seconds", [0.01, 3_600.0])
async def test_an_engine_that_does_not_come_up_again_stays_down_after_the_last_delay(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, calm_seconds: float
) -> None:
    async def fails(_: OpenFolder) -> bool:
        return False

    monkeypatch.setattr(supervisor, "RESTART_DELAYS", (0.0, 0.02, 0.03))
    monkeypatch.setattr(supervisor, "CALM_SECONDS", calm_seconds)
    monkeypatch.setattr(OpenFolder, "restart", fails)
    async with await EmbeddedEngine.start(data_dir) as engine:
        await asyncio.sleep(0.05)
        os.kill(engine.pid, signal.SIGKILL)
        async with asyncio.timeout(60):
            await asyncio.gather(engine._watch)

    assert "stays down" in caplog.text
    assert caplog.text.count("in a row") == 4


async def test_an_engine_that_hangs_is_unavailable_within_bounds_and_serves_again(data_dir: Path) -> None:
    async with await EmbeddedEngine.start(data_dir) as engine:
        store = await Store.open(engine.address, answer_seconds=1.0)
        os.kill(engine.pid, signal.SIGSTOP)
        try:
            async with asyncio.timeout(60):
                with pytest.raises(Unavailable):
                    await store.read(_PEOPLE)
            async with asyncio.timeout(60):
                with pytest.raises(Unavailable):
                    await store.write(_make_person)
            async with asyncio.timeout(60):
                with pytest.raises(Unavailable):
                    await store.verify()
        finally:
            os.kill(engine.pid, signal.SIGCONT)

        assert await _people_at_last(store) == [{"number": 0}]
        await store.close()


async def test_a_second_start_is_refused_and_told_who_holds_the_folder(data_dir: Path) -> None:
    async with await EmbeddedEngine.start(data_dir, purpose="zaoxue serve") as engine:
        with pytest.raises(FolderInUse) as refused:
            await EmbeddedEngine.start(data_dir)

        assert (refused.value.data["pid"], refused.value.data["command"]) == (os.getpid(), "zaoxue serve")
        assert str(os.getpid()) in refused.value.zh
        assert await _people(engine) == 0


async def test_another_process_finds_the_running_engine(data_dir: Path) -> None:
    assert find_running(data_dir) is None
    async with await EmbeddedEngine.start(data_dir) as engine:
        assert find_running(data_dir) == engine.address
    assert find_running(data_dir) is None


async def test_a_killed_supervisor_takes_its_engine_along_and_frees_the_folder(data_dir: Path) -> None:
    holder = await asyncio.to_thread(Holder, data_dir)
    assert find_running(data_dir) is not None
    await asyncio.to_thread(holder.kill)

    async with await EmbeddedEngine.start(data_dir) as engine:
        assert not is_alive(holder.engine_pid)
        assert engine.read_only is None
        assert await _people(engine) == PEOPLE


async def test_after_a_crash_of_everything_the_next_start_needs_no_hand(data_dir: Path) -> None:
    holder = await asyncio.to_thread(Holder, data_dir)
    await asyncio.to_thread(holder.crash)
    assert find_running(data_dir) is None

    async with await EmbeddedEngine.start(data_dir) as engine:
        assert engine.read_only is None
        assert await _people(engine) == PEOPLE


async def test_a_crash_while_the_first_files_are_made_needs_no_hand(data_dir: Path) -> None:
    database = data_dir / "engine" / "databases" / "zaoxue"
    database.mkdir(parents=True)
    (database / "schema.json").write_text("")
    (data_dir / "engine" / "manifest.json").write_text('{"clean": false, "sizes": {}, "damage": []}')

    async with await EmbeddedEngine.start(data_dir) as engine:
        assert engine.read_only is None
        assert await _people(engine) == 0


async def test_a_folder_that_can_not_be_made_is_one_clear_refusal(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(FolderUnusable) as refused:
        await EmbeddedEngine.start(tmp_path / "file" / "data")

    assert refused.value.data["path"] == str(tmp_path / "file" / "data")
    assert "Not a directory" in refused.value.en
    assert "（路径中有一段不是目录）" in refused.value.zh


async def test_a_port_in_use_is_one_clear_refusal_and_leaves_the_folder_free(data_dir: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(PortInUse) as refused:
            await EmbeddedEngine.start(data_dir, bolt_port=port)

    assert refused.value.data == {"port": port}
    async with await EmbeddedEngine.start(data_dir, bolt_port=port) as engine:
        assert engine.address.uri == f"bolt://127.0.0.1:{port}"


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
async def test_every_commit_reaches_the_disk(data_dir: Path, tmp_path: Path) -> None:
    async def touch(transaction: Transaction) -> None:
        await transaction.run("MATCH (p:Person {id: 'p-1'}) SET p.touched = coalesce(p.touched, 0) + 1")

    async with await EmbeddedEngine.start(data_dir) as engine:
        store = await Store.open(engine.address)
        await store.write(_make_person)
        trace = tmp_path / "trace"
        tracer = await asyncio.create_subprocess_exec(
            *("strace", "-f", "-e", "trace=fsync,fdatasync", "-o", trace, "-p", str(engine.pid)), stderr=PIPE
        )
        assert tracer.stderr is not None
        said = await tracer.stderr.readline()
        if b"attached" not in said:
            pytest.skip(f"this system does not let strace look: {said!r}")
        for _ in range(50):
            await store.write(touch)
        tracer.send_signal(signal.SIGINT)
        await tracer.communicate()
        await store.close()

    assert trace.read_text().count("sync(") >= 50
