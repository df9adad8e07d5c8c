"""Stopping in order: what Ctrl+C and SIGTERM do to a service."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class _Server(uvicorn.Server):
    """Leaves the signals alone: uvicorn raises them anew at its end, which kills before the graph is closed."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing is captured."""
        yield


class Stopping:
    """Ends the serving when a signal asks for it, or whatever goes before the serving."""

    def __init__(self) -> None:
        self._task: asyncio.Task[object] | None = None
        self._server: _Server | None = None
        self._was_asked = False

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Signals lead here inside the block; one that comes before the serving ends the block, and no more."""
        loop = asyncio.get_running_loop()
        self._task = asyncio.current_task()
        for each in _SIGNALS:
            loop.add_signal_handler(each, self._asked)
        try:
            yield
        except asyncio.CancelledError:
            if not self._was_asked:
                raise
        finally:
            for each in _SIGNALS:
                loop.remove_signal_handler(each)

    async def serve(self, config: uvicorn.Config, listener: socket.socket) -> None:
        """Serve until asked to stop; asked again, without waiting for open requests."""
        self._server = _Server(config)
        await self._server.serve(sockets=[listener])

    def _asked(self) -> None:
        if self._server is not None:
            self._server.force_exit = self._server.should_exit
            self._server.should_exit = True
        elif self._task is not None and not self._was_asked:
            self._task.cancel()
        self._was_asked = True
