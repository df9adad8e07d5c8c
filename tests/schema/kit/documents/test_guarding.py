"""A document beyond a limit is refused before it is validated or run, in words, with what was found."""

from __future__ import annotations

import json
from dataclasses import replace
from math import comb
from typing import Any

import pytest
from graphql import parse
from graphql.validation.rules import overlapping_fields_can_be_merged as overlapping

from graph.errors import Language
from graph.store import Store, count_statements
from schema.kit.documents.limits import Limits, beyond
from schema.kit.documents.measure import measure
from schema.root import schema
from server.pages.tabs import Tab, read_tabs
from tests.schema.kit.orchards import context, orchard_schema

SMALL = Limits(
    characters=500, tokens=60, fragments=2, depth=6, fields=8, objects=4, root_fields=3, values=1_000
)
TREE = "{ edges { node { id } } }"


async def _refused(
    store: Store, document: str, language: Language = "en", limits: Limits = SMALL
) -> list[tuple[str, dict[str, object]]]:
    """Message and extensions of each error of a document of which nothing was run."""
    asking = replace(context(store, language), limits=limits)
    with count_statements() as counted:
        result = await orchard_schema().execute(document, context_value=asking)
    assert (counted.total, result.data) == (0, None)
    return [(each.message, each.extensions or {}) for each in result.errors or ()]


@pytest.mark.parametrize(
    ("document", "limit", "found", "most", "zh", "en"),
    [
        (
            "{ trees { totalCount } }" + " " * 500,
            "characters",
            524,
            500,
            "查询过大：字符数 524，最多 500；请把值放到变量里，或分几次查询",
            "the document is too large: its characters are 524, 500 at most; put values into variables, or ask in several requests",
        ),
        (
            "{ trees { " + "id " * 60 + "} }",
            "tokens",
            65,
            60,
            "查询过大：词法单元数 65，最多 60；请少选一些，或分几次查询",
            "the document is too large: its tokens are 65, 60 at most; select less, or ask in several requests",
        ),
        (
            "{ trees(first: " + "9" * 401 + ") { totalCount } }",
            "digits",
            401,
            400,
            "查询过大：最长数字的位数 401，最多 400；请改正该数字",
            "the document is too large: the digits of its longest number are 401, 400 at most; mend that number",
        ),
        (
            f"{{ trees {TREE} }} " + " ".join(f"fragment F{i} on Tree {{ id }}" for i in range(3)),
            "fragments",
            3,
            2,
            "查询过大：片段数 3，最多 2；请合并片段",
            "the document is too large: its fragments are 3, 2 at most; merge some of them",
        ),
        (
            "{ trees { edges { node { orchard { oldest { orchard { id } } } } } } }",
            "depth",
            7,
            6,
            "查询过大：花括号嵌套层数（展开片段后） 7，最多 6；请减少嵌套，或从下层对象的编号另查",
            "the document is too large: the levels of its braces, fragments expanded, are 7, 6 at most; nest less, or ask anew from the ids of the inner things",
        ),
        (
            "{ trees { edges { node { orchard { ...F } } } } } fragment F on Orchard { oldest { orchard { id } } }",
            "depth",
            8,
            6,
            "查询过大：花括号嵌套层数（展开片段后） 8，最多 6；请减少嵌套，或从下层对象的编号另查",
            "the document is too large: the levels of its braces, fragments expanded, are 8, 6 at most; nest less, or ask anew from the ids of the inner things",
        ),
        (
            "{ trees { edges { node { ...F ...F } } } } fragment F on Tree { id kind height }",
            "fields",
            9,
            8,
            "查询过大：字段数（展开片段后） 9，最多 8；请少选一些，或分几次查询",
            "the document is too large: the fields it selects, fragments expanded, are 9, 8 at most; select less, or ask in several requests",
        ),
        (
            '{ a: trees { totalCount } b: trees { totalCount } node(id: "Tree:t1") { ... on Tree { orchard { oldest { id } } } } }',
            "objects",
            5,
            4,
            "查询过大：通向其他对象的字段数（展开片段后） 5，最多 4；请少选一些，或分几次查询",
            "the document is too large: its fields that lead to other things, fragments expanded, are 5, 4 at most; select less, or ask in several requests",
        ),
        (
            "{ a: __typename b: __typename c: __typename d: __typename }",
            "root_fields",
            4,
            3,
            "查询过大：根字段数 4，最多 3；请分几次查询",
            "the document is too large: its root fields are 4, 3 at most; ask in several requests",
        ),
        (
            "{ orchards { edges { node { trees(first: 50) { edges { cursor } } } } } }",
            "values",
            1 + 20 * (1 + 1 + 50),
            1_000,
            "查询过大：各级列表的 first 相乘后，结果的值可达 1041，最多 1000；请减小 first，或分页查询",
            "the document is too large: with `first` multiplied down its lists, the values of its answer could be 1041, 1000 at most; ask for a smaller `first`, and go on by cursors",
        ),
    ],
)  # fmt: skip
async def test_a_document_beyond_a_limit_is_told_which_and_by_how_much(
    store: Store, document: str, limit: str, found: int, most: int, zh: str, en: str
) -> None:
    told = {"code": "DOCUMENT_TOO_LARGE", "data": {"limit": limit, "found": found, "most": most}}
    assert await _refused(store, document) == [(en, told)]
    assert await _refused(store, document, "zh") == [(zh, told)]


