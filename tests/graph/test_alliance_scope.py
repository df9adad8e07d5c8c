"""Of two alliances in one store, each has its own nouns and no other's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from graph.alliance_scope import load_of_alliance
from graph.model.alliance import Membership, School, Semester
from graph.model.describe import Identified
from graph.model.needs import Diagnosis, Evidence, Need, NeedGroup, Request, Topic
from graph.model.orders import Attendance, Capability, Feedback, Session, TrainingOrder
from graph.model.people import Availability, ClassContext, Employment, Mentorship, Person, Teacher
from graph.model.resources import Gift, Resource, Use
from graph.model.terms import PersonKind
from graph.nodes import Run, save
from graph.store import Store, Transaction
from tests.graph.examples import all_filled

OWN: tuple[type[Identified], ...] = (
    Membership,
    School,
    Teacher,
    Employment,
    ClassContext,
    Mentorship,
    Diagnosis,
    Evidence,
    Request,
    Need,
    NeedGroup,
    Resource,
    Gift,
    Use,
    TrainingOrder,
    Session,
    Attendance,
    Feedback,
    Capability,
)
_EXPERT = Person(id="expert", name="省专家", kind=PersonKind.EXPERT)
_ALONE = Person(id="alone", name="未任职", kind=PersonKind.TEACHER)


_DAY = date(2025, 2, 17)


async def _of_alliance[T: Identified](run: Run, cls: type[T], alliance: str) -> tuple[T, ...]:
    return await load_of_alliance(run, cls, alliance, _DAY, _DAY)


@pytest.fixture
async def two(store: Store) -> dict[str, list[Identified]]:
    """Two alliances of one of every noun, an expert who has time for both, a teacher whom nobody employs."""
    nouns = {tag: [_kept_apart(each) for each in all_filled(tag, tag)] for tag in ("a", "b")}
    time = next(each for each in nouns["a"] if isinstance(each, Availability))
    of_the_expert = replace(time, id="Availability-expert", person="expert")

    async def work(transaction: Transaction) -> None:
        await save(transaction.run, [*nouns["a"], *nouns["b"], _EXPERT, _ALONE, of_the_expert])

    await store.write(work)
    return nouns


def _kept_apart(noun: Identified) -> Identified:
    """A diagnosis and a need belong to a teacher or to a school, never to both."""
    return replace(noun, school=None) if isinstance(noun, Diagnosis | Need) else noun


@pytest.mark.parametrize("tag", ["a", "b"])
@pytest.mark.parametrize("cls", OWN)
async def test_an_alliance_has_its_own(
    store: Store, two: dict[str, list[Identified]], cls: type[Identified], tag: str
) -> None:
    found = await _of_alliance(store.read, cls, f"Alliance-{tag}")

    assert list(found) == [each for each in two[tag] if type(each) is cls]


@pytest.mark.parametrize("cls", [Diagnosis, Evidence, Need, TrainingOrder, Session, Feedback, NeedGroup])
async def test_what_belongs_to_a_school_itself_is_its_alliances_too(
    store: Store, two: dict[str, list[Identified]], cls: type[Identified]
) -> None:
    moved = [
        replace(each, teacher=None, school="School-a")
        for each in two["a"]
        if isinstance(each, Diagnosis | Need)
    ]

    async def work(transaction: Transaction) -> None:
        await save(transaction.run, moved)

    await store.write(work)

    assert [each.id for each in await _of_alliance(store.read, cls, "Alliance-a")] == [f"{cls.__name__}-a"]
    assert [each.id for each in await _of_alliance(store.read, cls, "Alliance-b")] == [f"{cls.__name__}-b"]


async def test_who_teaches_nowhere_serves_every_alliance(
    store: Store, two: dict[str, list[Identified]]
) -> None:
    for tag in ("a", "b"):
        people = await _of_alliance(store.read, Person, f"Alliance-{tag}")
        times = await _of_alliance(store.read, Availability, f"Alliance-{tag}")

        assert [each.id for each in people] == [f"Person-{tag}", "expert"]
        assert [each.id for each in times] == [f"Availability-{tag}", "Availability-expert"]


async def test_topics_and_the_calendar_are_shared(store: Store, two: dict[str, list[Identified]]) -> None:
    assert [each.id for each in await _of_alliance(store.read, Topic, "Alliance-a")] == [
        "Topic-a",
        "Topic-b",
    ]
    semesters = await _of_alliance(store.read, Semester, "Alliance-b")
    assert [each.id for each in semesters] == ["Semester-a", "Semester-b"]


@pytest.mark.parametrize("cls", OWN)
async def test_an_alliance_that_is_not_there_has_nothing(
    store: Store, two: dict[str, list[Identified]], cls: type[Identified]
) -> None:
    assert await _of_alliance(store.read, cls, "none") == ()


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (date(2024, 9, 1), date(2025, 2, 16), []),
        (date(2025, 2, 17), date(2025, 2, 17), ["School-a"]),
        (date(2025, 2, 18), date(2025, 3, 1), []),
        (date(2024, 9, 1), date(2025, 9, 1), ["School-a"]),
    ],
)
async def test_a_school_counts_on_the_days_of_its_membership(
    store: Store, two: dict[str, list[Identified]], since: date, until: date, found: list[str]
) -> None:
    schools = await load_of_alliance(store.read, School, "Alliance-a", since, until)
    needs = await load_of_alliance(store.read, Need, "Alliance-a", since, until)

    assert [each.id for each in schools] == found
    assert [each.id for each in needs] == [f"Need-{name.removeprefix('School-')}" for name in found]


async def test_a_seconded_teacher_of_its_help_group_belongs_to_the_alliance(
    store: Store, two: dict[str, list[Identified]]
) -> None:
    home = School(id="home", name="派出校")
    guest = Person(id="guest", name="支教教师", kind=PersonKind.TEACHER)
    seconded = Teacher(
        id="guest", help_group="HelpGroup-a", seconded_from=date(2024, 9, 1), seconded_to=date(2025, 7, 1)
    )
    post = Employment(id="post", person="guest", school="home", start=date(2010, 9, 1))
    await _save(store, home, guest, seconded, post)

    for cls, id in ((Person, "guest"), (Teacher, "guest"), (Employment, "post")):
        assert id in [each.id for each in await _of_alliance(store.read, cls, "Alliance-a")]
        assert id not in [each.id for each in await _of_alliance(store.read, cls, "Alliance-b")]
        late = date(2025, 9, 1)
        gone = await load_of_alliance(store.read, cls, "Alliance-a", late, late)
        assert id not in [each.id for each in gone]


async def test_with_bookings_the_orders_of_its_people_elsewhere_are_there(
    store: Store, two: dict[str, list[Identified]]
) -> None:
    order = next(each for each in two["b"] if isinstance(each, TrainingOrder))
    await _save(store, replace(order, trainer="Person-a", assistant=None))

    orders = await load_of_alliance(store.read, TrainingOrder, "Alliance-a", _DAY, _DAY, bookings=True)
    sessions = await load_of_alliance(store.read, Session, "Alliance-a", _DAY, _DAY, bookings=True)
    own = await _of_alliance(store.read, TrainingOrder, "Alliance-a")

    assert [each.id for each in orders] == ["TrainingOrder-a", "TrainingOrder-b"]
    assert [each.id for each in sessions] == ["Session-a", "Session-b"]
    assert [each.id for each in own] == ["TrainingOrder-a"]


async def test_uses_of_its_resources_by_schools_outside_are_the_alliances(
    store: Store, two: dict[str, list[Identified]]
) -> None:
    use = next(each for each in two["a"] if isinstance(each, Use))
    await _save(store, School(id="far", name="远校"), replace(use, id="Use-far", school="far"))

    assert [each.id for each in await _of_alliance(store.read, Use, "Alliance-a")] == ["Use-a", "Use-far"]
    assert [each.id for each in await _of_alliance(store.read, Use, "Alliance-b")] == ["Use-b"]


def _given_by_the_expert(of: Identified, **values: object) -> Resource:
    assert isinstance(of, Resource)
    bare: dict[str, object] = {"id": "Resource-expert", "school": None, "contributor": "expert"}
    return replace(of, **{**bare, **values})  # type: ignore[arg-type]  # each is a field's own value


async def test_what_an_expert_contributed_serves_every_alliance_as_he_does(
    store: Store, two: dict[str, list[Identified]]
) -> None:
    made, use = (next(n for n in two["a"] if isinstance(n, cls)) for cls in (Resource, Use))
    assert isinstance(use, Use)
    used = replace(use, id="Use-expert", resource="Resource-expert")
    await _save(store, _given_by_the_expert(made), used)

    for tag in ("a", "b"):
        resources = await _of_alliance(store.read, Resource, f"Alliance-{tag}")
        uses = await _of_alliance(store.read, Use, f"Alliance-{tag}")
        assert [each.id for each in resources] == [f"Resource-{tag}", "Resource-expert"]
        assert [each.id for each in uses] == [f"Use-{tag}", "Use-expert"]


_PLACES = pytest.mark.parametrize(("school", "shared"), [("School-a", False), ("office", True)])
"""A member school of one alliance, and a school of none."""


@_PLACES
async def test_what_an_expert_contributed_for_a_member_school_is_its_alliances_alone(
    store: Store, two: dict[str, list[Identified]], school: str, shared: bool
) -> None:
    made = next(n for n in two["a"] if isinstance(n, Resource))
    await _save(store, School(id="office", name="教研室"), _given_by_the_expert(made, school=school))

    own = ["Resource-a", "Resource-expert"], ["Resource-b", *(["Resource-expert"] if shared else [])]
    assert await _ids_of_resources(store) == own


@_PLACES
async def test_an_expert_with_a_post_at_a_member_school_contributes_to_its_alliance_alone(
    store: Store, two: dict[str, list[Identified]], school: str, shared: bool
) -> None:
    made = next(n for n in two["a"] if isinstance(n, Resource))
    post = Employment(id="post", person="expert", school=school, start=date(2010, 9, 1))
    await _save(store, School(id="office", name="教研室"), post, _given_by_the_expert(made))

    own = ["Resource-a", "Resource-expert"], ["Resource-b", *(["Resource-expert"] if shared else [])]
    assert await _ids_of_resources(store) == own


async def test_what_a_teacher_without_a_post_contributed_is_no_alliances(
    store: Store, two: dict[str, list[Identified]]
) -> None:
    made = next(n for n in two["a"] if isinstance(n, Resource))
    await _save(store, _given_by_the_expert(made, contributor="alone"))

    assert await _ids_of_resources(store) == (["Resource-a"], ["Resource-b"])


async def _ids_of_resources(store: Store) -> tuple[list[str], list[str]]:
    one, other = [await _of_alliance(store.read, Resource, f"Alliance-{tag}") for tag in ("a", "b")]
    return [each.id for each in one], [each.id for each in other]


async def _save(store: Store, *nouns: Identified) -> None:
    async def work(transaction: Transaction) -> None:
        await save(transaction.run, nouns)

    await store.write(work)
