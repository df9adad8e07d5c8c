"""The topic tree and the stock of names."""

from __future__ import annotations

import itertools
from collections import Counter
from pathlib import Path

import pytest

import seeds
from graph.model.terms import Subject
from seeds.raw.catalogue import read_catalogue
from seeds.raw.names import read_names
from tests.seeds.real_names import PEOPLE, PLACES

DATA = Path(str(seeds.__file__)).parent / "data"
TOPICS = {each.id: each for each in read_catalogue().topics}
LEAVES = read_catalogue().leaves


def line_of(topic: str) -> list[str]:
    """From the topic up to its root; stops at a topic met twice."""
    line = [topic]
    while (parent := TOPICS[line[-1]].parent) is not None and parent not in line:
        line.append(parent)
    return line


def test_the_tree_holds_60_to_120_competencies_with_unique_ids_and_names_on_one_level() -> None:
    assert len(read_catalogue().topics) == len(TOPICS) == 106
    assert len(LEAVES) == 75
    siblings = Counter((each.parent, each.name) for each in TOPICS.values())
    assert max(siblings.values()) == 1


def test_every_parent_exists_and_every_line_ends_at_the_one_root_within_four_levels() -> None:
    assert [each.id for each in TOPICS.values() if each.parent is None] == ["t-teaching"]
    assert {line_of(topic)[-1] for topic in TOPICS} == {"t-teaching"}
    assert Counter(len(line_of(topic)) for topic in LEAVES) == {4: 61, 3: 14}


def test_the_leaves_are_the_topics_without_children() -> None:
    assert set(LEAVES) == set(TOPICS) - {each.parent for each in TOPICS.values()}


def test_a_topic_has_the_subject_of_the_one_above_it_below_the_root() -> None:
    for each in TOPICS.values():
        if each.parent not in (None, "t-teaching"):
            assert each.subject is TOPICS[str(each.parent)].subject
    assert {each.subject for each in TOPICS.values()} == set(Subject)


@pytest.mark.parametrize("leaf", LEAVES.values(), ids=lambda leaf: leaf.topic.id)
def test_every_leaf_has_two_or_three_phrases_of_each_kind(leaf) -> None:  # type: ignore[no-untyped-def]  # a parametrised value
    for phrases in (leaf.observed, leaf.said, leaf.titles):
        assert 2 <= len(set(phrases)) == len(phrases) <= 3
        assert all(4 <= len(phrase) <= 40 for phrase in phrases)
    assert leaf.topic.name_en


def test_no_two_leaves_share_a_phrase() -> None:
    told = Counter(
        phrase for leaf in LEAVES.values() for phrase in (*leaf.observed, *leaf.said, *leaf.titles)
    )
    assert [phrase for phrase, count in told.items() if count > 1] == []


@pytest.mark.parametrize("file", sorted(DATA.glob("*.json")), ids=lambda file: file.name)
def test_no_file_names_a_person_or_a_place_of_the_paper(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert [name for name in (*PEOPLE, *PLACES) if name in text] == []


def test_no_name_of_a_person_of_the_paper_can_be_drawn() -> None:
    stock = read_names()
    givens = ["".join(pair) for pair in itertools.product(stock.first_syllables, stock.second_syllables)]
    drawable = {surname + given for surname in stock.surnames for given in givens}
    assert len(drawable) == 80_000
    assert drawable.isdisjoint(PEOPLE)
