"""A simulated county from one seed: what may be seen, and the truth, kept apart by type."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seeds.simulator.history import Past, log_orders
from seeds.simulator.instruments import sound
from seeds.simulator.needs import Needs, draw_needs, see_needs
from seeds.simulator.parameters import PARAMETERS, SIZE, Parameters, Size
from seeds.simulator.people import make_schools, make_trainers
from seeds.simulator.resources import make_resources
from seeds.simulator.seen import Seen
from seeds.simulator.topics import make_tree
from seeds.simulator.utility import County, best_chances, best_resource_chances


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """What only a judge may look at; `is_need` has a row for each sounding."""

    county: County
    needs: Needs
    past: Past
    is_need: NDArray[np.bool_]

    def gains(self) -> NDArray[np.float64]:
        """Needs × trainers: the chance 0 to 1 that the order meets the need, all else chosen best."""
        return best_chances(self.county, self.needs)

    def resource_gains(self) -> NDArray[np.float64]:
        """Needs × resources: the same for a resource."""
        return best_resource_chances(self.county, self.needs)


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """One county: give `seen` to a recommender, and judge what it says by `truth`."""

    seed: int
    size: Size
    seen: Seen
    truth: Truth


def simulate(seed: int, size: Size = SIZE, parameters: Parameters = PARAMETERS) -> World:
    """The county of `seed` (0 or more); the same arguments give the same county.

    Each part draws from a stream of its own, so a change in one leaves the others as they were.
    """
    streams = [np.random.default_rng(each) for each in np.random.SeedSequence(seed).spawn(7)]
    tree = make_tree(size, streams[0])
    schools = make_schools(size, parameters, streams[1])
    trainers = make_trainers(size, tree, parameters, streams[2])
    resources = make_resources(size, tree, parameters, streams[3])
    county = County(parameters, tree, schools, trainers, resources)
    needs = draw_needs(size.needs, size, tree, streams[4])
    orders, past = log_orders(county, size, streams[5])
    soundings = sound(size, tree, parameters, streams[6])
    seen = Seen(
        topics=tree.topics,
        schools=schools.seen,
        trainers=trainers.seen,
        needs=see_needs(needs, "n", tree, parameters, streams[4]),
        resources=resources.seen,
        orders=orders,
        soundings=soundings.seen,
        readings=soundings.readings,
        requests=soundings.requests,
    )
    return World(seed, size, seen, Truth(county, needs, past, soundings.is_need))
