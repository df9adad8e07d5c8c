"""What stands where in a data folder, and the files in it that tell others about the engine."""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from graph.causes import cause_of
from graph.errors import ZaoxueError

DATABASE = "zaoxue"
USER = "root"
_PASSWORD_BYTES = 32
_PASSWORD = re.compile(r"[A-Za-z0-9_-]{43}")
"""What so many random bytes are written as."""
_PASSWORD_MOST = 1_000


class FolderUnusable(ZaoxueError):
    """The data folder can't be made, read or written; the message names the path and the system's reason."""

    code = "FOLDER_UNUSABLE"


class PasswordUnusable(ZaoxueError):
    """The file with the engine's password is empty or not as it was written; the data are not touched by that."""

    code = "PASSWORD_UNUSABLE"


class NothingToSetAside(ZaoxueError):
    """There is no database in the folder."""

    code = "NOT_FOUND"


@contextmanager
def refusing_bad_folder(path: Path) -> Iterator[None]:
    """Turns the system's refusals inside the block into FolderUnusable."""
    try:
        yield
    except OSError as error:
        reason_zh, reason = cause_of(error)
        where = error.filename or str(path)
        raise FolderUnusable(
            f"数据目录不可用：{where!r}（{reason_zh}）。请检查权限与磁盘空间，或用 --data 另选目录",
            f"the data folder can't be used: {where!r} ({reason}); check its rights and the free space, "
            "or choose another with --data",
            path=where,
            reason=reason,
        ) from error


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The paths of one data folder."""

    root: Path

    @property
    def engine(self) -> Path:
        """Everything that belongs to the engine; only its owner may look in."""
        return self.root / "engine"

    @property
    def database(self) -> Path:
        """The engine's own files."""
        return self.engine / "databases" / DATABASE

    @property
    def lock(self) -> Path:
        """Locked by whoever runs the engine, and says who that is."""
        return self.engine / "lock"

    @property
    def turns(self) -> Path:
        """Locked by whoever writes to the database at the moment."""
        return self.engine / "turns"

    @property
    def running(self) -> Path:
        """Pid and ports of the engine that runs now."""
        return self.engine / "running.json"

    @property
    def manifest(self) -> Path:
        """The sizes that the database's files had."""
        return self.engine / "manifest.json"

    @property
    def log(self) -> Path:
        """The engine's log files."""
        return self.engine / "log"

    def prepare(self) -> None:
        """Makes the folders. Raises: FolderUnusable."""
        with refusing_bad_folder(self.root):
            self.root.mkdir(parents=True, exist_ok=True)
            self.engine.mkdir(mode=0o700, exist_ok=True)
            self.log.mkdir(mode=0o700, exist_ok=True)

    def password(self) -> str:
        """The engine's password: made once, kept in a file that only its owner can read.

        Raises: FolderUnusable, PasswordUnusable.
        """
        path = self.engine / "password"
        with refusing_bad_folder(path):
            if not path.exists():
                make_once(path, secrets.token_urlsafe(_PASSWORD_BYTES))
            with path.open("rb") as file:
                kept = file.read(_PASSWORD_MOST).strip().decode("ascii", "replace")
        if not _PASSWORD.fullmatch(kept):
            raise PasswordUnusable(
                f"内置图数据库的密码文件 {str(path)!r} 是空的或不完整；数据没有损坏，也没有改动。"
                "请停止服务，删除这个文件，下次启动会生成新密码",
                f"the file with the engine's password, {str(path)!r}, is empty or cut off; the data are whole and "
                "nothing was changed. Stop the service and delete that file: the next start makes a new one",
                path=str(path),
            )
        return kept

    def newest_backup(self) -> Path | None:
        """The backup that was written last, None where there is none."""
        backups = (self.root / "backups").glob("*.zaoxue-backup*")
        return max(backups, key=lambda path: path.stat().st_mtime, default=None)

    def set_aside_database(self) -> Path:
        """Moves the database out of the way and returns where it is now; the next start begins empty.

        To be called while no engine runs on the folder. Raises: NothingToSetAside, FolderUnusable.
        """
        if not self.database.is_dir():
            raise NothingToSetAside(
                f"{str(self.root)!r} 中没有数据库", f"there is no database in {str(self.root)!r}"
            )
        name = f"set-aside-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}"
        with refusing_bad_folder(self.database):
            kept = self.engine / name
            self.database.rename(kept)
            self.manifest.unlink(missing_ok=True)
            sync_folder(self.engine)
        return kept


def write_json(path: Path, value: object) -> None:
    """Replaces the file at `path`, readable for its owner only; whole and on disk, or not at all."""
    draft = path.with_name(path.name + ".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def make_once(path: Path, text: str) -> None:
    """Makes a file that only its owner can read; one that is there is left alone.

    Written aside and linked into place: two starts at once agree on one text, and none finds half of one.
    """
    aside = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(aside, path)
    finally:
        aside.unlink()
    sync_folder(path.parent)


def read_json(path: Path) -> dict[str, object]:
    """The object in the file at `path`; empty where there is none or it is broken."""
    try:
        value = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def sync_folder(path: Path) -> None:
    """Returns when the names in the folder are on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
