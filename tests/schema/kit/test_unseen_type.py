"""A type that nothing knows, declared here, is queried nested: no resolver, no statement is written for it."""

from __future__ import annotations

from datetime import date

import strawberry

from graph.compiler.declare import incoming, outgoing
from graph.store import Store, Transaction, count_statements
from schema.kit.connections import Connection
from schema.kit.execution import build_schema
from schema.kit.fields import entry, graph_type, many, one
from tests.schema.kit.orchards import context


@graph_type(label="Lighthouse")
class Lighthouse:
    """A light by the sea. 中文：灯塔"""

    name: str
    keepers: Connection[Keeper] = many(incoming("KEEPS", "Keeper"))


@graph_type(label="Keeper")
class Keeper:
    """Who lights it. 中文：守塔人"""

    since: date
    shoe_size: int
    lighthouse: Lighthouse = one(outgoing("KEEPS", "Lighthouse"))


@strawberry.type
class Query:
    """The only entry."""

    lighthouses: Connection[Lighthouse] = entry()


async def test_an_unseen_type_is_queried_nested_in_one_statement(store: Store) -> None:
    async def build(transaction: Transaction) -> None:
        await transaction.run(
            """CREATE (l:Lighthouse {id: 'l1', name: 'Far'}), (:Lighthouse {id: 'l2', name: 'Near'}),
                      (:Keeper {id: 'k1', since: '1999-12-31', shoe_size: 43})-[:KEEPS]->(l)"""
        )

    await store.write(build)
    with count_statements() as counted:
        result = await build_schema(Query).execute(
            """{ lighthouses { totalCount edges { node {
                id name keepers { edges { node { since shoeSize lighthouse { name } } } } } } } }""",
            context_value=context(store),
        )
    assert result.errors is None
    assert counted.total == 1
    keeper = {"since": "1999-12-31", "shoeSize": 43, "lighthouse": {"name": "Far"}}
    assert result.data == {
        "lighthouses": {
            "totalCount": 2,
            "edges": [
                {"node": {"id": "Lighthouse:l1", "name": "Far", "keepers": {"edges": [{"node": keeper}]}}},
                {"node": {"id": "Lighthouse:l2", "name": "Near", "keepers": {"edges": []}}},
            ],
        }
    }
