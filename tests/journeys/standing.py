"""All that a store holds, in a form that two moments can be compared by."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from graph.store import Row, Store


async def everything(store: Store) -> tuple[list[Row], list[Row]]:
    """Every node with its label and properties, every relationship with its ends, in a fixed order."""
    nodes = await store.read("MATCH (n) RETURN labels(n)[0] AS label, properties(n) AS properties")
    relationships = await store.read(
        "MATCH (n)-[r]->(m) RETURN labels(n)[0] AS label, n.id AS id, type(r) AS type, m.id AS to"
    )
    return sorted(nodes, key=_place), sorted(relationships, key=_place)


def _place(row: Row) -> str:
    properties = row.get("properties")
    told = sorted(properties.items()) if isinstance(properties, dict) else list(row.values())
    return f"{row['label']} {told}"


@asynccontextmanager
async def unchanged(store: Store) -> AsyncIterator[None]:
    """Asserts that the block leaves every node and relationship as it was, the graph's version among them."""
    before = await everything(store)
    yield
    assert await everything(store) == before
