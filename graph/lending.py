"""Read sessions of the driver, lent again: one serves one statement after the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

from neo4j import AsyncSession

KEPT = 100
"""How many idle sessions are kept: as many as the store's driver has connections."""


class ReadSessions:
    """Sessions that `make` makes, each lent to one read at a time. To make one costs a tenth of a short read."""

    def __init__(self, make: Callable[[], AsyncSession]) -> None:
        self._make = make
        self._idle: list[AsyncSession] = []
        self._is_closed = False

    async def lend[T](self, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
        """What `work` makes of a session; one that it fails on is closed and not lent again."""
        session = self._idle.pop() if self._idle else self._make()
        async with AsyncExitStack() as leaving:
            leaving.push_async_exit(session)
            result = await work(session)
            if len(self._idle) < KEPT and not self._is_closed:
                leaving.pop_all()
                self._idle.append(session)
        return result

    async def close(self) -> None:
        """Closes those that are idle; one that is lent now is closed when it comes back."""
        self._is_closed = True
        while self._idle:
            await self._idle.pop().close()
