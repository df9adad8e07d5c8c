"""Evidence is worth its likelihood ratios, and silence is heard as silence."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from graph.model.terms import Instrument
from seeds.simulator.instruments import Soundings, sound
from seeds.simulator.parameters import PARAMETERS, Size, Worth
from seeds.simulator.topics import make_tree

MANY = Size(soundings=20_000)


@pytest.fixture(scope="module")
def sounded() -> Soundings:
    rng = np.random.default_rng(5)
    return sound(MANY, make_tree(MANY, rng), PARAMETERS, rng)


def off(hits: int, count: int, share: float) -> float:
    """How far `hits` lie from what `share` lets expect, in standard deviations of the binomial."""
    return (hits - count * share) / sqrt(count * share * (1 - share))


def flags(sounded: Soundings, instrument: Instrument, *, in_need: bool) -> list[bool]:
    """Whether each answer of those in need, or not, was flagged."""
    truth = {each.id: bool(need) for each, need in zip(sounded.seen, sounded.is_need, strict=True)}
    return [
        reading.is_flagged()
        for reading in sounded.readings
        if reading.instrument is instrument and truth[reading.sounding] is in_need
    ]


@pytest.mark.parametrize("worth", PARAMETERS.instruments)
def test_the_shares_have_both_ratios(worth: Worth) -> None:
    flagged_in_need, flagged_without = worth.flagged()
    assert flagged_in_need / flagged_without == pytest.approx(worth.hit)
    assert (1 - flagged_in_need) / (1 - flagged_without) == pytest.approx(worth.miss)


def test_a_third_is_in_need(sounded: Soundings) -> None:
    assert abs(off(int(sounded.is_need.sum()), 20_000, 1 / 3)) < 4


@pytest.mark.parametrize("worth", PARAMETERS.instruments)
def test_answers_are_flagged_as_often_as_the_ratios_say(sounded: Soundings, worth: Worth) -> None:
    in_need, without = worth.flagged()
    hits, alarms = (flags(sounded, worth.instrument, in_need=need) for need in (True, False))
    assert len(hits) > 2_000
    assert abs(off(sum(hits), len(hits), in_need)) < 4
    assert abs(off(sum(alarms), len(alarms), without)) < 4


def test_who_struggles_answers_the_survey_less(sounded: Soundings) -> None:
    answered = {each.sounding for each in sounded.readings if each.instrument is Instrument.SURVEY}
    heard: dict[bool, list[bool]] = {True: [], False: []}
    for each, need in zip(sounded.seen, sounded.is_need, strict=True):
        if Instrument.SURVEY in each.asked:
            heard[bool(need)].append(each.id in answered)
    in_need, without = next(
        each.answered for each in PARAMETERS.instruments if each.instrument is Instrument.SURVEY
    )
    assert abs(off(sum(heard[True]), len(heard[True]), in_need)) < 4
    assert abs(off(sum(heard[False]), len(heard[False]), without)) < 4


def test_nobody_answers_who_was_not_asked(sounded: Soundings) -> None:
    asked = {(each.id, instrument) for each in sounded.seen for instrument in each.asked}
    answered = [(each.sounding, each.instrument) for each in sounded.readings]
    assert set(answered) <= asked
    assert len(answered) == len(set(answered)) < len(asked)


def test_severity_says_no_more_than_the_flag(sounded: Soundings) -> None:
    truth = {each.id: bool(need) for each, need in zip(sounded.seen, sounded.is_need, strict=True)}
    strongest: dict[bool, list[int]] = {True: [], False: []}
    for reading in sounded.readings:
        if reading.is_flagged():
            strongest[truth[reading.sounding]].append(max(reading.severities))
    assert {*strongest[True]} == {1, 2, 3}
    assert np.mean(strongest[True]) == pytest.approx(np.mean(strongest[False]), abs=0.05)


def test_requests_come_a_little_more_often_in_need(sounded: Soundings) -> None:
    asking = {each.sounding for each in sounded.requests}
    is_asking = np.array([each.id in asking for each in sounded.seen])
    need, share = sounded.is_need, PARAMETERS.request_share
    assert abs(off(int(is_asking[need].sum()), int(need.sum()), share * PARAMETERS.request_ratio)) < 4
    assert abs(off(int(is_asking[~need].sum()), int((~need).sum()), share)) < 4
