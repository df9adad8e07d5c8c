"""From needs, teachers and schools to the wish that resources are ranked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.model.people import ClassContext
from graph.model.terms import Connectivity, GradeBand
from recommender.scoring.cases import Case
from recommender.scoring.grades import band_of_grade
from recommender.scoring.material_pairs import BOARDING, DIALECT, LARGE_CLASS, LEFT_BEHIND, MULTIGRADE, Wish
from recommender.scoring.surroundings import Surroundings, digital_of, in_need, line_of


def wish_of_case(case: Case, around: Surroundings) -> Wish:
    """What would help with a case: its topic and grades, its teachers' classes, its schools' lines."""
    classes = around.classes_of(case.teachers)
    return Wish(
        topics=(case.topic,),
        subject=case.subject,
        grade_bands=() if case.grade_band is None else (case.grade_band,),
        editions=_editions(classes),
        tags=_tags(classes, around.numbers["large_class"]),
        digital=digital_of(case.teachers, around),
        line=line_of(case.schools, around),
        limit_bytes=_limit(case.schools, around),
        words=case.words,
    )


def wish_of_people(teachers: Sequence[str], school: str | None, around: Surroundings) -> Wish:
    """What would help these teachers, at that school or where they work: topics of their waiting needs.

    The subject is theirs if they share one; without a waiting need, nothing is held against a topic.
    """
    needs = in_need(around)
    known = [around.people[name] for name in teachers if name in around.people]
    subjects = {person.subject for person in known}
    classes = around.classes_of(teachers)
    taught = {band for each in classes if (band := band_of_grade(each.grade)) is not None}
    bands = taught or {band for person in known for band in person.grade_bands}
    today = around.situation.today
    places = {around.locals.school_of(name, today) for name in teachers} if school is None else {school}
    schools = sorted(place for place in places if place is not None)
    return Wish(
        topics=tuple(sorted({topic for name in teachers for topic in needs.get(name, ())})),
        subject=subjects.pop() if len(subjects) == 1 else None,
        grade_bands=tuple(band for band in GradeBand if band in bands),
        editions=_editions(classes),
        tags=_tags(classes, around.numbers["large_class"]),
        digital=digital_of(teachers, around),
        line=line_of(schools, around),
        limit_bytes=_limit(schools, around),
    )


def _editions(classes: Iterable[ClassContext]) -> frozenset[str]:
    return frozenset(each.textbook_edition for each in classes if each.textbook_edition is not None)


def _tags(classes: Sequence[ClassContext], large_class: float) -> tuple[tuple[str, str], ...]:
    """What these classes are like, in the words (Chinese, English) that resources are tagged with."""
    marks = {
        MULTIGRADE: any(each.multigrade for each in classes),
        BOARDING: any(each.boarding for each in classes),
        LEFT_BEHIND: any(each.left_behind for each in classes),
        LARGE_CLASS: any(each.class_size >= large_class for each in classes),
    }
    languages = sorted({each.language.lower() for each in classes if each.language})
    spoken = [DIALECT if any(word in name for word in DIALECT) else (name, name) for name in languages]
    return (*(words for words, marked in marks.items() if marked), *spoken)


def _limit(schools: Iterable[str], around: Surroundings) -> int | None:
    """What the tightest line carries, in bytes: a school's own limit, 0 where it has no network."""
    limits = []
    for name in schools:
        school = around.schools.get(name)
        if school is not None and school.download_limit_bytes is not None:
            limits.append(school.download_limit_bytes)
        elif school is not None and school.connectivity is Connectivity.NONE:
            limits.append(0)
    return min(limits, default=None)
