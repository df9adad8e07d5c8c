"""One invented example a noun, for the template: a small alliance whose rows refer to each other."""

from __future__ import annotations

from datetime import date

from graph.model.alliance import Alliance, HelpGroup, Membership, School, Semester
from graph.model.made_ids import made_id
from graph.model.needs import Diagnosis, Evidence, Need, NeedGroup, Request, Topic
from graph.model.orders import Attendance, Capability, Feedback, Session, TrainingOrder
from graph.model.people import Availability, ClassContext, Employment, Mentorship, Person, Teacher
from graph.model.resources import Gift, Resource, Use
from graph.model.roles import RoleAssignment
from graph.model.rules import Contribution, Decision, Recommendation
from graph.model.terms import (
    AgeBand,
    BackboneLevel,
    Connectivity,
    EmploymentRole,
    GradeBand,
    Instrument,
    NeedStatus,
    OrderForm,
    OrderStatus,
    PersonKind,
    Pool,
    Reach,
    RoleKind,
    Rung,
    SchoolLevel,
    SessionKind,
    Side,
    Subject,
    Title,
    UseLevel,
    Verdict,
)

_ORGANISATION: tuple[object, ...] = (
    HelpGroup(id="g-01", name="示例帮扶小组", home="示例市"),
    Alliance(id="a-01", name="示例联盟", founded=date(2022, 9, 1), help_group="g-01"),
    School(
        id="s-01",
        name="示例一小",
        county="示例县",
        level=SchoolLevel.PRIMARY,
        connectivity=Connectivity.WEAK,
        download_limit_bytes=20_000_000,
        devices=12,
        technical_support=False,
    ),
    Membership(id="m-01", alliance="a-01", school="s-01", side=Side.HELPED, start=date(2022, 9, 1)),
    Semester(id="2024-秋", name="2024年秋季学期", start=date(2024, 9, 2), end=date(2025, 1, 17)),
    Topic(
        id="t-ask",
        name="课堂提问",
        name_en="questioning in class",
        subject=Subject.GENERAL,
        parent="t-teach",
    ),
)
_PEOPLE: tuple[object, ...] = (
    Person(
        id="p-001",
        name="示例甲",
        kind=PersonKind.TEACHER,
        distinguisher="示例一小",
        subject=Subject.MATHEMATICS,
        grade_bands=(GradeBand.MIDDLE, GradeBand.UPPER),
        trains=("t-ask",),
    ),
    Teacher(
        id="p-001",
        years_taught=8,
        age_band=AgeBand.FROM_30,
        title=Title.SECOND,
        backbone_level=BackboneLevel.SCHOOL,
        digital_awareness=3,
        digital_skill=2,
        digital_application=3,
        digital_responsibility=4,
        digital_development=3,
    ),
    Employment(
        id="e-001", person="p-001", school="s-01", role=EmploymentRole.TEACHER, start=date(2018, 9, 1)
    ),
    Availability(id="v-001", person="p-002", semester="2024-秋", first_week=3, last_week=16, hours=2.0),
    ClassContext(
        id="c-001",
        teacher="p-001",
        school="s-01",
        semester="2024-秋",
        grade=4,
        class_size=45,
        multigrade=False,
        boarding=20,
        left_behind=18,
        language="普通话",
        textbook_edition="人教版",
    ),
    Mentorship(
        id="j-001",
        mentor="p-002",
        mentee="p-001",
        subject=Subject.MATHEMATICS,
        topic="t-ask",
        start=date(2024, 9, 2),
    ),
)
_SOUNDINGS: tuple[object, ...] = tuple(
    noun
    for instrument, letter in zip(Instrument, "wfk", strict=True)
    for noun in (
        Diagnosis(
            id=f"d-{letter}01",
            instrument=instrument,
            teacher="p-001",
            on=date(2024, 9, 20),
            by="p-003",
        ),
        Evidence(
            id=f"z-{letter}01",
            diagnosis=f"d-{letter}01",
            topic="t-ask",
            severity=2,
            text="提问多为“对不对”，学生很少说理由",
        ),
    )
)
_NEEDS: tuple[object, ...] = (
    Request(
        id="q-001",
        teacher="p-001",
        topic="t-ask",
        severity=3,
        text="想学怎样设计追问",
        on=date(2024, 9, 25),
    ),
    NeedGroup(
        id="ng-01",
        alliance="a-01",
        topic="t-ask",
        subject=Subject.MATHEMATICS,
        grade_band=GradeBand.MIDDLE,
        formed_on=date(2024, 10, 8),
        teachers=6,
        schools=3,
    ),
    Need(
        id="n-001",
        teacher="p-001",
        topic="t-ask",
        subject=Subject.MATHEMATICS,
        grade_band=GradeBand.MIDDLE,
        severity=2.5,
        confidence=0.7,
        reach=Reach.INDIVIDUAL,
        status=NeedStatus.OPEN,
        formed_on=date(2024, 10, 8),
        evidence=("z-k01", "z-w01"),
        requests=("q-001",),
    ),
)
_RESOURCES: tuple[object, ...] = (
    Resource(
        id="r-001",
        name="四年级数学提问设计集",
        pool=Pool.SOFTWARE,
        school="s-02",
        topics=("t-ask",),
        subject=Subject.MATHEMATICS,
        grade_bands=(GradeBand.MIDDLE,),
        available_from=date(2024, 9, 1),
        size_bytes=3_500_000,
        format="pptx",
        textbook_edition="人教版",
        volume="四年级上",
        context_tags=("大班额", "寄宿制"),
    ),
    Gift(id="x-001", resource="r-001", school="s-01", on=date(2024, 9, 10)),
    Use(
        id="u-001",
        resource="r-001",
        person="p-001",
        school="s-01",
        level=UseLevel.TAUGHT_WITH,
        on=date(2024, 10, 15),
        rating=4,
    ),
)
_ORDERS: tuple[object, ...] = (
    Recommendation(
        id="b-001",
        needs=("n-001",),
        topic="t-ask",
        reach=Reach.INDIVIDUAL,
        form=OrderForm.SCHOOL_CLINIC,
        trainer="p-002",
        assistant="p-004",
        resources=("r-001",),
        sessions=2,
        rank=1,
        score_millionths=450_000,
        issued_on=date(2024, 10, 9),
        rule_set="规则集编号",
    ),
    Contribution(
        id="b-001/topic",
        recommendation="b-001",
        rule="规则集编号/topic",
        millionths=450_000,
        because_zh="主题一致",
        because_en="the topic is the same",
    ),
    Decision(
        id="b-001/decision",
        recommendation="b-001",
        verdict=Verdict.ACCEPTED,
        by="p-003",
        on=date(2024, 10, 10),
    ),
    TrainingOrder(
        id="o-001",
        recommendation="b-001",
        needs=("n-001",),
        topic="t-ask",
        subject=Subject.MATHEMATICS,
        grade_band=GradeBand.MIDDLE,
        form=OrderForm.SCHOOL_CLINIC,
        trainer="p-002",
        assistant="p-004",
        resources=("r-001",),
        school="s-01",
        semester="2024-秋",
        status=OrderStatus.PLACED,
        placed_on=date(2024, 10, 10),
    ),
    Session(
        id="o-001-1",
        order="o-001",
        number=1,
        kind=SessionKind.MAIN,
        planned_on=date(2024, 10, 22),
        delivered_on=date(2024, 10, 22),
        hours=2.0,
    ),
    *(
        Capability(
            id=made_id("Capability", "o-001-1", person),
            session="o-001-1",
            person=person,
            topic="t-ask",
            rung=rung,
            on=date(2024, 10, 22),
        )
        for person, rung in (("p-002", Rung.LED_WITH_SUPPORT), ("p-004", Rung.ASSISTED))
    ),
    Attendance(id="h-001", session="o-001-1", person="p-001", expected=True, present=True),
    Feedback(
        id="f-001", session="o-001-1", person="p-001", rating=4, remark="例子很实用", on=date(2024, 10, 22)
    ),
)

_ROLES: tuple[object, ...] = (
    RoleAssignment(
        id="k-001", holder="zhang.san", role=RoleKind.TEACHER, person="p-001", start=date(2024, 9, 1)
    ),
)

EXAMPLES: tuple[object, ...] = (
    *_ORGANISATION,
    *_PEOPLE,
    *_SOUNDINGS,
    *_NEEDS,
    *_RESOURCES,
    *_ORDERS,
    *_ROLES,
)
"""One example a sheet at least; what they refer to need not be among them, as they are never read."""
