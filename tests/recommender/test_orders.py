"""Recommended orders: who, with whose help, why; and why nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from graph.model.needs import NeedGroup, Topic
from graph.model.orders import Capability, Feedback, Session, TrainingOrder
from graph.model.people import Mentorship
from graph.model.terms import (
    GradeBand,
    NeedStatus,
    OrderForm,
    OrderStatus,
    Reach,
    Rung,
    SessionKind,
    Subject,
)
from recommender.orders import Proposal, Unserved, planned_sessions, recommend_orders
from recommender.situation import Situation
from tests.recommender.small_world import (
    RULES,
    TODAY,
    TOPICS,
    hours,
    need,
    person,
    post,
    resource,
    seconded,
    world,
)

NEED = need("n")


def _only(situation: Situation) -> Unserved:
    recommended = recommend_orders(situation, RULES)
    assert recommended.proposals == ()
    (unserved,) = recommended.unserved
    return unserved


def _alone(**parts: object) -> Situation:
    """Lin is the only trainer; each test takes one thing away from what he needs to serve Mei."""
    people = (person("lin", trains=("aloud",)), person("mei"))
    return world(**{"people": people, "needs": (NEED,), **parts})


def _millionths(proposal: Proposal) -> dict[str, int]:
    return {each.rule.split("/")[1]: each.millionths for each in proposal.contributions}


def test_a_need_gets_its_trainers_ranked_with_contributions_worked_by_hand() -> None:
    recommended = recommend_orders(world(needs=(NEED,)), RULES)
    first, second = recommended.proposals
    assert recommended.unserved == ()
    assert [each.recommendation.trainer for each in recommended.proposals] == ["lin", "hua"]
    assert [each.recommendation.rank for each in recommended.proposals] == [1, 2]
    assert _millionths(first) == {
        "declared_topic": 240_000,
        "proven_rung": 0,
        "words_alike": 0,
        "need_severity": 53_333,
        "need_confidence": 20_000,
        "earlier_feedback": 0,
        "local_preference": 0,
        "local_assistant": 80_000,
        "way_of_delivery": 60_000,
        "fitting_resource": 0,
    }
    assert first.recommendation.score_millionths == 453_333
    assert _millionths(second)["declared_topic"] == 192_000
    assert second.recommendation.score_millionths == 405_333


def test_a_recommendation_says_whom_it_serves_how_and_under_which_rules() -> None:
    best = recommend_orders(world(needs=(NEED,)), RULES).proposals[0].recommendation
    assert (best.needs, best.group, best.topic, best.reach) == (("n",), None, "aloud", Reach.INDIVIDUAL)
    assert (best.form, best.sessions, best.issued_on) == (OrderForm.SCHOOL_CLINIC, 2, TODAY)
    assert best.rule_set == RULES.id


def test_the_sentences_name_this_case_s_facts_in_both_languages() -> None:
    contributions = recommend_orders(world(needs=(NEED,)), RULES).proposals[1].contributions
    told = {each.rule.split("/")[1]: (each.because_zh, each.because_en) for each in contributions}
    assert told["declared_topic"] == (
        "hua申报可培训“阅读”，与“朗读指导”相距1步",
        "hua offers “reading”; steps from “reading aloud” in the topic tree: 1",
    )
    assert told["proven_rung"] == (
        "hua在“朗读指导”上没有梯级记录，不计分",
        "no rung of hua in “reading aloud” is on record: adds nothing",
    )


def test_an_outside_trainer_has_a_local_assistant_and_a_local_one_has_none() -> None:
    outside, local = (each.recommendation for each in recommend_orders(world(needs=(NEED,)), RULES).proposals)
    assert (outside.trainer, outside.assistant) == ("lin", "bo")
    assert (local.trainer, local.assistant) == ("hua", None)


@pytest.mark.parametrize(
    ("rung", "added"), [(Rung.ASSISTED, 0), (Rung.CO_LED, 80_000), (Rung.LED_ALONE, 80_000)]
)
def test_local_trainers_are_preferred_only_where_they_are_ready(rung: Rung, added: int) -> None:
    role = Capability(id="k", session="s", person="hua", topic="aloud", rung=rung, on=date(2025, 1, 1))
    proposals = recommend_orders(world(needs=(NEED,), capabilities=(role,)), RULES).proposals
    by_trainer = {each.recommendation.trainer: _millionths(each)["local_preference"] for each in proposals}
    assert by_trainer == {"lin": 0, "hua": added}


def test_who_declared_nothing_but_has_co_led_is_a_trainer() -> None:
    role = Capability(id="k", session="s", person="bo", topic="aloud", rung=Rung.CO_LED, on=date(2025, 1, 1))
    proposals = recommend_orders(world(needs=(NEED,), capabilities=(role,)), RULES).proposals
    assert "bo" in {each.recommendation.trainer for each in proposals}


def test_a_role_below_ready_makes_nobody_a_trainer_in_its_topic() -> None:
    roles = (
        Capability(id="k", session="s", person="bo", topic="aloud", rung=Rung.ASSISTED, on=date(2025, 1, 1)),
        Capability(
            id="l", session="s", person="bo", topic="groups", rung=Rung.LED_ALONE, on=date(2025, 1, 1)
        ),
    )
    proposals = recommend_orders(world(needs=(NEED,), capabilities=roles), RULES).proposals
    assert [each.recommendation.trainer for each in proposals] == ["lin", "hua"]


def test_the_same_situation_gives_the_same_answer_and_another_order_of_input_too() -> None:
    situation = world(needs=(NEED, need("m", teacher="bo", topic="reading")))
    turned = replace(
        situation,
        people=situation.people[::-1],
        needs=situation.needs[::-1],
        employments=situation.employments[::-1],
        topics=situation.topics[::-1],
    )
    assert recommend_orders(situation, RULES) == recommend_orders(turned, RULES)


def test_a_need_reopened_on_the_day_of_its_order_gets_another_proposal() -> None:
    before = recommend_orders(world(needs=(NEED,)), RULES).proposals[0].recommendation
    reopened = replace(NEED, status=NeedStatus.REOPENED, reopened_on=TODAY)
    after = recommend_orders(world(needs=(reopened,)), RULES).proposals[0].recommendation
    assert (before.trainer, before.issued_on) == (after.trainer, after.issued_on)
    assert before.id != after.id


def test_equal_trainers_are_ranked_by_id() -> None:
    twins = (person("zoe", trains=("aloud",)), person("amy", trains=("aloud",)), person("mei"))
    posts = (post("zoe", "north"), post("amy", "north"), post("mei", "west"))
    proposals = recommend_orders(world(people=twins, employments=posts, needs=(NEED,)), RULES).proposals
    assert [each.recommendation.trainer for each in proposals] == ["amy", "zoe"]
    assert len({each.recommendation.score_millionths for each in proposals}) == 1


def test_top_bounds_the_alternates_and_needs_narrow_the_cases() -> None:
    situation = world(needs=(NEED, need("m", teacher="bo", topic="reading")))
    assert len(recommend_orders(situation, RULES, top=1).proposals) == 2
    asked = recommend_orders(situation, RULES, needs=["m"])
    assert {each.recommendation.needs for each in asked.proposals} == {("m",)}
    assert recommend_orders(situation, RULES, needs=[]).proposals == ()


@pytest.mark.parametrize("status", [each for each in NeedStatus if each.name not in ("OPEN", "REOPENED")])
def test_only_waiting_needs_are_served(status: NeedStatus) -> None:
    recommended = recommend_orders(world(needs=(need("n", status=status),)), RULES)
    assert (recommended.proposals, recommended.unserved) == ((), ())


def _group(size: int) -> Situation:
    names = [f"t{place}" for place in range(size)]
    group = NeedGroup(
        id="g",
        alliance="one",
        topic="reading",
        subject=Subject.CHINESE,
        grade_band=GradeBand.UPPER,
        formed_on=TODAY,
        teachers=5,
        schools=2,
    )
    base = world()
    return replace(
        base,
        people=(*base.people, *(person(name) for name in names)),
        employments=(*base.employments, *(post(name, "west" if name < "t2" else "north") for name in names)),
        needs=tuple(need(f"n-{name}", teacher=name, group="g") for name in names),
        groups=(group,),
    )


def test_a_group_gets_a_county_class_on_its_own_topic() -> None:
    best = recommend_orders(_group(5), RULES).proposals[0].recommendation
    assert (best.group, best.topic, best.form, best.reach) == (
        "g",
        "reading",
        OrderForm.COUNTY_CLASS,
        Reach.COMMON,
    )
    assert (best.needs, best.sessions) == (("n-t0", "n-t1", "n-t2", "n-t3", "n-t4"), 3)


def test_one_need_asked_for_brings_its_whole_group() -> None:
    asked = recommend_orders(_group(5), RULES, needs=["n-t3"], top=1)
    assert [len(each.recommendation.needs) for each in asked.proposals] == [5]


def test_what_is_left_of_a_group_too_small_is_served_one_by_one() -> None:
    proposals = recommend_orders(_group(4), RULES, top=1).proposals
    assert [each.recommendation.form for each in proposals] == [OrderForm.SCHOOL_CLINIC] * 4


def test_feedback_is_shrunk_and_moves_the_score() -> None:
    orders = tuple(
        TrainingOrder(
            id=f"o-{name}",
            needs=(),
            topic="aloud",
            subject=Subject.CHINESE,
            form=OrderForm.SCHOOL_CLINIC,
            trainer=name,
            status=OrderStatus.DELIVERED,
            placed_on=date(2025, 1, 1),
        )
        for name in ("lin", "hua")
    )
    sessions = tuple(
        Session(id=f"s-{each.trainer}", order=each.id, number=1, kind=SessionKind.MAIN) for each in orders
    )
    ratings = {"lin": [1, 2, 5, 4], "hua": [5, 5, 4, 4]}
    feedback = tuple(
        Feedback(id=f"f-{name}-{place}", session=f"s-{name}", person="bo", rating=rating, on=date(2025, 2, 1))
        for name, given in ratings.items()
        for place, rating in enumerate(given)
    )
    tomorrow = Feedback(id="f", session="s-lin", person="bo", rating=5, on=date(2025, 3, 11))
    situation = world(needs=(NEED,), orders=orders, sessions=sessions, feedback=(*feedback, tomorrow))
    added = {
        each.recommendation.trainer: _millionths(each)["earlier_feedback"]
        for each in recommend_orders(situation, RULES).proposals
    }
    # mean 6 of 8; lin (2 + 8 x .75) / 12 = 2/3, hua (4 + 6) / 12 = 5/6; over 0.4..1 and times .12
    assert added == {"lin": 53_333, "hua": 86_667}
    told = {
        each.recommendation.trainer: [
            it.because_zh for it in each.contributions if "earlier_feedback" in it.rule
        ]
        for each in recommend_orders(replace(situation, feedback=feedback[:4]), RULES).proposals
    }
    assert told == {
        "lin": ["lin以往培训：满意率按4份反馈向全体均值收缩后为50%"],
        "hua": ["hua以往培训：尚无反馈，按全体均值50%计"],
    }


def test_the_pack_stays_under_the_school_s_limit() -> None:
    resources = (
        resource("big", size=101),
        resource("half", size=60),
        resource("other", size=50),
        resource("small", size=40),
    )
    best = recommend_orders(world(needs=(NEED,), resources=resources), RULES).proposals[0].recommendation
    assert best.resources == ("half", "small")


@pytest.mark.parametrize(
    ("situation", "rule", "sentence"),
    [
        (
            _alone(people=(person("lin", subject=Subject.ENGLISH, trains=("aloud",)), person("mei"))),
            "trainer_subject",
            "lin teaches another subject than the need's",
        ),
        (
            _alone(people=(person("lin", bands=(GradeBand.JUNIOR,), trains=("aloud",)), person("mei"))),
            "trainer_grades",
            "lin does not teach the grades of the need",
        ),
        (
            _alone(teachers=(seconded("lin", until=date(2025, 4, 6)),)),
            "trainer_dates",
            "lin stays for 27 more days, the order takes 28",
        ),
        (
            _alone(
                employments=(post("lin", "east", end=date(2025, 2, 28)), post("mei", "west")), teachers=()
            ),
            "trainer_dates",
            "lin stays for -10 more days, the order takes 28",
        ),
        (
            _alone(availabilities=(hours("lin", 0.2),)),
            "trainer_hours",
            "lin has 3.4 hours left this semester, the order takes 4",
        ),
        (_alone(needs=(need("n", teacher="lin"),)), "trainer_conflict", "lin has an open need"),
        (
            _alone(mentorships=(Mentorship(id="p", mentor="mei", mentee="lin", start=date(2024, 9, 1)),)),
            "trainer_conflict",
            "lin has an open need in “reading aloud” himself, or is the mentee of the one in need",
        ),
    ],
    ids=["subject", "grades", "secondment ends", "left", "no hours", "own need", "mentee"],
)
def test_an_unserved_need_names_the_rule_that_stopped_its_last_candidate(
    situation: Situation, rule: str, sentence: str
) -> None:
    unserved = _only(situation)
    assert (unserved.rule, unserved.candidate) == (rule, "lin")
    assert unserved.en.startswith(sentence)
    assert (rule, 1) in unserved.dropped
    assert unserved.zh.startswith("lin")


def test_a_need_that_nobody_trains_in_says_so() -> None:
    unserved = _only(_alone(people=(person("lin", trains=("groups",)), person("mei"))))
    assert (unserved.rule, unserved.candidate) == ("trainer_topic", None)
    assert unserved.en == "nobody trains in anything near “reading aloud”"
    assert unserved.zh == "没有人可培训与“朗读指导”相近的主题"
    assert unserved.dropped == (("trainer_topic", 1),)


def test_in_a_tree_of_one_root_only_who_trains_near_enough_is_a_candidate() -> None:
    root = Topic(id="teaching", name="教学")
    topics = (root, *(replace(each, parent=each.parent or root.id) for each in TOPICS))
    people = (person("far", trains=("groups",)), person("near", trains=("writing",)), person("mei"))
    near = recommend_orders(_alone(topics=topics, people=people), RULES)
    assert [each.recommendation.trainer for each in near.proposals] == ["near"]
    unserved = _only(_alone(topics=topics, people=(people[0], people[2])))
    assert (unserved.rule, unserved.candidate, unserved.dropped) == (
        "trainer_topic",
        None,
        (("trainer_topic", 1),),
    )


def test_the_last_candidate_is_whom_the_fewest_rules_stop() -> None:
    people = (
        person("ann", subject=Subject.ENGLISH, bands=(GradeBand.LOWER,), trains=("aloud",)),
        person("lin", subject=Subject.ENGLISH, trains=("aloud",)),
        person("mei"),
    )
    unserved = _only(_alone(people=people))
    assert (unserved.candidate, unserved.rule) == ("lin", "trainer_subject")
    assert unserved.dropped == (("trainer_grades", 1), ("trainer_subject", 2))


def test_what_is_not_known_of_a_trainer_stops_nobody() -> None:
    people = (person("lin", subject=None, bands=(), trains=("aloud",)), person("mei"))
    situation = _alone(people=people, teachers=(), employments=(), availabilities=(), semesters=())
    assert [each.recommendation.trainer for each in recommend_orders(situation, RULES).proposals] == ["lin"]


def test_an_alliance_without_trainers_or_without_anything_is_answered() -> None:
    assert _only(_alone(people=(person("mei"),))).rule == "trainer_topic"
    empty = recommend_orders(Situation(today=TODAY), RULES)
    assert (empty.proposals, empty.unserved) == ((), ())
    assert _only(Situation(today=TODAY, needs=(NEED,))).rule == "trainer_topic"


def test_the_best_case_comes_first() -> None:
    slight = replace(need("a", teacher="bo"), severity=1.0)
    proposals = recommend_orders(world(needs=(slight, NEED)), RULES, top=1).proposals
    assert [each.recommendation.needs for each in proposals] == [("n",), ("a",)]


def test_ids_follow_from_rules_need_trainer_and_day() -> None:
    situation = world(needs=(NEED,))
    (first, _), later = (
        recommend_orders(situation, RULES).proposals,
        replace(situation, today=date(2025, 3, 11)),
    )
    assert first == recommend_orders(situation, RULES).proposals[0]
    assert first.recommendation.id != recommend_orders(later, RULES).proposals[0].recommendation.id
    assert len({each.id for each in first.contributions}) == len(first.contributions) == 10


def test_a_clinic_is_one_session_and_a_follow_up_two_weeks_later() -> None:
    told = [
        (each.number, each.kind, each.planned_on)
        for each in planned_sessions(RULES, OrderForm.SCHOOL_CLINIC, date(2025, 3, 17))
    ]
    assert told == [
        (1, SessionKind.MAIN, date(2025, 3, 17)),
        (2, SessionKind.FOLLOW_UP, date(2025, 3, 31)),
    ]


def test_a_county_class_is_a_series_too() -> None:
    kinds = [each.kind for each in planned_sessions(RULES, OrderForm.COUNTY_CLASS, date(2025, 3, 17))]
    assert kinds == [SessionKind.MAIN, SessionKind.MAIN, SessionKind.FOLLOW_UP]
