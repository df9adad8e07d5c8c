"""Counties that several tests look at."""

from __future__ import annotations

import pytest

from seeds.simulator.parameters import Size
from seeds.simulator.world import World, simulate

SMALL = Size(
    domains=3,
    branches=3,
    leaves=3,
    schools=8,
    locals=18,
    outsiders=12,
    needs=40,
    resources=30,
    past_orders=80,
    soundings=60,
    terms=7,
    term_needs=60,
)


@pytest.fixture(scope="session")
def world() -> World:
    return simulate(0)


@pytest.fixture(scope="session")
def worlds(world: World) -> list[World]:
    """The six seeds of the protocol's planted figures."""
    return [world, *(simulate(seed) for seed in range(1, 6))]
