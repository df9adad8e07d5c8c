"""A small graph that holds what a backup must bring back exactly, and how two graphs are compared."""

from __future__ import annotations

from datetime import UTC, datetime

from graph.store import Row, Store, Transaction
from graph.writing import Command, Event, Outcome, commit

AT = datetime(2025, 3, 1, 8, 0, tzinfo=UTC)
VALUES: dict[str, object] = {
    "text": "石桥小学 “二” \n\t\\ \x01 𠮷😀",
    "empty": "",
    "whole": -9_007_199_254_740_993,
    "largest": 2**63 - 1,
    "share": 0.1 + 0.2,
    "round": 2.0,
    "tiny": 5e-324,
    "yes": True,
    "no": False,
    "names": ["b", "a", "b", ""],
    "numbers": [3, 1, 2],
    "shares": [0.5, 2.0],
    "answers": [True, False],
}
IDS = ("s-1", "S-1", "石桥", "é", "e\u0301", "\uff21", "𠮷", "😀", "~", " ")
"""Ids of schools whose order engines, Unicode and Python could see differently."""

_SCHOOLS = "UNWIND $ids AS id CREATE (:School {id: id})"
_VALUES = "MATCH (s:School {id: 's-1'}) SET s += $values"
_PEOPLE = "UNWIND range(1, $people) AS i CREATE (:Person {id: 'p-' + toString(i), number: i, pseudonym: 'x-' + toString(i)})"
_POSTS = "MATCH (p:Person) MATCH (s:School {id: 's-1'}) CREATE (p)-[:AT]->(s)"
_MORE = (
    "MATCH (s:School {id: '😀'}) CREATE (s)-[:NEAR]->(s)",
    "MATCH (s:School {id: 's-1'}) MATCH (t:School {id: '石桥'}) CREATE (s)-[:NEAR]->(t)",
    "MATCH (s:School {id: '石桥'}) MATCH (t:School {id: 's-1'}) CREATE (s)-[:NEAR {since: 3, by: ['a']}]->(t)",
)
_NODES = "MATCH (n) RETURN collect([labels(n), properties(n)]) AS nodes"
_RELATIONSHIPS = (
    "MATCH (n)-[r]->(m)"
    " RETURN collect([type(r), labels(n), n.id, labels(m), m.id, properties(r)]) AS relationships"
)


async def make_graph(store: Store, people: int = 5) -> None:
    """Schools with every type of value, people at one of them, and the traces of two writes."""

    async def work(transaction: Transaction) -> Outcome:
        await transaction.run(_SCHOOLS, ids=list(IDS))
        await transaction.run(_VALUES, values=VALUES)
        await transaction.run(_PEOPLE, people=people)
        for statement in (_POSTS, *_MORE):
            await transaction.run(statement)
        return Outcome({"made": people}, ("School:s-1",), (Event("schoolMade", "School:s-1"),))

    await commit(store, Command("makeGraph", "p-1", AT, "key-1", "f"), work)
    await write_something(store)


async def write_something(store: Store) -> None:
    """One more write, which moves the graph's version."""

    async def work(transaction: Transaction) -> Outcome:
        await transaction.run("MATCH (s:School {id: 's-1'}) SET s.touched = coalesce(s.touched, 0) + 1")
        return Outcome({})

    await commit(store, Command("touch", "p-1", AT), work)


async def whole_graph(store: Store) -> tuple[list[str], list[str]]:
    """Every node and every relationship, told apart by type too (1 is not 1.0), in an order of their own."""
    nodes = await store.read(_NODES)
    relationships = await store.read(_RELATIONSHIPS)
    return _told(nodes, "nodes"), _told(relationships, "relationships")


def _told(rows: list[Row], name: str) -> list[str]:
    found = rows[0][name]
    assert isinstance(found, list)
    return sorted(repr(_ordered(each)) for each in found)


def _ordered(value: object) -> object:
    if isinstance(value, dict):
        return {key: value[key] for key in sorted(value)}
    return [_ordered(each) for each in value] if isinstance(value, list) else value
