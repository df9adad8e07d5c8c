"""The sessions of an order and their days: as the rules plan them or by hand, and which days can't be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from graph.errors import InvalidInput
from graph.model.check import LAST_YEAR
from graph.model.orders import HOURS_OF_A_DAY, MOST_SESSIONS, Session, TrainingOrder
from graph.model.terms import SessionKind
from graph.nodes import Run, load
from recommender.orders import planned_sessions
from recommender.rules import Rules
from resolvers.days import beyond_the_calendar, planned_too_early

_OF_ORDER = "MATCH (:TrainingOrder {id: $order})<-[:OF]-(n:Session)"


async def series_of(run: Run, order: str) -> list[Session]:
    """The sessions of an order that are kept."""
    return await load(run, Session, _OF_ORDER, order=order)


def plan_sessions(order: TrainingOrder, start: date, days: Sequence[date], rules: Rules) -> list[Session]:
    """The series of an order: a session on each of `days`, or as the rules plan it from `start` where there are none.

    Of several days the last one is the follow-up.
    """
    if days:
        last = len(days)
        planned = [(number, _kind(number, last), day) for number, day in enumerate(sorted(days), start=1)]
    else:
        rows = planned_sessions(rules, order.form, start)
        planned = [(row.number, row.kind, row.planned_on) for row in rows]
    return [
        Session(id=f"{order.id}/{number}", order=order.id, number=number, kind=kind, planned_on=day)
        for number, kind, day in planned
    ]


def impossible_days(start: date, days: Sequence[date], rules: Rules) -> Iterator[InvalidInput]:
    """What is wrong with the days whatever is ordered: years beyond the calendar, more sessions than a day holds."""
    # Before the sessions are planned from it: a day near the end of all calendars can't be counted on from.
    yield from beyond_the_calendar("start", start)
    for place, day in enumerate(days):
        yield from beyond_the_calendar(f"days.{place}", day)
    if len(days) > MOST_SESSIONS:
        yield InvalidInput(
            "days",
            f"一个订单最多 {MOST_SESSIONS} 场，得到的是 {len(days)} 场",
            f"an order has {MOST_SESSIONS} sessions at most, got {len(days)}",
        )
    hours = rules.numbers["session_hours"]
    most = int(HOURS_OF_A_DAY / hours)
    for day, count in Counter(days).items():
        if count > most:
            yield InvalidInput(
                "days",
                f"{day} 安排了 {count} 场，一天最多 {most} 场（每场按 {hours:g} 学时计，一天不超过 {HOURS_OF_A_DAY}）",
                f"{count} sessions are planned on {day}; a day holds {most} at most"
                f" ({hours:g} hours each, {HOURS_OF_A_DAY} a day)",
                value=day.isoformat(),
            )


def series_too_late(sessions: Sequence[Session]) -> Iterator[InvalidInput]:
    """A fault of the start from which the rules plan the last session after the calendar's end."""
    last = max(each.planned_on for each in sessions if each.planned_on is not None)
    if last.year > LAST_YEAR:
        yield InvalidInput(
            "start",
            f"按此开始日期，最后一场将在 {last}，晚于 {LAST_YEAR} 年；请提早开始",
            f"from that start the last session would be on {last}, after the year {LAST_YEAR}; start earlier",
            value=last.isoformat(),
        )


def early_days(start: date, days: Sequence[date], since: date, zh: str, en: str) -> Iterator[InvalidInput]:
    """A fault of each day before `since`; `zh` and `en` tell what was on that day."""
    for field, day in (("start", start), *((f"days.{place}", day) for place, day in enumerate(days))):
        yield from planned_too_early(field, day, since=since, zh=zh, en=en)


def _kind(number: int, last: int) -> SessionKind:
    return SessionKind.FOLLOW_UP if 1 < number == last else SessionKind.MAIN
