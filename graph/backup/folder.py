"""Backups of a data folder: where they lie, and how a damaged folder is brought back without losing its files."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from graph.backup.archive import check_archive
from graph.backup.manifest import Manifest
from graph.backup.restore import restore_backup
from graph.backup.telling import Progress, silent
from graph.embedded.folder import DataFolder, refusing_bad_folder, sync_folder
from graph.embedded.lock import FolderLock
from graph.embedded.process import StoreDamaged
from graph.embedded.supervisor import EmbeddedEngine
from graph.store import Store


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back; `set_aside` is where the damaged files are kept, None where there were none."""

    manifest: Manifest
    set_aside: Path | None


def backup_path(data_dir: Path, at: datetime, *, read_only: bool) -> Path:
    """Where a backup made at that instant goes by default; the folder is made where it is missing.

    What is saved from a damaged store has another ending: nobody must take it for the newest whole backup.
    Raises: FolderUnusable.
    """
    folder = data_dir.absolute() / "backups"
    with refusing_bad_folder(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    ending = "zaoxue-salvage" if read_only else "zaoxue-backup"
    return folder / f"{at:%Y-%m-%dT%H%M%S}.{ending}"


async def restore_folder(
    data_dir: Path, path: Path, progress: Progress = silent, *, purpose: str = "zaoxue restore"
) -> Restored:
    """The backup at `path` in the data folder: an empty one, or a damaged one whose files are kept aside.

    Raises: BackupDamaged, BackupTooNew, StoreNotEmpty, FolderInUse, FolderUnusable, and what an engine's
    start raises; the folder is as it was then.
    """
    await asyncio.to_thread(check_archive, path)
    try:
        async with await EmbeddedEngine.start(data_dir, purpose=purpose) as engine:
            if engine.read_only is None:
                return Restored(await _restore_into(engine, path, progress), None)
    except StoreDamaged:
        pass
    return await _restore_beside(DataFolder(data_dir.absolute()), path, progress, purpose)


async def _restore_into(engine: EmbeddedEngine, path: Path, progress: Progress) -> Manifest:
    store = await Store.open(engine.address)
    try:
        return await restore_backup(store, path, progress)
    finally:
        await store.close()


async def _restore_beside(folder: DataFolder, path: Path, progress: Progress, purpose: str) -> Restored:
    """Restores into a folder of its own first, so that a failure leaves the damaged files in their place."""
    with refusing_bad_folder(folder.root):
        lock = await FolderLock.take(folder.lock, purpose)
        beside = DataFolder(Path(tempfile.mkdtemp(prefix="restoring-", dir=folder.root)))
        try:
            async with await EmbeddedEngine.start(beside.root, purpose=purpose) as engine:
                manifest = await _restore_into(engine, path, progress)
            set_aside = folder.set_aside_database()
            beside.database.rename(folder.database)
            beside.manifest.rename(folder.manifest)
            sync_folder(folder.database.parent)
            sync_folder(folder.engine)
            return Restored(manifest, set_aside)
        finally:
            await asyncio.to_thread(shutil.rmtree, beside.root)
            lock.release()
