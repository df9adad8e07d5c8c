"""People: who they are, where they work, when they have time, whom they mentor, what they can do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Optional

from graph.compiler.declare import equals, incoming, outgoing
from graph.model import people as model
from graph.model.terms import (
    AgeBand,
    BackboneLevel,
    EmploymentRole,
    GradeBand,
    PersonKind,
    Subject,
    Title,
)
from schema.kit.connections import Connection
from schema.kit.fields import as_stored, derived, graph_interface, graph_type, label_of, many, one, several

if TYPE_CHECKING:
    from schema.alliance import HelpGroup, School, Semester
    from schema.needs import Diagnosis, Need, Request, Topic
    from schema.orders import Attendance, Capability, Feedback, TrainingOrder
    from schema.resources import Use


@graph_interface(model.Person, tag="kind")
class Person:
    """Somebody of the alliance: a teacher, an expert or a research officer. 中文：人员"""

    name: str | None
    pseudonym: str | None = derived(
        "pseudonym",
        make=as_stored,
        en="what stands for name and code where a researcher asks; null for who sees the name",
        zh="化名：研究者看到的代号",
    )
    distinguisher: str | None
    organisation: str | None
    subject: Subject | None
    subject_label: str | None = label_of("subject")
    grade_bands: list[GradeBand]
    grade_band_labels: list[str] = label_of("grade_bands")
    kind: PersonKind
    kind_label: str = label_of("kind")
    trains: list[Topic] = several(outgoing("TRAINS", "Topic"))
    capabilities: Connection[Capability] = many(
        incoming("OF", "Capability"),
        order=("-on", "id"),
        en="rungs from roles in sessions, latest first",
        zh="能力（最近在前）",
    )
    orders_led: Connection[TrainingOrder] = many(
        incoming("BY", "TrainingOrder"), en="training orders that he leads", zh="主讲的订单"
    )
    orders_assisted: Connection[TrainingOrder] = many(
        incoming("ASSISTED_BY", "TrainingOrder"), en="training orders that he assists", zh="担任助教的订单"
    )
    availabilities: Connection[Availability] = many(incoming("OF", "Availability"))


@graph_type(model.Teacher, label="Person", kind="TEACHER")
class Teacher(Person):
    """A teacher, local or seconded. 中文：教师"""

    years_taught: int | None
    age_band: AgeBand | None
    age_band_label: str | None = label_of("age_band")
    title: Title | None
    title_label: str | None = label_of("title")
    backbone_level: BackboneLevel | None
    backbone_level_label: str | None = label_of("backbone_level")
    digital_awareness: int | None
    digital_skill: int | None
    digital_application: int | None
    digital_responsibility: int | None
    digital_development: int | None
    seconded_from: date | None
    seconded_to: date | None
    help_group: Optional[HelpGroup] = one(outgoing("SECONDED_TO", "HelpGroup"))
    employments: Connection[Employment] = many(incoming("OF", "Employment"))
    schools: list[School] = several(
        incoming("OF", "Employment", current=True),
        outgoing("AT", "School"),
        en="schools where he works today",
        zh="任职学校",
    )
    class_contexts: Connection[ClassContext] = many(incoming("OF", "ClassContext"))
    diagnoses: Connection[Diagnosis] = many(incoming("OF", "Diagnosis"), order=("-on", "id"))
    requests: Connection[Request] = many(incoming("OF", "Request"), order=("-on", "id"))
    needs: Connection[Need] = many(incoming("OF", "Need"), args={"status": equals("status")})
    attendances: Connection[Attendance] = many(incoming("OF", "Attendance"))
    feedback: Connection[Feedback] = many(incoming("OF", "Feedback"), order=("-on", "id"))
    uses: Connection[Use] = many(incoming("BY", "Use"), order=("-on", "id"))
    mentors: Connection[Mentorship] = many(
        incoming("OF", "Mentorship"), en="mentorships in which he is the mentee", zh="作为徒弟的结对"
    )
    mentees: Connection[Mentorship] = many(
        incoming("BY", "Mentorship"), en="mentorships in which he is the mentor", zh="作为师傅的结对"
    )


@graph_type(model.Person, kind="EXPERT")
class Expert(Person):
    """An expert from outside the schools. 中文：专家"""


@graph_type(model.Person, kind="RESEARCH_OFFICER")
class ResearchOfficer(Person):
    """An officer for teaching research of a county or city. 中文：教研员"""


@graph_type(model.Employment)
class Employment:
    """A person at a school, dated. 中文：任职"""

    role: EmploymentRole
    role_label: str = label_of("role")
    start: date
    end: date | None
    person: Optional[Person] = one(outgoing("OF", "Person"))
    school: School = one(outgoing("AT", "School"))


@graph_type(model.Availability)
class Availability:
    """Hours a week that a person can train, own classes and travel taken off. 中文：可用时间"""

    first_week: int
    last_week: int
    hours: float
    person: Optional[Person] = one(outgoing("OF", "Person"))
    semester: Semester = one(outgoing("IN", "Semester"))


@graph_type(model.ClassContext)
class ClassContext:
    """A class as a teacher meets it: what a resource must fit to be used. 中文：班级学情"""

    grade: int
    class_size: int
    multigrade: bool | None
    boarding: int | None
    left_behind: int | None
    language: str | None
    textbook_edition: str | None
    teacher: Optional[Teacher] = one(outgoing("OF", "Person"))
    school: School = one(outgoing("AT", "School"))
    semester: Optional[Semester] = one(outgoing("IN", "Semester"))


@graph_type(model.Mentorship)
class Mentorship:
    """A teacher mentors a teacher, dated. 中文：结对"""

    subject: Subject | None
    subject_label: str | None = label_of("subject")
    start: date
    end: date | None
    mentor: Optional[Teacher] = one(outgoing("BY", "Person"))
    mentee: Optional[Teacher] = one(outgoing("OF", "Person"))
    topic: Optional[Topic] = one(outgoing("ABOUT", "Topic"))
