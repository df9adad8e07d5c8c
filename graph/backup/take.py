"""Taking a backup: the whole graph at one moment, in one file, checked before it gets its name."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.backup.archive import check_archive
from graph.backup.manifest import NODES, RELATIONSHIPS, Manifest
from graph.backup.reading import (
    count_records,
    labels_in,
    pages_of_nodes,
    pages_of_relationships,
    versions_of,
)
from graph.backup.records import is_plain_name
from graph.backup.salvage import salvage
from graph.backup.telling import Progress, silent
from graph.backup.writing import ArchiveWriter, now, writing
from graph.causes import cause_of
from graph.embedded.folder import sync_folder
from graph.errors import ZaoxueError
from graph.nodes import Run
from graph.store import Store, Transaction

TRIES = 5
"""How often a backup is begun anew because something was written meanwhile."""


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
    and after, and the reading begun anew when it has moved. Of a damaged (read-only) store what can still
    be read is written; `unread` of the manifest says how much could not.

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
        reason_zh, reason = cause_of(error)
        raise BackupUnwritable(
            f"备份文件 {str(path)!r} 无法写入（{reason_zh}）；请检查目录、权限与磁盘空间",
            f"{str(path)!r} can't be written ({reason}); check the folder, its rights and the free space",
            path=str(path),
            reason=reason,
        ) from error


async def _copied(store: Store, draft: Path, progress: Progress) -> Manifest:
    if store.read_only is not None:
        # Nothing is written to it, and one statement that fails would end a transaction.
        return await salvage(store.read, draft, progress)

    async def work(transaction: Transaction) -> Manifest:
        return await _copy(transaction.run, draft, progress)

    return await store.read_together(work)


async def _copy(run: Run, draft: Path, progress: Progress) -> Manifest:
    versions, total, made_at = await versions_of(run), await count_records(run), now()
    with writing(draft) as archive:
        try:
            await _fill(run, archive, total, progress)
        except TypeError as error:
            raise _not_archivable(*cause_of(error)) from error
        if await versions_of(run) != versions:
            raise _Moved()
        left = total - archive.nodes.total() - archive.relationships.total()
        if left:
            raise _not_archivable(
                f"{left} 条记录没有自己的编号", f"{left} records without an id of their own"
            )
        return archive.finish(versions, made_at=made_at, unread=0)


async def _fill(run: Run, archive: ArchiveWriter, total: int, progress: Progress) -> None:
    labels = await labels_in(run)
    done = 0
    with archive.member(NODES) as member:
        for label in labels:
            if not is_plain_name(label):
                raise _not_archivable(f"标签 {label!r}", f"label {label!r}")
            async for nodes in pages_of_nodes(run, label):
                member.add_nodes(nodes)
                done += len(nodes)
                progress(done, total, "读取 reading")
    with archive.member(RELATIONSHIPS) as member:
        for label in labels:
            async for relationships in pages_of_relationships(run, label):
                member.add_relationships(relationships)
                done += len(relationships)
                progress(done, total, "读取 reading")


def _not_archivable(what_zh: str, what: str) -> NotArchivable:
    return NotArchivable(
        f"图库中有备份格式无法表达的内容（{what_zh}）；没有写出备份",
        f"the graph holds what a backup has no word for ({what}); none was written",
        what=what,
    )
