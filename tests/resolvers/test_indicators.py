"""Indicators of an alliance: read in one transaction, nothing written."""

from __future__ import annotations

from datetime import date

import pytest

from graph.errors import InvalidInput, NotFound
from graph.store import Store, count_statements
from resolvers.indicators import indicators
from resolvers.situation import COUNTING
from tests.journeys.county import ALLIANCE
from tests.journeys.standing import unchanged

START, END = date(2025, 2, 17), date(2025, 7, 6)


async def test_they_come_from_what_the_workbook_brought(county: Store) -> None:
    async with unchanged(county):
        with count_statements() as counted:
            found = await indicators(county, ALLIANCE, START, END)
    assert counted.total == len(COUNTING) + 3
    assert {each.definition.code: (each.numerator, each.denominator) for each in found} == {
        "TRAINING_ATTENDANCE": (("h-1",), ("h-1",)),
        "SHARING": (("z-1",), ("z-1", "z-2", "z-3")),
        "USE": (("y-2",), ("y-1", "y-2", "y-3")),
        "SATISFACTION": (("b-1",), ("b-1",)),
        "LOCAL_DELIVERY": ((), ("o-12-1",)),
        "NEEDS_MET": ((), ("n-12",)),
    }


async def test_a_single_day_is_a_period(county: Store) -> None:
    found = await indicators(county, ALLIANCE, date(2025, 2, 24), date(2025, 2, 24))
    assert [len(each.denominator) for each in found] == [1, 3, 2, 1, 1, 1]


async def test_a_period_that_ends_before_it_begins_is_refused(county: Store) -> None:
    with pytest.raises(InvalidInput) as refused:
        await indicators(county, ALLIANCE, END, START)
    assert refused.value.field == "period"


async def test_an_unknown_alliance_is_refused(county: Store) -> None:
    with pytest.raises(NotFound):
        await indicators(county, "a-none", START, END)
