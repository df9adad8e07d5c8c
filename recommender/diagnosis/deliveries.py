"""Which order a need follows, and when that order has delivered it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from graph.model.needs import Need
from graph.model.orders import Session, TrainingOrder
from graph.model.terms import NeedStatus, OrderStatus, SessionKind
from recommender.situation import Situation

_MOVABLE = frozenset({NeedStatus.ORDERED, NeedStatus.DELIVERED})


def latest_orders(orders: Iterable[TrainingOrder]) -> dict[str, TrainingOrder]:
    """The order that each need follows, by the need's id: its latest one, of a day's the highest id.

    What an earlier order still delivers, or hears of, moves a need no more once it is ordered anew.
    """
    found: dict[str, TrainingOrder] = {}
    for order in sorted(orders, key=lambda each: (each.placed_on, each.id)):
        found.update(dict.fromkeys(order.needs, order))
    return found


def followers(order: TrainingOrder, needs: Iterable[Need], orders: Iterable[TrainingOrder]) -> list[Need]:
    """Those of the needs that follow this order and no later one of `orders`."""
    latest = latest_orders([order, *orders])
    return [need for need in needs if need.id in latest and latest[need.id].id == order.id]


def delivered(need: Need, order: TrainingOrder, series: Sequence[Session], today: date) -> Need | None:
    """The need as DELIVERED on the day of the last training session of its order; None if it is not.

    `series` are the order's sessions; a follow-up may still be ahead. An order without a training
    session, or a cancelled one, delivers nothing; what is dated after `today` has not happened yet.
    """
    main = [each.delivered_on for each in series if each.kind is SessionKind.MAIN]
    days = [day for day in main if day is not None and day <= today]
    if not days or len(days) < len(main) or order.status is OrderStatus.CANCELLED:
        return None
    if need.status not in _MOVABLE:
        return None
    return replace(need, status=NeedStatus.DELIVERED, delivered_on=max(days))


def settle_deliveries(situation: Situation) -> tuple[Need, ...]:
    """The ORDERED needs whose latest order has delivered them by today; only the changed ones, by id."""
    latest = latest_orders(each for each in situation.orders if each.placed_on <= situation.today)
    series: dict[str, list[Session]] = defaultdict(list)
    for session in situation.sessions:
        series[session.order].append(session)
    found = (
        delivered(need, latest[need.id], series[latest[need.id].id], situation.today)
        for need in situation.needs
        if need.status is NeedStatus.ORDERED and need.id in latest
    )
    return tuple(sorted((need for need in found if need is not None), key=lambda need: need.id))
