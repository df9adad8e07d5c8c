"""The data of `reads` has the sizes that the report names, and is the same from each call."""

from __future__ import annotations

from collections import Counter

from bench.reads import dataset
from bench.reads.documents import QUERIES, questions
from bench.reads.servers import SERVERS
from graph.model.needs import Need
from graph.model.people import Employment, Person


def test_it_has_the_sizes_that_are_named() -> None:
    nouns = Counter(type(noun).__name__ for noun in dataset.generate())

    assert nouns == {
        "School": 6, "Topic": 260, "Resource": 520, "Person": 350, "Teacher": 350,
        "Employment": 385, "Need": 1050,
    }  # fmt: skip


def test_it_is_the_same_from_each_call() -> None:
    assert list(dataset.generate()) == list(dataset.generate())


def test_every_teacher_has_three_needs_in_three_topics() -> None:
    needs = [noun for noun in dataset.generate() if isinstance(noun, Need)]

    assert Counter(Counter(need.teacher for need in needs).values()) == {3: 350}
    assert len({(need.teacher, need.topic) for need in needs}) == 1050


def test_employments_of_today_sort_as_their_teachers_and_fit_a_page() -> None:
    today = [noun for noun in dataset.generate() if isinstance(noun, Employment) and noun.end is None]

    assert [each.person for each in sorted(today, key=lambda each: each.id)] == dataset.teacher_ids()
    assert Counter(each.school for each in today) == {
        "s-0": 59, "s-1": 59, "s-2": 58, "s-3": 58, "s-4": 58, "s-5": 58
    }  # fmt: skip


def test_every_subject_has_more_teachers_than_a_page() -> None:
    people = [noun for noun in dataset.generate() if isinstance(noun, Person)]

    assert Counter(each.subject.name for each in people if each.subject) == dict.fromkeys(
        dataset.subjects(), 35
    )


def test_every_server_is_asked_the_same_questions() -> None:
    for query in QUERIES:
        asked = {server: [each.name for each in questions(server, query)] for server in SERVERS}
        assert len(asked["ours"]) == {"A": 1, "B": 350, "C": 10}[query]
        assert len({tuple(names) for names in asked.values()}) == 1
