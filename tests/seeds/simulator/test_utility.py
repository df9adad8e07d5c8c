"""The hidden utility: what it is made of, and that the planted effects point where they should."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from seeds.simulator.utility import best_chances, chances, draw_outcomes, format_logits, trainer_logits
from seeds.simulator.world import World


def test_skill_is_the_sum_of_four_spreads(worlds: list[World]) -> None:
    skills = np.concatenate([world.truth.county.trainers.skill[36:].ravel() for world in worlds])
    assert skills.std() == pytest.approx(np.sqrt(0.5**2 + 1.2**2 + 1.0**2 + 0.9**2), abs=0.1)


def test_declared_topics_are_better_than_others_but_not_all_good(worlds: list[World]) -> None:
    declared, best = [], []
    for world in worlds:
        leaves = world.truth.county.tree.leaf_ids
        for trainer, skill in zip(world.seen.trainers, world.truth.county.trainers.skill, strict=True):
            rows = [leaves.index(topic) for topic in trainer.topics]
            declared.append((skill[rows].mean() - skill.mean()) / skill.std())
            best.append({*rows} == {*np.argsort(-skill)[: len(rows)]})
    assert np.mean(declared) > 1
    assert np.mean(best) < 0.05


def test_skill_counts_more_where_the_need_is_severe(world: World) -> None:
    county, needs = world.truth.county, world.truth.needs
    mild, severe = (
        trainer_logits(county, replace(needs, severity=np.full(200, level))) for level in (0.0, 1.0)
    )
    skill = county.trainers.skill[:, needs.leaf].T
    p = county.parameters
    assert severe - mild == pytest.approx(p.skill_severity * skill - p.severity_cost)


def test_remote_schools_lose_on_site_and_digital_teachers_gain_online(world: World) -> None:
    county, needs = world.truth.county, world.truth.needs
    on_site, online = format_logits(county, needs).T
    assert np.corrcoef(on_site, county.schools.remoteness[needs.school])[0, 1] == pytest.approx(-1.0)
    more = format_logits(county, replace(needs, digital=needs.digital + 0.1))
    assert more[:, 1] - online == pytest.approx(np.full(200, 0.12))
    assert more[:, 0] == pytest.approx(on_site)


def test_tags_differ_in_what_they_are_worth(worlds: list[World]) -> None:
    weights = [world.truth.county.resources.tag_weights.tolist() for world in worlds]
    assert [sorted(each) for each in weights] == [[0.05, 0.10, 0.15, 0.25, 0.45]] * 6
    assert len({each.index(0.45) for each in weights}) > 1


def test_no_choice_beats_the_best(world: World) -> None:
    rng = np.random.default_rng(1)
    trainers = rng.integers(60, size=200)
    got = chances(
        world.truth.county,
        world.truth.needs,
        trainers,
        rng.integers(2, size=200),
        rng.integers(120, size=200),
    )
    assert (got <= best_chances(world.truth.county, world.truth.needs)[np.arange(200), trainers]).all()


def test_outcomes_follow_the_chance() -> None:
    met = draw_outcomes(np.full(40_000, 0.3), np.random.default_rng(2))
    assert met.mean() == pytest.approx(0.3, abs=0.01)
