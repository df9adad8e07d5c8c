"""Hours a trainer has left, worked by hand: the small world is in week 4 of its semester."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from graph.model.alliance import Semester
from graph.model.orders import Session, TrainingOrder
from graph.model.terms import OrderForm, OrderStatus, SessionKind, Subject
from recommender.scoring.capacity import hours_of, spare_hours, week_of
from tests.recommender.small_world import RULES, SEMESTER, hours, world

NUMBERS = RULES.numbers
ORDER = TrainingOrder(
    id="o",
    needs=(),
    topic="aloud",
    subject=Subject.CHINESE,
    form=OrderForm.COUNTY_CLASS,
    trainer="lin",
    status=OrderStatus.PLACED,
    placed_on=date(2025, 3, 1),
)

BEFORE = Semester(id="2024b", name="2024秋", start=date(2024, 9, 1), end=date(2025, 1, 19))


def _session(number: int, delivered: date | None, length: float | None) -> Session:
    return Session(
        id=f"s{number}", order="o", number=number, kind=SessionKind.MAIN, delivered_on=delivered, hours=length
    )


def test_weeks_are_counted_from_the_first_day() -> None:
    days = (date(2025, 1, 1), date(2025, 2, 17), date(2025, 2, 23), date(2025, 2, 24), date(2025, 3, 10))
    assert [week_of(SEMESTER, day) for day in days] == [1, 1, 1, 2, 4]


def test_the_weeks_to_come_count_this_one_included() -> None:
    assert spare_hours(world(availabilities=(hours("lin", 2.0),)), NUMBERS) == {"lin": 17 * 2.0}
    assert spare_hours(world(availabilities=(hours("lin", 2.0, first=1, last=3),)), NUMBERS) == {"lin": 0.0}
    assert spare_hours(world(availabilities=(hours("lin", 2.0, first=10, last=12),)), NUMBERS) == {"lin": 6.0}


@pytest.mark.parametrize(
    ("sessions", "booked"),
    [
        ((), 6.0),
        ((_session(1, date(2025, 3, 5), 4.0), _session(2, None, None)), 2.0),
        ((_session(1, None, 3.0), _session(2, None, None)), 5.0),
    ],
    ids=["a series not planned yet", "one delivered, one to come", "two to come"],
)
def test_orders_placed_before_are_taken_off(sessions: tuple[Session, ...], booked: float) -> None:
    situation = world(availabilities=(hours("lin", 2.0),), orders=(ORDER,), sessions=sessions)
    assert spare_hours(situation, NUMBERS) == {"lin": 34.0 - booked}


@pytest.mark.parametrize(
    "other",
    [
        replace(ORDER, status=OrderStatus.CANCELLED),
        replace(ORDER, status=OrderStatus.DELIVERED),
        replace(ORDER, trainer="hua"),
        replace(ORDER, semester="2024b"),
        replace(ORDER, placed_on=date(2025, 1, 19)),
    ],
    ids=["cancelled", "delivered", "another trainer", "another semester", "in the semester before"],
)
def test_what_is_no_order_of_his_this_semester_is_not_taken_off(other: TrainingOrder) -> None:
    situation = world(availabilities=(hours("lin", 2.0),), orders=(other,), semesters=(BEFORE, SEMESTER))
    assert spare_hours(situation, NUMBERS) == {"lin": 34.0}


def test_an_order_of_the_holidays_is_taken_off_the_semester_that_comes() -> None:
    order = replace(ORDER, placed_on=date(2025, 1, 25))
    situation = world(availabilities=(hours("lin", 2.0),), orders=(order,), semesters=(BEFORE, SEMESTER))
    assert spare_hours(situation, NUMBERS) == {"lin": 28.0}
    assert spare_hours(replace(situation, today=date(2025, 1, 30)), NUMBERS) == {"lin": 34.0}


def test_who_has_no_hours_on_record_is_not_known_and_without_a_semester_nobody_is() -> None:
    assert spare_hours(world(), NUMBERS) == {}
    assert spare_hours(world(availabilities=(hours("lin", 2.0),), semesters=()), NUMBERS) == {}


def test_between_semesters_the_next_one_counts_whole() -> None:
    situation = replace(world(availabilities=(hours("lin", 2.0),)), today=date(2025, 2, 1))
    assert spare_hours(situation, NUMBERS) == {"lin": 40.0}


def test_an_order_takes_its_sessions_and_its_follow_up() -> None:
    assert hours_of(OrderForm.COUNTY_CLASS, NUMBERS) == 6.0
    assert hours_of(OrderForm.SCHOOL_CLINIC, NUMBERS) == 4.0
