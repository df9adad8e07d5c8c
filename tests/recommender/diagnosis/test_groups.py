"""Common needs: enough teachers of several schools, on the narrowest topic that holds them."""

from __future__ import annotations

from dataclasses import replace

from graph.model.needs import Need, NeedGroup, Topic
from graph.model.people import Employment
from graph.model.terms import GradeBand, NeedStatus, Reach, Subject
from recommender.diagnosis.groups import RolledUp, roll_up
from recommender.situation import Situation
from recommender.topics import TopicTree
from tests.recommender.small_world import RULES, TODAY, TOPICS, need, post, world

TREE = TopicTree(
    [Topic(id="teaching", name="教学"), *(replace(each, parent=each.parent or "teaching") for each in TOPICS)]
)


def _posts(west: int, north: int) -> tuple[Employment, ...]:
    schools = ["west"] * west + ["north"] * north
    return tuple(post(f"t{place}", school) for place, school in enumerate(schools))


def _needs(*topics: str) -> tuple[Need, ...]:
    return tuple(need(f"n{place}", teacher=f"t{place}", topic=topic) for place, topic in enumerate(topics))


def _rolled(needs: tuple[Need, ...], west: int, north: int, groups: tuple[NeedGroup, ...] = ()) -> RolledUp:
    situation: Situation = world(employments=_posts(west, north), groups=groups)
    return roll_up(needs, situation, "one", TREE, RULES)


def test_five_teachers_of_two_schools_make_a_common_need() -> None:
    rolled = _rolled(_needs(*["aloud"] * 5), west=4, north=1)
    (group,) = rolled.groups
    assert (group.topic, group.subject, group.grade_band) == ("aloud", Subject.CHINESE, GradeBand.UPPER)
    assert (group.teachers, group.schools, group.formed_on) == (5, 2, TODAY)
    assert {(each.reach, each.group) for each in rolled.needs} == {(Reach.COMMON, group.id)}


def test_four_teachers_or_one_school_make_none() -> None:
    assert _rolled(_needs(*["aloud"] * 4), west=2, north=2).groups == ()
    alone = _rolled(_needs(*["aloud"] * 6), west=6, north=0)
    assert alone.groups == ()
    assert {(each.reach, each.group) for each in alone.needs} == {(Reach.INDIVIDUAL, None)}


def test_small_counts_are_lent_to_the_parent_and_added_to_its_own() -> None:
    rolled = _rolled(_needs("aloud", "questions", "questions", "reading", "reading"), west=3, north=2)
    assert [(group.topic, group.teachers) for group in rolled.groups] == [("reading", 5)]


def test_what_is_common_on_a_narrow_topic_is_not_lent() -> None:
    rolled = _rolled(_needs(*["aloud"] * 5, "questions", "reading"), west=4, north=3)
    assert [(group.topic, group.teachers) for group in rolled.groups] == [("aloud", 5)]
    assert [each.reach for each in rolled.needs[5:]] == [Reach.INDIVIDUAL, Reach.INDIVIDUAL]


def test_siblings_too_small_alone_meet_in_their_parent() -> None:
    rolled = _rolled(_needs("aloud", "aloud", "aloud", "questions", "questions"), west=3, north=2)
    assert [(group.topic, group.teachers) for group in rolled.groups] == [("reading", 5)]


def test_counts_climb_no_further_than_the_rule_says() -> None:
    numbers = {**RULES.numbers, "common_levels": 0.0}
    needs = _needs("aloud", "aloud", "aloud", "questions", "questions")
    assert (
        roll_up(needs, world(employments=_posts(3, 2)), "one", TREE, replace(RULES, numbers=numbers)).groups
        == ()
    )


def test_counts_climb_one_level_and_to_no_topic_as_wide_as_a_subject() -> None:
    assert _rolled(_needs("aloud", "aloud", "reading", "writing", "writing"), west=3, north=2).groups == ()
    assert (
        _rolled(_needs("reading", "reading", "reading", "writing", "writing"), west=3, north=2).groups == ()
    )
    wide = _rolled(_needs(*["chinese"] * 5), west=3, north=2)
    assert [(group.topic, group.teachers) for group in wide.groups] == [("chinese", 5)]


def test_two_alliances_of_one_day_have_a_group_each() -> None:
    needs, situation = _needs(*["aloud"] * 5), world(employments=_posts(4, 1))
    (mine,) = roll_up(needs, situation, "one", TREE, RULES).groups
    (theirs,) = roll_up(needs, situation, "two", TREE, RULES).groups
    assert (mine.alliance, theirs.alliance) == ("one", "two")
    assert mine.id != theirs.id
    known = roll_up(
        [replace(each, group=mine.id) for each in needs],
        world(groups=(mine,), employments=_posts(4, 1)),
        "two",
        TREE,
        RULES,
    )
    assert known.groups == (theirs,)


def test_other_grades_and_other_statuses_are_not_counted_together() -> None:
    needs = _needs(*["aloud"] * 5)
    other_band = (*needs[:4], replace(needs[4], grade_band=GradeBand.LOWER))
    assert _rolled(other_band, west=3, north=2).groups == ()
    ordered = (*needs[:4], replace(needs[4], status=NeedStatus.ORDERED))
    rolled = _rolled(ordered, west=3, north=2)
    assert rolled.groups == ()
    assert [each.id for each in rolled.needs] == ["n0", "n1", "n2", "n3"]


def test_a_group_keeps_its_id_when_it_grows() -> None:
    before = _rolled(_needs(*["aloud"] * 5), west=3, north=3)
    after = _rolled((*before.needs, need("n5", teacher="t5")), west=3, north=3, groups=before.groups)
    assert [group.id for group in after.groups] == [group.id for group in before.groups]
    assert after.groups[0].teachers == 6
