"""The small county after its spring, with a second alliance beside it, and somebody in each role.

What follows from raw input was made by the use cases. One school of the second alliance lies in the first
one's county; a teacher has left, a school is a member no more.
"""

from __future__ import annotations

from datetime import date

from graph.access.viewer import Viewer, administrator, load_viewer
from graph.model.alliance import Alliance, HelpGroup, Membership, School
from graph.model.describe import Identified
from graph.model.needs import Diagnosis, Evidence, Need, Request
from graph.model.orders import Attendance, Capability, Feedback
from graph.model.people import Availability, ClassContext, Employment, Mentorship, Person, Teacher
from graph.model.resources import Gift, Resource, Use
from graph.model.roles import RoleAssignment
from graph.model.rules import Contribution, Recommendation
from graph.model.terms import (
    Instrument,
    NeedStatus,
    OrderForm,
    PersonKind,
    Pool,
    Reach,
    RoleKind,
    Rung,
    Side,
    Subject,
    UseLevel,
    Verdict,
)
from graph.nodes import load_some, save
from graph.store import Store, Transaction
from resolvers.diagnosis import Remark, Sounding, Wish, raise_request, record_evidence
from resolvers.needs import form_needs
from resolvers.orders import Placing, place_order
from resolvers.recommendations import Asked, Judgement, decide_recommendation, issue_recommendations
from resolvers.sessions import (
    Delivery,
    Opinion,
    Part,
    Presence,
    deliver_session,
    give_feedback,
    record_attendance,
)
from tests.access.expected import Role
from tests.journeys import spring
from tests.journeys.county import ALLIANCE
from tests.journeys.spring import RULES, on

TODAY = date(2025, 5, 6)
BESIDE = "a-b"
"""The second alliance."""
ROLES: dict[str, tuple[Role, ...]] = {
    "nobody": (),
    "teacher": (Role("TEACHER", person="p-05"),),
    "trainer": (Role("TRAINER", person="p-03"),),
    "principal": (Role("PRINCIPAL", school="s-q"),),
    "expert": (Role("EXPERT", person="x-01"),),
    "officer": (Role("RESEARCH_OFFICER", county="样例县"),),
    "council": (Role("COUNCIL", alliance=ALLIANCE),),
    "researcher": (Role("RESEARCHER", alliance=ALLIANCE),),
}
"""Holders by name. The administrator needs no assignment."""
MIXED: dict[str, tuple[Role, ...]] = {
    "teacher and principal": (Role("TEACHER", person="p-06"), Role("PRINCIPAL", school="s-m")),
    "teacher and researcher": (Role("TEACHER", person="p-09"), Role("RESEARCHER", alliance=ALLIANCE)),
    "teacher beside": (Role("TEACHER", person="b-2"),),
    "officer beside": (Role("RESEARCH_OFFICER", county="邻县"),),
    "trainer beside": (Role("TRAINER", person="b-1"),),
    "principal beside": (Role("PRINCIPAL", school="s-c"),),
    "who has left": (Role("TEACHER", person="p-left"),),
}
_SINCE = date(2022, 9, 1)


async def make_county(store: Store) -> None:
    """Everything, up to the day on which it is looked at."""
    await spring.whole_spring(store)
    await _save(store, [*_first_alliance(), *_second_alliance(), *_assignments()])
    of_school = Sounding(
        Instrument.OBSERVATION, date(2025, 4, 23), (Remark("t-xz", 3, "全校"),), school="s-q", by="r-01"
    )
    await record_evidence(store, on(date(2025, 4, 23)), of_school, RULES)
    await form_needs(store, on(date(2025, 4, 24)), ALLIANCE, RULES)
    await _second_spring(store)
    await _save(store, _recommended_to_assist())


async def viewer_of(store: Store, holder: str) -> Viewer:
    """Whoever is called that, as a request finds him."""
    return administrator() if holder == "administrator" else await load_viewer(store.read, holder, TODAY)


async def _save(store: Store, nouns: list[Identified]) -> None:
    async def work(transaction: Transaction) -> None:
        await save(transaction.run, nouns)

    await store.write(work)