async def test_every_limit_that_is_passed_is_told(store: Store) -> None:
    document = "{" + " ".join(f"t{i}: trees(first: 100) {TREE}" for i in range(4)) + "}"
    told = await _refused(store, document, limits=replace(SMALL, tokens=100, values=700))
    assert [extensions["data"]["limit"] for _, extensions in told] == ["root_fields", "fields", "values"]  # type: ignore[index]


@pytest.mark.parametrize("opening", ["{a", "{trees(first:[", "{a(b:{c:", "query($a:["])
async def test_brackets_without_end_are_refused_before_the_parser_follows_them(
    store: Store, opening: str
) -> None:
    limits = replace(Limits(), tokens=50_000)
    ((message, extensions),) = await _refused(store, opening * 3_000, limits=limits)
    assert extensions["code"] == "DOCUMENT_TOO_LARGE", message
    assert extensions["data"]["limit"] == "depth"  # type: ignore[index]


async def test_two_operations_without_a_name_are_refused_and_the_named_one_is_run(store: Store) -> None:
    document = "query A { trees { totalCount } } query B { orchards { totalCount } }"
    assert await _refused(store, document) == [
        (
            "must provide operation name: the document has 2 operations (A, B), operationName says which one to run",
            {"code": "BAD_REQUEST", "data": {"operations": ["A", "B"]}},
        )
    ]
    result = await orchard_schema().execute(document, context_value=context(store), operation_name="B")
    assert (result.data, result.errors) == ({"orchards": {"totalCount": 0}}, None)


async def test_fragments_in_a_circle_are_named(store: Store) -> None:
    document = (
        "{ trees { ...F } } fragment F on TreeConnection { ...G } fragment G on TreeConnection { ...F }"
    )
    ((message, extensions),) = await _refused(store, document)
    circle = extensions["data"]["fragments"]  # type: ignore[index]
    assert extensions["code"] == "BAD_REQUEST"
    assert circle in (["F", "G", "F"], ["G", "F", "G"])
    assert message.startswith(f"fragments spread each other in a circle: {' → '.join(circle)};")


async def test_the_largest_document_within_the_limits_is_validated_in_bearable_steps(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each field is compared with each other of its name: the costliest rule, at the most fields there may be."""
    compared, find_conflict = 0, overlapping.find_conflict

    def count(*fields: Any) -> Any:
        nonlocal compared
        compared += 1
        return find_conflict(*fields)

    monkeypatch.setattr(overlapping, "find_conflict", count)
    document = (
        "{"
        + "trees{totalCount} " * 49
        + "orchards{edges{node{"
        + "trees{totalCount} " * 50
        + "id " * 299
        + "}}}}"
    )
    result = await orchard_schema().execute(document, context_value=context(store))
    # Two `trees` are compared themselves and by the one field below them.
    assert compared == comb(49, 2) * 2 + comb(50, 2) * 2 + comb(299, 2)
    size, limits = measure(orchard_schema()._schema, parse(document), {}), Limits()
    most = (limits.root_fields, limits.fields, limits.objects)
    assert (size.root_fields, size.fields, size.objects) == most
    assert result.data == {"trees": {"totalCount": 0}, "orchards": {"edges": []}}


@pytest.mark.parametrize("tab", read_tabs(), ids=lambda tab: tab.en)
def test_an_example_of_the_page_stays_far_below_every_limit(tab: Tab) -> None:
    size, limits = measure(schema._schema, parse(tab.query), json.loads(tab.variables or "{}")), Limits()
    assert (
        list(beyond(replace(limits, depth=12, fields=60, objects=15, root_fields=4, values=5_000), size))
        == []
    )
    assert len(tab.query) < limits.characters // 10
