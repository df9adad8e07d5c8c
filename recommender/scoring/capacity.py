"""Hours that a trainer has left in a semester."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from graph.model.alliance import Semester
from graph.model.orders import Session, TrainingOrder
from graph.model.terms import OrderForm, OrderStatus
from recommender.scoring.feature import Numbers
from recommender.situation import Situation, semester_on


def sessions_of(form: OrderForm, numbers: Numbers) -> tuple[int, int]:
    """How many training sessions and how many follow-ups an order of that form has."""
    main = "county_class_sessions" if form is OrderForm.COUNTY_CLASS else "school_clinic_sessions"
    return int(numbers[main]), int(numbers["follow_up_sessions"])


def hours_of(form: OrderForm, numbers: Numbers) -> float:
    """Hours that a whole order of that form takes a trainer."""
    return sum(sessions_of(form, numbers)) * numbers["session_hours"]


def spare_hours(situation: Situation, numbers: Numbers) -> dict[str, float]:
    """Hours from this week to the semester's end, minus hours of orders placed and not yet delivered.

    By person; who has no availability on record in the semester is not in it (not known).
    """
    semester = semester_on(situation)
    if semester is None:
        return {}
    spare: dict[str, float] = {}
    week = week_of(semester, situation.today)
    for each in situation.availabilities:
        if each.semester == semester.id:
            weeks = max(0, each.last_week - max(each.first_week, week) + 1)
            spare[each.person] = spare.get(each.person, 0.0) + weeks * each.hours
    for trainer, hours in _booked(situation, semester, numbers).items():
        if trainer in spare:
            spare[trainer] -= hours
    return spare


def week_of(semester: Semester, day: date) -> int:
    """The week of the semester that the day falls into, from 1; 1 before it begins."""
    return max(0, (day - semester.start).days) // 7 + 1


def _booked(situation: Situation, semester: Semester, numbers: Numbers) -> dict[str, float]:
    sessions: dict[str, list[Session]] = defaultdict(list)
    for session in situation.sessions:
        sessions[session.order].append(session)
    booked: dict[str, float] = defaultdict(float)
    for order in situation.orders:
        if order.status in (OrderStatus.PLACED, OrderStatus.UNDER_WAY) and _falls_in(
            order, semester, situation
        ):
            booked[order.trainer] += _hours_ahead(order, sessions[order.id], numbers)
    return booked


def _falls_in(order: TrainingOrder, semester: Semester, situation: Situation) -> bool:
    """By the order's own semester, else by the day it was placed: in the holidays, the next one's."""
    if order.semester is not None:
        return order.semester == semester.id
    return semester_on(situation, order.placed_on) == semester


def _hours_ahead(order: TrainingOrder, sessions: list[Session], numbers: Numbers) -> float:
    """Hours of sessions not yet delivered; of the usual series where none is planned yet."""
    if not sessions:
        return hours_of(order.form, numbers)
    ahead = [each for each in sessions if each.delivered_on is None]
    return sum(numbers["session_hours"] if each.hours is None else each.hours for each in ahead)
