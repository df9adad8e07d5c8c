"""Terms: outsiders leave, assistants grow, and what a policy may not ask for is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from graph.errors import Faults
from seeds.simulator.parameters import SCARCE
from seeds.simulator.policy import Assignment, Delivery, OpenTerm
from seeds.simulator.seen import Format, SeenNeed, SeenResource, SeenSchool, SeenTrainer
from seeds.simulator.terms import grown, run_terms
from seeds.simulator.world import World, simulate
from tests.seeds.simulator.conftest import SMALL
from tests.seeds.simulator.policies import with_assistants, without_assistants
from tests.seeds.simulator.reach import values_of


@pytest.fixture(scope="module")
def scarce() -> World:
    return simulate(0, SMALL, SCARCE)


def nobody(opened: OpenTerm) -> Sequence[Assignment]:
    return ()


def seen_by_term(world: World) -> list[OpenTerm]:
    """What a policy is shown, term by term."""
    shown: list[OpenTerm] = []

    def watch(opened: OpenTerm) -> Sequence[Assignment]:
        shown.append(opened)
        return ()

    run_terms(world, watch)
    return shown


def test_outsiders_come_and_are_gone_after_the_fifth_term(scarce: World) -> None:
    shown = seen_by_term(scarce)
    outside = [sum(not each.is_local for each in opened.trainers) for opened in shown]
    assert outside[1:4] == [12, 12, 12]
    assert 0 < outside[4] <= outside[3]
    assert outside[5:] == [0, 0]
    assert [sum(each.is_local for each in opened.trainers) for opened in shown] == [18] * 7


def test_a_policy_is_shown_plain_data_only(scarce: World) -> None:
    shown: list[OpenTerm] = []

    def watch(opened: OpenTerm) -> Sequence[Assignment]:
        shown.append(opened)
        return with_assistants(opened)

    run_terms(scarce, watch)
    plain = {str, int, float, bool, type(None), tuple, dict, Format}
    own = {OpenTerm, Assignment, Delivery, SeenNeed, SeenTrainer, SeenSchool, SeenResource}
    assert {type(value) for value in values_of(shown[3])} == plain | own


def test_a_need_that_nobody_serves_is_unmet(scarce: World) -> None:
    run = run_terms(scarce, nobody)
    assert [len(term.unserved) for term in run.terms] == [60] * 7
    assert [term.unmet_share for term in run.terms] == [1.0] * 7
    assert [term.expected_unmet_share for term in run.terms] == [1.0] * 7
    assert np.array_equal(run.skill, scarce.truth.county.trainers.skill)


def test_a_run_repeats_itself(scarce: World) -> None:
    one, other = run_terms(scarce, with_assistants), run_terms(scarce, with_assistants)
    assert one.terms == other.terms
    assert np.array_equal(one.skill, other.skill)


def test_met_and_unmet_are_all_needs_of_the_term(scarce: World) -> None:
    run = run_terms(scarce, without_assistants)
    for term in run.terms:
        assert len({*term.met} | {*term.unmet}) == 60 == len(term.met) + len(term.unmet)
        assert {*term.unserved} <= {*term.unmet}
        assert term.assisted == 0


def test_an_assistant_grows_towards_the_trainer_and_nobody_loses(scarce: World) -> None:
    opened = seen_by_term(scarce)[1]
    need, county = opened.needs[0], scarce.truth.county
    leaf = county.tree.leaf_ids.index(need.topic)
    rows = {trainer.id: at for at, trainer in enumerate(scarce.seen.trainers)}
    master = max(
        (each for each in opened.trainers if not each.is_local),
        key=lambda each: county.trainers.skill[rows[each.id], leaf],
    )
    chosen = [Assignment(need.id, master.id, Format.ON_SITE, opened.resources[0].id, "p-0")]
    before = county.trainers.skill
    after = grown(scarce, before, opened, chosen)
    gap = before[rows[master.id], leaf] - before[0, leaf]
    assert gap > 0
    assert after[0, leaf] - before[0, leaf] == pytest.approx(0.10 * gap)
    assert (after >= before).all()
    assert np.array_equal(after[1:], before[1:])
    elsewhere = county.tree.domain_of != county.tree.domain_of[leaf]
    assert np.array_equal(after[0, elsewhere], before[0, elsewhere])


def test_locals_who_assisted_are_abler_at_the_end(scarce: World) -> None:
    before, run = scarce.truth.county.trainers.skill, run_terms(scarce, with_assistants)
    assert sum(term.assisted for term in run.terms[:5]) > 50
    assert run.skill[:18].mean() > before[:18].mean() + 0.1
    assert np.array_equal(run.skill[18:], before[18:])


def test_assistants_keep_needs_met_after_the_outsiders_left() -> None:
    without: list[float] = []
    beside: list[float] = []
    for seed in range(3):
        world = simulate(seed, SMALL, SCARCE)
        for shares, policy in ((without, without_assistants), (beside, with_assistants)):
            shares += [term.expected_unmet_share for term in run_terms(world, policy).terms[5:]]
    assert np.mean(beside) < 0.9 * np.mean(without)


def test_the_longer_they_learn_the_less_is_unmet() -> None:
    unmet = []
    for rate in (0.05, 0.20):
        run = run_terms(simulate(0, SMALL, replace(SCARCE, learning=rate)), with_assistants)
        unmet.append(np.mean([term.expected_unmet_share for term in run.terms[5:]]))
    assert unmet[1] < unmet[0]


@pytest.mark.parametrize(
    ("change", "field", "expected"),
    [
        ({"need": "n-0"}, "need", "each need of the term once"),
        ({"trainer": "p-999"}, "trainer", "a trainer who is there this term"),
        ({"resource": "r-999"}, "resource", "a resource that was shown"),
        ({"assistant": "p-18"}, "assistant", "a local trainer"),
        ({"trainer": "p-1", "assistant": "p-0"}, "assistant", "one beside an outsider only"),
    ],
)
def test_an_assignment_that_cannot_be_is_refused(
    scarce: World, change: dict[str, str], field: str, expected: str
) -> None:
    def wrong(opened: OpenTerm) -> Sequence[Assignment]:
        outsider = next(each for each in opened.trainers if not each.is_local)
        usual = Assignment(opened.needs[0].id, outsider.id, Format.ON_SITE, opened.resources[0].id)
        return [
            Assignment(
                change.get("need", usual.need),
                change.get("trainer", usual.trainer),
                usual.format,
                change.get("resource", usual.resource),
                change.get("assistant"),
            )
        ]

    with pytest.raises(Faults) as caught:
        run_terms(scarce, wrong)
    assert [fault.data["field"] for fault in caught.value.faults] == [field]
    assert expected in str(caught.value)


def test_an_overload_and_a_need_served_twice_are_told_together(scarce: World) -> None:
    def greedy(opened: OpenTerm) -> Sequence[Assignment]:
        all_by_one = [Assignment(need.id, "p-0", Format.ONLINE, "r-0") for need in opened.needs]
        return [*all_by_one, all_by_one[0]]

    with pytest.raises(Faults) as caught:
        run_terms(scarce, greedy)
    assert [fault.data["field"] for fault in caught.value.faults] == ["need", "trainer"]
