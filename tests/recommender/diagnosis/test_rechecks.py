"""A delivered need closes or reopens by what comes after; nobody else's need moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from graph.model.needs import Need
from graph.model.orders import Feedback, Session, TrainingOrder
from graph.model.terms import Instrument, NeedStatus, OrderForm, OrderStatus, SessionKind, Subject
from recommender.diagnosis.rechecks import (
    recheck_needs,
    reopen_by_feedback,
    reopened_by_feedback,
    take_back_reopenings,
)
from recommender.situation import Situation
from tests.recommender.small_world import RULES, TODAY, diagnosed, need, sounding, world

DELIVERED = need(
    "n", status=NeedStatus.DELIVERED, ordered=date(2025, 1, 10), delivered=date(2025, 2, 1), evidence=("old",)
)
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
SESSION = Session(id="s", order="o", number=1, kind=SessionKind.MAIN, delivered_on=date(2025, 2, 1))


def _feedback(rating: int, person: str = "mei", on: date = date(2025, 2, 2)) -> Feedback:
    return Feedback(id=f"f-{person}-{rating}", session="s", person=person, rating=rating, on=on)


def _recheck(need: Need, situation: Situation) -> Need | None:
    """The need after what the situation saw of it; None when nothing changes."""
    return next(iter(recheck_needs(replace(situation, needs=(need,)), RULES)), None)


def _told(need: Need | None) -> tuple[NeedStatus, date | None, date | None] | None:
    return None if need is None else (need.status, need.rechecked_on, need.reopened_on)


def test_an_observation_without_difficulty_closes_the_need() -> None:
    found = _recheck(DELIVERED, diagnosed(sounding("new", 0)))
    assert _told(found) == (NeedStatus.MET, date(2025, 3, 1), None)
    assert found is not None
    assert found.evidence == ("old", "new")


@pytest.mark.parametrize("severity", [1, 2, 3])
def test_any_difficulty_left_reopens_it_with_the_reason(severity: int) -> None:
    found = _recheck(DELIVERED, diagnosed(sounding("new", severity)))
    assert _told(found) == (NeedStatus.REOPENED, date(2025, 3, 1), date(2025, 3, 1))
    assert found is not None
    assert found.reason == f"2025-03-01复查，严重程度{severity}"


@pytest.mark.parametrize(
    "unfit",
    [
        sounding("new", 0, on=date(2025, 2, 1)),
        sounding("new", 0, on=date(2025, 3, 11)),
        sounding("new", 0, instrument=Instrument.SURVEY),
        sounding("new", 0, teacher="hua"),
        sounding("new", 0, topic="questions"),
        sounding("new", 0, topic="reading"),
        sounding("new", 0, topic=None),
    ],
    ids=["same day", "tomorrow", "survey", "another teacher", "sibling", "wider topic", "no topic"],
)
def test_what_is_no_later_observation_of_the_topic_changes_nothing(unfit: object) -> None:
    assert _recheck(DELIVERED, diagnosed(unfit)) is None  # type: ignore[arg-type]  # a sounding


def test_a_narrower_topic_counts_and_the_latest_day_decides_by_its_worst_item() -> None:
    wide = need("n", topic="reading", status=NeedStatus.DELIVERED, delivered=date(2025, 2, 1))
    early, late = date(2025, 2, 20), date(2025, 3, 2)
    good = diagnosed(sounding("a", 3, on=early), sounding("b", 0, on=late))
    mixed = diagnosed(
        sounding("a", 0, on=early), sounding("b", 0, on=late), sounding("c", 2, topic="questions", on=late)
    )
    assert _told(_recheck(wide, good)) == (NeedStatus.MET, late, None)
    assert _told(_recheck(wide, mixed)) == (NeedStatus.REOPENED, late, late)


def test_only_delivered_and_reopened_needs_are_rechecked() -> None:
    others = tuple(need(status.name, status=status, delivered=date(2025, 2, 1)) for status in NeedStatus)
    changed = recheck_needs(diagnosed(sounding("new", 0), needs=others), RULES)
    assert [(each.id, each.status) for each in changed] == [
        ("DELIVERED", NeedStatus.MET),
        ("REOPENED", NeedStatus.MET),
    ]


def test_a_school_s_own_need_closes_by_an_observation_of_the_school_and_by_no_teacher_s() -> None:
    own = replace(
        need("n", teacher=None, status=NeedStatus.DELIVERED, delivered=date(2025, 2, 1)), school="west"
    )
    assert _told(_recheck(own, diagnosed(sounding("new", 0, teacher=None, school="west")))) == (
        NeedStatus.MET,
        date(2025, 3, 1),
        None,
    )
    assert _recheck(own, diagnosed(sounding("new", 0, teacher=None, school="north"))) is None
    assert _recheck(own, diagnosed(sounding("new", 0, teacher="mei", school="west"))) is None


REOPENED = replace(DELIVERED, status=NeedStatus.REOPENED, reopened_on=date(2025, 2, 10), reason="why")


def test_a_reopened_need_is_met_by_a_later_observation_without_difficulty() -> None:
    assert _told(_recheck(REOPENED, diagnosed(sounding("new", 0)))) == (
        NeedStatus.MET,
        date(2025, 3, 1),
        date(2025, 2, 10),
    )
    assert _recheck(REOPENED, diagnosed(sounding("new", 0, on=date(2025, 2, 10)))) is None
    assert _recheck(replace(REOPENED, delivered_on=None), diagnosed(sounding("new", 0))) is None


def test_a_reopened_need_stays_reopened_while_difficulty_is_seen_and_looking_twice_changes_nothing() -> None:
    found = _recheck(REOPENED, diagnosed(sounding("new", 2)))
    assert _told(found) == (NeedStatus.REOPENED, date(2025, 3, 1), date(2025, 2, 10))
    assert found is not None
    assert (found.evidence, found.reason) == (("old", "new"), "why")
    assert _recheck(found, diagnosed(sounding("new", 2))) is None


@pytest.mark.parametrize(("rating", "reopens"), [(1, True), (2, True), (3, False), (5, False)])
def test_a_rating_of_one_or_two_reopens(rating: int, reopens: bool) -> None:
    found = reopened_by_feedback(DELIVERED, _feedback(rating), ORDER, RULES)
    assert (found is not None) is reopens


def test_only_the_rater_s_own_need_of_that_order_reopens() -> None:
    needs = (
        DELIVERED,
        need("other", teacher="hua", status=NeedStatus.DELIVERED, ordered=date(2025, 1, 10)),
        need("elsewhere", topic="writing", status=NeedStatus.DELIVERED, ordered=date(2025, 1, 10)),
    )
    situation = world(needs=needs, orders=(ORDER,), sessions=(SESSION,), feedback=(_feedback(2),))
    (changed,) = reopen_by_feedback(situation, RULES)
    assert (changed.id, changed.reopened_on, changed.reason) == (
        "n",
        date(2025, 2, 2),
        "培训反馈2分（满分5分）",
    )


def test_a_met_need_stays_met_and_old_feedback_reopens_nothing_again() -> None:
    met = need("n", status=NeedStatus.MET, rechecked=date(2025, 2, 20))
    again = need("n", status=NeedStatus.ORDERED, reopened=date(2025, 2, 2))
    before_the_order = _feedback(1, on=date(2025, 1, 9))
    assert reopened_by_feedback(met, _feedback(1), ORDER, RULES) is None
    assert reopened_by_feedback(again, _feedback(1), ORDER, RULES) is None
    assert reopened_by_feedback(DELIVERED, before_the_order, ORDER, RULES) is None


def test_feedback_on_an_earlier_order_reopens_no_need_that_was_ordered_anew() -> None:
    anew = replace(ORDER, id="o2", needs=("n",), placed_on=date(2025, 2, 20))
    needs = (need("n", status=NeedStatus.ORDERED, ordered=date(2025, 1, 10)),)
    late = replace(_feedback(1), on=date(2025, 2, 25))
    old = world(needs=needs, orders=(anew, ORDER), sessions=(SESSION,), feedback=(late,))
    assert reopen_by_feedback(old, RULES) == ()
    new = replace(old, sessions=(replace(SESSION, order="o2"),))
    assert [(each.id, each.reopened_on) for each in reopen_by_feedback(new, RULES)] == [("n", late.on)]


RATED = replace(
    DELIVERED, status=NeedStatus.REOPENED, reopened_on=date(2025, 2, 2), reason="培训反馈2分（满分5分）"
)


def _taken_back(need: Need, *said: Feedback, order: TrainingOrder = ORDER) -> tuple[Need, ...]:
    return take_back_reopenings(world(needs=(need,), orders=(order,), sessions=(SESSION,), feedback=said))


def test_a_corrected_rating_gives_the_need_back_its_state() -> None:
    assert _taken_back(RATED, _feedback(5)) == (DELIVERED,)
    ahead = replace(SESSION, id="s2", number=2, delivered_on=None)
    under_way = world(needs=(RATED,), orders=(ORDER,), sessions=(SESSION, ahead), feedback=(_feedback(5),))
    assert take_back_reopenings(under_way) == (replace(DELIVERED, status=NeedStatus.ORDERED),)


def test_a_rating_that_stands_keeps_what_it_reopened() -> None:
    assert _taken_back(RATED, _feedback(2), _feedback(5)) == ()
    corrected_to_another = _taken_back(RATED, _feedback(1))
    assert corrected_to_another == (DELIVERED,)
    again = world(needs=corrected_to_another, orders=(ORDER,), sessions=(SESSION,), feedback=(_feedback(1),))
    assert [each.reason for each in reopen_by_feedback(again, RULES)] == ["培训反馈1分（满分5分）"]


def test_a_correction_dated_ahead_of_today_takes_nothing_back_yet() -> None:
    ahead = _feedback(5, on=TODAY + timedelta(days=1))
    assert _taken_back(RATED, ahead) == ()
    assert _taken_back(RATED, replace(ahead, on=TODAY)) == (DELIVERED,)


def test_only_what_a_rating_of_this_order_reopened_is_taken_back() -> None:
    good = _feedback(5)
    assert _taken_back(replace(RATED, reason="2025-02-02复查，严重程度2"), good) == ()
    assert _taken_back(replace(RATED, reason=None), good) == ()
    assert _taken_back(replace(RATED, reopened_on=date(2025, 1, 9)), good) == ()
    assert _taken_back(replace(RATED, status=NeedStatus.ORDERED), good) == ()
    assert _taken_back(RATED) == ()
    assert _taken_back(RATED, _feedback(5, person="hua")) == ()
    assert _taken_back(RATED, good, order=replace(ORDER, status=OrderStatus.CANCELLED)) == ()
