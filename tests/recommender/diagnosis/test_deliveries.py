"""A need follows its latest order: what an earlier one delivers moves it no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from graph.model.needs import Need
from graph.model.orders import Session, TrainingOrder
from graph.model.terms import NeedStatus, OrderForm, OrderStatus, SessionKind, Subject
from recommender.diagnosis.deliveries import delivered, followers, latest_orders, settle_deliveries
from tests.recommender.small_world import TODAY, need, world

FIRST = TrainingOrder(
    id="o1",
    needs=("n", "other"),
    topic="aloud",
    subject=Subject.CHINESE,
    form=OrderForm.COUNTY_CLASS,
    trainer="lin",
    status=OrderStatus.UNDER_WAY,
    placed_on=date(2025, 1, 10),
)
ANEW = replace(FIRST, id="o2", needs=("n",), placed_on=date(2025, 2, 10))
ORDERED = need("n", status=NeedStatus.ORDERED, ordered=date(2025, 1, 10))
OTHER = need("other", teacher="hua", status=NeedStatus.ORDERED, ordered=date(2025, 1, 10))


def _session(order: str, number: int, on: date | None, kind: SessionKind = SessionKind.MAIN) -> Session:
    return Session(id=f"{order}/{number}", order=order, number=number, kind=kind, delivered_on=on)


DONE = (_session("o1", 1, date(2025, 2, 20)), _session("o1", 2, date(2025, 2, 12)))
AHEAD = _session("o1", 3, None, SessionKind.FOLLOW_UP)


def _settled(
    *sessions: Session, orders: tuple[TrainingOrder, ...] = (FIRST,)
) -> list[tuple[str, date | None]]:
    situation = world(needs=(OTHER, ORDERED), orders=orders, sessions=sessions)
    changed: tuple[Need, ...] = settle_deliveries(situation)
    assert {each.status for each in changed} <= {NeedStatus.DELIVERED}
    return [(each.id, each.delivered_on) for each in changed]


def test_the_last_training_delivers_with_its_date_while_the_follow_up_is_ahead() -> None:
    assert _settled(*DONE, AHEAD) == [("n", date(2025, 2, 20)), ("other", date(2025, 2, 20))]


def test_a_need_ordered_anew_follows_its_latest_order_only() -> None:
    assert _settled(*DONE, orders=(ANEW, FIRST)) == [("other", date(2025, 2, 20))]
    later = _session("o2", 1, date(2025, 3, 1))
    assert ("n", date(2025, 3, 1)) in _settled(*DONE, later, orders=(ANEW, FIRST))
    assert latest_orders([ANEW, FIRST]) == {"n": ANEW, "other": FIRST}
    assert latest_orders([replace(ANEW, placed_on=FIRST.placed_on), FIRST])["n"].id == "o2"
    assert followers(FIRST, [ORDERED, OTHER], [ANEW]) == [OTHER]


@pytest.mark.parametrize(
    "sessions",
    [(), (AHEAD,), (DONE[0], _session("o1", 2, None)), (DONE[0], _session("o1", 2, date(2025, 3, 11)))],
    ids=["no session", "a follow-up alone", "one of two", "the second tomorrow"],
)
def test_what_is_not_held_yet_delivers_nothing(sessions: tuple[Session, ...]) -> None:
    assert _settled(*sessions) == []


def test_a_cancelled_order_and_other_statuses_move_nothing() -> None:
    assert _settled(*DONE, orders=(replace(FIRST, status=OrderStatus.CANCELLED),)) == []
    waiting = (NeedStatus.OPEN, NeedStatus.REOPENED, NeedStatus.MET, NeedStatus.DISMISSED)
    assert [delivered(replace(ORDERED, status=each), FIRST, DONE, TODAY) for each in waiting] == [None] * 4
