"""Indicators of one school half-year, every count worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from graph.model.orders import Attendance, Capability, Feedback, Session
from graph.model.resources import Gift, Use
from graph.model.terms import NeedStatus, Provenance, Rung, SessionKind, Side, UseLevel
from recommender.definitions import DEFINITIONS
from recommender.indicators import Indicator, compute_indicators, wilson
from recommender.situation import Situation
from tests.recommender.small_world import MEMBERSHIPS, TODAY, need, resource, world

START, END = date(2024, 9, 1), date(2025, 1, 31)


def _session(name: str, delivered: date | None) -> Session:
    return Session(id=name, order="o", number=1, kind=SessionKind.MAIN, delivered_on=delivered)


SESSIONS = (
    _session("early", date(2024, 8, 31)),
    _session("first", START),
    _session("last", END),
    _session("late", date(2025, 2, 1)),
    _session("planned", None),
)


def _computed(code: str, situation: Situation, alliance: str = "one") -> Indicator:
    found = {each.definition.code: each for each in compute_indicators(situation, alliance, START, END)}
    assert list(found) == [each.code for each in DEFINITIONS]
    return found[code]


def _counts(indicator: Indicator) -> tuple[tuple[str, ...], tuple[str, ...], float | None]:
    return indicator.numerator, indicator.denominator, indicator.percent


def _attendance(name: str, session: str, present: bool | None, expected: bool = True) -> Attendance:
    return Attendance(id=name, session=session, person=name, present=present, expected=expected)


ATTENDANCES = (
    _attendance("came", "first", True),
    _attendance("missed", "first", False),
    _attendance("unrecorded", "last", None),
    _attendance("walked-in", "last", True, expected=False),
    _attendance("before", "early", True),
)


def test_attendance_counts_those_expected_at_sessions_of_the_period() -> None:
    found = _computed("TRAINING_ATTENDANCE", world(sessions=SESSIONS, attendances=ATTENDANCES))
    assert _counts(found) == (("came",), ("came", "missed", "unrecorded"), 33.3)
    assert (found.label, found.received, found.expected, found.counts_first) == ("Attendance", 2, 3, True)


def test_satisfaction_shows_what_was_received_beside_what_was_expected() -> None:
    feedback = tuple(
        Feedback(id=f"f{rating}-{session}", session=session, person="mei", rating=rating, on=END)
        for rating, session in ((5, "first"), (4, "last"), (3, "last"), (5, "late"))
    )
    found = _computed("SATISFACTION", world(sessions=SESSIONS, attendances=ATTENDANCES, feedback=feedback))
    assert _counts(found) == (("f4-last", "f5-first"), ("f3-last", "f4-last", "f5-first"), 66.7)
    assert (found.received, found.expected) == (3, 2)


def _use(name: str, what: str, school: str, level: UseLevel = UseLevel.TAUGHT_WITH, on: date = END) -> Use:
    return Use(id=name, resource=what, person="mei", school=school, level=level, on=on)


def test_sharing_counts_resources_used_at_another_school_than_the_contributor_s() -> None:
    resources = (
        resource("shared"),
        resource("at home"),
        resource("opened"),
        resource("another year"),
        resource("gone", available_to=date(2024, 8, 31)),
        replace(resource("by lin", school=None), contributor="lin"),
        resource("from outside", school=None),
    )
    uses = (
        _use("1", "shared", "west"),
        _use("2", "at home", "east"),
        _use("3", "opened", "west", UseLevel.DOWNLOADED),
        _use("4", "another year", "west", on=date(2025, 2, 1)),
        _use("5", "gone", "west"),
        _use("6", "by lin", "east"),
        _use("7", "from outside", "west", UseLevel.ADAPTED),
    )
    found = _computed("SHARING", world(resources=resources, uses=uses))
    assert found.numerator == ("from outside", "shared")
    assert found.denominator == ("another year", "at home", "by lin", "from outside", "opened", "shared")
    assert (found.percent, found.label) == (33.3, "Resource")


def test_use_counts_each_resource_once_a_school_by_its_first_gift() -> None:
    gifts = tuple(
        Gift(id=name, resource=what, school=school, on=on)
        for name, what, school, on in (
            ("used", "r", "west", date(2024, 10, 1)),
            ("used, given again", "r", "west", date(2024, 12, 1)),
            ("used elsewhere", "r", "north", date(2024, 10, 1)),
            ("used before", "q", "west", date(2025, 1, 2)),
            ("old", "p", "west", date(2023, 1, 1)),
            ("later", "p", "north", date(2025, 2, 1)),
        )
    )
    uses = (
        _use("1", "r", "west", on=date(2024, 10, 1)),
        _use("2", "q", "west", on=date(2025, 1, 1)),
        _use("3", "p", "west", on=date(2024, 8, 31)),
        _use("4", "p", "north"),
    )
    found = _computed("USE", world(gifts=gifts, uses=uses))
    assert _counts(found) == (("used",), ("old", "used", "used before", "used elsewhere"), 25.0)
    assert found.label == "Gift"


def _role(session: str, name: str, rung: Rung) -> Capability:
    return Capability(
        id=f"{session}-{name}", session=session, person=name, topic="aloud", rung=rung, on=START
    )


def test_local_delivery_is_told_by_the_highest_rung_of_a_local_person() -> None:
    sessions = (*SESSIONS, _session("third", date(2024, 12, 1)))
    roles = (
        _role("first", "lin", Rung.LED_ALONE),
        _role("first", "bo", Rung.ASSISTED),
        _role("first", "mei", Rung.OBSERVED),
        _role("last", "hua", Rung.LED_WITH_SUPPORT),
        _role("late", "hua", Rung.LED_ALONE),
        _role("third", "lin", Rung.LED_ALONE),
    )
    found = _computed("LOCAL_DELIVERY", world(sessions=sessions, capabilities=roles))
    assert _counts(found) == (("last",), ("first", "last", "third"), 33.3)
    assert [(part.code, part.ids) for part in found.parts] == [
        ("LED_ALONE", ()),
        ("LED_WITH_SUPPORT", ("last",)),
        ("CO_LED", ()),
        ("ASSISTED", ("first",)),
        ("OBSERVED", ()),
        ("NONE", ("third",)),
    ]


def test_another_alliance_has_no_locals_here() -> None:
    roles = (_role("first", "hua", Rung.LED_ALONE),)
    other = tuple(replace(each, id=f"{each.id}-2", alliance="two", side=Side.HELPING) for each in MEMBERSHIPS)
    situation = world(sessions=SESSIONS, capabilities=roles, memberships=(*MEMBERSHIPS, *other))
    assert _computed("LOCAL_DELIVERY", situation).numerator == ("first",)
    assert _computed("LOCAL_DELIVERY", situation, alliance="two").numerator == ()


def test_needs_met_counts_needs_on_order_in_the_period_and_closed_in_it() -> None:
    ordered, delivered = date(2024, 10, 1), date(2024, 10, 20)
    needs = (
        need(
            "met",
            status=NeedStatus.MET,
            formed=date(2024, 9, 20),
            ordered=ordered,
            delivered=delivered,
            rechecked=date(2024, 11, 9),
        ),
        need(
            "met at the end",
            status=NeedStatus.MET,
            formed=date(2024, 10, 1),
            ordered=ordered,
            delivered=date(2024, 11, 10),
            rechecked=END,
        ),
        need(
            "met later",
            status=NeedStatus.MET,
            ordered=ordered,
            delivered=delivered,
            rechecked=date(2025, 2, 1),
        ),
        need("met before", status=NeedStatus.MET, ordered=date(2024, 3, 1), rechecked=date(2024, 8, 31)),
        need("from before", status=NeedStatus.DELIVERED, ordered=date(2024, 3, 1)),
        need("reopened", status=NeedStatus.REOPENED, ordered=ordered, rechecked=date(2024, 12, 1)),
        need("dismissed", status=NeedStatus.DISMISSED, ordered=ordered),
        need("open"),
        need("ordered later", status=NeedStatus.ORDERED, ordered=date(2025, 2, 1)),
    )
    found = _computed("NEEDS_MET", world(needs=needs))
    assert found.numerator == ("met", "met at the end")
    assert found.denominator == ("from before", "met", "met at the end", "met later", "reopened")
    assert found.percent == 40.0
    assert [(each.code, each.days, each.n) for each in found.medians] == [
        ("NEED_TO_DELIVERY", 35.0, 2),
        ("DELIVERY_TO_RECHECK", 51.0, 2),
    ]


def test_over_nothing_there_is_no_rate() -> None:
    for indicator in compute_indicators(Situation(today=TODAY), "one", START, END):
        assert _counts(indicator) == ((), (), None)
        assert indicator.interval is None
        assert indicator.counts_first


@pytest.mark.parametrize(
    ("successes", "total", "interval"),
    [(14, 20, (48.1, 85.5)), (0, 10, (0.0, 27.8)), (10, 10, (72.2, 100.0)), (0, 0, None)],
)
def test_wilson_s_interval_is_that_of_the_books(
    successes: int, total: int, interval: tuple[float, float] | None
) -> None:
    assert wilson(successes, total) == interval


def test_counts_come_first_under_twenty() -> None:
    attendances = tuple(_attendance(f"a{place:02}", "first", True) for place in range(20))
    twenty = _computed("TRAINING_ATTENDANCE", world(sessions=SESSIONS, attendances=attendances))
    nineteen = _computed("TRAINING_ATTENDANCE", world(sessions=SESSIONS, attendances=attendances[1:]))
    assert (twenty.counts_first, nineteen.counts_first) == (False, True)


def test_every_definition_is_ours_and_the_paper_s_figures_stand_beside_it() -> None:
    assert {each.provenance for each in DEFINITIONS} == {Provenance.OURS}
    cited = {
        each.code: (each.cited.before, each.cited.after) for each in DEFINITIONS if each.cited is not None
    }
    assert cited == {"SHARING": (20, 80), "SATISFACTION": (58, 98)}
    assert all(
        "10.61369/ETR.2025480044" in each.cited.source for each in DEFINITIONS if each.cited is not None
    )
