"""When trainers have time, what classes teachers meet, who mentors whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from graph.model.alliance import Semester
from graph.model.people import Availability, ClassContext, Mentorship, Person
from graph.model.terms import AgeBand, GradeBand, PersonKind, Subject
from seeds.raw.alliances import SEMESTERS, SHAPES, Frame
from seeds.raw.colleagues import Colleague

EDITIONS_HELPED = {
    Subject.MATHEMATICS: "人教版",
    Subject.ENGLISH: "人教版PEP",
    Subject.SCIENCE: "教科版",
    Subject.MUSIC: "人音版",
    Subject.ART: "人美版",
}
EDITIONS_HELPING = {
    Subject.MATHEMATICS: "北师大版",
    Subject.ENGLISH: "外研版",
    Subject.SCIENCE: "苏教版",
    Subject.MUSIC: "湘艺版",
    Subject.ART: "岭南版",
}
NATIONAL_EDITION = "统编版"
_NATIONAL = (Subject.CHINESE, Subject.MORALITY_AND_LAW)
_GRADES = {GradeBand.LOWER: (1, 2), GradeBand.MIDDLE: (3, 4), GradeBand.UPPER: (5, 6)}


def edition(subject: Subject, *, helping: bool) -> str | None:
    """The textbook edition of a subject on one side of the alliance; None where there is no textbook."""
    if subject in _NATIONAL:
        return NATIONAL_EDITION
    return (EDITIONS_HELPING if helping else EDITIONS_HELPED).get(subject)


def is_serving(colleague: Colleague, semester: Semester) -> bool:
    """Whether a person is in the alliance in `semester`: the seconded only within their tenure."""
    if colleague.seconded_from is None or colleague.seconded_to is None:
        return True
    return colleague.seconded_from <= semester.start and semester.end <= colleague.seconded_to


def build_availability(
    colleagues: tuple[Colleague, ...], persons: tuple[Person, ...], rng: Random
) -> tuple[Availability, ...]:
    """Hours a week of everybody who trains, for each semester served."""
    offering = {each.id for each in persons if each.trains}
    return tuple(
        _hours(colleague, semester, rng)
        for semester in SEMESTERS
        for colleague in colleagues
        if colleague.id in offering and is_serving(colleague, semester)
    )


def build_class_contexts(
    frame: Frame, colleagues: tuple[Colleague, ...], rng: Random
) -> tuple[ClassContext, ...]:
    """The class of each local teacher, once a school year."""
    shapes = {school.id: shape for school, shape in zip(frame.helped, SHAPES, strict=True)}
    made = []
    for colleague in colleagues:
        if not colleague.helped or colleague.school is None:
            continue
        shape = shapes[colleague.school]
        multigrade = rng.random() * 100 < shape.multigrade_percent
        grade = rng.choice(_GRADES[rng.choice(colleague.bands)])
        for semester in SEMESTERS[::2]:
            size = rng.randint(9, 24) if multigrade else rng.randint(32, 52)
            made.append(_class_context(colleague, semester, grade, size, multigrade, rng))
    return tuple(made)


def build_mentorships(colleagues: tuple[Colleague, ...], rng: Random) -> tuple[Mentorship, ...]:
    """Each seconded teacher mentors three or four, each able local teacher one or two, of the same subject."""
    free = [each for each in colleagues if each.helped and each.age in (AgeBand.UNDER_30, AgeBand.FROM_30)]
    rng.shuffle(free)
    made: list[Mentorship] = []
    for mentor in colleagues:
        able = mentor.helped and mentor.ability > 0.2
        count = rng.randint(3, 4) if mentor.is_seconded else rng.randint(1, 2) if able else 0
        for mentee in _take(free, mentor, count):
            made.append(_mentorship(mentor, mentee, len(made) + 1))
    return tuple(made)


def _hours(colleague: Colleague, semester: Semester, rng: Random) -> Availability:
    first, last, low, high = 3, 18, 1, 3
    if colleague.is_seconded:
        low, high = 4, 6
    elif colleague.kind is PersonKind.RESEARCH_OFFICER:
        low, high = 3, 5
    elif colleague.kind is PersonKind.EXPERT:
        first, last, low, high = 6, 11, 2, 3
    return Availability(
        id=f"{colleague.id.replace('p-', 'v-')}-{semester.id}",
        person=colleague.id,
        semester=semester.id,
        first_week=first,
        last_week=last,
        hours=float(rng.randint(low, high)),
    )


def _class_context(
    colleague: Colleague, semester: Semester, grade: int, size: int, multigrade: bool, rng: Random
) -> ClassContext:
    return ClassContext(
        id=f"{colleague.id.replace('p-', 'c-')}-{semester.id}",
        teacher=colleague.id,
        school=colleague.school_on(semester.start),
        semester=semester.id,
        grade=grade,
        class_size=size,
        multigrade=multigrade,
        boarding=round(size * rng.uniform(0, 0.5)) if grade >= 3 else 0,
        left_behind=round(size * rng.uniform(0.2, 0.6)),
        language="方言" if rng.random() < 0.7 else "普通话",
        textbook_edition=edition(colleague.subject, helping=False),
    )


def _take(free: list[Colleague], mentor: Colleague, count: int) -> Iterator[Colleague]:
    """Remove from `free` and give up to `count` fitting mentees: same subject, less able."""
    fitting = [
        each
        for each in free
        if each.subject is mentor.subject and each.id != mentor.id and each.ability < mentor.ability
    ]
    for each in fitting[:count]:
        free.remove(each)
        yield each


def _mentorship(mentor: Colleague, mentee: Colleague, number: int) -> Mentorship:
    start, end = mentor.seconded_from, mentor.seconded_to
    return Mentorship(
        id=f"{mentor.id.split('p-')[0]}t-{number:03d}",
        mentor=mentor.id,
        mentee=mentee.id,
        subject=mentor.subject,
        start=start or (date(2022, 10, 1) if number % 2 else date(2023, 9, 15)),
        end=end,
    )
