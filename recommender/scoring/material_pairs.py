"""Wishes and resources side by side: the columns that features of resources are measured on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.model.resources import Resource
from graph.model.terms import Connectivity, GradeBand, Pool, Subject, UseLevel
from recommender.scoring.feature import Column, Places
from recommender.scoring.measures.likeness import likeness
from recommender.scoring.measures.shrinkage import shrink
from recommender.scoring.surroundings import Surroundings

MULTIGRADE = ("复式", "multigrade")
BOARDING = ("寄宿", "boarding")
LEFT_BEHIND = ("留守", "left-behind")
LARGE_CLASS = ("大班", "large class")
DIALECT = ("方言", "dialect")
KNOWN_TAGS = (MULTIGRADE, BOARDING, LEFT_BEHIND, LARGE_CLASS, DIALECT)
COUNTED_USES = frozenset({UseLevel.TAUGHT_WITH, UseLevel.ADAPTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """For what resources are sought; None and () are "not known", and then nothing is held against one.

    `editions`, `tags` (Chinese and English word of each) and `digital` describe the classes and
    their teachers; `limit_bytes` is what the tightest line carries, None without a limit.
    """

    topics: tuple[str, ...] = ()
    subject: Subject | None = None
    grade_bands: tuple[GradeBand, ...] = ()
    editions: frozenset[str] = frozenset()
    tags: tuple[tuple[str, str], ...] = ()
    digital: float = float("nan")
    line: Connectivity | None = None
    limit_bytes: int | None = None
    words: str = ""


class Materials:
    """Resources that can be taken along (not people's hours), by id, one row of columns each."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self.resources = [each for each in around.resources.values() if each.pool is not Pool.HUMAN]
        self.steps = self._steps()
        self.pleased, self.ratings = self._ratings()
        self.bytes = np.array([_bytes(each) for each in self.resources])

    def _steps(self) -> Column:
        """Topics x resources: steps to the nearest topic of the resource; NaN for one without topics."""
        index = self.around.tree.index
        table = self.around.tree.distances()
        steps = np.full((len(index), len(self.resources)), np.nan)
        for row, resource in enumerate(self.resources):
            places = [index[topic] for topic in resource.topics if topic in index]
            if places:
                steps[:, row] = table[:, places].min(axis=1)
        return steps

    def _ratings(self) -> tuple[Column, Column]:
        numbers = self.around.numbers
        rated: dict[str, list[int]] = defaultdict(list)
        for each in self.around.situation.uses:
            if (
                each.rating is not None
                and each.level in COUNTED_USES
                and each.on <= self.around.situation.today
            ):
                rated[each.resource].append(each.rating)
        good = numbers["satisfied_from"]
        pleased = [float(sum(rating >= good for rating in rated[each.id])) for each in self.resources]
        counts = np.array([float(len(rated[each.id])) for each in self.resources])
        return shrink(np.array(pleased), counts, numbers["use_strength"]), counts


class MaterialPairs:
    """Pairs of a wish and a resource; `wish` and `material` hold, pair by pair, their places.

    Blocked: where a wish and a resource both name topics, they are paired only if at most `within` steps
    lie between the nearest two, which is what the hard rule on that distance says. `columns` keeps what was measured, by feature, for the sentences.
    """

    def __init__(self, wishes: Sequence[Wish], materials: Materials, within: float) -> None:
        self.wishes = wishes
        self.materials = materials
        self.around = materials.around
        self.numbers = materials.around.numbers
        nearest = [self._nearest(wish) for wish in wishes]
        rows = [np.flatnonzero(~(np.isinf(steps) | (steps > within))) for steps in nearest]
        self.wish: Places = np.repeat(np.arange(len(wishes)), [len(row) for row in rows])
        self.material: Places = np.concatenate(rows) if rows else np.empty(0, dtype=np.intp)
        kept = [steps[row] for steps, row in zip(nearest, rows, strict=True)]
        self.steps: Column = np.concatenate(kept) if kept else np.empty(0)
        self.columns: dict[str, Column] = {}

    def __len__(self) -> int:
        return len(self.wish)

    def narrowed(self, alive: NDArray[np.bool_]) -> MaterialPairs:
        """The pairs marked in `alive`, in their order, with nothing measured yet."""
        kept = copy(self)
        kept.wish, kept.material = self.wish[alive], self.material[alive]
        kept.steps = self.steps[alive]
        kept.columns = {}
        return kept

    def parts(self, place: int) -> tuple[Wish, Resource]:
        """The wish and the resource of one pair."""
        return self.wishes[self.wish[place]], self.materials.resources[self.material[place]]

    def by_wish(self, values: Sequence[float]) -> Column:
        """A value a wish, repeated pair by pair."""
        return np.array(values, dtype=np.float64)[self.wish] if len(self.wishes) else np.empty(0)

    def likeness(self) -> Column:
        """Likeness of what was said to the resource's name."""
        names = [each.name for each in self.materials.resources]
        return likeness([wish.words for wish in self.wishes], names)[self.wish, self.material]

    def _nearest(self, wish: Wish) -> Column:
        """Steps from the nearest topic of the wish, a resource each; NaN not known, inf on other roots."""
        index = self.around.tree.index
        places = [index[topic] for topic in wish.topics if topic in index]
        if not places:
            return np.full(len(self.materials.resources), np.nan)
        steps: Column = self.materials.steps[places].min(axis=0)
        return steps


def _bytes(resource: Resource) -> float:
    return float("nan") if resource.size_bytes is None else float(resource.size_bytes)
