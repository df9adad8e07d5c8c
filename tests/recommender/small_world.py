"""A small alliance for the tests: two helped schools, a helping one, a few people, one topic tree."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

from graph.model.alliance import Membership, School, Semester
from graph.model.needs import Diagnosis, Evidence, Need, Topic
from graph.model.people import Availability, ClassContext, Employment, Person, Teacher
from graph.model.resources import Resource
from graph.model.terms import (
    Connectivity,
    GradeBand,
    Instrument,
    NeedStatus,
    PersonKind,
    Pool,
    Reach,
    Side,
    Subject,
)
from recommender.rules import Rules, read_rules
from recommender.situation import Situation

TODAY = date(2025, 3, 10)
DEFAULT_TEXT = files("recommender.rule_files").joinpath("default.json").read_text(encoding="utf-8")
RULES: Rules = read_rules(DEFAULT_TEXT)

TOPICS = (
    Topic(id="chinese", name="语文教学", name_en="Chinese teaching", subject=Subject.CHINESE),
    Topic(id="reading", name="阅读", name_en="reading", subject=Subject.CHINESE, parent="chinese"),
    Topic(id="aloud", name="朗读指导", name_en="reading aloud", subject=Subject.CHINESE, parent="reading"),
    Topic(id="questions", name="阅读提问", name_en="questioning", subject=Subject.CHINESE, parent="reading"),
    Topic(id="writing", name="写作", name_en="writing", subject=Subject.CHINESE, parent="chinese"),
    Topic(id="general", name="课堂管理", name_en="classroom", subject=Subject.GENERAL),
    Topic(id="groups", name="小组合作", name_en="group work", subject=Subject.GENERAL, parent="general"),
)
SEMESTER = Semester(id="2025a", name="2025春", start=date(2025, 2, 17), end=date(2025, 7, 6))
SCHOOLS = (
    School(id="east", name="东校", connectivity=Connectivity.GOOD),
    School(id="west", name="西校", connectivity=Connectivity.WEAK, download_limit_bytes=100),
    School(id="north", name="北校", connectivity=Connectivity.GOOD),
)
MEMBERSHIPS = tuple(
    Membership(id=f"m-{school}", alliance="one", school=school, side=side, start=date(2022, 9, 1))
    for school, side in (("east", Side.HELPING), ("west", Side.HELPED), ("north", Side.HELPED))
)


def person(
    name: str,
    *,
    subject: Subject | None = Subject.CHINESE,
    bands: tuple[GradeBand, ...] = (GradeBand.UPPER,),
    trains: tuple[str, ...] = (),
) -> Person:
    """A teacher of that name, Chinese in the upper grades unless told otherwise."""
    return Person(
        id=name, name=name, kind=PersonKind.TEACHER, subject=subject, grade_bands=bands, trains=trains
    )


def post(name: str, school: str, *, end: date | None = None) -> Employment:
    """An employment since 2020."""
    return Employment(id=f"post-{name}-{school}", person=name, school=school, start=date(2020, 9, 1), end=end)


def seconded(name: str, *, until: date | None = date(2025, 7, 10), digital: int | None = None) -> Teacher:
    """A teacher seconded since last September."""
    return Teacher(
        id=name, help_group="help", seconded_from=date(2024, 9, 1), seconded_to=until, digital_skill=digital
    )


def hours(name: str, weekly: float, *, first: int = 1, last: int = 20) -> Availability:
    """Weekly hours in the semester of the small world."""
    return Availability(
        id=f"hours-{name}", person=name, semester="2025a", first_week=first, last_week=last, hours=weekly
    )


def need(
    name: str,
    *,
    teacher: str | None = "mei",
    topic: str = "aloud",
    status: NeedStatus = NeedStatus.OPEN,
    band: GradeBand | None = GradeBand.UPPER,
    ordered: date | None = None,
    delivered: date | None = None,
    rechecked: date | None = None,
    reopened: date | None = None,
    evidence: tuple[str, ...] = (),
    group: str | None = None,
    formed: date = date(2025, 1, 6),
) -> Need:
    """A need of the teacher Mei in reading aloud, open unless told otherwise."""
    return Need(
        id=name,
        teacher=teacher,
        topic=topic,
        subject=Subject.CHINESE,
        grade_band=band,
        severity=2.0,
        confidence=0.5,
        reach=Reach.INDIVIDUAL if group is None else Reach.COMMON,
        status=status,
        formed_on=formed,
        ordered_on=ordered,
        delivered_on=delivered,
        rechecked_on=rechecked,
        reopened_on=reopened,
        evidence=evidence,
        group=group,
    )


def sounding(
    name: str,
    severity: int,
    *,
    instrument: Instrument = Instrument.OBSERVATION,
    teacher: str | None = "mei",
    school: str | None = None,
    topic: str | None = "aloud",
    on: date = date(2025, 3, 1),
    text: str | None = None,
) -> tuple[Diagnosis, Evidence]:
    """A diagnosis with one item of evidence."""
    diagnosis = Diagnosis(id=f"d-{name}", instrument=instrument, teacher=teacher, school=school, on=on)
    return diagnosis, Evidence(id=name, diagnosis=diagnosis.id, topic=topic, severity=severity, text=text)


def diagnosed(*soundings: tuple[Diagnosis, Evidence], **parts: object) -> Situation:
    """The small world with these soundings."""
    diagnoses = tuple(diagnosis for diagnosis, _ in soundings)
    return world(diagnoses=diagnoses, evidence=tuple(evidence for _, evidence in soundings), **parts)


def resource(
    name: str,
    *,
    topics: tuple[str, ...] = ("aloud",),
    size: int | None = 10,
    edition: str | None = None,
    tags: tuple[str, ...] = (),
    suffix: str | None = "pdf",
    school: str | None = "east",
    pool: Pool = Pool.SOFTWARE,
    available_to: date | None = None,
) -> Resource:
    """A file about reading aloud, available since 2023."""
    return Resource(
        id=name,
        name=name,
        pool=pool,
        school=school,
        topics=topics,
        available_from=date(2023, 1, 1),
        available_to=available_to,
        size_bytes=size,
        format=suffix,
        textbook_edition=edition,
        context_tags=tags,
    )


def class_of(name: str, *, grade: int = 5, size: int = 40, edition: str | None = None) -> ClassContext:
    """A class of the running semester at the west school."""
    return ClassContext(
        id=f"class-{name}",
        teacher=name,
        school="west",
        semester="2025a",
        grade=grade,
        class_size=size,
        textbook_edition=edition,
    )


def world(**parts: object) -> Situation:
    """The small world: Mei (west) in need, Lin seconded and Hua local (north) who train, Bo who does not."""
    given: dict[str, object] = {
        "people": (
            person("bo"),
            person("hua", trains=("reading",)),
            person("lin", trains=("aloud",)),
            person("mei"),
        ),
        "teachers": (seconded("lin"), Teacher(id="mei", digital_skill=2)),
        "employments": (post("mei", "west"), post("hua", "north"), post("bo", "west"), post("lin", "east")),
        "memberships": MEMBERSHIPS,
        "schools": SCHOOLS,
        "semesters": (SEMESTER,),
        "topics": TOPICS,
    }
    return Situation(today=TODAY, **{**given, **parts})  # type: ignore[arg-type]  # parts bear the fields' names
