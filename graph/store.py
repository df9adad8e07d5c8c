"""How statements reach an engine: one address, transactions, bounded retries."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Self

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncResult,
    AsyncSession,
    AsyncTransaction,
)
from neo4j.exceptions import ConfigurationError, DriverError, Neo4jError

from graph.errors import ZaoxueError
from graph.lending import KEPT, ReadSessions
from graph.refusals import (
    LOST_SECONDS,
    AddressRefused,
    Busy,
    EngineFailed,
    FolderGone,
    Unavailable,
    is_worth_retrying,
    refusal_of,
)
from graph.turns import folder_of, holder_of, turn

type Row = dict[str, object]
type Work[T] = Callable[[Transaction], Awaitable[T]]

ANSWER_SECONDS = 120.0
"""How long one statement may take before the engine counts as lost."""
QUEUE_SECONDS = 30.0
"""How long a write waits for its turn."""
WRITERS = {"embedded": 1, "neo4j": 50}
"""How many writes are open at once. ArcadeDB finds conflicts at the commit only: a long write beside
short ones would never get through. Neo4j queues them itself; the limit leaves connections to reads."""


class ReadOnly(ZaoxueError):
    """The store was found damaged and takes no writes; the message says what is damaged and what to do."""

    code = "READ_ONLY"


@dataclass(frozen=True, slots=True)
class ReadOnlyReason:
    """Why a store takes no writes, told in both languages, with the facts.

    `damaged` lists the findings; `backup` is the newest backup, None where there is none.
    """

    zh: str
    en: str
    damaged: tuple[str, ...] = ()
    backup: Path | None = None

    def __str__(self) -> str:
        return self.en


@dataclass(frozen=True, slots=True)
class Address:
    """Where an engine answers and how to get in; `read_only` travels along, so that nobody forgets it.

    `turns` is the file at which the processes that write to it wait for each other; None where the
    engine itself makes them wait. `sql_port` is where the embedded engine takes what Cypher has no word for.
    """

    uri: str
    user: str
    password: str = field(repr=False)
    database: str
    engine: Literal["embedded", "neo4j"] = "neo4j"
    read_only: ReadOnlyReason | None = None
    turns: Path | None = None
    sql_port: int | None = None


@dataclass(slots=True)
class Counted:
    """How many statements were sent so far."""

    total: int = 0


_COUNTING: ContextVar[tuple[Counted, ...]] = ContextVar("counting", default=())


@contextmanager
def count_statements() -> Iterator[Counted]:
    """Counts every statement sent inside the block (retries too), by this task and the tasks it starts."""
    counted = Counted()
    token = _COUNTING.set((*_COUNTING.get(), counted))
    try:
        yield counted
    finally:
        _COUNTING.reset(token)


class Transaction:
    """One open transaction: each statement sees what those before it wrote."""

    def __init__(self, inner: AsyncTransaction, answer_seconds: float) -> None:
        self._inner = inner
        self._answer_seconds = answer_seconds

    async def run(self, statement: str, /, **parameters: object) -> list[Row]:
        """The rows of `statement`, in the engine's order."""
        return await _rows(self._inner.run(statement, parameters), self._answer_seconds)


