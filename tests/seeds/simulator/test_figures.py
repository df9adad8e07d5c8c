"""Six seeds come out near the planted figures that the protocol published for its own six."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from seeds.simulator.metrics import assign, ndcg_at, regret
from seeds.simulator.world import World
from tests.seeds.simulator.policies import nearest


def popularity(world: World) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Needs × trainers: how often each was asked before."""
    asked = Counter(order.trainer for order in world.seen.orders)
    row = np.array([float(asked[trainer.id]) for trainer in world.seen.trainers])
    return np.tile(row, (len(world.seen.needs), 1))


def test_random_and_popularity_rank_as_badly_as_published(worlds: list[World]) -> None:
    # A constant score is the mean of all orders: what random ranking expects.
    chance = [ndcg_at(5, np.zeros((200, 60)), world.truth.gains()) for world in worlds]
    popular = [ndcg_at(5, popularity(world), world.truth.gains()) for world in worlds]
    assert np.mean(chance) == pytest.approx(0.226, abs=0.02)
    assert np.mean(popular) == pytest.approx(0.312, abs=0.03)


def test_the_nearest_declared_topic_ranks_as_published(worlds: list[World]) -> None:
    near = [ndcg_at(5, nearest(each.seen.needs, each.seen.trainers), each.truth.gains()) for each in worlds]
    assert np.mean(near) == pytest.approx(0.569, abs=0.03)


def test_regret_falls_from_random_to_nearest_to_none(world: World) -> None:
    gains = world.truth.gains()
    capacity = np.array([trainer.capacity for trainer in world.seen.trainers])
    random = np.random.default_rng(0).random(gains.shape)
    near = nearest(world.seen.needs, world.seen.trainers)
    missed = [regret(gains, assign(scores, capacity), capacity) for scores in (random, near, gains)]
    assert missed[0] > missed[1] + 0.2 > 0.4
    assert missed[2] == 0.0