def _assignments() -> list[Identified]:
    return [
        RoleAssignment(
            id=f"ra-{holder}-{number}".replace(" ", "-"),
            holder=holder,
            role=RoleKind[role.kind],
            person=role.person,
            school=role.school,
            county=role.county,
            alliance=role.alliance,
            start=date(2024, 9, 1),
        )
        for holder, roles in {**ROLES, **MIXED}.items()
        for number, role in enumerate(roles)
    ]


def _first_alliance() -> list[Identified]:
    """Beside the workbook: who has left, who is a member no more, resources of people."""
    ended = date(2024, 12, 31)
    return [
        Person(id="p-left", name="离任老师", kind=PersonKind.TEACHER, subject=Subject.CHINESE),
        Employment(id="e-left", person="p-left", school="s-q", start=_SINCE, end=ended),
        Need(
            id="n-left",
            teacher="p-left",
            topic="t-ld",
            subject=Subject.CHINESE,
            severity=2.0,
            confidence=0.9,
            reach=Reach.INDIVIDUAL,
            status=NeedStatus.OPEN,
            formed_on=date(2024, 11, 1),
        ),
        Diagnosis(id="d-left", instrument=Instrument.SURVEY, teacher="p-left", on=date(2024, 11, 1)),
        Evidence(id="v-left", diagnosis="d-left", topic="t-ld", severity=2),
        School(id="s-old", name="旧成员小学", county="外县"),
        Membership(id="m-old", alliance=ALLIANCE, school="s-old", side=Side.HELPED, start=_SINCE, end=ended),
        Person(id="p-old", name="旧成员老师", kind=PersonKind.TEACHER),
        Employment(id="e-old", person="p-old", school="s-old", start=_SINCE),
        Resource(id="z-old", name="旧成员课件", pool=Pool.SOFTWARE, school="s-old", available_from=_SINCE),
        Resource(id="z-05", name="青甲的课件", pool=Pool.SOFTWARE, contributor="p-05", available_from=_SINCE),
        Resource(id="z-03", name="支甲的课件", pool=Pool.SOFTWARE, contributor="p-03", available_from=_SINCE),
        Resource(id="z-x", name="专家讲座", pool=Pool.HUMAN, contributor="x-01", available_from=_SINCE),
        Resource(
            id="z-left", name="离任者的", pool=Pool.SOFTWARE, contributor="p-left", available_from=_SINCE
        ),
        Gift(id="y-05", resource="z-05", school="s-m", on=date(2025, 1, 10)),
        Teacher(id="p-06", years_taught=7, digital_skill=3),
        Mentorship(id="j-2", mentor="p-07", mentee="p-05", subject=Subject.CHINESE, start=_SINCE),
        Mentorship(id="j-3", mentor="b-1", mentee="p-10", subject=Subject.CHINESE, start=_SINCE),
        Request(id="q-11", teacher="p-11", topic="t-tw", severity=1, on=date(2025, 3, 7)),
        Request(id="q-05", teacher="p-05", topic="t-tw", severity=1, on=date(2025, 3, 7)),
        Capability(
            id="k-05", session="o-12-1", person="p-05", topic="t-tw", rung=Rung.OBSERVED, on=date(2025, 2, 24)
        ),
        ClassContext(id="c-11", teacher="p-11", school="s-m", grade=5, class_size=28),
        Gift(id="y-03", resource="z-03", school="s-q", on=date(2025, 1, 10)),
        Attendance(id="h-03", session="o-12-1", person="p-03", expected=False, present=True),
        Feedback(id="f-03", session="o-12-1", person="p-03", rating=5, on=date(2025, 2, 24)),
        Availability(id="v-05", person="p-05", semester="2025春", first_week=1, last_week=9, hours=1.0),
        Feedback(id="f-11", session="o-12-1", person="p-11", rating=4, on=date(2025, 2, 24)),
        Availability(id="v-11", person="p-11", semester="2025春", first_week=1, last_week=9, hours=1.0),
        Use(
            id="u-11",
            resource="z-1",
            person="p-11",
            school="s-m",
            level=UseLevel.OPENED,
            on=date(2025, 3, 1),
        ),
    ]


