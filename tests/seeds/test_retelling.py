"""The sample as the use cases make it: completed after a crash, and re-derived whole from what people did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable

import pytest

from graph.model.alliance import Alliance, HelpGroup, School
from graph.model.needs import Need
from graph.model.orders import TrainingOrder
from graph.model.people import Teacher
from graph.model.rules import Contribution, Recommendation
from graph.model.terms import NeedStatus
from graph.nodes import load
from graph.refusals import Unavailable
from graph.store import Store, Transaction
from graph.writing import version
from seeds.loader import Loaded, OtherSample, is_half_told, load_sample
from tests.seeds.retelling import DERIVED, History, Retelling, read_history

# In the middle of the first semester: orders are placed, sessions are being held.
_LOST_AFTER = 150


async def load_with_a_crash(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load the sample; the engine is lost once on the way, and the load is started again."""
    writes = 0
    write = store.write

    async def failing[T](work: Callable[[Transaction], Awaitable[T]]) -> T:
        nonlocal writes
        writes += 1
        if writes > _LOST_AFTER:
            raise Unavailable()
        return await write(work)

    with monkeypatch.context() as patched:
        patched.setattr(store, "write", failing)
        with pytest.raises(Unavailable):
            await load_sample(store)
    assert await is_half_told(store)
    assert not await is_half_told(store, seed=1)
    loaded = await load_sample(store)
    assert loaded == Loaded(("a1-alliance",), ("a1-alliance",))
    assert not await is_half_told(store)


async def empty(store: Store) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.run("MATCH (n) WHERE NOT n:Version DETACH DELETE n")

    await store.write(work)


def assert_as_large_as_the_papers(history: History) -> None:
    names = [each.name for each in history.all(HelpGroup)]
    names += [each.name for each in history.all(Alliance)]
    names += [each.name for each in history.all(School)]
    assert [name for name in names if "样例" not in name] == []
    assert len(history.all(Teacher)) == 388
    needs, orders = history.all(Need), history.all(TrainingOrder)
    assert {each.status for each in needs} >= {NeedStatus.OPEN, NeedStatus.MET, NeedStatus.REOPENED}
    assert len({each.semester for each in orders}) == 6
    assert any(each.assistant is not None for each in orders)


def assert_contributions_add_up(history: History) -> None:
    sums: Counter[str] = Counter()
    for each in history.all(Contribution):
        sums[each.recommendation] += each.millionths
    assert {each.id: each.score_millionths for each in history.all(Recommendation)} == dict(sums)


async def test_every_need_recommendation_and_order_follows_from_what_is_stored(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await load_with_a_crash(store, monkeypatch)
    told = await read_history(store)
    assert_as_large_as_the_papers(told)
    assert_contributions_add_up(told)

    before = await version(store.read)
    assert await load_sample(store) == Loaded(("a1-alliance",), ())
    assert await version(store.read) == before
    with pytest.raises(OtherSample):
        await load_sample(store, seed=1)
    assert await version(store.read) == before

    await empty(store)
    await Retelling(store, told).tell()
    for cls in DERIVED:
        assert await load(store.read, cls) == list(told.all(cls)), cls.__name__
