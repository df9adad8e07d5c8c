"""Conditions: on properties, through neighbours, combined; what is missing is no match; one statement."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graph.compiler.conditions import DEEPEST, MOST_CONDITIONS
from graph.store import Store, count_statements
from schema.kit.execution import GraphSchema
from tests.schema.kit.orchards import context, orchard_schema, plant


@pytest.fixture
def schema() -> GraphSchema:
    """The small world's schema."""
    return orchard_schema()


async def _ids(schema: GraphSchema, store: Store, field: str, where: str, **variables: Any) -> str:
    """The codes of what fits, joined; asked for with one statement, its count agreeing."""
    head = f"query ({variables.pop('declare')})" if variables else "query"
    document = f"{head} {{ {field}(where: {where}, orderBy: {{code: ASC}}) {{ totalCount edges {{ node {{ code }} }} }} }}"
    with count_statements() as counted:
        result = await schema.execute(document, variable_values=variables, context_value=context(store))
    assert result.errors is None
    assert counted.total == 1
    assert result.data is not None
    found = result.data[field]
    codes = [edge["node"]["code"] for edge in found["edges"]]
    assert found["totalCount"] == len(codes)
    return " ".join(codes)


@pytest.mark.parametrize(
    ("field", "where", "codes"),
    [
        ("trees", "{height: {gt: 3}}", "t2 t5"),
        ("trees", "{height: {gte: 3, lt: 9}}", "t1 t2 t3"),
        ("trees", "{height: {lte: 3}}", "t1 t3"),
        ("trees", "{height: {in: [3, 9]}}", "t1 t3 t5"),
        ("trees", "{height: {in: []}}", ""),
        ("trees", "{height: {isNull: true}}", "t4"),
        ("trees", "{height: {isNull: false}}", "t1 t2 t3 t5"),
        ("trees", "{not: {height: {gt: 3}}}", "t1 t3 t4"),
        ("trees", "{not: {not: {height: {gt: 3}}}}", "t2 t5"),
        ("trees", '{kind: {startsWith: "p"}}', "t3 t4 t5"),
        ("trees", '{kind: {contains: "pl"}}', "t1 t2 t5"),
        ("trees", '{kind: {contains: "PL"}}', ""),
        ("trees", '{planted: {gt: "2001-06-01"}}', "t1"),
        ("trees", '{id: {eq: "Tree:t2"}}', "t2"),
        ("trees", '{id: {in: ["Tree:t2", "Tree:t4", "Tree:gone"]}}', "t2 t4"),
        ("trees", '{code: {in: ["t1", "t9"]}}', "t1"),
        ("trees", '{or: [{kind: {eq: "plum"}}, {height: {eq: 3}}]}', "t1 t3 t5"),
        ("trees", '{and: [{kind: {eq: "pear"}}, {height: {eq: 3}}]}', "t3"),
        ("trees", "{or: []}", ""),
        ("trees", "{and: []}", "t1 t2 t3 t4 t5"),
        ("trees", "{}", "t1 t2 t3 t4 t5"),
        ("trees", '{orchard: {name: {eq: "Birne"}}}', "t5"),
        ("trees", "{orchard: {soil: {eq: CLAY}}}", "t1 t2 t3 t4"),
        ("trees", "{orchard: {trees: {some: {height: {eq: 9}}}}}", "t5"),
        ("orchards", "{soil: {in: [CLAY, SAND]}}", "o1 o2"),
        ("orchards", "{soils: {has: SAND}}", "o1"),
        ("orchards", "{soils: {isNull: true}}", "o2 o3"),
        ("orchards", "{not: {soils: {has: SAND}}}", "o2 o3"),
        ("orchards", '{trees: {some: {kind: {eq: "pear"}}}}', "o1"),
        ("orchards", '{trees: {none: {kind: {eq: "pear"}}}}', "o2 o3"),
        ("orchards", "{trees: {all: {height: {gte: 9}}}}", "o2 o3"),
        ("orchards", "{trees: {all: {height: {gte: 0}}}}", "o2 o3"),
        ("orchards", "{trees: {some: {}}}", "o1 o2"),
        ("orchards", "{not: {trees: {some: {}}}}", "o3"),
        ("orchards", "{oldest: {height: {eq: 3}}}", "o1"),
        ("orchards", '{caring: {some: {name: {eq: "Cy"}}}}', ""),
        ("orchards", '{gardeners: {some: {name: {eq: "Cy"}}}}', "o1 o2"),
        ("orchards", '{gardeners: {some: {name: {eq: "Bo"}}}}', ""),
        ("orchards", "{area: {gt: 1}}", "o1"),
        ("helpers", '{skills: {has: "prune"}}', "h1"),
        ("gardeners", '{boss: {name: {eq: "Cy"}}}', "h1"),
    ],
)
async def test_what_fits_is_found(
    schema: GraphSchema, store: Store, field: str, where: str, codes: str
) -> None:
    await plant(store)
    assert await _ids(schema, store, field, where) == codes


