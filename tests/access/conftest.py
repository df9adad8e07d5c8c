"""The county with its second alliance."""

from __future__ import annotations

import pytest

from graph.store import Store
from tests.access.county import make_county


@pytest.fixture
async def county(store: Store) -> Store:
    """The county, made anew."""
    await make_county(store)
    return store
