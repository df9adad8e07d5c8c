"""Indicators of an alliance over a period, each with the list behind each count.

Whoever is no administrator is told them over whole semesters and school years, and none of too few cases: else
a day and a count of one would give away what one person said.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

from graph.compiler.visibility import EVERYTHING
from graph.errors import InvalidInput
from graph.model.alliance import Alliance, Semester
from graph.nodes import load
from graph.store import Store, Transaction
from graph.writing import read_unmoved
from recommender.indicators import Indicator, compute_indicators
from resolvers.caller import Caller
from resolvers.lookup import find
from resolvers.rights import refuse_beyond, refuse_role
from resolvers.situation import COUNTING, load_situation

LEAST_CASES = 5
"""Of fewer cases only an administrator is told the counts."""


async def indicators(
    store: Store, alliance: str, start: date, end: date, caller: Caller | None = None
) -> tuple[Indicator, ...]:
    """Every indicator of the alliance from `start` to `end`, both included, counted over everything.

    `caller` None is the administrator. To others those of fewer than `LEAST_CASES` are withheld, and medians
    of fewer. Raises Forbidden, NotFound, Busy; InvalidInput for a period turned round, or, to others, one that
    is neither a semester nor a school year.
    """
    bound = None if caller is None or caller.sight is EVERYTHING else caller
    if bound is not None:
        await _refuse_beyond(store, bound, alliance)
    if end < start:
        raise InvalidInput("period", "结束日期不得早于开始日期", "the period must not end before it starts")
    if bound is not None:
        await _refuse_part(store, start, end)

    async def work(transaction: Transaction) -> tuple[Indicator, ...]:
        situation = await load_situation(transaction.run, alliance, end, COUNTING, since=start)
        return await asyncio.to_thread(compute_indicators, situation, alliance, start, end)

    found = await read_unmoved(store, work)
    return found if bound is None else tuple(_of_enough(each) for each in found)


async def _refuse_part(store: Store, start: date, end: date) -> None:
    """Two periods that differ by a day would tell of that day."""
    is_school_year = (start.month, start.day) == (9, 1) and end == date(start.year + 1, 8, 31)
    if is_school_year or any(
        (each.start, each.end) == (start, end) for each in await load(store.read, Semester)
    ):
        return
    raise InvalidInput(
        "period",
        "请选择整个学期或整个学年（9月1日至次年8月31日）；其他时段仅管理员可用",
        "choose a whole semester or school year (1 September to 31 August); other periods are an administrator's",
    )


def _of_enough(indicator: Indicator) -> Indicator:
    if len(indicator.denominator) < LEAST_CASES:
        return replace(
            indicator,
            is_withheld=True,
            numerator=(),
            denominator=(),
            percent=None,
            interval=None,
            received=None,
            expected=None,
            parts=(),
            medians=(),
        )
    medians = (each if each.n >= LEAST_CASES else replace(each, days=None) for each in indicator.medians)
    return replace(indicator, medians=tuple(medians))


async def _refuse_beyond(store: Store, caller: Caller, alliance: str) -> None:
    refuse_role(caller, "indicators")
    await find(store.read, Alliance, alliance, "alliance", caller.sight)
    await refuse_beyond(store.read, caller, "indicators", {"Alliance": [alliance]})
