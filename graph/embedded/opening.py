"""An opened data folder: judged before and after the engine opens it, its files' sizes kept on record."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import Self

from graph.embedded.folder import DataFolder
from graph.embedded.integrity import (
    Manifest,
    judge_contents,
    judge_files,
    read_only_reason,
    sizes_of,
)
from graph.embedded.lock import FolderLock
from graph.embedded.process import EngineProcess, PortInUse, Ports
from graph.embedded.sql import SqlConsole
from graph.store import ReadOnlyReason

PORT_TRIES = 3
"""How often free ports are chosen anew when another program takes one meanwhile."""

_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class OpenFolder:
    """A locked folder, the process that serves it, and what is known of its files.

    `frozen`: the engine itself was told to write nothing, so that the files stay as they were found.
    """

    folder: DataFolder
    lock: FolderLock
    ports: Ports
    process: EngineProcess
    manifest: Manifest
    read_only: ReadOnlyReason | None
    frozen: bool

    @classmethod
    async def open(cls, folder: DataFolder, lock: FolderLock, bolt_port: int | None) -> Self:
        """The folder with its engine serving. Raises: PortInUse, StoreDamaged, EngineNotStarted."""
        before = await asyncio.to_thread(_last_known, folder)
        damage = judge_files(folder, before)
        # A store that was stopped in order can be read without writing; any other must be recovered.
        frozen = before is not None and before.clean and bool(damage)
        if not frozen:
            # From here on the files may change: a crash must not leave the word "clean" behind.
            Manifest.known(before).record(folder, before)
        process, ports = await _launch(folder, lock, bolt_port, frozen=frozen)
        try:
            if before is not None and not before.clean:
                damage += await judge_contents(SqlConsole(ports.http, folder.password()))
            damage = tuple(dict.fromkeys(damage))
            for finding in damage:
                _LOG.error("damaged: %s", finding)
            manifest = Manifest(False, sizes_of(folder.database), damage)
            opened = cls(folder, lock, ports, process, manifest, read_only_reason(folder, damage), frozen)
            if not frozen:
                await asyncio.to_thread(manifest.record, folder, before)
            return opened
        except BaseException:
            await process.kill()
            raise

    def note_sizes(self, *, clean: bool) -> None:
        """Records the files' sizes, unless the store is damaged: then its verdict stands."""
        if self.read_only is not None:
            return
        manifest = Manifest(clean, sizes_of(self.folder.database))
        if manifest != self.manifest:
            manifest.record(self.folder, self.manifest)
            self.manifest = manifest

    async def restart(self) -> bool:
        """Starts a died engine again on the same ports; False when its files have shrunk or are not there.

        Raises: PortInUse, StoreDamaged, EngineNotStarted.
        """
        if not self.lock.is_in_place():
            _LOG.critical("the data folder %s was moved, removed or replaced", self.folder.root)
            return False
        if self.read_only is None:
            shrunk = judge_files(self.folder, self.manifest)
            if shrunk:
                _LOG.critical("damaged while serving: %s", "; ".join(shrunk))
                return False
        self.process = await EngineProcess.start(
            self.folder, self.ports, self.folder.password(), lock=self.lock.descriptor, read_only=self.frozen
        )
        return True


def _last_known(folder: DataFolder) -> Manifest | None:
    """What was recorded of the database; None where there is no database yet."""
    if not folder.database.is_dir():
        folder.manifest.unlink(missing_ok=True)
        return None
    manifest = Manifest.read(folder)
    if manifest is None:
        return Manifest(False, sizes_of(folder.database))
    if not manifest.sizes:
        # Killed while the engine made its first files: nobody had been let in yet.
        folder.set_aside_database()
        return None
    return manifest


async def _launch(
    folder: DataFolder, lock: FolderLock, bolt_port: int | None, *, frozen: bool
) -> tuple[EngineProcess, Ports]:
    tries = 0
    while True:
        tries += 1
        ports = Ports.free(bolt_port)
        try:
            process = await EngineProcess.start(
                folder, ports, folder.password(), lock=lock.descriptor, read_only=frozen
            )
        except PortInUse:
            if bolt_port is not None or tries == PORT_TRIES:
                raise
        else:
            return process, ports
