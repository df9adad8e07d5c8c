"""The world on each engine, as it should be and spoiled; made once by the use cases, then planted as rows."""

from __future__ import annotations

import pytest
import pytest_asyncio

from graph.store import Row, Store
from tests.oracle import county
from tests.oracle.campaign import Campaign
from tests.oracle.graph import Rows, read_rows, write_rows

_MADE: list[Rows] = []
"""The world's rows, once they are made: the use cases take longer than all other steps."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Bugs are planted in Python: one engine shows them, and Neo4j takes long to read statements it never saw."""
    left_out = [item for item in items if "planted" in item.name and "[neo4j" in item.name]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest_asyncio.fixture(scope="module")
async def campaign(migrated_store: tuple[Store, list[Row]]) -> Campaign:
    """A campaign over the world, on each engine in turn."""
    store, versions = migrated_store
    if not _MADE:
        await write_rows(store, Rows({"Version": [dict(row["properties"]) for row in versions]}, []))  # type: ignore[call-overload]  # a map
        await county.fill(store)
        _MADE.append(await read_rows(store))
    await write_rows(store, _MADE[0])
    return await Campaign.on(store, county.TODAY)


@pytest_asyncio.fixture(scope="module")
async def spoiled(campaign: Campaign) -> Campaign:
    """A campaign over the world with stored data that does not fit the schema."""
    await county.spoil(campaign.store)
    found = await Campaign.on(campaign.store, county.TODAY)
    found.with_tallies = False
    return found
