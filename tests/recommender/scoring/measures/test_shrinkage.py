"""Shares from few answers, worked by hand."""

from __future__ import annotations

import numpy as np

from recommender.scoring.measures.shrinkage import shrink


def test_a_share_is_drawn_to_the_mean_of_all_by_the_strength() -> None:
    found = shrink(np.array([1.0, 5.0, 0.0]), np.array([1.0, 9.0, 0.0]), strength=8)
    mean = 6 / 10
    assert found.tolist() == [(1 + 8 * mean) / 9, (5 + 8 * mean) / 17, mean]


def test_without_any_answer_nothing_is_known() -> None:
    assert np.isnan(shrink(np.zeros(3), np.zeros(3), strength=8)).all()
    assert shrink(np.zeros(0), np.zeros(0), strength=8).shape == (0,)


def test_many_answers_outweigh_the_mean() -> None:
    found = shrink(np.array([1000.0, 0.0]), np.array([1000.0, 1000.0]), strength=8)
    assert found.round(3).tolist() == [0.996, 0.004]
