"""Taking a backup: the whole graph at one moment, in one file, checked before it gets its name."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from graph.backup.archive import (
    NODES,
    RELATIONSHIPS,
    ArchiveWriter,
    check_archive,
    is_plain_name,
)
from graph.backup.manifest import Manifest
from graph.backup.reading import (
    Stretch,
    count_records,
    labels_in,
    pages_of_nodes,
    relationships_from,
    versions_of,
)
from graph.embedded.folder import sync_folder
from graph.errors import ZaoxueError
from graph.nodes import Run
from graph.store import Store, Transaction

TRIES = 5
"""How often a backup is begun anew because something was written meanwhile."""


class Progress(Protocol):
    """Told after each page: records done, records in all, and what is being done."""

    def __call__(self, done: int, total: int, what: str, /) -> object:
        """One more page."""
        ...


def silent(done: int, total: int, what: str, /) -> None:
    """Tells nobody."""


class BackupExists(ZaoxueError):
    """The file is there already; a backup is never overwritten."""

    code = "FILE_EXISTS"


class BackupUnwritable(ZaoxueError):
    """The file can't be written; the message names the system's reason."""

    code = "FILE_UNWRITABLE"


class GraphKeepsMoving(ZaoxueError):
    """Something was written during each try, so that no try showed one moment of the graph."""

    code = "BUSY"


class NotArchivable(ZaoxueError):
    """The graph holds something that the archive has no word for; no backup was written."""

    code = "NOT_ARCHIVABLE"


class _Moved(Exception):
    """Something was written while the graph was being read."""


async def take_backup(store: Store, path: Path, progress: Progress = silent) -> Manifest:
    """Write everything into a new file at `path`; what was written.

    Both engines show each statement what was committed last, so the graph's version is compared before
    and after, and the reading begun anew when it has moved.

    Raises: BackupExists, BackupUnwritable, GraphKeepsMoving, NotArchivable, and what the store raises; no
    file is left then.
    """
    if path.exists():
        raise BackupExists(
            f"{str(path)!r} 已存在；备份从不覆盖，请换一个名称",
            f"{str(path)!r} exists; a backup is never overwritten: choose another name",
            path=str(path),
        )
    for _ in range(TRIES):
        with _draft_of(path) as draft:
            try:
                manifest = await _copied(store, draft, progress)
            except _Moved:
                continue
            await asyncio.to_thread(check_archive, draft)
            draft.replace(path)
            sync_folder(path.parent)
            return manifest
    raise GraphKeepsMoving(
        "备份期间不断有新的写入，请在空闲时重试；没有写出备份",
        "something was written during each try; take the backup at a quieter time (none was written)",
        retry_after_seconds=60,
    )


@contextmanager
def _draft_of(path: Path) -> Iterator[Path]:
    """A new file in the same folder that only its owner can read; gone after the block unless renamed."""
    try:
        # Not under the name of a backup: after a crash in between nobody must take it for one.
        descriptor, name = tempfile.mkstemp(prefix=".writing-", suffix=".part", dir=path.parent)
        os.close(descriptor)
        draft = Path(name)
        try:
            yield draft
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise BackupUnwritable(
            f"备份文件 {str(path)!r} 无法写入（{error.strerror}）；请检查目录、权限与磁盘空间",
            f"{str(path)!r} can't be written ({error.strerror}); check the folder, its rights and the free space",
            path=str(path),
            reason=error.strerror,
        ) from error


async def _copied(store: Store, draft: Path, progress: Progress) -> Manifest:
    async def work(transaction: Transaction) -> Manifest:
        return await _copy(transaction.run, draft, progress)

    return await store.read_together(work)


async def _copy(run: Run, draft: Path, progress: Progress) -> Manifest:
    versions, total = await versions_of(run), await count_records(run)
    made_at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with draft.open("wb") as file:
        archive = ArchiveWriter(file)
        try:
            await _fill(run, archive, lambda done: progress(done, total, made_at))
        except TypeError as error:
            raise _not_archivable(str(error)) from error
        if await versions_of(run) != versions:
            raise _Moved()
        manifest = archive.finish(
            layout=versions.get("layout", 0), version=versions.get("graph", 0), made_at=made_at, unread=0
        )
        if manifest.node_count + manifest.relationship_count != total:
            left = total - manifest.node_count - manifest.relationship_count
            raise _not_archivable(f"{left} records bear no id, or more than one label")
        file.flush()
        os.fsync(file.fileno())
    return manifest
