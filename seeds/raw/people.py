"""People as the graph knows them: persons, teachers, employments, and what they offer to train in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from graph.model.people import Employment, Person, Teacher
from graph.model.terms import AgeBand, BackboneLevel, EmploymentRole, PersonKind, Title
from seeds.raw.alliances import FOUNDED, Frame
from seeds.raw.colleagues import MOVED_ON, Colleague
from seeds.raw.names import read_names
from seeds.raw.skills import READY, Skills

_HIRED = date(2016, 9, 1)


@dataclass(frozen=True, slots=True)
class Staff:
    """The people of one alliance as nouns."""

    persons: tuple[Person, ...]
    teachers: tuple[Teacher, ...]
    employments: tuple[Employment, ...]


def build_staff(frame: Frame, colleagues: tuple[Colleague, ...], skills: Skills, rng: Random) -> Staff:
    """Nouns of everybody in `colleagues`."""
    backbones = {each.id: _backbone(each, rng) for each in colleagues}
    persons = tuple(_person(frame, each, backbones[each.id], skills, rng) for each in colleagues)
    teachers = tuple(
        _teacher(frame, each, backbones[each.id], skills)
        for each in colleagues
        if each.kind is PersonKind.TEACHER
    )
    return Staff(persons, teachers, _employments(frame, colleagues))


def _backbone(colleague: Colleague, rng: Random) -> BackboneLevel | None:
    """Able teachers are named backbones, the ablest for the city."""
    seen = colleague.ability + rng.gauss(0, 0.03)
    for edge, level in (
        (0.26, BackboneLevel.CITY),
        (0.19, BackboneLevel.COUNTY),
        (0.12, BackboneLevel.SCHOOL),
    ):
        if seen > edge:
            return level
    return None


def _person(
    frame: Frame, colleague: Colleague, backbone: BackboneLevel | None, skills: Skills, rng: Random
) -> Person:
    stock = read_names()
    places = {PersonKind.RESEARCH_OFFICER: frame.county + stock.office, PersonKind.EXPERT: stock.institute}
    return Person(
        id=colleague.id,
        name=colleague.name,
        kind=colleague.kind,
        organisation=places.get(colleague.kind),
        subject=colleague.subject,
        grade_bands=colleague.bands,
        trains=_offers(colleague, backbone, skills, rng),
    )


def _offers(
    colleague: Colleague, backbone: BackboneLevel | None, skills: Skills, rng: Random
) -> tuple[str, ...]:
    """Topics that a person offers: the strongest ones, more for outsiders than for local backbones."""
    if colleague.is_seconded or colleague.kind is not PersonKind.TEACHER:
        count = rng.randint(8, 12)
    elif backbone in (BackboneLevel.COUNTY, BackboneLevel.CITY):
        count = rng.randint(2, 4)
    else:
        return ()
    strongest = skills.topics(colleague.id)[::-1][:count]
    return tuple(sorted(topic for topic in strongest if skills.level(colleague.id, topic) >= READY))


def _teacher(frame: Frame, colleague: Colleague, backbone: BackboneLevel | None, skills: Skills) -> Teacher:
    digital = _digital(colleague, skills)
    return Teacher(
        id=colleague.id,
        years_taught=colleague.years,
        age_band=colleague.age,
        title=_title(colleague),
        backbone_level=backbone,
        digital_awareness=min(5, digital + 1),
        digital_skill=digital,
        digital_application=max(1, digital - 1),
        digital_responsibility=min(5, digital + 1),
        digital_development=digital,
        help_group=frame.group.id if colleague.is_seconded else None,
        seconded_from=colleague.seconded_from,
        seconded_to=colleague.seconded_to,
    )


def _digital(colleague: Colleague, skills: Skills) -> int:
    """1 to 5, from the hidden skills of the digital branch (`t-gen-devices` leads it)."""
    level = (skills.level(colleague.id, "t-gen-devices") + skills.level(colleague.id, "t-gen-platform")) / 2
    return 1 + sum(level > edge for edge in (0.25, 0.4, 0.55, 0.72))


def _title(colleague: Colleague) -> Title:
    years = colleague.years or 0
    if years > 20 and colleague.ability > 0.1:
        return Title.SENIOR
    return Title.FIRST if years > 12 else Title.SECOND if years > 3 else Title.THIRD


def _employments(frame: Frame, colleagues: tuple[Colleague, ...]) -> tuple[Employment, ...]:
    """Where everybody works, one school at a time; a few change schools inside the county."""
    made: list[Employment] = []
    local = [each for each in colleagues if each.helped]
    heads = {school.id: _head(school.id, local) for school in frame.helped}
    for each in colleagues:
        if each.is_seconded:
            made += _secondment(frame, each)
        elif each.school is not None:
            made += _posts(each, heads.get(each.school))
    return tuple(made)


def _head(school: str, local: list[Colleague]) -> str:
    """The principal: the ablest over 40 of the school."""
    elder = (AgeBand.FROM_40, AgeBand.FROM_50)
    able = [each for each in local if each.school == school and each.age in elder and each.moved_to is None]
    return max(able, key=lambda each: (each.ability, each.id)).id


def _posts(colleague: Colleague, head: str | None) -> list[Employment]:
    """One post, or two for who changed schools."""
    assert colleague.school is not None
    role = EmploymentRole.PRINCIPAL if head == colleague.id else EmploymentRole.TEACHER
    if colleague.moved_to is None:
        return [_employment(colleague, 1, colleague.school, role, _HIRED, None)]
    last = MOVED_ON - timedelta(days=1)
    return [
        _employment(colleague, 1, colleague.school, role, _HIRED, last),
        _employment(colleague, 2, colleague.moved_to, role, MOVED_ON, None),
    ]


def _secondment(frame: Frame, colleague: Colleague) -> list[Employment]:
    """Home school until the tenure starts, the helped school during it, home again afterwards."""
    start, end = colleague.seconded_from or FOUNDED, colleague.seconded_to or FOUNDED
    assert colleague.school is not None
    role, day, home = EmploymentRole.TEACHER, timedelta(days=1), frame.helping.id
    return [
        _employment(colleague, 1, home, role, _HIRED, start - day),
        _employment(colleague, 2, colleague.school, role, start, end),
        _employment(colleague, 3, home, role, end + day, None),
    ]


def _employment(
    colleague: Colleague, number: int, school: str, role: EmploymentRole, start: date, end: date | None
) -> Employment:
    return Employment(
        id=f"{colleague.id.replace('p-', 'e-')}-{number}",
        person=colleague.id,
        school=school,
        role=role,
        start=start,
        end=end,
    )
