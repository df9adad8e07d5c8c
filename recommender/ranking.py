"""Rules applied to pairs: hard ones screen, soft ones add up, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from recommender.rules import RuleEntry
from recommender.scoring.feature import Column


class Measured(Protocol):
    """Pairs that keep what was measured on them, by feature."""

    columns: dict[str, Column]

    def __len__(self) -> int:
        """How many pairs there are."""
        ...


@dataclass(frozen=True, slots=True)
class Reason:
    """What one soft rule added to one pair, with its sentence; `unknown` says that it could not tell."""

    rule: str
    millionths: int
    zh: str
    en: str
    unknown: bool


@dataclass(frozen=True, slots=True)
class Scores:
    """Points of each pair in millionths (rules x pairs) and their sums, rules in the order of `rules`."""

    rules: tuple[RuleEntry, ...]
    points: NDArray[np.int64]
    unknown: NDArray[np.bool_]
    totals: NDArray[np.int64]


def screen(pairs: Measured, rules: Sequence[RuleEntry]) -> NDArray[np.bool_]:
    """Whether each hard rule stops each pair (rules x pairs)."""
    stopped = np.zeros((len(rules), len(pairs)), dtype=bool)
    for row, rule in enumerate(rules):
        stopped[row] = ~rule.passes(measured(pairs, rule))
    return stopped


def score(pairs: Measured, rules: Sequence[RuleEntry]) -> Scores:
    """What each soft rule adds to each pair; whole millionths, so that sums are exact."""
    points = np.zeros((len(rules), len(pairs)), dtype=np.int64)
    unknown = np.zeros((len(rules), len(pairs)), dtype=bool)
    for row, rule in enumerate(rules):
        column = measured(pairs, rule)
        points[row] = rule.millionths(column)
        unknown[row] = np.isnan(column)
    return Scores(tuple(rules), points, unknown, points.sum(axis=0, dtype=np.int64))


def measured(pairs: Measured, rule: RuleEntry) -> Column:
    """The rule's feature over the pairs, measured once."""
    if rule.feature.key not in pairs.columns:
        pairs.columns[rule.feature.key] = rule.feature.measure(pairs)
    return pairs.columns[rule.feature.key]


def reasons(pairs: Measured, scores: Scores, place: int) -> tuple[Reason, ...]:
    """What every soft rule added to one pair, most first; they add up to its total."""
    found = []
    for row, rule in enumerate(scores.rules):
        facts = rule.feature.facts(pairs, place)
        unknown = bool(scores.unknown[row, place])
        zh, en = (rule.sentence(language, facts, unknown) for language in ("zh", "en"))
        found.append(Reason(rule.key, int(scores.points[row, place]), zh, en, unknown))
    return tuple(sorted(found, key=lambda reason: (-reason.millionths, reason.rule)))


def best_first(
    owner: NDArray[np.intp], other: NDArray[np.intp], totals: NDArray[np.int64]
) -> NDArray[np.intp]:
    """Places of the pairs by owner, then highest total, then the place of the other: a total order."""
    return np.lexsort((other, -totals, owner))


def leading(owner: NDArray[np.intp], order: NDArray[np.intp], top: int) -> dict[int, list[int]]:
    """The first `top` places of each owner, in `order`."""
    found: dict[int, list[int]] = {}
    for place in order:
        mine = found.setdefault(int(owner[place]), [])
        if len(mine) < top:
            mine.append(int(place))
    return found
