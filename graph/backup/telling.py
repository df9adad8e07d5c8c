"""How far a backup or a restore has come, told to whoever waits for it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told after each page: records done, records in all, and what is being done."""

    def __call__(self, done: int, total: int, what: str, /) -> object:
        """One more page."""
        ...


def silent(done: int, total: int, what: str, /) -> None:
    """Tells nobody."""