class Store:
    """The property graph behind one address; shared by the tasks of one event loop.

    `address` is where it was opened; `read_only` is why writes are refused, None where they are taken.
    """

    def __init__(self, driver: AsyncDriver, address: Address, answer_seconds: float) -> None:
        self._driver = driver
        self.address = address
        self._answer_seconds = answer_seconds
        self._reading = ReadSessions(lambda: self._session(READ_ACCESS))
        self._writers = asyncio.Semaphore(WRITERS[address.engine])
        self.read_only = address.read_only
        self._folder = None if address.turns is None else folder_of(address.turns)

    @classmethod
    async def open(cls, address: Address, *, answer_seconds: float = ANSWER_SECONDS) -> Self:
        """A store whose engine has answered once.

        Raises: Unavailable (within about 5 s), AddressRefused.
        """
        if not address.uri.startswith(("bolt", "neo4j")):
            raise AddressRefused(address.uri, ValueError("neither bolt:// nor neo4j://"))
        try:
            driver = AsyncGraphDatabase.driver(
                address.uri,
                auth=(address.user, address.password),
                connection_timeout=2.0,
                connection_acquisition_timeout=LOST_SECONDS,
                max_connection_pool_size=KEPT,
                bookmark_manager=AsyncGraphDatabase.bookmark_manager(),
                telemetry_disabled=True,
                # Neo4j remarks on every label and property that no node bears yet: nothing for our readers.
                # The embedded engine makes no remarks, and its Bolt does not know the wish.
                notifications_min_severity="OFF" if address.engine == "neo4j" else None,
            )
        except (ConfigurationError, ValueError) as error:
            raise AddressRefused(address.uri, error) from error
        store = cls(driver, address, answer_seconds)
        try:
            await store.verify()
        except BaseException:
            await store.close()
            raise
        return store

    async def close(self) -> None:
        """Hangs up; safe to call twice."""
        try:
            await self._reading.close()
        finally:
            await self._driver.close()

    @property
    def engine(self) -> Literal["embedded", "neo4j"]:
        """Which engine answers."""
        return self.address.engine

    async def verify(self) -> None:
        """Returns once the engine has answered a statement.

        Raises: Unavailable (within about 5 s), AddressRefused, FolderGone.
        """
        self._refuse_lost_folder()
        await self._retried(lambda: self._ask("RETURN 1 AS one", {}, LOST_SECONDS))

    async def read(self, statement: str, /, **parameters: object) -> list[Row]:
        """The rows of `statement`, run in a read transaction of its own.

        Raises: Unavailable, EngineFailed.
        """
        return await self._retried(lambda: self._ask(statement, parameters, self._answer_seconds))

    async def read_together[T](self, work: Work[T]) -> T:
        """What `work` makes of several statements in one read transaction; it may be run more than once.

        Raises: Unavailable, EngineFailed.
        """
        return await self._retried(lambda: self._carry_out(READ_ACCESS, work))

    async def write[T](self, work: Work[T]) -> T:
        """What `work` returns, committed. It is run again after a conflict: it must have no other effect.

        Raises: ReadOnly, FolderGone, Unavailable, Busy, Conflict, EngineFailed, and what `work` raises;
        nothing is written then, unless the error's `outcome_unknown` says that nobody knows.
        """
        self._refuse_lost_folder()
        if self.read_only is not None:
            reason = self.read_only
            raise ReadOnly(reason.zh, reason.en, damaged=reason.damaged, backup=reason.backup)
        async with self._taking_turns():
            return await self._retried(lambda: self._carry_out(WRITE_ACCESS, work))

    def _refuse_lost_folder(self) -> None:
        # The engine goes on with the files that it holds open: it does not notice.
        turns = self.address.turns
        if turns is not None and folder_of(turns) != self._folder:
            raise FolderGone(turns.parent.parent)

    @asynccontextmanager
    async def _taking_turns(self) -> AsyncIterator[None]:
        async with AsyncExitStack() as held:
            try:
                async with asyncio.timeout(QUEUE_SECONDS):
                    await held.enter_async_context(self._writers)
                    if self.address.turns is not None:
                        await held.enter_async_context(turn(self.address.turns))
            except TimeoutError as error:
                turns = self.address.turns
                raise Busy(None if turns is None else holder_of(turns)) from error
            yield

    async def _ask(self, statement: str, parameters: Row, answer_seconds: float) -> list[Row]:
        return await self._reading.lend(
            lambda session: _rows(session.run(statement, parameters), answer_seconds)
        )

    def _session(self, access: str) -> AsyncSession:
        return self._driver.session(database=self.address.database, default_access_mode=access)

    async def _carry_out[T](self, access: str, work: Work[T]) -> T:
        seconds = self._answer_seconds
        async with (
            self._session(access) as session,
            await _answered(session.begin_transaction(), seconds) as inner,
        ):
            result = await work(Transaction(inner, seconds))
            try:
                await _unbroken(_answered(inner.commit(), seconds, outcome_unknown=True))
            except Neo4jError as error:
                if isinstance(refusal_of(error, self.address.uri), EngineFailed):
                    raise EngineFailed(error.code, outcome_unknown=True) from error
                raise
            return result

    async def _retried[T](self, attempt: Callable[[], Awaitable[T]]) -> T:
        started, tries = time.monotonic(), 0
        while True:
            tries += 1
            try:
                return await attempt()
            except (DriverError, Neo4jError) as error:
                refusal = refusal_of(error, self.address.uri)
                if refusal is None:
                    raise
                if not is_worth_retrying(refusal, tries, time.monotonic() - started):
                    raise refusal from error
            await asyncio.sleep(min(0.5, 0.01 * 2**tries) * random.uniform(0.5, 1.0))


async def _rows(sending: Awaitable[AsyncResult], answer_seconds: float) -> list[Row]:
    for counted in _COUNTING.get():
        counted.total += 1

    async def fetch() -> list[Row]:
        # dict(record), not record.data(): that one walks every value in Python.
        return [dict(record) async for record in await sending]

    return await _answered(fetch(), answer_seconds)


async def _unbroken[T](commit: Coroutine[None, None, T]) -> T:
    """What it returns; a caller who is told to stop meanwhile stops after it, so that its outcome is there to see."""
    begun = asyncio.create_task(commit)
    try:
        return await asyncio.shield(begun)
    except asyncio.CancelledError:
        await asyncio.wait({begun})
        if not begun.cancelled():
            begun.exception()  # heard here, or it would be logged as lost
        raise


async def _answered[T](answer: Awaitable[T], seconds: float, *, outcome_unknown: bool = False) -> T:
    try:
        async with asyncio.timeout(seconds):
            return await answer
    except TimeoutError as error:
        raise Unavailable(outcome_unknown=outcome_unknown) from error
