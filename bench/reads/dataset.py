"""The graph that all servers read: made from a seed, written straight into the store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from graph.migrations.run import migrate
from graph.model.alliance import School
from graph.model.describe import Identified
from graph.model.needs import Need, Topic
from graph.model.people import Employment, Person, Teacher
from graph.model.resources import Resource
from graph.model.terms import NeedStatus, PersonKind, Pool, Reach, Subject
from graph.nodes import save
from graph.store import Address, Store, Transaction

SCHOOLS = 6
TEACHERS = 350
NEEDS_A_TEACHER = 3
TOPICS = 260
RESOURCES_A_TOPIC = 2
"""260 topics with 2 resources each: 520 resources, as the sample alliance has."""
_SEED = 2022
_SUBJECTS = tuple(Subject)


def teacher_ids() -> list[str]:
    """The codes of all teachers."""
    return [_person(number) for number in range(TEACHERS)]


def subjects() -> list[str]:
    """Every subject; each is taught by 35 teachers."""
    return [subject.name for subject in _SUBJECTS]


async def load(address: Address) -> None:
    """Write the data into the empty Neo4j at that address, with the indexes of this service."""
    store = await Store.open(address)
    try:
        await migrate(store)
        nouns = list(generate())

        async def write(transaction: Transaction) -> int:
            return await save(transaction.run, nouns)

        await store.write(write)
        # So that the first requests are planned with the sizes that are there.
        await store.read("CALL db.resampleOutdatedIndexes()")
        await store.read("CALL db.awaitIndexes(60)")
    finally:
        await store.close()


def generate() -> Iterator[Identified]:
    """Every noun of the data; the same from each call."""
    rng = Random(_SEED)
    yield from (School(id=f"s-{number}", name=f"样例学校{number}") for number in range(SCHOOLS))
    for number in range(TOPICS):
        yield Topic(id=f"topic-{number:03}", name=f"样例主题{number}")
        yield from (_resource(number, each) for each in range(RESOURCES_A_TOPIC))
    for number in range(TEACHERS):
        yield from _teacher(number, rng)


def _resource(topic: int, number: int) -> Resource:
    return Resource(
        id=f"r-{topic:03}-{number}",
        name=f"样例资源{topic}之{number}",
        pool=Pool.SOFTWARE,
        topics=(f"topic-{topic:03}",),
        available_from=date(2022, 9, 1),
    )


def _teacher(number: int, rng: Random) -> Iterator[Identified]:
    """A teacher at the schools in turn (every tenth was elsewhere before), with needs in topics of his own."""
    own = _person(number)
    subject = _SUBJECTS[number % len(_SUBJECTS)]
    yield Person(id=own, name=f"样例教师{number}", kind=PersonKind.TEACHER, subject=subject)
    yield Teacher(id=own, years_taught=number % 40)
    yield _employment(number, number % SCHOOLS, date(2022, 9, 1), None)
    if number % 10 == 0:
        yield _employment(number, (number + 1) % SCHOOLS, date(2018, 9, 1), date(2022, 7, 1))
    for place, topic in enumerate(rng.sample(range(TOPICS), NEEDS_A_TEACHER)):
        yield Need(
            id=f"n-{number:04}-{place}",
            teacher=own,
            topic=f"topic-{topic:03}",
            subject=subject,
            severity=rng.randint(4, 12) / 4,
            confidence=0.5,
            reach=Reach.INDIVIDUAL,
            status=rng.choice(tuple(NeedStatus)),
            formed_on=date(2024, 9, 1) + timedelta(days=rng.randrange(200)),
        )


def _employment(person: int, school: int, start: date, end: date | None) -> Employment:
    # Employments of a school sort as their teachers do, for the peer that can't sort by a neighbour.
    own = f"e-{person:04}-{start.year}"
    return Employment(id=own, person=_person(person), school=f"s-{school}", start=start, end=end)


def _person(number: int) -> str:
    return f"p-{number:04}"
