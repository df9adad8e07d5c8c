"""What each role reaches is read with the roles, as of the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from graph.access.viewer import Viewer, administrator, load_viewer
from graph.model.alliance import Alliance, HelpGroup, Membership, School
from graph.model.describe import Identified
from graph.model.needs import Need, Topic
from graph.model.orders import TrainingOrder
from graph.model.people import Employment, Mentorship, Person, Teacher
from graph.model.roles import RoleAssignment
from graph.model.terms import (
    NeedStatus,
    OrderForm,
    OrderStatus,
    PersonKind,
    Reach,
    RoleKind,
    Side,
    Subject,
)
from graph.nodes import save
from graph.store import Store, Transaction, count_statements

TODAY = date(2025, 3, 1)
START = date(2022, 9, 1)
LONG_AGO: dict[str, Any] = {"start": date(2020, 9, 1), "end": date(2023, 8, 31)}


def member(school: str, alliance: str, **tenure: Any) -> Membership:
    dated: dict[str, Any] = {"start": START} | tenure
    return Membership(id=f"{alliance}-{school}", alliance=alliance, school=school, side=Side.HELPED, **dated)


def employed(person: str, school: str, **tenure: Any) -> Employment:
    dated: dict[str, Any] = {"start": START} | tenure
    return Employment(id=f"{person}-{school}", person=person, school=school, **dated)


def need(teacher: str) -> Need:
    return Need(
        id=f"n-{teacher}",
        teacher=teacher,
        topic="t",
        subject=Subject.ART,
        severity=1.0,
        confidence=0.5,
        reach=Reach.INDIVIDUAL,
        status=NeedStatus.ORDERED,
        formed_on=START,
    )


def order(id: str, teacher: str, **more: Any) -> TrainingOrder:
    given: dict[str, Any] = {
        "trainer": "p-x",
        "form": OrderForm.SCHOOL_CLINIC,
        "status": OrderStatus.PLACED,
    } | more
    return TrainingOrder(
        id=id, needs=(f"n-{teacher}",), topic="t", subject=Subject.ART, placed_on=START, **given
    )


def mentors(mentee: str, **tenure: Any) -> Mentorship:
    dated: dict[str, Any] = {"start": START} | tenure
    return Mentorship(id=f"j-{mentee}", mentor="p-1", mentee=mentee, **dated)


PEOPLE = ("p-1", "p-2", "p-3", "p-4", "p-5", "p-x")
GRAPH: tuple[Identified, ...] = (
    *(HelpGroup(id=f"g-{tag}", name=tag) for tag in ("east", "south")),
    Alliance(id="a-east", name="east", help_group="g-east"),
    Alliance(id="a-south", name="south", help_group="g-south"),
    *(School(id=f"s-{number}", name=str(number), county="石桥县") for number in (1, 2)),
    *(School(id=f"s-{number}", name=str(number), county="别县") for number in (3, 4, 5)),
    School(id="s-6", name="6"),
    member("s-1", "a-east"),
    member("s-2", "a-east", **LONG_AGO),
    member("s-3", "a-east", start=TODAY + timedelta(days=1)),
    member("s-4", "a-south"),
    member("s-1", "a-south", **LONG_AGO),
    *(Person(id=id, name=id, kind=PersonKind.TEACHER) for id in PEOPLE),
    Teacher(id="p-3", help_group="g-south", seconded_from=START),
    Teacher(
        id="p-4",
        help_group="g-south",
        seconded_from=LONG_AGO["start"],
        seconded_to=LONG_AGO["end"],
    ),
    employed("p-1", "s-1"),
    employed("p-1", "s-4", **LONG_AGO),
    employed("p-2", "s-2"),
    employed("p-3", "s-5"),
    Topic(id="t", name="t", subject=Subject.ART),
    *(need(id) for id in ("p-2", "p-3", "p-4", "p-5")),
    order("o-led", "p-2", trainer="p-1"),
    order("o-assisted", "p-3", assistant="p-1"),
    order("o-cancelled", "p-4", trainer="p-1", status=OrderStatus.CANCELLED),
    order("o-others", "p-5"),
    mentors("p-4"),
    mentors("p-5", **LONG_AGO),
)  # fmt: skip


def role(kind: RoleKind, **scope: Any) -> RoleAssignment:
    return RoleAssignment(
        **{"id": f"k-{kind.name}", "holder": "zhang", "role": kind, "start": START, **scope}
    )


@pytest.fixture
async def graph(store: Store) -> Store:
    await keep(store, *GRAPH)
    return store


async def keep(store: Store, *nouns: Identified) -> None:
    async def work(transaction: Transaction) -> None:
        await save(transaction.run, nouns)

    await store.write(work)


async def viewer_with(store: Store, *roles: RoleAssignment) -> Viewer:
    """Without the lists of people and schools, which have tests of their own."""
    return replace(await reaching(store, *roles), looked_up={})


async def reaching(store: Store, *roles: RoleAssignment) -> Viewer:
    await keep(store, *roles)
    return await load_viewer(store.read, "zhang", TODAY)


async def test_somebody_without_a_role_reaches_nothing(graph: Store) -> None:
    await keep(graph, replace(role(RoleKind.ADMINISTRATOR), holder="another"))
    assert await load_viewer(graph.read, "zhang", TODAY) == Viewer("zhang")


async def test_a_teacher_reaches_his_school_of_today_and_its_alliances_schools_of_all_times(
    graph: Store,
) -> None:
    held = role(RoleKind.TEACHER, person="p-1")
    assert await viewer_with(graph, held) == Viewer(
        "zhang",
        (held,),
        own_schools=("s-1",),
        own_alliances=("a-east",),
        own_alliance_schools=("s-1", "s-2"),
    )


async def test_a_school_that_left_brings_no_alliance(graph: Store) -> None:
    viewer = await viewer_with(graph, role(RoleKind.TEACHER, person="p-2"))
    assert (viewer.own_schools, viewer.own_alliances) == (("s-2",), ())


async def test_a_seconded_teacher_reaches_the_alliance_that_he_is_seconded_to(graph: Store) -> None:
    viewer = await viewer_with(graph, role(RoleKind.TRAINER, person="p-3"))
    assert (viewer.own_schools, viewer.own_alliances) == (("s-5",), ("a-south",))
    assert viewer.own_alliance_schools == ("s-1", "s-4")


async def test_a_secondment_that_is_over_brings_nothing(graph: Store) -> None:
    viewer = await viewer_with(graph, role(RoleKind.TEACHER, person="p-4"))
    assert (viewer.own_schools, viewer.own_alliances, viewer.own_alliance_schools) == ((), (), ())


async def test_a_trainer_reaches_those_in_his_orders_and_his_mentees_of_today(graph: Store) -> None:
    held = role(RoleKind.TRAINER, person="p-1")
    assert await viewer_with(graph, held) == Viewer(
        "zhang",
        (held,),
        own_schools=("s-1",),
        own_alliances=("a-east",),
        own_alliance_schools=("s-1", "s-2"),
        order_people=("p-2", "p-3"),
        mentees=("p-4",),
    )


async def test_a_principal_reaches_the_alliance_of_his_school(graph: Store) -> None:
    held = role(RoleKind.PRINCIPAL, school="s-1", person="p-1")
    assert await viewer_with(graph, held) == Viewer("zhang", (held,), led_alliance_schools=("s-1", "s-2"))


async def test_an_officer_reaches_the_schools_of_his_county(graph: Store) -> None:
    held = role(RoleKind.RESEARCH_OFFICER, county="石桥县")
    assert await viewer_with(graph, held) == Viewer("zhang", (held,), county_schools=("s-1", "s-2"))


async def test_a_researcher_reaches_the_schools_of_his_alliance_and_a_council_none(graph: Store) -> None:
    council = role(RoleKind.COUNCIL, alliance="a-east")
    researcher = role(RoleKind.RESEARCHER, alliance="a-south")
    assert await viewer_with(graph, council, researcher) == Viewer(
        "zhang", (council, researcher), researcher_schools=("s-1", "s-4")
    )


async def test_an_expert_and_an_administrator_reach_by_no_list(graph: Store) -> None:
    roles = role(RoleKind.ADMINISTRATOR), role(RoleKind.EXPERT, person="p-x")
    assert await viewer_with(graph, *roles) == Viewer("zhang", roles, is_administrator=True)


@pytest.mark.parametrize(
    ("start", "end", "is_held"),
    [
        (TODAY, None, True),
        (START, TODAY, True),
        (TODAY + timedelta(days=1), None, False),
        (START, TODAY - timedelta(days=1), False),
        (TODAY, TODAY - timedelta(days=1), False),
    ],
)
async def test_a_role_counts_on_the_days_of_its_tenure(
    graph: Store, start: date, end: date | None, is_held: bool
) -> None:
    viewer = await viewer_with(graph, role(RoleKind.TRAINER, person="p-1", start=start, end=end))
    assert viewer.holds(RoleKind.TRAINER) is is_held
    assert bool(viewer.own_schools and viewer.order_people and viewer.mentees) is is_held
    assert viewer.is_administrator is False


async def test_several_roles_are_told_apart(graph: Store) -> None:
    viewer = await viewer_with(
        graph,
        role(RoleKind.EXPERT, person="p-x"),
        role(RoleKind.PRINCIPAL, school="s-4", person="p-2"),
        role(RoleKind.TEACHER, person="p-1"),
    )
    assert viewer.persons() == ("p-1", "p-2", "p-x")
    assert viewer.persons(RoleKind.TEACHER, RoleKind.EXPERT) == ("p-1", "p-x")
    assert viewer.schools(RoleKind.PRINCIPAL) == ("s-4",)
    assert viewer.alliances() == ()
    assert (viewer.own_alliance_schools, viewer.led_alliance_schools) == (("s-1", "s-2"), ("s-1", "s-4"))


NEIGHBOURS: tuple[Identified, ...] = (
    Person(id="p-o", name="outside", kind=PersonKind.EXPERT),
    School(id="s-7", name="7", county="第三县"),
    member("s-7", "a-east"),
    employed("p-5", "s-7"),
)


@pytest.mark.parametrize(
    ("held", "lists"),
    [
        (
            role(RoleKind.TEACHER, person="p-1"),
            {
                "colleagues": ("p-1",),
                "own_served": ("p-1", "p-5"),
                "own_members": ("s-1", "s-7"),
                "own_sharers": ("p-1", "p-2", "p-5", "p-o"),
            },
        ),
        (
            role(RoleKind.TRAINER, person="p-3"),  # seconded to the south, whose school nobody works at
            {
                "colleagues": ("p-3",),
                "own_served": ("p-3",),
                "own_members": ("s-4",),
                "own_sharers": ("p-1", "p-3", "p-o"),
            },
        ),
        (
            role(RoleKind.PRINCIPAL, school="s-1", person="p-x"),
            {"staff": ("p-1",), "led_sharers": ("p-1", "p-2", "p-5", "p-o")},
        ),
        (
            role(RoleKind.RESEARCH_OFFICER, county="石桥县"),
            {"county_people": ("p-1", "p-2", "p-o"), "county_trainers": ("p-5",), "county_allied": ("s-7",)},
        ),
        (
            role(RoleKind.RESEARCH_OFFICER, county="别县"),  # p-4 is seconded there no more
            {"county_people": ("p-3", "p-o"), "county_trainers": (), "county_allied": ()},
        ),
        (
            role(RoleKind.COUNCIL, alliance="a-east"),
            {"council_served": ("p-1", "p-5"), "council_members": ("s-1", "s-7")},
        ),
        (
            role(RoleKind.RESEARCHER, alliance="a-south"),  # of which s-1 once was a member
            {"researched_people": ("p-1",), "researched_served": ("p-3",), "researched_members": ("s-4",)},
        ),
        (role(RoleKind.EXPERT, person="p-x"), {}),
    ],
    ids=lambda each: each.role.name if isinstance(each, RoleAssignment) else "",
)
async def test_people_and_schools_are_looked_up_for_the_roles_that_reach_them(
    graph: Store, held: RoleAssignment, lists: dict[str, tuple[str, ...]]
) -> None:
    await keep(graph, *NEIGHBOURS)
    assert (await reaching(graph, held)).looked_up == lists


@pytest.mark.parametrize(
    ("roles", "statements"),
    [
        ([role(RoleKind.EXPERT, person="p-x")], 1),
        ([role(RoleKind.TRAINER, person="p-1"), role(RoleKind.RESEARCH_OFFICER, county="石桥县")], 2),
        ([role(RoleKind.ADMINISTRATOR), role(RoleKind.TEACHER, person="p-1")], 1),
    ],
    ids=["by no list", "by lists", "an administrator"],
)
async def test_all_of_it_is_one_statement_and_the_lists_are_another(
    graph: Store, roles: list[RoleAssignment], statements: int
) -> None:
    await keep(graph, *roles)
    with count_statements() as counted:
        await load_viewer(graph.read, "zhang", TODAY)
    assert counted.total == statements


def test_the_administrator_of_this_machine_holds_no_assignment() -> None:
    viewer = administrator()
    assert (viewer.holder, viewer.is_administrator, viewer.assignments) == ("administrator", True, ())
    assert not viewer.holds(RoleKind.ADMINISTRATOR)
