"""The indicators of a period, each with the list behind its count."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from graph.model.needs import Need
from graph.model.orders import Session
from graph.model.resources import Gift, Resource
from graph.model.terms import NeedStatus, Rung
from recommender import definitions
from recommender.definitions import Definition
from recommender.ladder import Locals
from recommender.scoring.material_pairs import COUNTED_USES
from recommender.situation import Situation

_SATISFIED_FROM = 4
_LEADS_FROM = Rung.LED_WITH_SUPPORT.height
_COUNTS_FIRST_UNDER = 20
_Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A named part of the denominator."""

    code: str
    zh: str
    en: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Median:
    """A median of `n` spans of days; None where there is none."""

    code: str
    zh: str
    en: str
    days: float | None
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A rate with what it was counted from: ids of nodes of `label`, sorted.

    `percent` has one decimal, and is None over nothing; `interval` is the 95 % Wilson interval in per
    cent, a hint (a census of a few schools is no sample); under 20, `counts_first` asks to show counts.
    `is_withheld` says that the counts are empty because they are not to be told.
    """

    definition: Definition
    start: date
    end: date
    label: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    percent: float | None
    interval: tuple[float, float] | None
    counts_first: bool
    received: int | None = None
    expected: int | None = None
    parts: tuple[Part, ...] = ()
    medians: tuple[Median, ...] = ()
    is_withheld: bool = False


def compute_indicators(situation: Situation, alliance: str, start: date, end: date) -> tuple[Indicator, ...]:
    """The six indicators of the alliance over start..end (both days included), in `DEFINITIONS` order.

    The situation holds one alliance's nouns; its memberships are narrowed to `alliance`.
    """
    mine = tuple(each for each in situation.memberships if each.alliance == alliance)
    within = replace(situation, memberships=mine)
    period = _Period(within, start, end)
    return (
        _attendance(period),
        _sharing(period),
        _use(period),
        _satisfaction(period),
        _local_delivery(period),
        _needs_met(period),
    )


def wilson(successes: int, total: int) -> tuple[float, float] | None:
    """The 95 % Wilson interval of a share, in per cent, one decimal; None over nothing. Source: Wilson 1927."""
    if total == 0:
        return None
    share, square = successes / total, _Z_95**2
    middle = share + square / (2 * total)
    spread = _Z_95 * math.sqrt(share * (1 - share) / total + square / (4 * total**2))
    low, high = ((middle + sign * spread) / (1 + square / total) for sign in (-1, 1))
    return round(100 * max(0.0, low), 1), round(100 * min(1.0, high), 1)


class _Period:
    """What several indicators look at: the period and the sessions delivered in it."""

    def __init__(self, situation: Situation, start: date, end: date) -> None:
        self.situation = situation
        self.start = start
        self.end = end
        self.locals = Locals(situation)
        self.sessions: dict[str, Session] = {
            each.id: each for each in situation.sessions if self.holds(each.delivered_on)
        }

    def holds(self, day: date | None) -> bool:
        """Whether the day is known and lies in the period."""
        return day is not None and self.start <= day <= self.end

    def rate(
        self, definition: Definition, label: str, numerator: Collection[str], denominator: Collection[str]
    ) -> Indicator:
        """The indicator of these ids."""
        total = len(denominator)
        return Indicator(
            definition=definition,
            start=self.start,
            end=self.end,
            label=label,
            numerator=tuple(sorted(numerator)),
            denominator=tuple(sorted(denominator)),
            percent=round(100 * len(numerator) / total, 1) if total else None,
            interval=wilson(len(numerator), total),
            counts_first=total < _COUNTS_FIRST_UNDER,
        )


def _attendance(period: _Period) -> Indicator:
    due = [each for each in period.situation.attendances if each.expected and each.session in period.sessions]
    rate = period.rate(
        definitions.TRAINING_ATTENDANCE,
        "Attendance",
        [each.id for each in due if each.present],
        [each.id for each in due],
    )
    return replace(rate, received=sum(each.present is not None for each in due), expected=len(due))


def _sharing(period: _Period) -> Indicator:
    available = {
        each.id: each
        for each in period.situation.resources
        if each.available_from <= period.end
        and (each.available_to is None or each.available_to >= period.start)
    }
    shared = {
        each.resource
        for each in period.situation.uses
        if each.level in COUNTED_USES
        and period.holds(each.on)
        and each.resource in available
        and each.school != _home(available[each.resource], each.on, period)
    }
    return period.rate(definitions.SHARING, "Resource", shared, available)


def _home(resource: Resource, on: date, period: _Period) -> str | None:
    """The contributor's school: the one on record, else where the contributor worked that day."""
    if resource.school is not None or resource.contributor is None:
        return resource.school
    return period.locals.school_of(resource.contributor, on)


