"""How every node and relationship is read, a page at a time, from whichever engine."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

from graph.backup.archive import Node, Relationship
from graph.nodes import Run

PAGE = 2_000
"""Nodes read by one statement: what is in memory at a time."""

_LABELS = "CALL db.labels() YIELD label RETURN collect(label) AS labels"
_NODES = (
    "MATCH (n:{label}) WHERE n.id > $after WITH n ORDER BY n.id LIMIT $size"
    " RETURN collect(properties(n)) AS nodes"
)
_RELATIONSHIPS = (
    "MATCH (n:{label})-[r]->(m) WHERE n.id >= $first AND n.id <= $last"
    " RETURN collect([type(r), n.id, head(labels(m)), m.id, properties(r)]) AS relationships"
)
_COUNT = (
    "MATCH (n) RETURN count(n) AS number",
    "MATCH ()-[r]->() RETURN count(r) AS number",
)
_VERSIONS = "MATCH (v:Version) WITH v ORDER BY v.id RETURN collect([v.id, v.number]) AS versions"


@dataclass(frozen=True, slots=True)
class Stretch:
    """The nodes of one label from one id to another, both included."""

    label: str
    first: str
    last: str


async def labels_in(run: Run) -> list[str]:
    """Every label, in order."""
    return sorted((await run(_LABELS))[0]["labels"])


async def count_records(run: Run) -> int:
    """How many nodes and relationships there are."""
    return sum([(await run(statement))[0]["number"] for statement in _COUNT])


async def versions_of(run: Run) -> dict[str, int]:
    """The numbers of the graph's Version nodes: `graph` moves with every write, `layout` with a migration."""
    return dict((await run(_VERSIONS))[0]["versions"])


async def pages_of_nodes(run: Run, label: str) -> AsyncIterator[tuple[Stretch, list[Node]]]:
    """The nodes of a label in the order of their ids."""
    after, statement = "", _NODES.format(label=label)
    while True:
        found: list[dict[str, Any]] = (await run(statement, after=after, size=PAGE))[0]["nodes"]
        if not found:
            return
        after = found[-1]["id"]
        yield Stretch(label, found[0]["id"], after), [Node(label, properties) for properties in found]
        if len(found) < PAGE:
            return


async def relationships_from(run: Run, stretch: Stretch) -> list[Relationship]:
    """The relationships that leave those nodes; those of one kind between two labels together."""
    rows = await run(_RELATIONSHIPS.format(label=stretch.label), first=stretch.first, last=stretch.last)
    return sorted(_read(stretch.label, rows[0]["relationships"]), key=_place)


def _read(label: str, rows: list[list[Any]]) -> Iterator[Relationship]:
    for kind, own, end, end_id, properties in rows:
        yield Relationship(kind, label, own, end, end_id, properties)


def _place(relationship: Relationship) -> tuple[str, str, str, str]:
    return relationship.kind, relationship.to_label, relationship.from_id, relationship.to_id
