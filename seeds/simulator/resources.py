"""Resources: what they are filed under, and the hidden quality behind it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seeds.simulator.needs import draw_tags, name_tags
from seeds.simulator.parameters import Parameters, Size
from seeds.simulator.seen import SeenResource
from seeds.simulator.topics import Tree, write_text


@dataclass(frozen=True, slots=True, eq=False)
class Resources:
    """Resources, one row each: `quality` in logits, `leaf` and `tags` by row as for needs.

    `tag_weights` says what a match of each key of `TAGS` is worth, in logits: some are worth nearly nothing.
    """

    seen: tuple[SeenResource, ...]
    leaf: NDArray[np.int64]
    quality: NDArray[np.float64]
    tags: NDArray[np.int64]
    tag_weights: NDArray[np.float64]


def make_resources(size: Size, tree: Tree, parameters: Parameters, rng: np.random.Generator) -> Resources:
    """Resources for the leaves that needs are in too."""
    leaf = rng.choice(len(tree.leaf_ids), size=size.resources, p=tree.weights)
    quality = rng.normal(0, parameters.quality_spread, size.resources)
    tags = draw_tags(size.resources, rng)
    weights = rng.permutation(np.array(parameters.tag_worths))
    seen = tuple(
        SeenResource(
            f"r-{at}",
            tree.leaf_ids[leaf[at]],
            write_text(tree, [int(leaf[at])], parameters, rng),
            name_tags(row),
        )
        for at, row in enumerate(tags)
    )
    return Resources(seen, leaf, quality, tags, weights)