def _use(period: _Period) -> Indicator:
    used: dict[tuple[str, str], date] = {}
    for use in period.situation.uses:
        if use.level in COUNTED_USES and period.holds(use.on):
            key = (use.resource, use.school)
            used[key] = max(use.on, used.get(key, use.on))
    first: dict[tuple[str, str], Gift] = {}
    for gift in sorted(period.situation.gifts, key=lambda each: (each.on, each.id)):
        if gift.on <= period.end:
            first.setdefault((gift.resource, gift.school), gift)
    put_to_use = [gift.id for key, gift in first.items() if used.get(key, date.min) >= gift.on]
    return period.rate(definitions.USE, "Gift", put_to_use, [gift.id for gift in first.values()])


def _satisfaction(period: _Period) -> Indicator:
    received = [each for each in period.situation.feedback if each.session in period.sessions]
    present = sum(
        each.session in period.sessions and bool(each.present) for each in period.situation.attendances
    )
    rate = period.rate(
        definitions.SATISFACTION,
        "Feedback",
        [each.id for each in received if each.rating >= _SATISFIED_FROM],
        [each.id for each in received],
    )
    return replace(rate, received=len(received), expected=present)


def _local_delivery(period: _Period) -> Indicator:
    highest: dict[str, Rung] = {}
    for role in period.situation.capabilities:
        session = period.sessions.get(role.session)
        if session is None or session.delivered_on is None:
            continue
        if period.locals.is_local(role.person, session.delivered_on):
            known = highest.get(session.id)
            highest[session.id] = role.rung if known is None or known.height < role.rung.height else known
    led = [name for name, rung in highest.items() if rung.height >= _LEADS_FROM]
    rate = period.rate(definitions.LOCAL_DELIVERY, "Session", led, period.sessions)
    return replace(rate, parts=_by_rung(period.sessions, highest))


def _by_rung(sessions: Collection[str], highest: dict[str, Rung]) -> tuple[Part, ...]:
    """Every session under its highest local rung, highest rung first; NONE where no local person had a role."""
    ladder: list[tuple[str, str, str, Rung | None]] = [
        (rung.name, rung.zh, rung.en, rung) for rung in reversed(Rung)
    ]
    ladder.append(("NONE", "无本土人员参与", "no local person", None))
    return tuple(
        Part(
            code=code, zh=zh, en=en, ids=tuple(sorted(name for name in sessions if highest.get(name) is rung))
        )
        for code, zh, en, rung in ladder
    )


def _needs_met(period: _Period) -> Indicator:
    on_order = [each for each in period.situation.needs if _is_on_order(each, period)]
    met = [each for each in on_order if each.status is NeedStatus.MET and period.holds(each.rechecked_on)]
    rate = period.rate(
        definitions.NEEDS_MET, "Need", [each.id for each in met], [each.id for each in on_order]
    )
    to_delivery = [(each.delivered_on - each.formed_on).days for each in met if each.delivered_on is not None]
    to_recheck = [
        (each.rechecked_on - each.delivered_on).days
        for each in met
        if each.rechecked_on is not None and each.delivered_on is not None
    ]
    medians = (
        _median("NEED_TO_DELIVERY", "形成到实施", "need to delivery", to_delivery),
        _median("DELIVERY_TO_RECHECK", "实施到复查", "delivery to re-check", to_recheck),
    )
    return replace(rate, medians=medians)


def _is_on_order(need: Need, period: _Period) -> bool:
    if need.ordered_on is None or need.ordered_on > period.end or need.status is NeedStatus.DISMISSED:
        return False
    closed = need.rechecked_on if need.status is NeedStatus.MET else None
    return closed is None or closed >= period.start


def _median(code: str, zh: str, en: str, days: Sequence[int]) -> Median:
    return Median(code=code, zh=zh, en=en, days=float(median(days)) if days else None, n=len(days))
