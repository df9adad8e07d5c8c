"""A graph as plain dictionaries, for expectations that share no code with the rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.store import Store

type Place = tuple[str, str]
"""Label and id of a node."""


@dataclass(frozen=True, slots=True)
class World:
    """Nodes by label and id, as stored; links as (start, relationship, end)."""

    nodes: dict[str, dict[str, dict[str, object]]]
    links: set[tuple[Place, str, Place]]

    def of(self, label: str) -> dict[str, dict[str, object]]:
        """The nodes of a label by id."""
        return self.nodes.get(label, {})

    def out(self, label: str, id: str, relationship: str, end: str) -> set[str]:
        """The ids at the end of a node's relationships."""
        return {
            to
            for (start, own), kind, (at, to) in self.links
            if (start, own, kind, at) == (label, id, relationship, end)
        }

    def pairs(self, label: str, relationship: str, end: str) -> Iterator[tuple[str, str]]:
        """Start and end of every such relationship."""
        for (start, own), kind, (at, to) in self.links:
            if (start, kind, at) == (label, relationship, end):
                yield own, to


async def read_world(store: Store) -> World:
    """The graph as it is now."""
    nodes: dict[str, dict[str, dict[str, object]]] = {}
    for row in await store.read("MATCH (n) RETURN labels(n)[0] AS label, properties(n) AS properties"):
        properties = row["properties"]
        assert isinstance(properties, dict)
        nodes.setdefault(str(row["label"]), {})[str(properties["id"])] = properties
    rows = await store.read(
        "MATCH (n)-[r]->(m) RETURN labels(n)[0] AS start, n.id AS own, type(r) AS kind,"
        " labels(m)[0] AS at, m.id AS to"
    )
    links = {
        ((str(row["start"]), str(row["own"])), str(row["kind"]), (str(row["at"]), str(row["to"])))
        for row in rows
    }
    return World(nodes, links)
