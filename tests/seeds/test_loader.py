"""What loading the sample does to a store that holds something: another alliance is added, an office's is left alone."""

from __future__ import annotations

import pytest

from graph.model.needs import Need, NeedGroup
from graph.store import Store
from seeds.loader import Loaded, OfficeStore, load_sample
from tests.journeys.county import ALLIANCE
from tests.journeys.spring import bring_the_workbook
from tests.journeys.standing import unchanged
from tests.seeds.retelling import DERIVED, read_history


async def test_a_second_alliance_changes_nothing_of_the_first_and_shares_no_group(store: Store) -> None:
    await load_sample(store)
    first = await read_history(store)
    assert await load_sample(store, scale=2) == Loaded(("a1-alliance", "a2-alliance"), ("a2-alliance",))
    both = await read_history(store)
    for cls in DERIVED:
        known = {each.id: each for each in both.all(cls)}
        assert [known.get(each.id) for each in first.all(cls)] == list(first.all(cls)), cls.__name__
        assert len(known) > len(first.all(cls)), cls.__name__
    groups = {each.id: each.alliance for each in both.all(NeedGroup)}
    assert set(groups.values()) == {"a1-alliance", "a2-alliance"}
    common = [(each.teacher or "", each.group) for each in both.all(Need) if each.group is not None]
    assert [pair for pair in common if pair[0][:3] != groups[pair[1]][:3]] == []


async def test_an_offices_own_store_is_left_alone(store: Store) -> None:
    await bring_the_workbook(store)
    async with unchanged(store):
        with pytest.raises(OfficeStore) as refused:
            await load_sample(store)
    assert refused.value.data["alliances"] == [ALLIANCE]
