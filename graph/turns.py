"""Turns at writing that processes on one data folder take: the engine finds conflicts at the commit only."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from graph.refusals import Holder, Unavailable

_PAUSE_SECONDS = 0.003


def folder_of(path: Path) -> tuple[int, int] | None:
    """What tells the folder of `path` from one that was put in its place; None where there is none."""
    try:
        found = path.parent.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


@asynccontextmanager
async def turn(path: Path) -> AsyncIterator[None]:
    """Its block runs while no other block on `path` does, in any process; a dead holder's turn is over.

    Whoever waits holds the place behind the one whose turn it is: a long write gets through beside
    short ones. The waiting is the caller's to bound. Raises: Unavailable (the file can't be opened).
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
        _sign(held)
        yield
    finally:
        os.close(held)


def holder_of(path: Path) -> Holder | None:
    """Who had the last turn on `path`; None where nobody signed it."""
    try:
        pid, since = path.read_text("ascii").split()
        return Holder(int(pid), since)
    except (OSError, ValueError):
        return None


def _sign(held: int) -> None:
    with contextlib.suppress(OSError):  # a full disk: the turn is had all the same
        os.ftruncate(held, 0)
        os.pwrite(held, f"{os.getpid()} {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}".encode("ascii"), 0)


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
