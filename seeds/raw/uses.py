"""Who used what, where and how far: sharing that grows over the years, and misfit that hinders it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from graph.model.alliance import School, Semester
from graph.model.resources import Gift, Resource, Use
from graph.model.terms import Pool, Subject, UseLevel
from seeds.raw.alliances import SEMESTERS, Frame
from seeds.raw.calendars import edition
from seeds.raw.colleagues import Colleague

# Chance that a resource is taught with at another school in a semester, before fit is counted.
REACH = (0.12, 0.18, 0.34, 0.46, 0.66, 0.80)
_OPENED_ONLY = 0.4
_ADAPTED = 0.15


@dataclass(slots=True)
class _Uses:
    prefix: str
    made: list[Use] = field(default_factory=list)

    def add(
        self, resource: Resource, who: Colleague, level: UseLevel, semester: Semester, rng: Random
    ) -> None:
        first = max(semester.start, resource.available_from)
        day = first + timedelta(days=rng.randint(0, max(0, (semester.end - first).days)))
        taught = level in (UseLevel.TAUGHT_WITH, UseLevel.ADAPTED)
        self.made.append(
            Use(
                id=f"{self.prefix}u-{len(self.made) + 1:05d}",
                resource=resource.id,
                person=who.id,
                school=who.school_on(day),
                level=level,
                on=day,
                rating=min(5, max(1, round(rng.gauss(4.0, 0.8)))) if taught and rng.random() < 0.6 else None,
            )
        )


def build_uses(
    frame: Frame,
    colleagues: tuple[Colleague, ...],
    resources: tuple[Resource, ...],
    gifts: tuple[Gift, ...],
    rng: Random,
) -> tuple[Use, ...]:
    """All uses of three school years, in order of the semesters."""
    uses = _Uses(frame.prefix)
    given: dict[str, set[str]] = {}
    for gift in gifts:
        given.setdefault(gift.resource, set()).add(gift.school)
    schools = {school.id: school for school in frame.helped}
    teachers = [each for each in colleagues if each.helped]
    for place, semester in enumerate(SEMESTERS):
        for resource in resources:
            if resource.pool is Pool.HUMAN or resource.available_from > semester.end:
                continue
            who = _user(resource, teachers, given.get(resource.id, set()), rng)
            _one_semester(uses, resource, who, schools, place, rng)
    return tuple(uses.made)


def _one_semester(
    uses: _Uses,
    resource: Resource,
    who: Colleague,
    schools: dict[str, School],
    place: int,
    rng: Random,
) -> None:
    semester = SEMESTERS[place]
    if rng.random() < _OPENED_ONLY:
        level = rng.choice((UseLevel.OPENED, UseLevel.OPENED, UseLevel.DOWNLOADED))
        uses.add(resource, who, level, semester, rng)
    if rng.random() < REACH[place] * _fit(resource, who, schools[who.school_on(semester.start)]):
        level = UseLevel.ADAPTED if rng.random() < _ADAPTED else UseLevel.TAUGHT_WITH
        uses.add(resource, who, level, semester, rng)


def _user(resource: Resource, teachers: list[Colleague], given: set[str], rng: Random) -> Colleague:
    """A local teacher of the subject at a school that did not contribute it, rather one it was given to."""
    away = [each for each in teachers if each.school != resource.school]
    fitting = [each for each in away if resource.subject in (each.subject, Subject.GENERAL, None)] or away
    there = [each for each in fitting if each.school in given]
    return rng.choice(there if there and rng.random() < 0.7 else fitting)


def _fit(resource: Resource, who: Colleague, school: School) -> float:
    """0.1 to 1.2: another textbook edition or too many bytes hinder, adapting to local classes helps."""
    fit = 1.0
    book = resource.textbook_edition
    if book is not None and book != edition(who.subject, helping=False):
        fit *= 0.6
    if (resource.size_bytes or 0) > (school.download_limit_bytes or resource.size_bytes or 0):
        fit *= 0.2
    return fit * (1.2 if "农村学校" in resource.context_tags else 1.0)
