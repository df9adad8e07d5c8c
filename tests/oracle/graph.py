"""The whole graph in plain Python, read once: nodes by label and id, and what each is linked with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graph.store import Store, Transaction

type Link = tuple[str, str, bool]
"""The relationship, the label at its other end, and whether it leads there from here."""


@dataclass(slots=True, eq=False)
class Node:
    """One node, with its neighbours by link; a relationship kept twice has its neighbour twice."""

    label: str
    properties: dict[str, Any]
    neighbours: dict[Link, list[Node]] = field(default_factory=dict, repr=False)

    @property
    def own(self) -> str:
        """The own id."""
        own: str = self.properties["id"]
        return own

    @property
    def key(self) -> str:
        """The global id."""
        return f"{self.label}:{self.own}"

    def get(self, name: str) -> Any:
        """A property, None where it is absent."""
        return self.properties.get(name)


@dataclass(slots=True)
class Graph:
    """All nodes by label, then by own id."""

    nodes: dict[str, dict[str, Node]] = field(default_factory=dict)

    def labelled(self, label: str) -> list[Node]:
        """The nodes of a label."""
        return list(self.nodes.get(label, {}).values())

    def find(self, label: str, own: str) -> Node | None:
        """The node with that label and own id."""
        return self.nodes.get(label, {}).get(own)

    def all(self) -> Iterator[Node]:
        """Every node."""
        for each in self.nodes.values():
            yield from each.values()


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything that a store holds, as rows: the properties of nodes by label, and relationships."""

    nodes: dict[str, list[dict[str, Any]]]
    relationships: list[tuple[str, str, str, str, str]]
    """Label and id at the start, the relationship, label and id at the end."""


async def read_rows(store: Store) -> Rows:
    """Everything that a store holds."""
    nodes: dict[str, list[dict[str, Any]]] = {}
    for row in await store.read("MATCH (n) RETURN labels(n)[0] AS label, properties(n) AS properties"):
        nodes.setdefault(str(row["label"]), []).append(dict(row["properties"]))  # type: ignore[call-overload]  # a map
    found = await store.read(
        "MATCH (n)-[r]->(m) RETURN labels(n)[0] AS label, n.id AS own, type(r) AS kind, "
        "labels(m)[0] AS far_label, m.id AS far"
    )
    names = ("label", "own", "kind", "far_label", "far")
    return Rows(nodes, [tuple(str(row[name]) for name in names) for row in found])  # type: ignore[misc]  # five


async def write_rows(store: Store, rows: Rows) -> None:
    """Replaces everything that a store holds."""
    by_ends: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    for label, own, kind, far_label, far in rows.relationships:
        by_ends.setdefault((label, kind, far_label), []).append({"own": own, "far": far})

    async def clear(transaction: Transaction) -> None:
        await transaction.run("MATCH (n) DETACH DELETE n")

    async def create(transaction: Transaction) -> None:
        for label, properties in rows.nodes.items():
            await transaction.run(f"UNWIND $rows AS row CREATE (n:{label}) SET n = row", rows=properties)

    async def link(transaction: Transaction) -> None:
        for (label, kind, far_label), pairs in by_ends.items():
            await transaction.run(
                f"UNWIND $pairs AS pair MATCH (n:{label} {{id: pair.own}}) "
                f"MATCH (m:{far_label} {{id: pair.far}}) CREATE (n)-[:{kind}]->(m)",
                pairs=pairs,
            )

    for work in (clear, create, link):
        await store.write(work)


def graph_of(rows: Rows) -> Graph:
    """The rows as nodes that know their neighbours."""
    graph = Graph()
    for label, found in rows.nodes.items():
        graph.nodes[label] = {each["id"]: Node(label, each) for each in found}
    for label, own, kind, far_label, far in rows.relationships:
        start, end = graph.nodes[label][own], graph.nodes[far_label][far]
        start.neighbours.setdefault((kind, far_label, True), []).append(end)
        end.neighbours.setdefault((kind, label, False), []).append(start)
    return graph
