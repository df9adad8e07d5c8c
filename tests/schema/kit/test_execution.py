"""Finished parts are passed on, raw ones are walked: the canary of graphql-core's private methods."""

from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store, Transaction, count_statements
from schema.kit.execution import GraphSchema
from schema.kit.graph_field import GRAPH
from tests.schema.kit.orchards import context, orchard_schema, plant


@pytest.fixture
def schema() -> GraphSchema:
    """The small world's schema."""
    return orchard_schema()


async def _execute(schema: GraphSchema, store: Store, document: str) -> tuple[Any, list[tuple[str, Any]]]:
    result = await schema.execute(document, context_value=context(store))
    return result.data, [(error.message, error.path) for error in result.errors or ()]


async def _spoil(store: Store, statement: str) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.run(statement)

    await plant(store)
    await store.write(work)


async def test_nothing_below_an_entry_is_resolved(
    schema: GraphSchema, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await plant(store)
    for kind in schema._schema.type_map.values():
        for field in getattr(kind, "fields", {}).values() if kind.name in ("Orchard", "Tree") else ():
            monkeypatch.setattr(field, "resolve", lambda source, info, **given: 1 / 0)
    data, errors = await _execute(
        schema, store, "{ orchards { edges { node { trees { edges { node { id } } } } } } }"
    )
    assert errors == []
    assert len(data["orchards"]["edges"]) == 3


async def test_all_root_fields_are_one_statement_beside_plain_and_introspected_ones(
    schema: GraphSchema, store: Store
) -> None:
    await plant(store)
    with count_statements() as counted:
        data, errors = await _execute(
            schema,
            store,
            '{ trees { totalCount } orchards { totalCount } node(id: "Tree:t1") { code } __schema { queryType { name } } __typename }',
        )
    assert errors == []
    assert counted.total == 1
    assert data == {
        "trees": {"totalCount": 5},
        "orchards": {"totalCount": 3},
        "node": {"code": "t1"},
        "__schema": {"queryType": {"name": "Query"}},
        "__typename": "Query",
    }


async def test_null_in_a_required_field_is_a_standard_error_that_nulls_its_parent(
    schema: GraphSchema, store: Store
) -> None:
    await _spoil(store, "MATCH (t:Tree {id: 't3'}) REMOVE t.kind")
    document = "{ orchards(first: 1) { edges { node { oldest { id kind } name } } } }"
    data, errors = await _execute(schema, store, document)
    assert data == {"orchards": {"edges": [{"node": {"oldest": None, "name": "Ap"}}]}}
    assert errors == [
        (
            "Cannot return null for non-nullable field Tree.kind.",
            ["orchards", "edges", 0, "node", "oldest", "kind"],
        )
    ]


async def test_a_required_neighbour_that_is_missing_is_a_standard_error(
    schema: GraphSchema, store: Store
) -> None:
    await _spoil(store, "MATCH (:Tree {id: 't5'})-[link:IN]->() DELETE link")
    data, errors = await _execute(
        schema, store, '{ node(id: "Tree:t5") { id ... on Tree { orchard { name } } } }'
    )
    assert data == {"node": None}
    assert errors == [("Cannot return null for non-nullable field Tree.orchard.", ["node", "orchard"])]


@pytest.mark.parametrize(
    ("spoiling", "field", "message"),
    [
        ("o.soil = 'ROCK'", "soil", "Enum 'Soil' cannot represent value: 'ROCK'"),
        ("o.soil = 'ROCK'", "soilLabel", "Enum 'Soil' cannot represent value: 'ROCK'"),
        ("o.planted = 'spring'", "planted", "Date cannot represent value: 'spring'"),
        ("o.area = 'wide'", "area", "Float cannot represent non numeric value: 'wide'"),
    ],
)
async def test_a_stored_value_that_the_type_forbids_is_a_standard_error(
    schema: GraphSchema, store: Store, spoiling: str, field: str, message: str
) -> None:
    await _spoil(store, f"MATCH (o:Orchard {{id: 'o2'}}) SET {spoiling}")
    data, errors = await _execute(
        schema, store, f'{{ node(id: "Orchard:o2") {{ ... on Orchard {{ name {field} }} }} }}'
    )
    assert data == {"node": {"name": "Birne", field: None}}
    assert errors == [(message, ["node", field])]


async def test_a_tag_that_names_no_type_is_a_standard_error(schema: GraphSchema, store: Store) -> None:
    await _spoil(store, "MATCH (h:Helper {id: 'h2'}) SET h.kind = 'GHOST'")
    data, errors = await _execute(
        schema, store, '{ node(id: "Helper:h2") { id } tree: node(id: "Tree:t1") { id } }'
    )
    assert data == {"node": None, "tree": {"id": "Tree:t1"}}
    ((message, path),) = errors
    assert message.startswith("Abstract type 'Node' must resolve to an Object type at runtime")
    assert path == ["node"]


async def test_plain_types_below_a_node_are_walked_over_the_same_rows(
    schema: GraphSchema, store: Store
) -> None:
    await plant(store)
    document = "{ orchards(first: 1) { edges { node { letters { doubled } trees(first: 1) { edges { node { id } } } } } } }"
    with count_statements() as counted:
        data, errors = await _execute(schema, store, document)
    assert errors == []
    assert counted.total == 1
    letters = [{"doubled": "AA"}, {"doubled": "pp"}]
    trees = {"edges": [{"node": {"id": "Tree:t1"}}]}
    assert data == {"orchards": {"edges": [{"node": {"letters": letters, "trees": trees}}]}}


async def test_what_surprised_the_compiler_is_logged_by_its_place(
    schema: GraphSchema, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    await _spoil(store, "MATCH (o:Orchard {id: 'o2'}) SET o.soil = 'ROCK'")
    await _execute(schema, store, "{ orchards { edges { node { soil } } } }")
    assert caplog.messages == ["stored data at Query.orchards does not fit the schema: walked, not finished"]


def test_every_field_has_one_owner(schema: GraphSchema) -> None:
    for kind in schema._schema.type_map.values():
        for field in getattr(kind, "fields", {}).values() if kind.name in ("Orchard", "Gardener") else ():
            assert GRAPH in field.extensions["strawberry-definition"].metadata
            assert field.resolve.__name__ == "from_raw"


async def test_a_null_condition_fails_its_entry_and_no_other(schema: GraphSchema, store: Store) -> None:
    await plant(store)
    document = """query ($deep: Boolean = true) { node(id: "Tree:t1") { id code @include(if: $deep) }
        orchards { totalCount } }"""
    result = await schema.execute(document, variable_values={"deep": None}, context_value=context(store))
    (error,) = result.errors or []
    assert error.path == ["node"]
    assert "'if'" in error.message
    assert result.data == {"node": None, "orchards": {"totalCount": 3}}


async def test_what_a_condition_means_in_another_operation_is_no_matter(
    schema: GraphSchema, store: Store
) -> None:
    await plant(store)
    document = """query A($x: [ID!]!) { nodes(ids: $x) { id } }
        query B($x: Boolean!) { trees { edges { node { ...F } } } } fragment F on Tree { code @include(if: $x) }"""
    result = await schema.execute(
        document, variable_values={"x": ["Tree:t1"]}, context_value=context(store), operation_name="A"
    )
    assert (result.errors, result.data) == (None, {"nodes": [{"id": "Tree:t1"}]})


async def test_kept_plans_hold_no_value_and_no_label_of_a_callers(schema: GraphSchema, store: Store) -> None:
    await plant(store)
    compiler = schema.lane._compiler
    document = "query ($id: ID!, $w: TreeWhere) { node(id: $id) { id } trees(where: $w) { totalCount } }"
    for number in range(5):
        given = {"id": f"Nope{number}:x", "w": {"kind": {"eq": f"secret {number}"}}}
        result = await schema.execute(document, variable_values=given, context_value=context(store))
        assert result.data == {"node": None, "trees": {"totalCount": 0}}
    assert len(compiler._plans) == 1
    held = [door.call.operation.variables for _, doors in compiler._doors.values() for door in doors]
    assert held == [{}, {}]
