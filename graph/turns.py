"""Turns at writing that processes on one data folder take: the engine finds conflicts at the commit only."""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from graph.refusals import Unavailable

_PAUSE_SECONDS = 0.003


@asynccontextmanager
async def turn(path: Path) -> AsyncIterator[None]:
    """Its block runs while no other block on `path` does, in any process; a dead holder's turn is over.

    Whoever waits holds the place behind the one whose turn it is: a long write gets through beside
    short ones. The waiting is the caller's to bound. Raises: Unavailable (the folder is gone).
    """
    place = _opened(path.with_name(path.name + ".next"))
    try:
        held = _opened(path)
    except BaseException:
        os.close(place)
        raise
    try:
        try:
            await _lock(place)
            await _lock(held)
        finally:
            os.close(place)
        yield
    finally:
        os.close(held)


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise Unavailable() from error


async def _lock(descriptor: int) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            await asyncio.sleep(_PAUSE_SECONDS)