def _recommended_to_assist() -> list[Identified]:
    """A recommendation in which p-03 would assist."""
    day = date(2025, 4, 24)
    assisting = Recommendation(
        id="r-zz",
        needs=("n-left",),
        topic="t-ld",
        reach=Reach.INDIVIDUAL,
        form=OrderForm.SCHOOL_CLINIC,
        trainer="p-04",
        assistant="p-03",
        sessions=2,
        rank=9,
        score_millionths=1,
        issued_on=day,
        rule_set=RULES.id,
    )
    reason = Contribution(
        id="r-zz/earlier_feedback",
        recommendation="r-zz",
        rule=RULES.rule_id("earlier_feedback"),
        millionths=1,
        because_zh="支乙此前的培训",
        because_en="his earlier sessions",
    )
    return [assisting, reason]


def _second_alliance() -> list[Identified]:
    start = date(2023, 9, 1)
    posts = (("b-1", "s-c"), ("b-2", "s-b"), ("b-3", "s-b"), ("b-4", "s-c"))
    return [
        HelpGroup(id="g-b", name="旁边的小组"),
        Alliance(id=BESIDE, name="旁边的联盟", help_group="g-b"),
        School(id="s-b", name="邻县小学", county="邻县"),
        School(id="s-c", name="样例县三小", county="样例县"),
        Membership(id="m-b", alliance=BESIDE, school="s-b", side=Side.HELPED, start=start),
        Membership(id="m-c", alliance=BESIDE, school="s-c", side=Side.HELPING, start=start),
        Person(
            id="b-1", name="邻甲", kind=PersonKind.TEACHER, subject=Subject.CHINESE, trains=("t-ld", "t-xz")
        ),
        *(
            Person(id=id, name=name, kind=PersonKind.TEACHER, subject=Subject.CHINESE)
            for id, name in (("b-2", "邻乙"), ("b-3", "邻丙"), ("b-4", "邻丁"))
        ),
        *(
            Employment(id=f"e-{person}", person=person, school=school, start=start)
            for person, school in posts
        ),
        Availability(id="v-b", person="b-1", semester="2025春", first_week=1, last_week=20, hours=3.0),
        ClassContext(id="c-b", teacher="b-2", school="s-b", grade=3, class_size=30),
        ClassContext(id="c-c", teacher="b-4", school="s-c", grade=3, class_size=30),
        Mentorship(id="j-b", mentor="b-1", mentee="b-2", start=start),
        Resource(id="z-b", name="邻县课件", pool=Pool.SOFTWARE, school="s-b", available_from=start),
        Gift(id="y-b", resource="z-b", school="s-c", on=date(2025, 1, 10)),
        Use(
            id="u-b", resource="z-b", person="b-4", school="s-c", level=UseLevel.ADAPTED, on=date(2025, 2, 1)
        ),
    ]


async def _second_spring(store: Store) -> None:
    """What the second alliance does: a need each, one of them ordered, delivered and judged."""
    seen = Sounding(Instrument.OBSERVATION, date(2025, 4, 24), (Remark("t-ld", 3),), "b-2", by="b-1")
    await record_evidence(store, on(date(2025, 4, 24)), seen, RULES)
    await raise_request(store, on(date(2025, 4, 24)), Wish("b-3", "t-xz", 3, date(2025, 4, 24)))
    day = date(2025, 4, 25)
    await form_needs(store, on(day), BESIDE, RULES)
    issued = await issue_recommendations(store, on(day), Asked(BESIDE), RULES)
    made = await load_some(store.read, Recommendation, issued.recommendations)
    best = next(each.id for each in made.values() if each.topic == "t-ld" and each.trainer == "b-1")
    await decide_recommendation(store, on(day), Judgement(best, Verdict.ACCEPTED))
    placed = await place_order(
        store, on(day), Placing(date(2025, 4, 28), recommendation=best, school="s-b"), RULES
    )
    first, held = placed.sessions[0], date(2025, 4, 28)
    await deliver_session(store, on(held), Delivery(first, held, 2.0, (Part("b-1", Rung.LED_ALONE),)))
    await record_attendance(store, on(held), first, (Presence("b-2", True), Presence("b-3", True)))
    await give_feedback(store, on(held), Opinion(first, "b-2", 4, held), RULES)
