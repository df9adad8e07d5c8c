"""One life of the engine's process: started, waited for, stopped."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass
from pathlib import Path

import graph
from graph.causes import cause_of
from graph.embedded.folder import DATABASE, DataFolder
from graph.embedded.integrity import advice
from graph.errors import ZaoxueError

START_SECONDS = 120.0
"""How long a start may take: after a crash the engine first reads its log back."""
STOP_SECONDS = 30.0
_END_SECONDS = 5.0
_SIGNS_OF_LITTLE_MEMORY = (
    "graal_create_isolate failed",
    "OutOfMemory",
    "Java heap space",
    "heap size exceeded",
    "Cannot allocate memory",
    "MemoryError",
    "SIGKILL",
)
"""What the engine, the system or Python say where there is too little; SIGKILL is how Linux frees some."""


class PortInUse(ZaoxueError):
    """Another program listens on a port that the engine was to use."""

    code = "PORT_IN_USE"


class EngineNotStarted(ZaoxueError):
    """The engine's process ended before it was ready; the log says why."""

    code = "ENGINE_NOT_STARTED"


class StoreDamaged(ZaoxueError):
    """The engine can't open its files at all; the message names the backup, or says that there is none."""

    code = "STORE_DAMAGED"


@dataclass(frozen=True, slots=True)
class _Failure:
    """What a process told that did not start, `zh` in Chinese; `at_files` when it failed at the database's files."""

    zh: str
    told: str
    at_files: bool = False


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the engine listens, on loopback."""

    bolt: int
    http: int

    @classmethod
    def free(cls, bolt: int | None = None) -> Ports:
        """Ports that nobody uses now; `bolt` as asked for. Raises: PortInUse."""
        with socket.socket() as first, socket.socket() as second:
            try:
                first.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                first.bind(("127.0.0.1", bolt or 0))
            except OSError as error:
                raise _port_in_use(bolt or 0) from error
            second.bind(("127.0.0.1", 0))
            return cls(first.getsockname()[1], second.getsockname()[1])


@dataclass(frozen=True, slots=True)
class EngineProcess:
    """A process whose engine has said that it is ready."""

    process: Process

    @property
    def pid(self) -> int:
        """The system's number of the process."""
        return self.process.pid

    @classmethod
    async def start(
        cls, folder: DataFolder, ports: Ports, password: str, *, lock: int, read_only: bool
    ) -> EngineProcess:
        """An engine that serves `folder`; `lock` is the descriptor that it keeps open while it lives.

        Raises: PortInUse, StoreDamaged, EngineNotStarted.
        """
        # The users' file only holds a hash of our password: made anew, the two can't differ.
        (folder.engine / "config" / "server-users.jsonl").unlink(missing_ok=True)
        exists = folder.database.is_dir()
        process = await _begun(folder, lock)
        orders = {
            "root": str(folder.engine.resolve()),
            "database": DATABASE,
            "exists": exists,
            "password": password,
            "bolt_port": ports.bolt,
            "http_port": ports.http,
            "mode": "READ_ONLY" if read_only else "READ_WRITE",
        }
        started = cls(process)
        try:
            failed = await started._give(orders)
        except BaseException:
            await started.kill()
            raise
        if failed is not None:
            await started.kill()
            raise _start_failure(folder, ports, failed, exists=exists)
        return started

    async def _give(self, orders: dict[str, object]) -> _Failure | None:
        """Why the engine did not start; None when it is ready."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(json.dumps(orders).encode() + b"\n")
            await self.process.stdin.drain()
            line = await asyncio.wait_for(self.process.stdout.readline(), START_SECONDS)
        except ConnectionError:
            line = b""
        except TimeoutError:
            return _Failure(f"{START_SECONDS:.0f} 秒内没有回应", f"no answer within {START_SECONDS:.0f} s")
        answer = json.loads(line or b"{}")
        if answer.get("ready"):
            return None
        if "failed" in answer:
            failed = str(answer["failed"])
            return _Failure(f"引擎的英文原文：{failed}", failed, at_files=bool(answer.get("at_files")))
        return await self._end()

    async def _end(self) -> _Failure:
        """How a process ended that said nothing."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.process.wait(), _END_SECONDS)
        code = self.process.returncode
        if code is not None and code < 0:
            name = signal.Signals(-code).name
            return _Failure(f"进程被 {name} 结束", f"the process was ended by {name}")
        return _Failure("进程立即结束，原因见 child.log", "the process ended at once, see child.log")

    async def stop(self) -> bool:
        """Asks the engine to close its files and waits; whether it did so in order."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            return await asyncio.wait_for(self.process.wait(), STOP_SECONDS) == 0
        except TimeoutError:
            await self.kill()
            return False

    async def kill(self) -> None:
        """Ends the process at once."""
        if self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        await self.process.wait()


async def _begun(folder: DataFolder, lock: int) -> Process:
    with (folder.log / "child.log").open("ab") as log:
        try:
            return await asyncio.create_subprocess_exec(
                sys.executable, "-m", "graph.embedded.child",
                stdin=PIPE, stdout=PIPE, stderr=log, cwd=folder.engine, env=_environment(folder),
                pass_fds=(lock,), start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            # The folder is there, its log is open: the system gives no process, or no memory for one.
            raise _not_started(_Failure(*cause_of(error)), str(folder.log)) from error


def _environment(folder: DataFolder) -> dict[str, str]:
    """Ours, plus where the engine logs and where this package lies."""
    source = str(Path(graph.__path__[0]).parent)
    inherited = os.environ.get("PYTHONPATH")
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([source, inherited] if inherited else [source]),
        "ARCADEDB_LOG_DIR": str(folder.log.resolve()),
        "ARCADEDB_LOG_CONSOLE": "0",
    }


def _start_failure(folder: DataFolder, ports: Ports, failure: _Failure, *, exists: bool) -> ZaoxueError:
    failed, log = failure.told, str(folder.log)
    if "already in use" in failed or "BindException" in failed or "Unable to listen" in failed:
        return _port_in_use(ports.bolt)
    if exists and failure.at_files and not _is_short_of_memory(failure):
        return _damaged(folder, failure)
    return _not_started(failure, log)


def _is_short_of_memory(failure: _Failure) -> bool:
    return any(sign in failure.told for sign in _SIGNS_OF_LITTLE_MEMORY)


def _not_started(failure: _Failure, log: str) -> EngineNotStarted:
    if _is_short_of_memory(failure):
        return _too_little_memory(failure, log)
    return EngineNotStarted(
        f"内置图数据库未能启动：{failure.zh}。日志：{log}",
        f"the embedded engine did not start: {failure.told}; its log is in {log!r}",
        log=log,
    )


def _too_little_memory(failure: _Failure, log: str) -> EngineNotStarted:
    return EngineNotStarted(
        f"内置图数据库未能启动，多半是内存不足（{failure.zh}）；数据没有损坏。"
        f"请关闭其他程序或放宽内存限制（ulimit -v、容器的上限）后再启动。日志：{log}",
        f"the embedded engine did not start, most likely for want of memory ({failure.told}); the data are not damaged. "
        f"Close other programs or raise the limit (ulimit -v, the container's) and start again; its log is in {log!r}",
        log=log,
    )


def _damaged(folder: DataFolder, failure: _Failure) -> StoreDamaged:
    backup, log = folder.newest_backup(), str(folder.log)
    zh, en = advice(backup, readable=False)
    return StoreDamaged(
        f"数据文件无法打开：{failure.zh}。{zh}。日志：{log}",
        f"the data files can't be opened: {failure.told}. {en}. The log is in {log!r}",
        backup=backup,
        log=log,
    )


def _port_in_use(port: int) -> PortInUse:
    return PortInUse(
        f"端口 {port} 已被其他程序占用",
        f"port {port} is in use by another program",
        port=port,
    )
