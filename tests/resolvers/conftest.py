"""The small county at three moments: as the workbook brings it, with its needs formed, with its order placed."""

from __future__ import annotations

import pytest

from graph.store import Store
from tests.journeys import spring
from tests.journeys.spring import Ordered


@pytest.fixture
async def county(store: Store) -> Store:
    """The workbook is in."""
    await spring.bring_the_workbook(store)
    return store


@pytest.fixture
async def formed(county: Store) -> Store:
    """And its needs are formed."""
    await spring.form(county)
    return county


@pytest.fixture
async def ordered(formed: Store) -> Ordered:
    """And the county class is ordered."""
    return await spring.order(formed)


@pytest.fixture
async def trained(formed: Store, ordered: Ordered) -> Ordered:
    """And both its training sessions are held."""
    await spring.hold_the_training(formed, ordered)
    return ordered
