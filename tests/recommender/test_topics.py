"""The topic tree: lines, subtrees, distances, and trees that are not quite trees."""

from __future__ import annotations

import numpy as np

from graph.model.needs import Topic
from recommender.topics import TopicTree
from tests.recommender.small_world import TOPICS

TREE = TopicTree(TOPICS)


def test_the_line_runs_from_the_topic_to_its_root() -> None:
    assert TREE.line("aloud") == ("aloud", "reading", "chinese")


def test_distance_counts_steps_by_the_nearest_shared_topic() -> None:
    steps = {
        other: TREE.distance("aloud", other)
        for other in ("aloud", "reading", "questions", "writing", "groups")
    }
    assert steps == {"aloud": 0, "reading": 1, "questions": 2, "writing": 3, "groups": None}


def test_the_table_of_distances_is_symmetric_and_agrees_with_single_distances() -> None:
    table = TREE.distances()
    assert np.array_equal(table, table.T)
    assert table[TREE.index["aloud"], TREE.index["writing"]] == 3
    assert np.isinf(table[TREE.index["aloud"], TREE.index["groups"]])


def test_within_means_the_topic_itself_or_one_under_it() -> None:
    assert TREE.is_within("aloud", "reading")
    assert TREE.is_within("aloud", "aloud")
    assert not TREE.is_within("reading", "aloud")


def test_a_missing_parent_makes_a_root_and_a_loop_is_cut() -> None:
    tree = TopicTree(
        [
            Topic(id="a", name="甲", parent="b"),
            Topic(id="b", name="乙", parent="a"),
            Topic(id="c", name="丙", parent="gone"),
        ]
    )
    assert tree.line("a") == ("a", "b")
    assert tree.line("c") == ("c",)


def test_an_unknown_topic_is_its_own_line_and_name() -> None:
    assert TREE.line("unheard") == ("unheard",)
    assert TREE.name("unheard") == ("unheard", "unheard")
    assert TREE.name("aloud") == ("朗读指导", "reading aloud")