async def test_a_where_may_come_as_a_variable_and_its_values_never_reach_the_text(
    schema: GraphSchema, store: Store
) -> None:
    await plant(store)
    document = "query ($w: TreeWhere) { trees(where: $w, orderBy: {code: ASC}) { edges { node { code } } } }"
    texts: list[str] = []
    for kind, codes in (("' OR 1=1 //", []), ("plum", ["t5"])):
        asked = replace(context(store), trace=[])
        given = {"w": {"kind": {"eq": kind}}}
        result = await schema.execute(document, variable_values=given, context_value=asked)
        assert result.data is not None
        assert [edge["node"]["code"] for edge in result.data["trees"]["edges"]] == codes
        texts += [each.cypher for each in asked.trace or ()]
    assert texts[0] == texts[1]
    assert "OR 1=1" not in texts[0]
    assert "plum" not in texts[0]


async def test_a_filter_below_a_node_holds_for_each_parent(schema: GraphSchema, store: Store) -> None:
    await plant(store)
    document = """{ orchards(orderBy: {code: ASC}) { edges { node { code trees(where: {height: {gte: 5}}) {
        totalCount edges { node { code } } } } } } }"""
    result = await schema.execute(document, context_value=context(store))
    assert result.errors is None
    assert result.data is not None
    found = {
        each["node"]["code"]: [tree["node"]["code"] for tree in each["node"]["trees"]["edges"]]
        for each in result.data["orchards"]["edges"]
    }
    assert found == {"o1": ["t2"], "o2": ["t5"], "o3": []}


@pytest.mark.parametrize(
    ("where", "code", "field"),
    [
        ("{height: null}", "BAD_WHERE", "where.height"),
        ("{height: {eq: null}}", "BAD_WHERE", "where.height.eq"),
        ("{orchard: {trees: {some: null}}}", "BAD_WHERE", "where.orchard.trees.some"),
        ('{id: {eq: "Orchard:o1"}}', "MALFORMED_ID", "where.id.eq"),
        ("{not: " * (DEEPEST + 1) + "{}" + "}" * (DEEPEST + 1), "BAD_WHERE", "where"),
        ("{or: [" + "{height: {eq: 1}}, " * (MOST_CONDITIONS // 2) + "]}", "BAD_WHERE", "where"),
        ("{or: [" + "{}, " * MOST_CONDITIONS + "]}", "BAD_WHERE", "where"),
        ("{or: [" + "{orchard: {trees: {some: {}}}}, " * (MOST_CONDITIONS // 2) + "]}", "BAD_WHERE", "where"),
    ],
)
async def test_what_cannot_be_asked_is_refused_by_name(
    schema: GraphSchema, store: Store, where: str, code: str, field: str
) -> None:
    await plant(store)
    with count_statements() as counted:
        result = await schema.execute(
            f"{{ trees(where: {where}) {{ totalCount }} }}", context_value=context(store)
        )
    (error,) = result.errors or []
    assert error.extensions is not None
    assert (error.extensions["code"], error.extensions["data"]["field"]) == (code, field)
    assert (error.path, counted.total) == (["trees"], 0)
