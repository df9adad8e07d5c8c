"""Nodes that Python names by id: fetched together, in their order, one statement a field."""

from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store, count_statements
from schema.kit.execution import GraphSchema
from tests.schema.kit.orchards import context, orchard_schema, plant


@pytest.fixture
def schema() -> GraphSchema:
    """The small world's schema."""
    return orchard_schema()


async def _execute(schema: GraphSchema, store: Store, document: str) -> tuple[Any, Any, int]:
    await plant(store)
    with count_statements() as counted:
        result = await schema.execute(document, context_value=context(store))
    return result.data, result.errors, counted.total


async def test_siblings_of_a_list_share_one_statement_for_each_field(
    schema: GraphSchema, store: Store
) -> None:
    document = "{ advice { score tree { id orchard { name } } helpers { name } } }"
    data, errors, statements = await _execute(schema, store, document)
    assert errors is None
    assert statements == 2
    helpers = [{"name": "Cy"}, {"name": "Ada"}]
    trees = [
        {"id": "Tree:t5", "orchard": {"name": "Birne"}},
        *({"id": f"Tree:{own}", "orchard": {"name": "Ap"}} for own in ("t4", "t3", "t2", "t1")),
        None,
    ]
    assert data == {
        "advice": [{"score": index, "tree": tree, "helpers": helpers} for index, tree in enumerate(trees)]
    }


async def test_the_same_field_under_two_names_is_two_entries(schema: GraphSchema, store: Store) -> None:
    data, errors, statements = await _execute(schema, store, "{ advice { a: tree { id } b: tree { kind } } }")
    assert errors is None
    assert statements == 2
    assert data["advice"][1] == {"a": {"id": "Tree:t4"}, "b": {"kind": "pear"}}


async def test_a_page_of_found_nodes_is_ordered_by_id_and_paged(schema: GraphSchema, store: Store) -> None:
    document = """{ advice { trees(first: 2) {
        totalCount pageInfo { hasNextPage } edges { node { id } } } } }"""
    data, errors, _ = await _execute(schema, store, document)
    assert errors is None
    assert data["advice"][0] == {
        "trees": {
            "totalCount": 5,
            "pageInfo": {"hasNextPage": True},
            "edges": [{"node": {"id": "Tree:t1"}}, {"node": {"id": "Tree:t2"}}],
        }
    }


async def test_pages_of_siblings_share_one_statement_and_each_has_its_own_nodes(
    schema: GraphSchema, store: Store
) -> None:
    document = """{ advice { trees(first: 1) {
        totalCount pageInfo { hasNextPage } edges { node { id orchard { name } } } } } }"""
    data, errors, statements = await _execute(schema, store, document)
    assert errors is None
    assert statements == 1
    first = {"node": {"id": "Tree:t1", "orchard": {"name": "Ap"}}}
    assert data["advice"] == [
        *(
            {"trees": {"totalCount": total, "pageInfo": {"hasNextPage": total > 1}, "edges": [first]}}
            for total in (5, 4, 3, 2, 1)
        ),
        {"trees": {"totalCount": 0, "pageInfo": {"hasNextPage": False}, "edges": []}},
    ]


async def test_a_cursor_of_such_a_page_goes_on_in_each(schema: GraphSchema, store: Store) -> None:
    data, _, _ = await _execute(schema, store, "{ advice { trees(first: 2) { pageInfo { endCursor } } } }")
    cursor = data["advice"][0]["trees"]["pageInfo"]["endCursor"]
    document = f'{{ advice {{ trees(after: "{cursor}") {{ edges {{ node {{ id }} }} }} }} }}'
    result = await schema.execute(document, context_value=context(store))
    assert result.errors is None
    assert result.data is not None
    assert [[each["node"]["id"] for each in one["trees"]["edges"]] for one in result.data["advice"][:3]] == [
        ["Tree:t3", "Tree:t4", "Tree:t5"],
        ["Tree:t3", "Tree:t4"],
        ["Tree:t3"],
    ]


async def test_a_required_node_that_is_gone_is_an_error_at_its_place(
    schema: GraphSchema, store: Store
) -> None:
    data, errors, _ = await _execute(schema, store, '{ bestTree(own: "t9") { id } }')
    assert data is None
    assert [(error.message, error.path) for error in errors] == [
        ("Cannot return null for non-nullable field Query.bestTree.", ["bestTree"])
    ]


async def test_a_value_that_names_no_node_is_an_internal_error(schema: GraphSchema, store: Store) -> None:
    _, errors, _ = await _execute(schema, store, "{ wrong { id } }")
    assert [error.extensions["code"] for error in errors] == ["INTERNAL"]
