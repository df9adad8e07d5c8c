"""How invented people take what is delivered: the direction of every effect, from fixed generators."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from graph.model.terms import AgeBand, PersonKind, Rung, Subject
from seeds.raw.colleagues import Colleague
from seeds.raw.skills import Skills, severity_of
from seeds.reactions import (
    attends,
    learn,
    opinion,
    progress,
    rung_of_assistant,
    rung_of_trainer,
    seen_later,
)

FIRST, LAST = date(2022, 10, 1), date(2025, 6, 1)
TEACHER = Colleague("p-1", "样例", PersonKind.TEACHER, Subject.CHINESE, (), 0.0, AgeBand.FROM_30)


def share_present(day: date, *, remote: bool) -> float:
    rng = Random(1)
    return sum(attends(TEACHER, day, remote, rng) for _ in range(4_000)) / 4_000


def share_satisfied(day: date, level: float) -> float:
    rng = Random(1)
    given = [each for _ in range(4_000) if (each := opinion(level, day, False, rng)) is not None]
    return sum(each.rating >= 4 for each in given) / len(given)


def test_progress_runs_from_0_to_1_and_stays_there() -> None:
    assert progress(date(2022, 1, 1)) == 0.0
    assert progress(date(2022, 9, 1)) == 0.0
    assert progress(date(2030, 1, 1)) == 1.0


def test_more_people_come_each_year_and_fewer_from_a_remote_school() -> None:
    assert share_present(FIRST, remote=False) == pytest.approx(0.75, abs=0.02)
    assert share_present(LAST, remote=False) == pytest.approx(0.95, abs=0.02)
    assert share_present(LAST, remote=True) == pytest.approx(0.79, abs=0.02)


def test_satisfaction_grows_by_year_and_with_the_trainers_skill() -> None:
    assert share_satisfied(FIRST, 0.75) < share_satisfied(LAST, 0.75)
    assert share_satisfied(FIRST, 0.6) < share_satisfied(FIRST, 0.9)


def test_the_same_generator_state_gives_the_same_reaction() -> None:
    assert opinion(0.8, FIRST, True, Random(5)) == opinion(0.8, FIRST, True, Random(5))


def test_who_was_there_learns_more_from_an_able_trainer_and_who_was_not_learns_nothing() -> None:
    levels = {("a", "t"): 0.2, ("b", "t"): 0.2, ("able", "t"): 0.9, ("weak", "t"): 0.4}
    under_able, under_weak = Skills(dict(levels)), Skills(dict(levels))
    learn(under_able, [("a", "t")], "able", None)
    learn(under_weak, [("a", "t")], "weak", None)
    assert under_able.level("a", "t") == pytest.approx(0.2 + 0.8 * 0.256)
    assert under_weak.level("a", "t") == pytest.approx(0.2 + 0.8 * 0.136)
    assert under_able.level("b", "t") == 0.2


def test_the_assistant_climbs_in_skill_too() -> None:
    skills = Skills({("able", "t"): 0.9, ("helper", "t"): 0.5})
    learn(skills, [("a", "t")], "able", "helper")
    assert skills.level("helper", "t") == pytest.approx(0.56)


@pytest.mark.parametrize(
    ("level", "severity"), [(0.9, 0), (0.5, 0), (0.49, 1), (0.37, 2), (0.23, 3), (0.0, 3)]
)
def test_severity_follows_from_skill(level: float, severity: int) -> None:
    assert severity_of(level) == severity


def test_mastery_is_seen_as_no_difficulty_without_a_remark() -> None:
    assert seen_later(Skills({("a", "t-math-fractions"): 0.98}), "a", "t-math-fractions", Random(1)) == (
        0,
        None,
    )


def test_an_assistant_climbs_with_sessions_and_skill_together() -> None:
    assert rung_of_assistant(0, 0.9) is Rung.ASSISTED
    assert rung_of_assistant(2, 0.5) is Rung.ASSISTED
    assert rung_of_assistant(2, 0.6) is Rung.CO_LED
    assert rung_of_assistant(5, 0.75) is Rung.LED_WITH_SUPPORT


def test_a_local_trainer_is_supported_at_first_and_an_outside_one_leads_alone() -> None:
    assert rung_of_trainer(True, 0) is Rung.LED_WITH_SUPPORT
    assert rung_of_trainer(True, 2) is Rung.LED_ALONE
    assert rung_of_trainer(False, 0) is Rung.LED_ALONE
