"""What a feature is: a measure over columns of pairs, and the facts that a sentence may name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]
Places = NDArray[np.intp]
Numbers = Mapping[str, float]
Facts = Mapping[str, tuple[str, str]]


class Over(Enum):
    """Which pairs a feature is measured on."""

    TRAINER = "a case and a trainer"
    MATERIAL = "a wish and a resource"


class Direction(Enum):
    """How a rule's curve must run over a feature: more is better, less is better, or either."""

    RISING = 1
    FALLING = -1
    FREE = 0


@dataclass(frozen=True, slots=True)
class Feature[Pairs]:
    """One thing that a rule can look at.

    `measure` gives a number a pair, NaN where it is not known; for a feature with `levels` it gives
    the place of the level, worst first. `facts` gives, for one pair, what the placeholders stand
    for in Chinese and in English. `share_at_most` bounds a rule's weight as a share of all weights.
    """

    key: str
    over: Over
    placeholders: frozenset[str]
    measure: Callable[[Pairs], Column]
    facts: Callable[[Pairs, int], Facts]
    direction: Direction
    levels: tuple[str, ...] = ()
    share_at_most: float | None = None


def same(value: object) -> tuple[str, str]:
    """A fact that reads the same in both languages."""
    return str(value), str(value)


def number(value: float) -> tuple[str, str]:
    """A number as people write it: no trailing zeros, at most two places; 未知 / unknown for NaN."""
    return ("未知", "unknown") if np.isnan(value) else same(f"{value:.2f}".rstrip("0").rstrip("."))
