"""Weight of evidence, worked by hand from the ratios of the default file (prior odds 0.49993)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.diagnosis.evidence import Item, fuse
from recommender.rule_files.form import REQUEST, SOURCES
from tests.recommender.small_world import RULES

DAY = date(2025, 3, 1)
THRESHOLD = RULES.numbers["need_confidence"]


def _item(instrument: str, severity: int = 2, source: str = "e", on: date = DAY) -> Item:
    return Item(source=source, instrument=instrument, severity=severity, on=on)


@pytest.mark.parametrize(
    ("instruments", "confidence"),
    [
        ((), 0.3333),
        (("SURVEY",), 0.3957),
        (("INTERVIEW",), 0.4082),
        (("OBSERVATION",), 0.4505),
        (("SURVEY", "INTERVIEW"), 0.4747),
        (("SURVEY", "OBSERVATION"), 0.5178),
        (("SURVEY", "INTERVIEW", "OBSERVATION"), 0.5971),
        ((REQUEST,), 0.5122),
        ((REQUEST, "SURVEY", "INTERVIEW", "OBSERVATION"), 0.7568),
    ],
)
def test_each_instrument_multiplies_the_odds_once(instruments: tuple[str, ...], confidence: float) -> None:
    assert fuse([_item(each) for each in instruments], RULES).confidence == pytest.approx(
        confidence, abs=5e-5
    )


def test_no_instrument_alone_reaches_even_odds_and_only_observation_makes_a_need_alone() -> None:
    alone = {
        each: fuse([_item(each, 3)], RULES).confidence for each in ("SURVEY", "INTERVIEW", "OBSERVATION")
    }
    assert max(alone.values()) < 0.5
    assert [each for each, confidence in alone.items() if confidence >= THRESHOLD] == ["OBSERVATION"]


def test_a_request_makes_a_need_and_one_observation_to_the_contrary_does_not_silence_it() -> None:
    assert fuse([_item(REQUEST, 1), _item("OBSERVATION", 0)], RULES).confidence >= THRESHOLD


def test_ten_items_of_one_instrument_weigh_as_much_as_its_strongest() -> None:
    many = fuse([_item("SURVEY", 1 + place % 3, f"e{place}") for place in range(10)], RULES)
    assert many.confidence == fuse([_item("SURVEY", 3)], RULES).confidence
    assert sum(each.counted for each in many.weights) == 1
    assert many.severity == 3.0


def test_slight_speaks_neither_way_and_none_speaks_against() -> None:
    assert fuse([_item("OBSERVATION", 1)], RULES).confidence == pytest.approx(0.3333)
    assert fuse([_item("OBSERVATION", 0)], RULES).confidence == pytest.approx(0.2753, abs=5e-5)


def test_contradiction_is_said_and_the_severities_are_averaged_over_instruments() -> None:
    fused = fuse([_item("SURVEY", 3, "a"), _item("OBSERVATION", 0, "b")], RULES)
    assert fused.contradiction
    assert fused.severity == 1.5
    assert not fuse([_item("SURVEY", 3, "a"), _item("OBSERVATION", 1, "b")], RULES).contradiction


def test_confidence_stops_at_the_cap() -> None:
    ratios = {
        **RULES.ratios,
        "SURVEY": type(RULES.ratios["SURVEY"])(supports=20, opposes=1),
    }
    rules = type(RULES)(
        id="", name="", version="", content="", numbers=RULES.numbers, ratios=ratios, rules=()
    )
    assert fuse([_item("SURVEY"), _item("OBSERVATION")], rules).confidence == 0.9


ITEMS = st.lists(
    st.builds(
        Item,
        source=st.text("ab", min_size=1, max_size=3),
        instrument=st.sampled_from(SOURCES),
        severity=st.integers(0, 3),
        on=st.dates(date(2024, 1, 1), date(2025, 1, 1)),
    )
)


@given(ITEMS)
def test_confidence_is_bounded_and_does_not_depend_on_the_order(items: list[Item]) -> None:
    fused = fuse(items, RULES)
    assert 0 < fused.confidence <= RULES.numbers["confidence_cap"]
    assert 0 <= fused.severity <= 3
    assert fuse(items[::-1], RULES) == fused


@given(ITEMS, st.sampled_from(SOURCES))
def test_a_new_severe_item_never_lowers_confidence(items: list[Item], instrument: str) -> None:
    more = fuse([*items, _item(instrument, 3)], RULES).confidence
    assert more >= fuse(items, RULES).confidence - 1e-12
