"""A disk without room for a write: the write is refused in words, nothing of it is there, and reads go on.

The engine's process gets a limit on the size of its files, which it meets as it would meet the end of a disk.
"""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.embedded.supervisor import EmbeddedEngine
from graph.refusals import EngineFailed
from graph.store import Store, Transaction

_SCHOOLS = "MATCH (s:School) RETURN count(s) AS number"

pytestmark = pytest.mark.skipif(
    not hasattr(resource, "prlimit"), reason="only Linux limits the files of another process"
)


@contextmanager
def _no_room(pid: int, most_bytes: int) -> Iterator[None]:
    """No file of the process grows beyond that inside the block."""
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (most_bytes, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


async def test_a_write_that_finds_no_room_is_the_engines_failure_and_leaves_nothing(data_dir: Path) -> None:
    tries = 0

    async def many(transaction: Transaction) -> None:
        nonlocal tries
        tries += 1
        await transaction.run(
            "UNWIND range(1, 4000) AS i CREATE (:School {id: toString(i), name: $name})", name="小学" * 30
        )

    async def one(transaction: Transaction) -> None:
        await transaction.run("CREATE (:School {id: 'after'})")

    async with await EmbeddedEngine.start(data_dir) as engine:
        store = await Store.open(engine.address)
        with _no_room(engine.pid, 100_000):
            with pytest.raises(EngineFailed) as refused:
                await store.write(many)
            there = await store.read(_SCHOOLS)
        await store.write(one)
        after = await store.read(_SCHOOLS)
        await store.close()
    async with await EmbeddedEngine.start(data_dir) as engine:
        store = await Store.open(engine.address)
        again, read_only = await store.read(_SCHOOLS), engine.read_only
        await store.close()

    assert refused.value.outcome_unknown
    assert "磁盘空间" in refused.value.zh
    assert "free disk space" in refused.value.en
    assert tries == 1
    assert (there, after, again) == ([{"number": 0}], [{"number": 1}], [{"number": 1}])
    assert read_only is None
