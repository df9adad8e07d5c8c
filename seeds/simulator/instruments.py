"""Noisy evidence: three instruments worth their likelihood ratios, silence, and teachers' own requests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seeds.simulator.needs import grade
from seeds.simulator.parameters import Parameters, Size, Worth
from seeds.simulator.seen import SeenReading, SeenRequest, SeenSounding
from seeds.simulator.topics import Tree


@dataclass(frozen=True, slots=True, eq=False)
class Soundings:
    """What is seen of the soundings, and `is_need`, the truth behind each."""

    seen: tuple[SeenSounding, ...]
    readings: tuple[SeenReading, ...]
    requests: tuple[SeenRequest, ...]
    is_need: NDArray[np.bool_]


def sound(size: Size, tree: Tree, parameters: Parameters, rng: np.random.Generator) -> Soundings:
    """Sound `size.soundings` teachers, each on one leaf.

    They are other teachers than those of the county's needs, so no list of needs gives the truth away.
    """
    count = size.soundings
    is_need = rng.random(count) < parameters.prior
    leaf = rng.choice(len(tree.leaf_ids), size=count, p=tree.weights)
    school = rng.integers(size.schools, size=count)
    asked = {each.instrument: rng.random(count) < each.asked for each in parameters.instruments}
    seen = tuple(
        SeenSounding(
            id=f"d-{at}",
            teacher=f"d-teacher-{at}",
            school=f"s-{school[at]}",
            topic=tree.leaf_ids[leaf[at]],
            asked=tuple(each for each, is_asked in asked.items() if is_asked[at]),
        )
        for at in range(count)
    )
    readings = [
        reading
        for each in parameters.instruments
        for reading in _read(each, asked[each.instrument], is_need, parameters, rng)
    ]
    return Soundings(seen, tuple(readings), _request(is_need, parameters, rng), is_need)


def _read(
    worth: Worth,
    asked: NDArray[np.bool_],
    is_need: NDArray[np.bool_],
    parameters: Parameters,
    rng: np.random.Generator,
) -> list[SeenReading]:
    """The readings of one instrument on those who were asked and answered."""
    count = len(is_need)
    flagged = rng.random(count) < np.where(is_need, *worth.flagged())
    answered = asked & (rng.random(count) < np.where(is_need, *worth.answered))
    strongest = _severities(count, rng) * flagged
    items = rng.integers(1, parameters.items_most + 1, size=count)
    return [
        SeenReading(f"d-{at}", worth.instrument, _spread(int(strongest[at]), int(items[at]), rng))
        for at in np.flatnonzero(answered).tolist()
    ]


def _spread(strongest: int, items: int, rng: np.random.Generator) -> tuple[int, ...]:
    """`items` severities, the strongest among them: items repeat each other, they add nothing."""
    weaker = rng.integers(max(0, strongest - 1), strongest + 1, size=items - 1).tolist()
    return (strongest, *weaker)


def _request(
    is_need: NDArray[np.bool_], parameters: Parameters, rng: np.random.Generator
) -> tuple[SeenRequest, ...]:
    """Who asks unasked: those in need a little more often."""
    p = parameters
    share = np.where(is_need, p.request_share * p.request_ratio, p.request_share)
    asks = np.flatnonzero(rng.random(len(is_need)) < share)
    severities = _severities(len(asks), rng)
    return tuple(
        SeenRequest(f"d-{at}", severity)
        for at, severity in zip(asks.tolist(), severities.tolist(), strict=True)
    )


def _severities(count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Severities 1 to 3, the same law in need and not: all that an instrument is worth is in its ratios."""
    return grade(rng.beta(2, 2, count), 3)
