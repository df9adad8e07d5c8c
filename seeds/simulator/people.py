"""Schools and trainers: what is seen of them, and the skill and the rapport behind it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seeds.simulator.parameters import Parameters, Size
from seeds.simulator.seen import SeenSchool, SeenTrainer
from seeds.simulator.topics import Tree, write_text


@dataclass(frozen=True, slots=True, eq=False)
class Schools:
    """Schools with their remoteness, 0 (at the county's seat) to 1 (at its edge), and km between them."""

    seen: tuple[SeenSchool, ...]
    remoteness: NDArray[np.float64]
    devices: NDArray[np.float64]
    distance_km: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Trainers:
    """Trainers, locals first.

    `skill` is trainers × leaves and `rapport` schools × trainers, in logits; `person` is the part of the
    skill that he brings to every topic, `base` the row of his school.
    """

    seen: tuple[SeenTrainer, ...]
    person: NDArray[np.float64]
    skill: NDArray[np.float64]
    rapport: NDArray[np.float64]
    base: NDArray[np.int64]


def make_schools(size: Size, parameters: Parameters, rng: np.random.Generator) -> Schools:
    """Schools all over the county; remote ones have fewer devices."""
    remoteness = np.sqrt(rng.random(size.schools))
    angle = rng.random(size.schools) * 2 * np.pi
    places = remoteness[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    places = np.round(places * parameters.county_radius_km, 1)
    devices = np.round(np.clip(rng.normal(0.8 - 0.5 * remoteness, 0.15), 0.05, 1.0), 2)
    seen = tuple(
        SeenSchool(f"s-{at}", float(place[0]), float(place[1]), float(devices[at]))
        for at, place in enumerate(places)
    )
    apart = np.linalg.norm(places[:, None] - places[None, :], axis=2)
    return Schools(seen, remoteness, devices, apart)


def make_trainers(size: Size, tree: Tree, parameters: Parameters, rng: np.random.Generator) -> Trainers:
    """Locals and outsiders; declared topics are the ones that each believes to be his best."""
    count = size.locals + size.outsiders
    is_local = np.arange(count) < size.locals
    person = rng.normal(0, parameters.person_spread, count) - parameters.local_handicap * is_local
    skill = _draw_skill(person, tree, parameters, rng)
    base = rng.integers(size.schools, size=count)
    seen = tuple(
        _see_trainer(at, bool(is_local[at]), int(base[at]), skill[at], tree, parameters, rng)
        for at in range(count)
    )
    rapport = rng.normal(0, parameters.rapport_spread, (size.schools, count))
    return Trainers(seen, person, skill, rapport, base)


def _draw_skill(
    person: NDArray[np.float64], tree: Tree, parameters: Parameters, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Person + domain + branch + leaf, each drawn on its own."""
    count, leaves = len(person), len(tree.leaf_ids)
    domain = rng.normal(0, parameters.domain_spread, (count, int(tree.domain_of.max()) + 1))
    branch = rng.normal(0, parameters.branch_spread, (count, int(tree.branch_of.max()) + 1))
    leaf = rng.normal(0, parameters.leaf_spread, (count, leaves))
    drawn: NDArray[np.float64] = (
        person[:, None] + domain[:, tree.domain_of] + branch[:, tree.branch_of] + leaf
    )
    return drawn


def _see_trainer(
    at: int,
    is_local: bool,
    base: int,
    skill: NDArray[np.float64],
    tree: Tree,
    parameters: Parameters,
    rng: np.random.Generator,
) -> SeenTrainer:
    p = parameters
    believed = skill + rng.normal(0, p.declared_noise, len(skill))
    named = np.argsort(-believed)[: rng.integers(p.declared_fewest, p.declared_most + 1)].tolist()
    more = 0 if is_local else p.outsider_capacity
    comes_late = not is_local and bool(rng.random() < p.late_arrivals)
    leaves_early = bool(rng.random() < p.early_leavers)
    return SeenTrainer(
        id=f"p-{at}",
        is_local=is_local,
        school=f"s-{base}",
        topics=tuple(sorted(tree.leaf_ids[leaf] for leaf in named)),
        text=write_text(tree, named, p, rng),
        capacity=int(rng.integers(p.capacity_fewest, p.capacity_most + 1)) + more,
        first_term=1 + comes_late,
        last_term=None if is_local else p.last_term - leaves_early,
    )
