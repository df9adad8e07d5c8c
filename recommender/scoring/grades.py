"""Grades and classes: which band a grade falls into, which classes a teacher has now."""

from __future__ import annotations

from collections import defaultdict

from graph.model.people import ClassContext
from graph.model.terms import GradeBand
from recommender.situation import Situation, covers


def band_of_grade(grade: int) -> GradeBand | None:
    """The band of a grade from 1 to 9 (curriculum standards of 2022); None outside."""
    if not 1 <= grade <= 9:
        return None
    return (GradeBand.LOWER, GradeBand.MIDDLE, GradeBand.UPPER, GradeBand.JUNIOR)[min(3, (grade - 1) // 2)]


def classes_now(situation: Situation) -> dict[str, tuple[ClassContext, ...]]:
    """The classes of each teacher in the running semester; his undated ones where there are none."""
    running = {each.id for each in situation.semesters if covers(each.start, each.end, situation.today)}
    now: dict[str, list[ClassContext]] = defaultdict(list)
    undated: dict[str, list[ClassContext]] = defaultdict(list)
    for each in sorted(situation.class_contexts, key=lambda each: each.id):
        if each.semester in running:
            now[each.teacher].append(each)
        elif each.semester is None:
            undated[each.teacher].append(each)
    return {name: tuple(classes) for name, classes in {**undated, **now}.items()}
