"""Aggregates and groups: over the whole list under its filters, at the root and below; one statement."""

from __future__ import annotations

from typing import Any

import pytest

from graph.store import Store, Transaction, count_statements
from schema.kit.execution import GraphSchema
from tests.schema.kit.orchards import context, orchard_schema, plant


@pytest.fixture
def schema() -> GraphSchema:
    """The small world's schema."""
    return orchard_schema()


async def _data(schema: GraphSchema, store: Store, document: str, **variables: Any) -> Any:
    with count_statements() as counted:
        result = await schema.execute(document, variable_values=variables, context_value=context(store))
    assert result.errors is None
    assert counted.total == 1
    return result.data


async def test_numbers_are_over_the_whole_list_whatever_its_page(schema: GraphSchema, store: Store) -> None:
    await plant(store)
    document = """{ trees(first: 1) { edges { node { code } } aggregate { count
        height { present min max average sum } planted { present earliest latest } } } }"""
    assert (await _data(schema, store, document))["trees"] == {
        "edges": [{"node": {"code": "t4"}}],
        "aggregate": {
            "count": 5,
            "height": {"present": 4, "min": 3.0, "max": 9.0, "average": 5.0, "sum": 20.0},
            "planted": {"present": 2, "earliest": "2001-01-01", "latest": "2002-01-01"},
        },
    }


async def test_they_obey_the_conditions(schema: GraphSchema, store: Store) -> None:
    await plant(store)
    document = """{ trees(where: {kind: {eq: "pear"}}) { aggregate { count height { present average } } }
        none: trees(where: {kind: {eq: "fig"}}) { aggregate { count height { present sum min } planted { latest } } } }"""
    assert await _data(schema, store, document) == {
        "trees": {"aggregate": {"count": 2, "height": {"present": 1, "average": 3.0}}},
        "none": {
            "aggregate": {
                "count": 0,
                "height": {"present": 0, "sum": None, "min": None},
                "planted": {"latest": None},
            }
        },
    }


async def test_below_a_node_they_are_each_parents_own(schema: GraphSchema, store: Store) -> None:
    await plant(store)
    document = """{ orchards(orderBy: {code: ASC}) { edges { node { trees { aggregate { count height { max } }
        groups(by: [KIND]) { keys aggregate { count } } } } } } }"""
    edges = (await _data(schema, store, document))["orchards"]["edges"]
    assert [each["node"]["trees"] for each in edges] == [
        {
            "aggregate": {"count": 4, "height": {"max": 5.0}},
            "groups": [
                {"keys": ["apple"], "aggregate": {"count": 2}},
                {"keys": ["pear"], "aggregate": {"count": 2}},
            ],
        },
        {
            "aggregate": {"count": 1, "height": {"max": 9.0}},
            "groups": [{"keys": ["plum"], "aggregate": {"count": 1}}],
        },
        {"aggregate": {"count": 0, "height": {"max": None}}, "groups": []},
    ]


async def test_groups_are_by_properties_and_by_neighbours_the_largest_first(
    schema: GraphSchema, store: Store
) -> None:
    await plant(store)
    document = """query ($by: [TreeDimension!]!) { trees { groups(by: $by) {
        keys aggregate { count height { sum } } } } }"""
    found = (await _data(schema, store, document, by=["ORCHARD"]))["trees"]["groups"]
    assert found == [
        {"keys": ["Orchard:o1"], "aggregate": {"count": 4, "height": {"sum": 11.0}}},
        {"keys": ["Orchard:o2"], "aggregate": {"count": 1, "height": {"sum": 9.0}}},
    ]
    found = (await _data(schema, store, document, by=["ORCHARD", "KIND"]))["trees"]["groups"]
    assert [(each["keys"], each["aggregate"]["count"]) for each in found] == [
        (["Orchard:o1", "apple"], 2),
        (["Orchard:o1", "pear"], 2),
        (["Orchard:o2", "plum"], 1),
    ]


async def test_what_is_missing_is_a_group_of_its_own(schema: GraphSchema, store: Store) -> None:
    await plant(store)
    document = "{ orchards { groups(by: [SOIL]) { keys aggregate { count area { average } } } } }"
    assert (await _data(schema, store, document))["orchards"]["groups"] == [
        {"keys": ["CLAY"], "aggregate": {"count": 1, "area": {"average": 2.5}}},
        {"keys": ["SAND"], "aggregate": {"count": 1, "area": {"average": 1.0}}},
        {"keys": [None], "aggregate": {"count": 1, "area": {"average": None}}},
    ]


async def test_walked_they_are_the_same(schema: GraphSchema, store: Store) -> None:
    await plant(store)

    async def spoil(transaction: Transaction) -> None:
        await transaction.run("MATCH (t:Tree {id: 't4'}) REMOVE t.kind")

    await store.write(spoil)
    document = """{ trees { __typename aggregate { __typename count height { sum __typename } planted { latest } }
        groups(by: [ORCHARD]) { __typename keys aggregate { count } } edges { node { kind } } } }"""
    result = await schema.execute(document, context_value=context(store))
    assert [error.path for error in result.errors or []] == [["trees", "edges", 0, "node", "kind"]]
    document = document.replace("edges { node { kind } }", "")
    trees = (await _data(schema, store, document))["trees"]
    assert trees["aggregate"] == {
        "__typename": "TreeAggregate",
        "count": 5,
        "height": {"sum": 20.0, "__typename": "NumberStatistics"},
        "planted": {"latest": "2002-01-01"},
    }
    walked = await schema.execute(
        document.replace("trees {", "trees { edges { node { orchard { letters: name } } } ").replace(
            "{ trees", "{ orchards { edges { node { letters { text } } } } trees"
        ),
        context_value=context(store),
    )
    assert walked.errors is None
    assert walked.data is not None
    assert {name: walked.data["trees"][name] for name in trees} == trees


@pytest.mark.parametrize("by", ["[]", "[KIND, KIND]", "[ORCHARD, KIND, KIND, ORCHARD]"])
async def test_what_cannot_be_grouped_by_is_refused_at_its_place(
    schema: GraphSchema, store: Store, by: str
) -> None:
    await plant(store)
    document = f"{{ trees {{ totalCount groups(by: {by}) {{ keys }} }} }}"
    result = await schema.execute(document, context_value=context(store))
    (error,) = result.errors or []
    assert error.extensions is not None
    assert (error.extensions["code"], error.path) == ("BAD_GROUPS", ["trees", "groups"])
