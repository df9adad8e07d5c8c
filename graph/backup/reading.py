"""How every node and relationship is read, a page at a time, from whichever engine."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from itertools import batched
from typing import Any

from graph.backup.records import Node, Relationship
from graph.nodes import Run

PAGE = 2_000
"""Nodes read by one statement: what is in memory at a time, but for the ids of one label."""

_LABELS = "CALL db.labels() YIELD label RETURN collect(label) AS labels"
_IDS = "MATCH (n:{label}) RETURN collect(n.id) AS ids"
# By id, not from one id to another: the engines do not agree on the order of texts.
_NODES = "UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN collect(properties(n)) AS nodes"
_RELATIONSHIPS = (
    "UNWIND $ids AS id MATCH (n:{label} {{id: id}})-[r]->(m)"
    " RETURN collect([type(r), n.id, head(labels(m)), m.id, properties(r)]) AS relationships"
)
_COUNT = (
    "MATCH (n) RETURN count(n) AS number",
    "MATCH ()-[r]->() RETURN count(r) AS number",
)
_VERSIONS = "MATCH (v:Version) RETURN collect([v.id, v.number]) AS versions"


async def labels_in(run: Run) -> list[str]:
    """Every label, in order."""
    return sorted((await run(_LABELS))[0]["labels"])


async def count_records(run: Run) -> int:
    """How many nodes and relationships there are."""
    return sum([(await run(statement))[0]["number"] for statement in _COUNT])


async def versions_of(run: Run) -> dict[str, int]:
    """The numbers of the graph's Version nodes: `graph` moves with every write, `layout` with a migration."""
    return dict((await run(_VERSIONS))[0]["versions"])


async def pages_of_nodes(run: Run, label: str) -> AsyncIterator[list[Node]]:
    """The nodes of a label in the order of their ids; those without a textual id are left out."""
    for ids in await _pages_of_ids(run, label):
        rows = await run(_NODES.format(label=label), ids=ids)
        yield sorted((Node(label, properties) for properties in rows[0]["nodes"]), key=lambda node: node.id)


async def pages_of_relationships(run: Run, label: str) -> AsyncIterator[list[Relationship]]:
    """The relationships that leave the nodes of a label; on a page, those between two labels together."""
    for ids in await _pages_of_ids(run, label):
        rows = await run(_RELATIONSHIPS.format(label=label), ids=ids)
        yield sorted(_read(label, rows[0]["relationships"]), key=_place)


async def _pages_of_ids(run: Run, label: str) -> list[Sequence[str]]:
    found: list[object] = (await run(_IDS.format(label=label)))[0]["ids"]
    return list(batched(sorted({own for own in found if isinstance(own, str)}), PAGE))


def _read(label: str, rows: list[list[Any]]) -> Iterator[Relationship]:
    for kind, own, end, end_id, properties in rows:
        if isinstance(end_id, str):
            yield Relationship(kind, label, own, end, end_id, properties)


def _place(relationship: Relationship) -> tuple[str, str, str, str]:
    return relationship.kind, relationship.to_label, relationship.from_id, relationship.to_id
