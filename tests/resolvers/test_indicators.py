"""Indicators of an alliance: read in one transaction, nothing written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from graph.errors import InvalidInput, NotFound
from graph.model.alliance import Alliance, Membership, School
from graph.model.describe import Identified
from graph.model.resources import Resource, Use
from graph.model.terms import Pool, Side, UseLevel
from graph.nodes import save
from graph.store import Store, Transaction, count_statements
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


async def test_what_an_officer_contributed_is_shared_in_each_alliance(county: Store) -> None:
    """z-8 is the officer's and was taught with at s-q of the first alliance; z-9, the expert's, by nobody."""
    first = Resource(id="z-8", name="公开课", pool=Pool.HUMAN, contributor="r-01", available_from=START)
    nouns: list[Identified] = [
        Alliance(id="a-other", name="样例另一联盟"),
        School(id="s-other", name="样例另一小学"),
        Membership(id="m-other", alliance="a-other", school="s-other", side=Side.HELPED, start=START),
        first,
        replace(first, id="z-9", contributor="x-01"),
        Use(id="u-8", resource="z-8", person="p-05", school="s-q", level=UseLevel.TAUGHT_WITH, on=START),
    ]

    async def work(transaction: Transaction) -> None:
        await save(transaction.run, nouns)

    await county.write(work)
    found = {}
    for alliance in (ALLIANCE, "a-other"):
        rates = await indicators(county, alliance, START, END)
        found[alliance] = next(each for each in rates if each.definition.code == "SHARING")
    assert {name: (each.numerator, each.denominator) for name, each in found.items()} == {
        ALLIANCE: (("z-1", "z-8"), ("z-1", "z-2", "z-3", "z-8", "z-9")),
        "a-other": (("z-8",), ("z-8", "z-9")),
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
