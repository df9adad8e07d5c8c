"""Indicators of an alliance over a period, each with the list behind each count."""

from __future__ import annotations

import asyncio
from datetime import date

from graph.errors import InvalidInput
from graph.store import Store, Transaction
from graph.writing import read_unmoved
from recommender.indicators import Indicator, compute_indicators
from resolvers.situation import COUNTING, load_situation


async def indicators(store: Store, alliance: str, start: date, end: date) -> tuple[Indicator, ...]:
    """Every indicator of the alliance from `start` to `end`, both included.

    Raises InvalidInput, NotFound, Busy.
    """
    if end < start:
        raise InvalidInput("period", "结束日期不得早于开始日期", "the period must not end before it starts")

    async def work(transaction: Transaction) -> tuple[Indicator, ...]:
        situation = await load_situation(transaction.run, alliance, end, COUNTING, since=start)
        return await asyncio.to_thread(compute_indicators, situation, alliance, start, end)

    return await read_unmoved(store, work)
