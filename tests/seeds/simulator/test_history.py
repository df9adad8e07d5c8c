"""The past is biased in the ways that were planted: popular, near, and silent where it was bad."""

from __future__ import annotations

import numpy as np

from seeds.simulator.parameters import PARAMETERS
from seeds.simulator.utility import best_chances
from seeds.simulator.world import World


def asked(world: World) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Past orders by trainer."""
    return np.bincount(world.truth.past.trainer, minlength=len(world.seen.trainers))


def test_a_few_are_asked_again_and_again(worlds: list[World]) -> None:
    for world in worlds:
        of_busiest = np.sort(asked(world))[-12:].sum() / 600
        assert of_busiest > 0.4, world.seed


def test_the_busiest_are_not_the_best(worlds: list[World]) -> None:
    shared = [
        len({*np.argsort(-asked(world))[:10]} & {*np.argsort(-world.truth.gains().mean(axis=0))[:10]})
        for world in worlds
    ]
    assert max(shared) < 8


def test_the_older_policy_is_far_from_the_best_trainers(worlds: list[World]) -> None:
    for world in worlds:
        past = world.truth.past
        by_trainer = best_chances(world.truth.county, past.needs)
        picked = by_trainer[np.arange(600), past.trainer].mean()
        assert by_trainer.mean() < picked < 0.5 * by_trainer.max(axis=1).mean(), world.seed


def test_the_nearest_are_asked_more(worlds: list[World]) -> None:
    for world in worlds:
        schools, trainers, past = world.truth.county.schools, world.truth.county.trainers, world.truth.past
        apart = schools.distance_km[past.needs.school][:, trainers.base]
        assert apart[np.arange(600), past.trainer].mean() < 0.85 * apart.mean(), world.seed


def test_the_propensity_of_every_order_is_known_to_the_judge(world: World) -> None:
    propensity = world.truth.past.propensity
    assert propensity.shape == (600,)
    assert (propensity > 0).all()
    assert (propensity < 1).all()


def test_silence_makes_the_naive_mean_too_high(worlds: list[World]) -> None:
    for world in worlds:
        naive = np.mean([order.rating for order in world.seen.orders if order.rating is not None])
        assert naive > world.truth.past.rating.mean() + 0.2, world.seed


def test_answers_come_by_rating_as_planted(worlds: list[World]) -> None:
    heard = np.array([order.rating is not None for world in worlds for order in world.seen.orders])
    rating = np.concatenate([world.truth.past.rating for world in worlds])
    for value, share in enumerate(PARAMETERS.answered_by_rating, start=1):
        count = int((rating == value).sum())
        spread = np.sqrt(count * share * (1 - share))
        assert abs(heard[rating == value].sum() - count * share) < 4 * spread, value


def test_what_is_seen_of_an_outcome_is_true(world: World) -> None:
    rechecked = [at for at, order in enumerate(world.seen.orders) if order.is_met is not None]
    assert 0.5 < len(rechecked) / 600 < 0.7
    for at in rechecked:
        assert world.seen.orders[at].is_met == bool(world.truth.past.is_met[at])


def test_met_needs_are_rated_higher(world: World) -> None:
    past = world.truth.past
    assert past.rating[past.is_met].mean() > past.rating[~past.is_met].mean() + 1
