"""The embedded engine as a service of this process: started on a folder, watched, restarted, stopped."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from graph.embedded.folder import DataFolder, refusing_bad_folder
from graph.embedded.lock import FolderLock
from graph.embedded.opening import OpenFolder
from graph.embedded.running import address_of, forget_running, tell_running
from graph.errors import ZaoxueError
from graph.refusals import FolderGone
from graph.store import Address, ReadOnlyReason

RECORD_SECONDS = 5.0
"""How often the files' sizes are noted while the engine serves."""
RESTART_DELAYS = (0.0, 0.2, 1.0, 3.0, 10.0)
"""Seconds before each restart of an engine that keeps dying; after the last it stays down."""
CALM_SECONDS = 5.0
"""An engine that lived this long starts its restarts from the first delay again."""

_LOG = logging.getLogger(__name__)


class EmbeddedEngine:
    """A running embedded engine; `async with` stops it at the end of the block."""

    def __init__(self, opened: OpenFolder) -> None:
        self._opened = opened
        self._asked_to_stop = asyncio.Event()
        self._watch = asyncio.create_task(self._keep_alive(), name="embedded engine")

    @classmethod
    async def start(cls, data_dir: Path, *, purpose: str | None = None, bolt_port: int | None = None) -> Self:
        """An engine that serves `data_dir`, which is made where it is missing.

        `purpose` is what a second start is told of the holder ("zaoxue serve").

        Raises: FolderUnusable, PasswordUnusable, FolderInUse, PortInUse, StoreDamaged, EngineNotStarted.
        """
        folder = DataFolder(data_dir.absolute())
        folder.prepare()
        lock = await FolderLock.take(folder.lock, purpose or Path(sys.argv[0]).name)
        try:
            with refusing_bad_folder(folder.root):
                # Before anything in the folder is touched: without a password no engine starts.
                folder.password()
                opened = await OpenFolder.open(folder, lock, bolt_port)
                tell_running(folder, opened.ports, opened.read_only)
                return cls(opened)
        except BaseException:
            lock.release()
            raise

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            await self.stop()
        except FolderGone:
            # What ended the block is told first.
            if error is None:
                raise

    @property
    def address(self) -> Address:
        """Where it answers: the same through every restart."""
        return address_of(self._opened.folder, self._opened.ports, self._opened.read_only)

    @property
    def read_only(self) -> ReadOnlyReason | None:
        """Why it must not be written to; None for a whole store."""
        return self._opened.read_only

    @property
    def pid(self) -> int:
        """The engine's process at the moment."""
        return self._opened.process.pid

    async def stop(self) -> None:
        """Closes the files in order and frees the folder; safe to call twice.

        Raises: FolderGone, after the engine has ended.
        """
        if self._asked_to_stop.is_set():
            return
        self._asked_to_stop.set()
        await asyncio.gather(self._watch, return_exceptions=True)
        try:
            if not self._opened.lock.is_in_place():
                # Not in order: its last words would go into whatever stands there now.
                await self._opened.process.kill()
                raise FolderGone(self._opened.folder.root)
            if await self._opened.process.stop():
                await self._note_sizes(clean=True)
            forget_running(self._opened.folder)
        finally:
            self._opened.lock.release()

    async def _keep_alive(self) -> None:
        deaths = 0
        while True:
            born = time.monotonic()
            await self._live_out()
            # Once a life: an engine that does not come up again has lived no longer by it.
            if time.monotonic() - born > CALM_SECONDS:
                deaths = 0
            while not self._asked_to_stop.is_set():
                deaths += 1
                _LOG.warning("the engine (process %d) is dead, %d in a row", self.pid, deaths)
                if deaths > len(RESTART_DELAYS):
                    _LOG.critical("the engine stays down; its log is in %s", self._opened.folder.log)
                    return
                if await self._is_revived_after(RESTART_DELAYS[deaths - 1]):
                    break
            else:
                return

    async def _live_out(self) -> None:
        """Returns when the process has ended, or its end is asked for."""
        death = asyncio.create_task(self._opened.process.process.wait())
        asked = asyncio.create_task(self._asked_to_stop.wait())
        try:
            while not (death.done() or asked.done()):
                await asyncio.wait(
                    {death, asked}, timeout=RECORD_SECONDS, return_when=asyncio.FIRST_COMPLETED
                )
                if not (death.done() or asked.done()):
                    await self._note_sizes(clean=False)
        finally:
            death.cancel()
            asked.cancel()

    async def _note_sizes(self, *, clean: bool) -> None:
        if not self._opened.lock.is_in_place():
            return
        try:
            await asyncio.to_thread(self._opened.note_sizes, clean=clean)
        except OSError as error:
            # A full disk: the engine answers for itself, and the older sizes are still a lower bound. Without
            # the word of a clean stop the next start checks the files, no more.
            _LOG.warning("the sizes of the data files could not be noted: %s", error)

    async def _is_revived_after(self, delay_seconds: float) -> bool:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._asked_to_stop.wait(), delay_seconds)
        if self._asked_to_stop.is_set():
            return False
        try:
            return await self._opened.restart()
        except (ZaoxueError, OSError) as error:
            _LOG.error("the engine did not come up again: %s", error)
            return False
