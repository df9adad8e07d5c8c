"""Of two alliances in one store, each has its own nouns and no other's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.alliance_scope import load_of_alliance
from graph.model.alliance import Membership, School, Semester
from graph.model.describe import Identified
from graph.model.needs import Diagnosis, Evidence, Need, NeedGroup, Request, Topic
from graph.model.orders import Attendance, Capability, Feedback, Session, TrainingOrder
from graph.model.people import Availability, ClassContext, Employment, Mentorship, Person, Teacher
from graph.model.resources import Gift, Resource, Use
from graph.model.terms import PersonKind
from graph.nodes import save
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
    found = await load_of_alliance(store.read, cls, f"Alliance-{tag}")

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

    assert [each.id for each in await load_of_alliance(store.read, cls, "Alliance-a")] == [
        f"{cls.__name__}-a"
    ]
    assert [each.id for each in await load_of_alliance(store.read, cls, "Alliance-b")] == [
        f"{cls.__name__}-b"
    ]


async def test_who_teaches_nowhere_serves_every_alliance(
    store: Store, two: dict[str, list[Identified]]
) -> None:
    for tag in ("a", "b"):
        people = await load_of_alliance(store.read, Person, f"Alliance-{tag}")
        times = await load_of_alliance(store.read, Availability, f"Alliance-{tag}")

        assert [each.id for each in people] == [f"Person-{tag}", "expert"]
        assert [each.id for each in times] == [f"Availability-{tag}", "Availability-expert"]


async def test_topics_and_the_calendar_are_shared(store: Store, two: dict[str, list[Identified]]) -> None:
    assert [each.id for each in await load_of_alliance(store.read, Topic, "Alliance-a")] == [
        "Topic-a",
        "Topic-b",
    ]
    semesters = await load_of_alliance(store.read, Semester, "Alliance-b")
    assert [each.id for each in semesters] == ["Semester-a", "Semester-b"]


@pytest.mark.parametrize("cls", OWN)
async def test_an_alliance_that_is_not_there_has_nothing(
    store: Store, two: dict[str, list[Identified]], cls: type[Identified]
) -> None:
    assert await load_of_alliance(store.read, cls, "none") == ()
