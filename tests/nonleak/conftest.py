"""Counties in each engine, one after another; nothing that is asked changes them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import pytest
import pytest_asyncio

from graph.store import Row, Store
from tests.nonleak.campaign import SightedCampaign, campaigns
from tests.nonleak.counties import county
from tests.oracle.graph import write_rows

type Settle = Callable[[int], Awaitable[Mapping[str, SightedCampaign]]]
"""Puts the county of a seed in the place of whatever there is; a campaign for each of its holders."""


_SOAKED = "test_a_thousand_triples"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Neo4j plans seconds for a statement that it never saw, under a role: there the long campaign asks alone."""
    left_out = [
        item
        for item in items
        if item.path.parent == Path(__file__).parent
        and "[neo4j" in item.name
        and not item.name.startswith(_SOAKED)
    ]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest_asyncio.fixture(scope="module")
async def settle(migrated_store: tuple[Store, list[Row]]) -> Settle:
    """How a county gets into each engine in turn."""
    store, versions = migrated_store
    there: dict[int, Mapping[str, SightedCampaign]] = {}

    async def put(seed: int) -> Mapping[str, SightedCampaign]:
        if seed not in there:
            rows = county(seed)
            rows.nodes["Version"] = [dict(row["properties"]) for row in versions]  # type: ignore[call-overload]  # a map
            await write_rows(store, rows)
            there.clear()
            there[seed] = await campaigns(store, rows)
        return {holder: campaign.again() for holder, campaign in there[seed].items()}

    return put
