"""What is saved is read back equal, a second save replaces, and a reference to nothing undoes all."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from graph.model.alliance import School
from graph.model.describe import Identified
from graph.model.needs import Topic
from graph.model.nouns import LABELS, NOUNS
from graph.model.people import Employment, Person, Teacher
from graph.model.terms import Connectivity, GradeBand, PersonKind, SchoolLevel
from graph.nodes import MissingReference, load, load_some, save
from graph.store import Store, Transaction, count_statements
from tests.graph.backup.graphs import whole_graph
from tests.graph.examples import all_bare, all_filled

_SCHOOL = School(
    id="s-1", name="石桥小学", county="沿河", level=SchoolLevel.PRIMARY, connectivity=Connectivity.WEAK, devices=12
)  # fmt: skip


async def _save(store: Store, *nouns: Identified) -> int:
    async def work(transaction: Transaction) -> int:
        return await save(transaction.run, nouns)

    return await store.write(work)


async def _load_all(store: Store) -> list[Identified]:
    nouns: list[Identified] = []
    for noun in NOUNS:
        nouns += await load(store.read, noun.cls)
    return nouns


async def test_every_noun_with_every_field_is_read_back_equal(store: Store) -> None:
    nouns = [*all_filled("1", "2"), *all_filled("2", "1")]

    assert await _save(store, *nouns) == 2 * len(NOUNS)

    assert await _load_all(store) == sorted(nouns, key=_place)


async def test_every_noun_with_only_what_it_needs_is_read_back_equal(store: Store) -> None:
    nouns = all_bare("1")

    await _save(store, *nouns)

    assert await _load_all(store) == nouns
    rows = await store.read("MATCH (s:School) RETURN properties(s) AS properties")
    properties = {"id": "School-1", "name": "name “1”\n石桥", "searched": " name 1 石桥 桥"}
    assert rows == [{"properties": properties}]


def _place(noun: Identified) -> tuple[int, str]:
    classes = [each.cls for each in NOUNS]
    return classes.index(type(noun)), noun.id


async def test_the_words_of_a_noun_are_kept_up_with_its_texts(store: Store) -> None:
    topic = Topic(id="t-1", name="作业设计", name_en="Homework")
    person = Person(id="p-1", name="李明", kind=PersonKind.TEACHER)
    await _save(store, topic, person, Teacher(id="p-1", years_taught=7))
    assert await _words(store) == {"t-1": " 作业 业设 设计 计 homework", "p-1": " 李明 明"}

    await _save(store, replace(topic, name_en=None), replace(person, name="李 红"))

    assert await _words(store) == {"t-1": " 作业 业设 设计 计", "p-1": " 李红 红"}


async def _words(store: Store) -> dict[object, object]:
    rows = await store.read("MATCH (n) WHERE n.searched IS NOT NULL RETURN n.id AS id, n.searched AS words")
    return {row["id"]: row["words"] for row in rows}


async def test_the_order_in_which_nouns_are_given_does_not_matter(store: Store) -> None:
    await _save(store, *reversed([*all_filled("1", "2"), *all_filled("2", "1")]))

    assert len(await _load_all(store)) == 2 * len(NOUNS)


async def test_saving_again_changes_nothing(store: Store) -> None:
    nouns = [*all_filled("1", "2"), *all_filled("2", "1")]
    await _save(store, *nouns)
    before = await whole_graph(store)

    await _save(store, *nouns)

    assert await whole_graph(store) == before


async def test_what_a_later_save_leaves_out_is_taken_away(store: Store) -> None:
    await _save(store, *all_filled("1", "2"), *all_filled("2", "1"))

    await _save(store, *all_bare("1"))

    assert [each for each in await _load_all(store) if each.id.endswith("-1")] == all_bare("1")
    assert [each for each in await _load_all(store) if each.id.endswith("-2")] == all_filled("2", "1")


async def test_a_changed_reference_replaces_the_one_before(store: Store) -> None:
    person = Person(id="p-1", name="李", kind=PersonKind.TEACHER)
    employment = Employment(id="e-1", person="p-1", school="s-1", start=date(2024, 9, 1))
    await _save(store, _SCHOOL, replace(_SCHOOL, id="s-2"), person, employment)

    await _save(store, replace(employment, school="s-2", end=date(2025, 7, 1)))

    assert await load(store.read, Employment) == [replace(employment, school="s-2", end=date(2025, 7, 1))]
    rows = await store.read("MATCH (:Employment)-[r]->() RETURN count(r) AS number")
    assert rows == [{"number": 2}]


async def test_a_persons_node_keeps_what_the_teacher_wrote_and_the_other_way_round(store: Store) -> None:
    person = Person(
        id="p-1", name="李", kind=PersonKind.TEACHER, grade_bands=(GradeBand.UPPER, GradeBand.LOWER)
    )
    teacher = Teacher(id="p-1", years_taught=7)
    await _save(store, person, teacher)

    await _save(store, replace(person, name="李明"))
    await _save(store, replace(teacher, years_taught=8))

    assert await load(store.read, Person) == [replace(person, name="李明")]
    assert await load(store.read, Teacher) == [Teacher(id="p-1", years_taught=8)]


async def test_only_teachers_are_read_as_teachers(store: Store) -> None:
    await _save(
        store,
        Person(id="p-1", name="李", kind=PersonKind.TEACHER),
        Person(id="x-1", name="王", kind=PersonKind.EXPERT),
    )

    assert [each.id for each in await load(store.read, Teacher)] == ["p-1"]
    assert [each.id for each in await load(store.read, Person)] == ["p-1", "x-1"]


async def test_a_reference_to_nothing_undoes_the_whole_save(store: Store) -> None:
    person = Person(id="p-1", name="李", kind=PersonKind.TEACHER)
    await _save(store, _SCHOOL)
    before = await whole_graph(store)

    with pytest.raises(MissingReference) as refused:
        await _save(
            store,
            replace(_SCHOOL, name="changed"),
            person,
            Employment(id="e-1", person="p-1", school="s-1", start=date(2024, 9, 1)),
            Employment(id="e-2", person="p-1", school="nowhere", start=date(2024, 9, 1)),
        )

    assert refused.value.data == {
        "noun": "Employment",
        "id": "e-2",
        "field": "school",
        "missing": "nowhere",
    }
    assert "'nowhere'" in refused.value.zh
    assert await whole_graph(store) == before


async def test_the_same_reference_twice_is_one(store: Store) -> None:
    nouns = all_filled("1", "1")
    await _save(store, *nouns)
    person = next(each for each in nouns if isinstance(each, Person))

    await _save(store, replace(person, trains=("Topic-1", "Topic-1")))

    assert (await load_some(store.read, Person, ["Person-1"]))["Person-1"].trains == ("Topic-1",)
    rows = await store.read("MATCH (:Person)-[r:TRAINS]->() RETURN count(r) AS number")
    assert rows == [{"number": 1}]


async def test_more_than_one_batch_is_saved_whole(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.nodes._BATCH", 3)
    people = [Person(id=f"p-{number}", name="李", kind=PersonKind.TEACHER) for number in range(7)]
    employments = [
        Employment(id=each.id, person=each.id, school="s-1", start=date(2024, 9, 1)) for each in people
    ]

    await _save(store, _SCHOOL, *people, *employments)

    assert await load(store.read, Person) == people
    assert await load(store.read, Employment) == employments


async def test_the_number_of_statements_does_not_grow_with_the_number_of_nouns(store: Store) -> None:
    async def statements(people: int) -> int:
        nouns = [
            Person(id=f"p-{people}-{each}", name="李", kind=PersonKind.TEACHER) for each in range(people)
        ]
        with count_statements() as counted:
            await _save(store, *nouns)
        return counted.total

    assert await statements(500) == await statements(2)


async def test_some_are_read_by_id_and_those_not_there_left_out(store: Store) -> None:
    await _save(store, _SCHOOL, replace(_SCHOOL, id="s-2"))

    found = await load_some(store.read, School, ["s-2", "none", "s-2"])

    assert found == {"s-2": replace(_SCHOOL, id="s-2")}


def test_no_two_fields_of_a_label_share_a_relationship() -> None:
    """Saving one of them would take away what the other wrote."""
    ends = Counter(
        (noun.label, field.reference.relationship, field.reference.label)
        for noun in NOUNS
        for field in noun.references
        if field.reference is not None
    )

    assert [end for end, number in ends.items() if number > 1] == []


def test_every_reference_ends_at_a_noun() -> None:
    ends = {field.reference.label for noun in NOUNS for field in noun.references if field.reference}

    assert ends <= set(LABELS)


async def test_what_researchers_read_of_gets_a_pseudonym_once_and_keeps_it(store: Store) -> None:
    await _save(store, *all_filled("1", "1"))
    given = "MATCH (n) WHERE n.pseudonym IS NOT NULL WITH n ORDER BY n.id RETURN n.id AS id, n.pseudonym AS pseudonym"
    before = await store.read(given)

    assert [row["id"] for row in before] == ["Mentorship-1", "Person-1", "Session-1", "TrainingOrder-1"]
    assert len({str(row["pseudonym"]) for row in before}) == 4
    assert all(str(row["id"]) not in str(row["pseudonym"]) for row in before)
    await _save(store, *all_bare("1"))
    assert await store.read(given) == before
