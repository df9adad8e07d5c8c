"""How good a ranking or an assignment of trainers is, by the truth."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]  # scipy ships no types

NOBODY = -1
"""In an assignment: the need has no trainer."""


def ndcg_at(k: int, scores: NDArray[np.float64], gains: NDArray[np.float64]) -> float:
    """Mean NDCG at `k`, 0 to 1, of ranking each row by `scores` (higher first) where `gains` are true.

    Both are needs × trainers. Gains are linear, ties count as their mean order. Rows without any gain are
    left out; nan if none is left. Source: Järvelin & Kekäläinen 2002; ties: McSherry & Najork 2008.
    """
    width = scores.shape[1]
    discounts = np.where(np.arange(width) < k, 1 / np.log2(np.arange(width) + 2), 0.0)
    ideal = -np.sort(-gains, axis=1) @ discounts
    got = np.array([_tied_gain(*row, discounts) for row in zip(scores, gains, strict=True)])
    is_counted = ideal > 0
    return float((got[is_counted] / ideal[is_counted]).mean()) if is_counted.any() else float("nan")


def _tied_gain(
    scores: NDArray[np.float64], gains: NDArray[np.float64], discounts: NDArray[np.float64]
) -> float:
    """Discounted gain of one row, the mean over all orders of the tied."""
    _, group = np.unique(-scores, return_inverse=True)
    sizes = np.bincount(group)
    ends = np.cumsum(sizes)
    sums = np.concatenate([[0.0], np.cumsum(discounts)])
    mean_discount = (sums[ends] - sums[ends - sizes]) / sizes
    return float(np.bincount(group, weights=gains) @ mean_discount)


def assign(scores: NDArray[np.float64], capacity: NDArray[np.int64]) -> NDArray[np.int64]:
    """The trainer of each need, `NOBODY` where there are too few places, so that the scores' sum is the
    highest that `capacity` (needs that each trainer can take) allows.
    """
    places = np.repeat(np.arange(len(capacity)), capacity)
    assigned = np.full(len(scores), NOBODY, np.int64)
    rows, columns = linear_sum_assignment(scores[:, places], maximize=True)
    assigned[rows] = places[columns]
    return assigned


def total_gain(gains: NDArray[np.float64], assigned: NDArray[np.int64]) -> float:
    """The sum of the gains of the needs that somebody serves."""
    served = np.flatnonzero(assigned != NOBODY)
    return float(gains[served, assigned[served]].sum())


def regret(gains: NDArray[np.float64], assigned: NDArray[np.int64], capacity: NDArray[np.int64]) -> float:
    """What `assigned` misses of the best assignment within `capacity`, in gain a need (0 to 1)."""
    best = total_gain(gains, assign(gains, capacity))
    return (best - total_gain(gains, assigned)) / len(gains)
