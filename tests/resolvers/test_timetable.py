"""The days of an order: each fault names the field in which the day was written."""

from __future__ import annotations

from datetime import date

import pytest

from graph.errors import Faults
from graph.model.terms import OrderForm
from graph.store import Store
from recommender.orders import planned_sessions
from resolvers.orders import Placing, place_order
from resolvers.timetable import impossible_days
from tests.journeys.spring import DAYS, RULES, on
from tests.journeys.standing import unchanged
from tests.resolvers.test_orders import DAY, clinic
from tests.resolvers.traces import told


async def test_a_series_that_would_end_after_the_calendar_is_a_fault_of_its_start(formed: Store) -> None:
    placing = Placing(date(2100, 12, 31), choice=await clinic(formed))
    last = planned_sessions(RULES, OrderForm.SCHOOL_CLINIC, placing.start)[-1].planned_on
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await place_order(formed, on(DAY), placing, RULES)
    assert told(refused.value) == [("start", "INVALID_INPUT")]
    (fault,) = refused.value.faults
    assert last.year == 2101
    assert fault.zh == f"按此开始日期，最后一场将在 {last}，晚于 2100 年；请提早开始"
    assert fault.en == (
        f"from that start the last session would be on {last}, after the year 2100; start earlier"
    )


async def test_as_many_sessions_of_an_order_as_a_day_holds_fall_on_it(formed: Store) -> None:
    choice = await clinic(formed)
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await place_order(formed, on(DAY), Placing(DAYS[0], choice=choice, days=DAYS[:1] * 50), RULES)
    assert told(refused.value) == [("days", "INVALID_INPUT")]
    (fault,) = refused.value.faults
    assert fault.zh == "2025-03-17 安排了 50 场，一天最多 12 场（每场按 2 学时计，一天不超过 24）"
    assert fault.en == (
        "50 sessions are planned on 2025-03-17; a day holds 12 at most (2 hours each, 24 a day)"
    )
    placed = await place_order(formed, on(DAY), Placing(DAYS[0], choice=choice, days=DAYS[:1] * 12), RULES)
    assert len(placed.sessions) == 12


def test_days_beyond_the_calendar_and_too_many_sessions_are_told_at_once() -> None:
    days = tuple(date(2025, 1 + place // 25, 1 + place % 25) for place in range(100))
    faults = list(impossible_days(date(1, 1, 1), (*days, date(9999, 12, 31)), RULES))
    assert [each.field for each in faults] == ["start", "days.100", "days"]
    assert faults[2].en == "an order has 100 sessions at most, got 101"
    assert list(impossible_days(DAYS[0], days, RULES)) == []
