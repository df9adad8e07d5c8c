"""The judges, on cases that can be reckoned by hand."""

from __future__ import annotations

from math import log2

import numpy as np
import pytest

from seeds.simulator.metrics import NOBODY, assign, ndcg_at, regret, total_gain

GAINS = np.array([[0.9, 0.1, 0.5], [0.8, 0.7, 0.0]])


def test_the_true_order_scores_one() -> None:
    assert ndcg_at(2, GAINS, GAINS) == pytest.approx(1.0)


def test_a_wrong_order_scores_its_discounted_share() -> None:
    scores = np.array([[1.0, 3.0, 2.0]])
    got = 0.1 + 0.5 / log2(3)
    assert ndcg_at(2, scores, GAINS[:1]) == pytest.approx(got / (0.9 + 0.5 / log2(3)))


def test_ties_count_as_the_mean_of_their_orders() -> None:
    scores = np.zeros((1, 3))
    assert ndcg_at(1, scores, GAINS[:1]) == pytest.approx(0.5 / 0.9)


def test_what_lies_past_k_does_not_count() -> None:
    scores = np.array([[3.0, 2.0, 1.0]])
    assert ndcg_at(1, scores, GAINS[:1]) == pytest.approx(1.0)


def test_rows_without_gain_are_left_out() -> None:
    gains = np.array([[0.0, 0.0], [0.0, 1.0]])
    assert ndcg_at(1, np.array([[1.0, 0.0], [0.0, 1.0]]), gains) == pytest.approx(1.0)
    assert np.isnan(ndcg_at(1, np.ones((1, 2)), np.zeros((1, 2))))


def test_the_best_assignment_shares_the_best_trainer_out() -> None:
    assert assign(GAINS, np.array([1, 1, 1])).tolist() == [0, 1]
    assert assign(GAINS, np.array([2, 0, 0])).tolist() == [0, 0]


def test_too_few_places_leave_the_least_loss_unserved() -> None:
    assert assign(GAINS, np.array([1, 0, 0])).tolist() == [0, NOBODY]
    assert total_gain(GAINS, np.array([0, NOBODY])) == pytest.approx(0.9)


def test_regret_is_what_the_best_would_have_added() -> None:
    capacity = np.array([1, 1, 1])
    assert regret(GAINS, np.array([0, 1]), capacity) == 0.0
    assert regret(GAINS, np.array([1, 0]), capacity) == pytest.approx((1.6 - 0.9) / 2)
