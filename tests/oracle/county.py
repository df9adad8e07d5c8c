"""The world that both engines are asked about: the small county after its spring, and what makes lists hard.

Beside it stand every noun filled and every noun bare, a second alliance, ties and nulls in every order, a
person at one school twice. `spoil` then leaves stored data that the schema does not allow.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from graph.model.alliance import Alliance, Membership, School
from graph.model.describe import Identified
from graph.model.needs import Need, Topic
from graph.model.orders import Capability, Session
from graph.model.people import Employment, Person, Teacher
from graph.model.resources import Gift, Resource
from graph.model.rules import Contribution, Recommendation
from graph.model.terms import (
    GradeBand,
    NeedStatus,
    OrderForm,
    PersonKind,
    Pool,
    Reach,
    Rung,
    SessionKind,
    Side,
    Subject,
)
from graph.nodes import save
from graph.store import Store, Transaction
from tests.graph.examples import all_bare, all_filled
from tests.journeys import spring

TODAY = date(2025, 4, 22)
_SINCE = date(2020, 9, 1)


async def fill(store: Store) -> None:
    """Write the world into an empty migrated graph."""
    ordered = await spring.whole_spring(store)
    nouns = [
        *all_filled("1", "2"), *all_filled("2", "1"), *all_bare("3"),
        *_beside(), *_people(), *_long_lists(ordered.order), *_reasons(ordered.recommendation),
    ]  # fmt: skip

    async def work(transaction: Transaction) -> None:
        await save(transaction.run, nouns)
        # A relationship that is kept twice still leads to one node.
        await transaction.run(
            "MATCH (r:Recommendation {id: 'rec-tie'})-[:FOR]->(n:Need) CREATE (r)-[:FOR]->(n)"
        )

    await store.write(work)


def _beside() -> Iterator[Identified]:
    """A second alliance that shares a school with the first, and left another."""
    yield Alliance(id="a-x", name="旁边联盟")
    for number, name in enumerate(("旁边小学", "PANGBIAN School", "pangbian 初中"), start=1):
        yield School(id=f"s-x{number}", name=name, devices=number if number > 1 else None)
        end = date(2023, 7, 1) if number == 3 else None
        yield Membership(
            id=f"m-x{number}", alliance="a-x", school=f"s-x{number}", side=Side.HELPED, start=_SINCE, end=end
        )
    yield Membership(id="m-xq", alliance="a-x", school="s-q", side=Side.HELPED, start=_SINCE)
    yield Membership(id="m-xt", alliance="a-x", school="s-m", side=Side.HELPING, start=_SINCE, end=TODAY)


def _people() -> Iterator[Identified]:
    """Three kinds of people; one is at a school twice, one left, one begins tomorrow."""
    bands = (GradeBand.UPPER, GradeBand.LOWER)
    yield Person(
        id="x-02", name="Expert O'Neill", kind=PersonKind.EXPERT, grade_bands=bands, trains=("t-ld",)
    )
    yield Person(id="r-02", name="教研员乙", kind=PersonKind.RESEARCH_OFFICER, subject=Subject.SCIENCE)
    posts: list[tuple[str, str, date, date | None]] = [
        ("p-06", "s-q", _SINCE, None),
        ("p-06", "s-x1", _SINCE, date(2025, 4, 21)),
        ("p-07", "s-x1", _SINCE, TODAY),
        ("p-08", "s-x1", TODAY, None),
        ("p-09", "s-x1", date(2025, 4, 23), None),
        ("x-02", "s-x2", _SINCE, None),
        ("r-02", "s-x2", _SINCE, None),
    ]
    for number, (person, school, start, end) in enumerate(posts):
        yield Employment(id=f"e-x{number}", person=person, school=school, start=start, end=end)
    yield Person(id="p-20", name="支丙", kind=PersonKind.TEACHER)
    yield Teacher(id="p-20", help_group="g-qx", years_taught=0)


def _long_lists(order: str) -> Iterator[Identified]:
    """Lists with ties and nulls in what they are ordered by."""
    for number in range(7):
        planned = None if number % 3 == 0 else date(2025, 3, 1 + number // 2)
        yield Session(id=f"c-{number}", order=order, number=2, kind=SessionKind.MAIN, planned_on=planned)
        on = date(2025, 3, 1 + number // 3)
        yield Capability(
            id=f"cap-{number}", session=f"c-{number}", person="p-03", topic="t-ld", rung=Rung.ASSISTED, on=on
        )
        yield Gift(id=f"gift-{number}", resource="z-1", school=f"s-x{number % 3 + 1}", on=on)
    for number, name in enumerate(("课件 Alpha", "课件 ALPHA", "ß 课件", "100% 课件_甲", "课件'乙'")):
        yield Resource(
            id=f"z-x{number}", name=name, pool=Pool.HUMAN, contributor="x-02", adapted_from="z-1",
            topics=("t-ld", "t-tw"), available_from=_SINCE, size_bytes=3_000_000_000 + number,
        )  # fmt: skip
    yield Topic(id="t-none", name="没有英文名", parent="t-yd")
    for number, status in enumerate(NeedStatus):
        yield Need(
            id=f"n-x{number}", school="s-x1", topic="t-ld", subject=Subject.CHINESE, severity=1.5,
            confidence=0.25, reach=Reach.INDIVIDUAL, status=status, formed_on=_SINCE,
        )  # fmt: skip


def _reasons(recommendation: str) -> Iterator[Identified]:
    """A recommendation of two needs with contributions of equal weight."""
    rules = spring.RULES.id
    yield Recommendation(
        id="rec-tie", needs=("n-x0", "n-x1"), topic="t-ld", reach=Reach.INDIVIDUAL, trainer="x-02",
        form=OrderForm.SCHOOL_CLINIC, sessions=1, rank=1, score_millionths=0, rule_set=rules,
        issued_on=date(2025, 3, 10),
    )  # fmt: skip
    for number, amount in enumerate((5, -5, 5, 0, -5)):
        yield Contribution(
            id=f"why-{number}", recommendation=("rec-tie", recommendation)[number == 3], rule=f"{rules}/declared_topic",
            millionths=amount, because_zh=f"理由{number}", because_en=f"reason {number}",
        )  # fmt: skip


SPOILED: tuple[str, ...] = (
    "MATCH (n:Person {id: 'p-05'}) REMOVE n.name",
    "MATCH (n:Person {id: 'r-02'}) SET n.kind = 'GHOST'",
    "MATCH (n:Person {id: 'p-06'}) SET n.subject = 'ALCHEMY'",
    "MATCH (n:Person {id: 'p-07'}) SET n.years_taught = 'many'",
    "MATCH (n:Person {id: 'p-08'}) SET n.seconded_from = '2025-02-30'",
    "MATCH (n:Person {id: 'p-03'}) SET n.grade_bands = ['LOWER', 'HIGHEST']",
    "MATCH (n:School {id: 's-x2'}) SET n.devices = 3000000000",
    "MATCH (n:School {id: 's-x3'}) SET n.devices = 2.0",
    "MATCH (n:Employment {id: 'e-x0'})-[r:AT]->() DELETE r",
    "MATCH (n:Capability {id: 'cap-3'})-[r:FROM]->() DELETE r",
    "MATCH (n:Session {id: 'c-2'}) REMOVE n.number",
    "MATCH (n:Session {id: 'c-4'}) SET n.kind = 'PICNIC'",
    "MATCH (n:Resource {id: 'z-x1'}) SET n.size_bytes = 7",
    "MATCH (n:Resource {id: 'z-x2'}) SET n.context_tags = 'no list'",
    "MATCH (n:Need {id: 'n-x2'}) SET n.formed_on = 'yesterday'",
    "MATCH (n:Need {id: 'n-x3'})-[r:ABOUT]->() DELETE r",
)
"""Stored data that the schema does not allow, each in a place of its own."""


async def spoil(store: Store) -> None:
    """Leave stored data that does not fit the schema in a filled graph."""

    async def work(transaction: Transaction) -> None:
        for statement in SPOILED:
            await transaction.run(statement)

    await store.write(work)
