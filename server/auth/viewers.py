"""Viewers by holder, kept for a moment: a page that asks ten times reads its viewer's roles once."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

from graph.access.viewer import Viewer, load_viewer
from graph.store import Store

KEPT_SECONDS = 5.0
"""A role that was granted or revoked counts after this time at the latest."""
MOST_KEPT = 500
"""Viewers kept at once; the oldest goes first."""


class Viewers:
    """The viewers of one store. `clock` gives seconds that only go forward."""

    def __init__(
        self, store: Store, seconds: float = KEPT_SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._store = store
        self._seconds = seconds
        self._clock = clock
        self._kept: dict[tuple[str, date], tuple[float, Viewer]] = {}

    async def of(self, holder: str, today: date) -> Viewer:
        """The viewer with the roles that he holds on that day. Raises what the store raises."""
        asked = self._clock()
        kept = self._kept.get((holder, today))
        if kept is not None and asked - kept[0] < self._seconds:
            return kept[1]
        viewer = await load_viewer(self._store.read, holder, today)
        self._kept.pop((holder, today), None)
        self._kept[holder, today] = asked, viewer
        if len(self._kept) > MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        return viewer
