"""Resources that fit a need, a teacher or a school."""

from __future__ import annotations

from datetime import date

import pytest

from graph.model.alliance import School
from graph.model.resources import Resource, Use
from graph.model.terms import Connectivity, GradeBand, Pool, Subject, UseLevel
from recommender.resources import (
    RankedResources,
    rank_resources,
    wish_of_need,
    wish_of_school,
    wish_of_teacher,
)
from recommender.situation import Situation
from tests.recommender.small_world import RULES, TODAY, class_of, need, person, post, resource, world

NEED = need("n")


def _ranked(*resources: Resource, **parts: object) -> RankedResources:
    situation = world(resources=resources, needs=(NEED,), **parts)
    return rank_resources(situation, RULES, wish_of_need(situation, RULES, NEED))


def _names(ranked: RankedResources) -> list[str]:
    return [each.resource for each in ranked.ranked]


def test_the_edition_and_the_class_decide_before_the_topic() -> None:
    found = _ranked(
        resource("near"),
        resource("fitting", topics=("reading",), edition="人教版", tags=("大班额",)),
        resource("misfit", edition="北师大版", tags=("复式班",)),
        class_contexts=(class_of("mei", edition="人教版", size=56),),
    )
    assert _names(found) == ["fitting", "misfit", "near"]
    assert [each.rank for each in found.ranked] == [1, 2, 3]
    fitting = {each.rule: each.millionths for each in found.ranked[0].reasons}
    assert fitting == {
        "same_edition": 300_000,
        "resource_near_topic": 175_000,
        "class_context": 200_000,
        "easy_format": 100_000,
        "uses_so_far": 0,
        "resource_words": 0,
    }
    assert found.ranked[0].score_millionths == 775_000


def test_unknown_adds_nothing_and_says_so() -> None:
    (only,) = _ranked(resource("untold", topics=(), suffix=None, size=None)).ranked
    assert only.score_millionths == 0
    assert all(each.unknown for each in only.reasons)
    assert "教材版本未知，不计分" in [each.zh for each in only.reasons]


def test_only_tags_that_classes_are_described_by_count() -> None:
    parts = {"class_contexts": (class_of("mei", size=60),)}
    tagged = _ranked(
        resource("a", tags=("大班额", "农村学校")), resource("b", tags=("大班额", "复式班")), **parts
    )
    added = {
        each.resource: next(reason.millionths for reason in each.reasons if reason.rule == "class_context")
        for each in tagged.ranked
    }
    assert added == {"a": 200_000, "b": 100_000}


@pytest.mark.parametrize(
    "unfit",
    [
        resource("heavy", size=101),
        resource("ended", available_to=date(2025, 3, 9)),
        resource("far", topics=("general",)),
    ],
    ids=["too heavy", "no longer available", "another topic"],
)
def test_a_hard_rule_drops_a_resource(unfit: Resource) -> None:
    assert _names(_ranked(resource("good"), unfit)) == ["good"]


def test_people_s_hours_are_no_resource_to_take_along() -> None:
    assert _names(_ranked(resource("hours", pool=Pool.HUMAN), resource("thing", pool=Pool.HARDWARE))) == [
        "thing"
    ]


def test_other_subjects_and_grades_are_dropped() -> None:
    english = Resource(
        id="english",
        name="english",
        pool=Pool.SOFTWARE,
        topics=("aloud",),
        subject=Subject.ENGLISH,
        available_from=date(2023, 1, 1),
    )
    lower = Resource(
        id="lower",
        name="lower",
        pool=Pool.SOFTWARE,
        topics=("aloud",),
        subject=Subject.GENERAL,
        grade_bands=(GradeBand.LOWER,),
        available_from=date(2023, 1, 1),
    )
    assert _names(_ranked(english, lower)) == []


def test_a_school_without_network_gets_what_has_no_bytes_unless_it_states_a_limit() -> None:
    resources = (resource("file"), resource("thing", pool=Pool.HARDWARE, size=None))
    offline = School(id="west", name="西校", connectivity=Connectivity.NONE)
    stated = School(id="west", name="西校", connectivity=Connectivity.NONE, download_limit_bytes=50)
    assert _names(_ranked(*resources, schools=(offline,))) == ["thing"]
    assert _names(_ranked(*resources, schools=(stated,))) == ["file", "thing"]


def test_the_pack_takes_the_best_that_fit_together() -> None:
    found = _ranked(resource("a", size=60), resource("b", size=50), resource("c", size=40))
    assert _names(found) == ["a", "b", "c"]
    assert found.pack == ("a", "c")


def test_ratings_from_teaching_count_and_those_from_opening_do_not() -> None:
    uses = tuple(
        Use(
            id=f"{name}-{level.name}",
            resource=name,
            person="bo",
            school="west",
            level=level,
            on=date(2025, 1, 1),
            rating=rating,
        )
        for name, level, rating in (
            ("good", UseLevel.TAUGHT_WITH, 5),
            ("poor", UseLevel.TAUGHT_WITH, 1),
            ("poor", UseLevel.OPENED, 5),
        )
    )
    found = _ranked(resource("good"), resource("poor"), uses=uses)
    added = {
        each.resource: next(reason.millionths for reason in each.reasons if reason.rule == "uses_so_far")
        for each in found.ranked
    }
    # mean 1 of 2; good (1 + 8 x .5) / 9 = 5/9, poor 4/9; over 0.4..1 and times .1
    assert added == {"good": 25_926, "poor": 7_407}


def test_a_teacher_s_wish_holds_the_topics_of_his_waiting_needs() -> None:
    situation = world(needs=(NEED, need("m", topic="writing")), class_contexts=(class_of("mei", grade=1),))
    wish = wish_of_teacher(situation, RULES, "mei")
    assert (wish.topics, wish.subject, wish.grade_bands) == (
        ("aloud", "writing"),
        Subject.CHINESE,
        (GradeBand.LOWER,),
    )
    assert (wish.line, wish.limit_bytes, wish.digital) == (Connectivity.WEAK, 100, 2.0)


def test_a_school_s_wish_holds_those_of_its_teachers() -> None:
    people = (person("bo", subject=Subject.ENGLISH), person("mei"))
    situation = world(
        people=people,
        employments=(post("bo", "west"), post("mei", "west")),
        needs=(NEED, need("m", teacher="bo", topic="groups")),
    )
    wish = wish_of_school(situation, RULES, "west")
    assert (wish.topics, wish.subject, wish.limit_bytes) == (("aloud", "groups"), None, 100)
    assert wish_of_school(situation, RULES, "north").topics == ()


def test_nothing_to_rank_gives_an_empty_answer() -> None:
    empty = Situation(today=TODAY)
    found = rank_resources(empty, RULES, wish_of_teacher(empty, RULES, "nobody"))
    assert (found.ranked, found.pack) == ((), ())
