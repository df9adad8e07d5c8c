"""Past orders as an older, biased policy placed them, and what is known of what became of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seeds.simulator.needs import Needs, draw_needs, see_needs
from seeds.simulator.parameters import Parameters, Size
from seeds.simulator.seen import FORMATS, SeenOrder
from seeds.simulator.utility import County, chances, draw_outcomes


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """The truth behind the past orders, one row each.

    `propensity` is the chance 0 to 1 with which the older policy picked this trainer, `rating` (1 to 5) what
    everybody thought, the silent too.
    """

    needs: Needs
    trainer: NDArray[np.int64]
    propensity: NDArray[np.float64]
    chance: NDArray[np.float64]
    is_met: NDArray[np.bool_]
    rating: NDArray[np.int64]


def log_orders(county: County, size: Size, rng: np.random.Generator) -> tuple[tuple[SeenOrder, ...], Past]:
    """What is seen of the past orders, and the truth behind it."""
    p, count = county.parameters, size.past_orders
    needs = draw_needs(count, size, county.tree, rng)
    trainer, propensity = _pick_trainers(county, needs, rng)
    formats = (rng.random(count) < p.online_share).astype(np.int64)
    resources = _pick_resources(county, needs, rng)
    chance = chances(county, needs, trainer, formats, resources)
    is_met = draw_outcomes(chance, rng)
    rating = _rate(chance, is_met, p, rng)
    is_heard = rng.random(count) < np.array(p.answered_by_rating)[rating - 1]
    is_rechecked = rng.random(count) < p.rechecked_share
    orders = tuple(
        SeenOrder(
            id=f"o-{at}",
            need=need,
            trainer=county.trainers.seen[trainer[at]].id,
            format=FORMATS[formats[at]],
            resource=county.resources.seen[resources[at]].id,
            is_met=bool(is_met[at]) if is_rechecked[at] else None,
            rating=int(rating[at]) if is_heard[at] else None,
        )
        for at, need in enumerate(see_needs(needs, "past", county.tree, p, rng))
    )
    return orders, Past(needs, trainer, propensity, chance, is_met, rating)


def _pick_trainers(
    county: County, needs: Needs, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Who is near, known, and was asked before is asked again; a declared domain counts a little."""
    p = county.parameters
    count = len(county.trainers.seen)
    noise = rng.normal(0, p.reputation_noise, count)
    reputation = p.reputation_pull * (county.trainers.person + noise)
    declared = _declared_domains(county)
    near = -p.nearness_pull_per_km * county.schools.distance_km[:, county.trainers.base]
    asked = np.zeros(count)
    picked, propensity = np.zeros(len(needs.leaf), np.int64), np.zeros(len(needs.leaf))
    for at, (school, leaf) in enumerate(zip(needs.school, needs.leaf, strict=True)):
        pull = reputation + near[school] + p.popularity_pull * np.log1p(asked)
        pull += p.domain_pull * declared[:, county.tree.domain_of[leaf]]
        shares = np.exp(pull - pull.max())
        shares /= shares.sum()
        chosen = int(rng.choice(count, p=shares))
        picked[at], propensity[at] = chosen, shares[chosen]
        asked[chosen] += 1
    return picked, propensity


def _pick_resources(county: County, needs: Needs, rng: np.random.Generator) -> NDArray[np.int64]:
    """A resource filed nearest to the need, whatever class it was made for."""
    nearness = county.tree.closeness()[needs.leaf][:, county.resources.leaf]
    return np.argmax(nearness + rng.random(nearness.shape) * 0.01, axis=1)


def _declared_domains(county: County) -> NDArray[np.bool_]:
    """Trainers × domains: whether a trainer declares any leaf of the domain."""
    domain = dict(zip(county.tree.leaf_ids, county.tree.domain_of.tolist(), strict=True))
    declared = np.zeros((len(county.trainers.seen), int(county.tree.domain_of.max()) + 1), np.bool_)
    for at, trainer in enumerate(county.trainers.seen):
        declared[at, [domain[leaf] for leaf in trainer.topics]] = True
    return declared


def _rate(
    chance: NDArray[np.float64], is_met: NDArray[np.bool_], parameters: Parameters, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Satisfaction 1 to 5: more where the need was met, a little more where the order was good."""
    p = parameters
    felt = p.rating_base + p.rating_met * is_met + p.rating_chance * chance
    felt += rng.normal(0, p.rating_noise, len(chance))
    return np.clip(np.rint(felt), 1, 5).astype(np.int64)
