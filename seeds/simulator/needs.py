"""Needs: what is true of them, and how a diagnosis writes them down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seeds.simulator.parameters import Parameters, Size
from seeds.simulator.seen import SeenNeed
from seeds.simulator.topics import Tree, write_text

TAGS = {
    "edition": ("A", "B", "C"),
    "band": ("lower", "middle", "upper"),
    "class": ("single", "multigrade"),
    "language": ("standard", "dialect"),
    "devices": ("many", "few"),
}
"""Context tags of a class and of what was made for it, with their values."""


@dataclass(frozen=True, slots=True, eq=False)
class Needs:
    """True values, one row a need: `leaf` and `school` are rows of theirs, `severity` and `digital` 0 to 1.

    `tags` is needs × keys of `TAGS`, the row of each value.
    """

    leaf: NDArray[np.int64]
    school: NDArray[np.int64]
    severity: NDArray[np.float64]
    digital: NDArray[np.float64]
    tags: NDArray[np.int64]


def draw_needs(count: int, size: Size, tree: Tree, rng: np.random.Generator) -> Needs:
    """`count` needs, more of them in the heavier leaves."""
    return Needs(
        leaf=rng.choice(len(tree.leaf_ids), size=count, p=tree.weights),
        school=rng.integers(size.schools, size=count),
        severity=rng.beta(2, 2, count),
        digital=rng.beta(2, 2.5, count),
        tags=draw_tags(count, rng),
    )


def draw_tags(count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Rows of values, `count` × keys of `TAGS`."""
    return np.stack([rng.integers(len(values), size=count) for values in TAGS.values()], axis=1)


def name_tags(row: NDArray[np.int64]) -> dict[str, str]:
    """The tags of one row of values, as they are seen."""
    return {key: values[at] for (key, values), at in zip(TAGS.items(), row.tolist(), strict=True)}


def see_needs(
    needs: Needs, prefix: str, tree: Tree, parameters: Parameters, rng: np.random.Generator
) -> tuple[SeenNeed, ...]:
    """The needs as diagnosed: severity and digital skill with an error, in the steps of their scales."""
    count = len(needs.leaf)
    severity = grade(needs.severity + rng.normal(0, parameters.severity_noise, count), 3)
    digital = grade(needs.digital + rng.normal(0, parameters.digital_noise, count), 5)
    return tuple(
        SeenNeed(
            id=f"{prefix}-{at}",
            teacher=f"{prefix}-teacher-{at}",
            school=f"s-{needs.school[at]}",
            topic=tree.leaf_ids[needs.leaf[at]],
            severity=int(severity[at]),
            digital=int(digital[at]),
            text=write_text(tree, [int(needs.leaf[at])], parameters, rng),
            tags=name_tags(needs.tags[at]),
        )
        for at in range(count)
    )


def grade(value: NDArray[np.float64], steps: int) -> NDArray[np.int64]:
    """Values 0 to 1 on a scale from 1 to `steps`; what lies outside counts as the end."""
    return np.clip(np.floor(value * steps).astype(np.int64) + 1, 1, steps)
