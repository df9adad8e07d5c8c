"""One engine a data folder: a lock that the system frees when its holders are gone."""

from __future__ import annotations

import asyncio
import fcntl
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from graph.embedded.folder import read_json, refusing_bad_folder, write_json
from graph.errors import ZaoxueError

ORPHAN_SECONDS = 15.0
"""How long to wait for the engine of a holder that is gone: it stops by itself."""


class FolderInUse(ZaoxueError):
    """Another process runs an engine on this folder; the message says which one, and since when."""

    code = "FOLDER_IN_USE"


class FolderLock:
    """A lock on a data folder; the engine's process shares its descriptor and so keeps it while it lives."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self.descriptor = descriptor

    @classmethod
    async def take(cls, path: Path, purpose: str) -> Self:
        """The lock, once a dead holder's engine has left. Raises: FolderInUse, FolderUnusable."""
        with refusing_bad_folder(path):
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            await _wait_for_lock(path, descriptor)
            holder = {"pid": os.getpid(), "since": _now(), "command": purpose}
            with refusing_bad_folder(path):
                # Beside the lock, not in it: replacing the locked file would leave two of them.
                write_json(_holder_of(path), holder)
        except BaseException:
            os.close(descriptor)
            raise
        return cls(path, descriptor)

    def is_in_place(self) -> bool:
        """Whether the folder is still the one that was locked: not removed, nor another put in its place."""
        try:
            return os.path.samestat(os.fstat(self.descriptor), os.stat(self._path))
        except OSError:
            return False

    def release(self) -> None:
        """Lets the next one in."""
        if self.is_in_place():
            _holder_of(self._path).unlink(missing_ok=True)
        os.close(self.descriptor)


async def _wait_for_lock(path: Path, descriptor: int) -> None:
    deadline = time.monotonic() + ORPHAN_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as error:
            holder = read_json(_holder_of(path))
            pid = holder.get("pid")
            if (isinstance(pid, int) and is_alive(pid)) or time.monotonic() > deadline:
                raise _in_use(path, holder) from error
        await asyncio.sleep(0.05)


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that has ended and only waits to be collected does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True  # no such files on this system
    return state not in "ZX"


def _in_use(path: Path, holder: dict[str, object]) -> FolderInUse:
    folder = str(path.parent.parent)
    pid, since, command = (holder.get(key, "?") for key in ("pid", "since", "command"))
    return FolderInUse(
        f"数据目录 {folder!r} 正被占用：{command}（进程 {pid}，自 {since}）。"
        "请先停止它，或用 --data 另选目录",
        f"the data folder {folder!r} is in use by {command!r} (process {pid}, since {since}); "
        "stop it first or choose another folder with --data",
        folder=folder,
        pid=pid,
        since=since,
        command=command,
    )


def _holder_of(lock: Path) -> Path:
    return lock.with_name("holder.json")


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
