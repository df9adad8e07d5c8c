"""Forming needs: from evidence and requests to one need an owner and topic, again and again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from graph.model.needs import Need, Request
from graph.model.orders import Feedback, Session, TrainingOrder
from graph.model.terms import (
    GradeBand,
    Instrument,
    NeedStatus,
    OrderForm,
    OrderStatus,
    Reach,
    SessionKind,
    Subject,
)
from recommender.needs import FormedNeeds, form_needs
from recommender.situation import Situation
from tests.recommender.small_world import (
    RULES,
    TODAY,
    TOPICS,
    class_of,
    diagnosed,
    need,
    person,
    post,
    sounding,
    world,
)

REQUEST = Request(id="q", teacher="mei", topic="aloud", severity=2, text="想学朗读指导", on=date(2025, 3, 2))


def _kept(situation: Situation, formed: FormedNeeds) -> Situation:
    """The situation after what was formed is saved."""
    needs = {each.id: each for each in (*situation.needs, *formed.created, *formed.changed)}
    groups = {each.id: each for each in (*situation.groups, *formed.groups)}
    return replace(situation, needs=tuple(needs.values()), groups=tuple(groups.values()))


def test_an_observation_and_a_survey_form_one_open_need_with_its_sum() -> None:
    situation = diagnosed(sounding("see", 3), sounding("ask", 2, instrument=Instrument.SURVEY))
    formed = form_needs(situation, "one", RULES)
    (made,) = formed.created
    assert (made.teacher, made.school, made.topic, made.subject) == ("mei", None, "aloud", Subject.CHINESE)
    assert (made.grade_band, made.reach, made.status) == (GradeBand.UPPER, Reach.INDIVIDUAL, NeedStatus.OPEN)
    assert (made.formed_on, made.rule_set, made.evidence) == (TODAY, RULES.id, ("ask", "see"))
    assert made.severity == 2.5
    assert made.confidence == pytest.approx(0.5178, abs=5e-5)
    (told,) = formed.explanations
    assert told.need == made.id
    assert told.en == (
        "“reading aloud”: start -0.69, observation +0.49, survey +0.27, together confidence by rule 0.52"
    )
    assert told.zh == "“朗读指导”：起点-0.69，课堂观察+0.49，问卷+0.27，合计置信度（按规则）0.52"


def test_a_survey_alone_stays_under_the_threshold_and_is_told() -> None:
    formed = form_needs(diagnosed(sounding("ask", 3, instrument=Instrument.SURVEY)), "one", RULES)
    assert formed.created == ()
    (told,) = formed.below
    assert (told.need, told.teacher, told.topic) == (None, "mei", "aloud")
    assert told.en.endswith("; under 0.44, so no need is formed")


def test_a_request_alone_forms_a_need() -> None:
    (made,) = form_needs(world(requests=(REQUEST,)), "one", RULES).created
    assert (made.requests, made.evidence) == (("q",), ())
    assert made.confidence == pytest.approx(0.5122, abs=5e-5)


def test_a_contradiction_is_kept_in_the_explanation() -> None:
    situation = replace(diagnosed(sounding("see", 0)), requests=(REQUEST,))
    (told,) = form_needs(situation, "one", RULES).explanations
    assert told.contradiction
    assert "contradict" in told.en
    assert "结论不一" in told.zh


def test_forming_twice_changes_nothing_and_forms_the_same_ids() -> None:
    situation = diagnosed(sounding("see", 3))
    first = form_needs(situation, "one", RULES)
    again = form_needs(_kept(situation, first), "one", RULES)
    assert (again.created, again.changed, again.groups) == ((), (), ())
    assert form_needs(situation, "one", RULES) == first


def test_new_evidence_updates_the_open_need_and_never_doubles_it() -> None:
    situation = diagnosed(sounding("see", 2))
    first = _kept(situation, form_needs(situation, "one", RULES))
    more = diagnosed(sounding("see", 2), sounding("talk", 3, instrument=Instrument.INTERVIEW))
    formed = form_needs(replace(more, needs=first.needs), "one", RULES)
    (changed,) = formed.changed
    assert formed.created == ()
    assert (changed.id, changed.evidence) == (first.needs[0].id, ("see", "talk"))
    assert changed.confidence == pytest.approx(0.5308, abs=5e-5)


def test_an_open_need_is_not_dropped_when_evidence_turns_against_it() -> None:
    standing = need("n", evidence=("see",))
    formed = form_needs(diagnosed(sounding("see", 0), needs=(standing,)), "one", RULES)
    assert [(each.id, each.status) for each in formed.changed] == [("n", NeedStatus.OPEN)]
    assert formed.changed[0].confidence == pytest.approx(0.2753, abs=5e-5)


@pytest.mark.parametrize("status", [NeedStatus.ORDERED, NeedStatus.DELIVERED])
def test_ordered_and_delivered_needs_are_left_alone_by_new_evidence(status: NeedStatus) -> None:
    standing = need("n", status=status, ordered=date(2025, 1, 10))
    formed = form_needs(diagnosed(sounding("see", 3), needs=(standing,)), "one", RULES)
    assert (formed.created, formed.changed) == ((), ())


def test_a_later_observation_closes_a_delivered_need_and_forms_no_second_one() -> None:
    standing = need("n", topic="reading", status=NeedStatus.DELIVERED, delivered=date(2025, 2, 1))
    closed = form_needs(diagnosed(sounding("see", 0), needs=(standing,)), "one", RULES)
    assert [(each.id, each.status) for each in closed.changed] == [("n", NeedStatus.MET)]
    reopened = form_needs(diagnosed(sounding("see", 3), needs=(standing,)), "one", RULES)
    assert [(each.id, each.status) for each in reopened.changed] == [("n", NeedStatus.REOPENED)]
    assert (closed.created, reopened.created) == ((), ())


def test_after_closing_only_what_came_later_forms_a_new_need() -> None:
    met = need("n", status=NeedStatus.MET, rechecked=date(2025, 3, 1), evidence=("see",))
    before = diagnosed(sounding("see", 3), sounding("same", 3, on=date(2025, 3, 1)), needs=(met,))
    assert form_needs(before, "one", RULES).created == ()
    later = diagnosed(sounding("new", 3, on=date(2025, 3, 2)), needs=(met,))
    (made,) = form_needs(later, "one", RULES).created
    assert made.id != "n"
    assert made.evidence == ("new",)


def test_a_dismissed_need_is_not_formed_again_from_the_same_evidence() -> None:
    dismissed = need("n", status=NeedStatus.DISMISSED, evidence=("see",))
    assert form_needs(diagnosed(sounding("see", 3), needs=(dismissed,)), "one", RULES).created == ()


def test_evidence_older_than_a_year_or_of_tomorrow_does_not_count() -> None:
    edge = TODAY - timedelta(days=365)
    assert len(form_needs(diagnosed(sounding("a", 3, on=edge)), "one", RULES).created) == 1
    assert form_needs(diagnosed(sounding("a", 3, on=edge - timedelta(days=1))), "one", RULES).created == ()
    assert form_needs(diagnosed(sounding("a", 3, on=TODAY + timedelta(days=1))), "one", RULES).created == ()


def test_a_general_topic_takes_the_teacher_s_subject_and_grades_come_from_his_classes() -> None:
    situation = diagnosed(
        sounding("see", 3, topic="groups"),
        people=(person("mei", subject=Subject.ENGLISH, bands=(GradeBand.LOWER, GradeBand.UPPER)),),
        class_contexts=(class_of("mei", grade=3),),
    )
    (made,) = form_needs(situation, "one", RULES).created
    assert (made.subject, made.grade_band) == (Subject.ENGLISH, GradeBand.MIDDLE)


def test_what_is_not_known_of_a_teacher_stays_open() -> None:
    situation = diagnosed(sounding("see", 3, teacher="stranger", topic="groups"))
    (made,) = form_needs(situation, "one", RULES).created
    assert (made.teacher, made.subject, made.grade_band) == ("stranger", Subject.GENERAL, None)


def test_a_school_can_have_a_need_and_an_untagged_remark_forms_none() -> None:
    situation = diagnosed(
        sounding("school", 3, teacher=None, school="west"), sounding("remark", 3, topic=None)
    )
    (made,) = form_needs(situation, "one", RULES).created
    assert (made.teacher, made.school, made.reach) == (None, "west", Reach.INDIVIDUAL)


def test_five_teachers_of_two_schools_form_a_group() -> None:
    names = [f"t{place}" for place in range(5)]
    situation = diagnosed(
        *(sounding(f"see-{name}", 2, teacher=name) for name in names),
        people=tuple(person(name) for name in names),
        employments=tuple(post(name, "west" if name < "t3" else "north") for name in names),
    )
    formed = form_needs(situation, "one", RULES)
    (group,) = formed.groups
    assert (group.topic, group.teachers, group.schools) == ("aloud", 5, 2)
    assert {each.group for each in formed.created} == {group.id}
    again = form_needs(_kept(situation, formed), "one", RULES)
    assert (again.created, again.changed, again.groups) == ((), (), ())


def test_an_empty_alliance_has_no_needs() -> None:
    formed = form_needs(Situation(today=TODAY), "one", RULES)
    assert (formed.created, formed.changed, formed.groups, formed.explanations, formed.below) == ((),) * 5


def test_evidence_too_old_to_form_a_need_is_told() -> None:
    late, later = TODAY - timedelta(days=400), TODAY - timedelta(days=366)
    soundings = (sounding("see", 3, on=late), sounding("ask", 2, instrument=Instrument.SURVEY, on=later))
    formed = form_needs(diagnosed(*soundings), "one", RULES)
    assert (formed.created, formed.changed, formed.explanations) == ((), (), ())
    (told,) = formed.below
    assert (told.need, told.teacher, told.school, told.topic) == (None, "mei", None, "aloud")
    assert not told.contradiction
    assert told.zh == "“朗读指导”：2条证据都已超过365天（最近一条2024-03-09），不再计入，不形成需求"
    assert told.en == (
        "“reading aloud”: 2 items of evidence are older than 365 days (the latest of 2024-03-09), "
        "so no need is formed"
    )


def test_old_evidence_beside_new_is_told_as_left_out() -> None:
    old = sounding("see", 3, on=TODAY - timedelta(days=366))
    new = sounding("ask", 3, instrument=Instrument.SURVEY)
    (told,) = form_needs(diagnosed(old, new), "one", RULES).below
    assert told.zh == (
        "“朗读指导”：起点-0.69，问卷+0.27，合计置信度（按规则）0.40；另有1条超过365天的证据不再计入；未达到0.44，不形成需求"
    )
    assert told.en == (
        "“reading aloud”: start -0.69, survey +0.27, together confidence by rule 0.40; "
        "1 older than 365 days no longer counts; under 0.44, so no need is formed"
    )


@pytest.mark.parametrize(
    "standing",
    [
        need("n", evidence=()),
        need("n", evidence=("see",)),
        need("n", status=NeedStatus.ORDERED, ordered=date(2025, 1, 10)),
        need("n", status=NeedStatus.MET, ordered=date(2025, 1, 10), rechecked=date(2025, 2, 10)),
    ],
)
def test_old_evidence_of_a_topic_with_a_need_or_a_later_closing_is_not_told(standing: Need) -> None:
    old = sounding("see", 3, on=TODAY - timedelta(days=366))
    assert form_needs(diagnosed(old, needs=(standing,)), "one", RULES).below == ()


def test_permuting_topics_permutes_the_needs() -> None:
    swap = {"aloud": "questions", "questions": "aloud"}
    situation = diagnosed(sounding("see", 3), sounding("other", 2, topic="questions"), topics=TOPICS)
    swapped = replace(
        situation,
        evidence=tuple(replace(each, topic=swap[each.topic or ""]) for each in situation.evidence),
    )
    before = {(each.topic, each.severity) for each in form_needs(situation, "one", RULES).created}
    after = {(swap[each.topic], each.severity) for each in form_needs(swapped, "one", RULES).created}
    assert before == after == {("aloud", 3.0), ("questions", 2.0)}


ORDER = TrainingOrder(
    id="o",
    needs=("n", "other"),
    topic="aloud",
    subject=Subject.CHINESE,
    form=OrderForm.COUNTY_CLASS,
    trainer="lin",
    status=OrderStatus.DELIVERED,
    placed_on=date(2025, 1, 10),
)


def test_what_sessions_feedback_and_observations_say_of_ordered_needs_is_settled_first_and_once() -> None:
    ordered = {"status": NeedStatus.ORDERED, "ordered": date(2025, 1, 10)}
    needs = (
        need("n", **ordered),  # type: ignore[arg-type]  # named as the function's parameters are
        need("other", teacher="hua", **ordered),  # type: ignore[arg-type]  # as above
    )
    session = Session(id="s", order="o", number=1, kind=SessionKind.MAIN, delivered_on=date(2025, 2, 1))
    poor = Feedback(id="f", session="s", person="mei", rating=1, on=date(2025, 2, 2))
    events = {"orders": (ORDER,), "sessions": (session,), "feedback": (poor,), "needs": needs}
    before = form_needs(world(**events), "one", RULES)
    assert [(each.id, each.status, each.delivered_on) for each in before.changed] == [
        ("n", NeedStatus.REOPENED, date(2025, 2, 1)),
        ("other", NeedStatus.DELIVERED, date(2025, 2, 1)),
    ]
    situation = diagnosed(sounding("mine", 0), sounding("hers", 0, teacher="hua"), **events)
    after = form_needs(situation, "one", RULES)
    assert [(each.id, each.status) for each in after.changed] == [
        ("n", NeedStatus.MET),
        ("other", NeedStatus.MET),
    ]
    again = form_needs(_kept(situation, after), "one", RULES)
    assert (again.created, again.changed, again.groups) == ((), (), ())


def test_a_reopened_need_keeps_what_was_seen_of_a_narrower_topic() -> None:
    standing = need("n", topic="reading", status=NeedStatus.DELIVERED, delivered=date(2025, 2, 1))
    situation = diagnosed(
        sounding("narrow", 3), sounding("wide", 1, topic="reading", on=date(2025, 2, 20)), needs=(standing,)
    )
    formed = form_needs(situation, "one", RULES)
    assert [(each.status, each.evidence) for each in formed.changed] == [
        (NeedStatus.REOPENED, ("narrow", "wide"))
    ]
    again = form_needs(_kept(situation, formed), "one", RULES)
    assert (again.created, again.changed) == ((), ())
