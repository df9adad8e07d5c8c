"""ReadSessions are lent again after good reads, and never after one that failed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from neo4j import AsyncDriver, AsyncGraphDatabase, AsyncSession
from neo4j.exceptions import Neo4jError

from graph.lending import KEPT, ReadSessions
from graph.store import Store


@pytest.fixture
async def driver(store: Store) -> AsyncIterator[AsyncDriver]:
    """A driver of the engine under test."""
    address = store.address
    async with AsyncGraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:
        yield driver


@pytest.fixture
async def lent(store: Store, driver: AsyncDriver) -> AsyncIterator[tuple[ReadSessions, list[AsyncSession]]]:
    """ReadSessions of that driver, and those that were made for them."""
    made: list[AsyncSession] = []

    def make() -> AsyncSession:
        made.append(driver.session(database=store.address.database))
        return made[-1]

    sessions = ReadSessions(make)
    yield sessions, made
    await sessions.close()


async def _one(session: AsyncSession) -> object:
    record = await (await session.run("RETURN 1 AS one")).single(strict=True)
    return record["one"]


async def test_one_read_after_another_takes_one_session(
    lent: tuple[ReadSessions, list[AsyncSession]],
) -> None:
    sessions, made = lent
    assert [await sessions.lend(_one) for _ in range(3)] == [1, 1, 1]
    assert len(made) == 1


async def test_reads_at_once_have_a_session_each(lent: tuple[ReadSessions, list[AsyncSession]]) -> None:
    sessions, made = lent
    assert await asyncio.gather(*(sessions.lend(_one) for _ in range(5))) == [1] * 5
    assert len(made) == 5
    assert await asyncio.gather(*(sessions.lend(_one) for _ in range(5))) == [1] * 5
    assert len(made) == 5


async def test_a_session_that_failed_is_closed_and_not_lent_again(
    lent: tuple[ReadSessions, list[AsyncSession]],
) -> None:
    sessions, made = lent

    async def wrong(session: AsyncSession) -> object:
        return await (await session.run("RETURN nothing")).single()

    with pytest.raises(Neo4jError):
        await sessions.lend(wrong)
    assert made[0].closed()
    assert await sessions.lend(_one) == 1
    assert len(made) == 2


async def test_a_read_that_is_called_off_leaves_no_session_behind(
    lent: tuple[ReadSessions, list[AsyncSession]],
) -> None:
    sessions, made = lent
    begun = asyncio.Event()

    async def endless(session: AsyncSession) -> object:
        asyncio.get_running_loop().call_later(0.05, begun.set)  # by then it waits for the engine
        text = "UNWIND range(1, 1500) AS i UNWIND range(1, 1500) AS j RETURN sum(i * j) AS total"
        return await (await session.run(text)).single()

    reading = asyncio.create_task(sessions.lend(endless))
    await begun.wait()
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert made[0].closed()
    assert await sessions.lend(_one) == 1
    assert len(made) == 2


async def test_no_more_are_kept_than_there_are_connections(
    lent: tuple[ReadSessions, list[AsyncSession]],
) -> None:
    sessions, made = lent
    gate = asyncio.Event()

    async def held(session: AsyncSession) -> None:
        await gate.wait()

    reads = [asyncio.create_task(sessions.lend(held)) for _ in range(KEPT + 1)]
    await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(*reads)
    assert len(made) == KEPT + 1
    assert [each.closed() for each in made].count(True) == 1


async def test_after_the_end_none_is_left_open(lent: tuple[ReadSessions, list[AsyncSession]]) -> None:
    sessions, made = lent
    begun, gate = asyncio.Event(), asyncio.Event()

    async def held(session: AsyncSession) -> object:
        begun.set()
        await gate.wait()
        return await _one(session)

    assert await sessions.lend(_one) == 1
    reading = asyncio.create_task(sessions.lend(held))
    await begun.wait()
    await sessions.close()
    gate.set()
    assert await reading == 1
    assert all(each.closed() for each in made)
