"""Indicators of an alliance over a period, each with the list behind each count."""

from __future__ import annotations

import asyncio
from datetime import date

from graph.compiler.visibility import EVERYTHING
from graph.errors import InvalidInput
from graph.model.alliance import Alliance
from graph.store import Store, Transaction
from graph.writing import read_unmoved
from recommender.indicators import Indicator, compute_indicators
from resolvers.caller import Caller
from resolvers.lookup import find
from resolvers.rights import refuse_beyond, refuse_role
from resolvers.situation import COUNTING, load_situation


async def indicators(
    store: Store, alliance: str, start: date, end: date, caller: Caller | None = None
) -> tuple[Indicator, ...]:
    """Every indicator of the alliance from `start` to `end`, both included, counted over everything.

    `caller` None is the administrator. Raises Forbidden, InvalidInput, NotFound, Busy.
    """
    if caller is not None and caller.sight is not EVERYTHING:
        await _refuse_beyond(store, caller, alliance)
    if end < start:
        raise InvalidInput("period", "结束日期不得早于开始日期", "the period must not end before it starts")

    async def work(transaction: Transaction) -> tuple[Indicator, ...]:
        situation = await load_situation(transaction.run, alliance, end, COUNTING, since=start)
        return await asyncio.to_thread(compute_indicators, situation, alliance, start, end)

    return await read_unmoved(store, work)


async def _refuse_beyond(store: Store, caller: Caller, alliance: str) -> None:
    refuse_role(caller, "indicators")
    await find(store.read, Alliance, alliance, "alliance", caller.sight)
    await refuse_beyond(store.read, caller, "indicators", {"Alliance": [alliance]})
