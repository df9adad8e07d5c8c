"""Shares from few answers, drawn to the mean of all."""

from __future__ import annotations

import numpy as np

from recommender.scoring.feature import Column


def shrink(successes: Column, counts: Column, strength: float) -> Column:
    """The share of successes of each row, shrunk to the mean of all rows, 0 to 1.

    `strength` is how many answers the mean is worth. A row without answers gets the mean; with no
    answer at all, every row is NaN. Source: beta-binomial model, empirical Bayes for the mean
    (research: one raw rating is a worse guess than the mean).
    """
    total = counts.sum()
    if total == 0:
        return np.full(counts.shape, np.nan)
    mean = successes.sum() / total
    shrunk: Column = (successes + strength * mean) / (counts + strength)
    return shrunk
