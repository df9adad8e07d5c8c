"""Pages: walked to the end by cursors, at the root and below, with refusals that say what is wrong."""

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
    result = await schema.execute(document, variable_values=variables, context_value=context(store))
    assert result.errors is None
    return result.data


async def _walk(schema: GraphSchema, store: Store, field: str) -> tuple[list[str], int]:
    """The ids on all pages of two, and how many pages there were."""
    document = f"""query ($after: String) {{ {field}(first: 2, after: $after) {{
        edges {{ cursor node {{ id }} }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}"""
    ids: list[str] = []
    after, pages = None, 0
    while True:
        page = (await _data(schema, store, document, after=after))[field]
        info = page["pageInfo"]
        assert info["hasPreviousPage"] is (after is not None)
        assert [info["startCursor"], info["endCursor"]] == [
            page["edges"][0]["cursor"],
            page["edges"][-1]["cursor"],
        ]
        ids += [edge["node"]["id"] for edge in page["edges"]]
        pages, after = pages + 1, info["endCursor"]
        if not info["hasNextPage"]:
            return ids, pages


@pytest.mark.parametrize(
    ("field", "ids", "pages"),
    [
        ("orchards", ["Orchard:o1", "Orchard:o3", "Orchard:o2"], 2),
        ("trees", ["Tree:t4", "Tree:t5", "Tree:t2", "Tree:t1", "Tree:t3"], 3),
        ("helpers", ["Helper:h3", "Helper:h2", "Helper:h1"], 2),
        ("gardeners", ["Helper:h1", "Helper:h3"], 1),
    ],
)
async def test_pages_of_two_hold_every_node_once_in_order(
    schema: GraphSchema, store: Store, field: str, ids: list[str], pages: int
) -> None:
    await plant(store)
    assert await _walk(schema, store, field) == (ids, pages)


async def test_nested_pages_are_limited_for_each_parent_and_go_on_by_cursor(
    schema: GraphSchema, store: Store
) -> None:
    await plant(store)
    document = """query ($after: String) { orchards { edges { node { id trees(first: 2, after: $after) {
        totalCount pageInfo { hasNextPage endCursor } edges { node { id } } } } } } }"""
    seen: list[list[str]] = []
    after = None
    for _ in range(3):
        with count_statements() as counted:
            data = await _data(schema, store, document, after=after)
        assert counted.total == 1
        trees = data["orchards"]["edges"][0]["node"]["trees"]
        assert trees["totalCount"] == 4
        seen.append([edge["node"]["id"] for edge in trees["edges"]])
        after = trees["pageInfo"]["endCursor"]
    assert seen == [["Tree:t1", "Tree:t3"], ["Tree:t2", "Tree:t4"], []]


async def test_a_page_after_a_deleted_node_goes_on_behind_its_place(
    schema: GraphSchema, store: Store
) -> None:
    await plant(store)
    document = """query ($after: String) { trees(first: 2, after: $after) {
        edges { node { id } } pageInfo { endCursor } } }"""
    after = (await _data(schema, store, document))["trees"]["pageInfo"]["endCursor"]

    async def fell(transaction: Transaction) -> None:
        await transaction.run("MATCH (t:Tree {id: 't5'}) DETACH DELETE t")

    await store.write(fell)
    page = (await _data(schema, store, document, after=after))["trees"]
    assert [edge["node"]["id"] for edge in page["edges"]] == ["Tree:t2", "Tree:t1"]


async def _refusal(
    schema: GraphSchema, store: Store, document: str, **variables: Any
) -> tuple[Any, Any, Any]:
    with count_statements() as counted:
        result = await schema.execute(document, variable_values=variables, context_value=context(store, "zh"))
    assert counted.total <= 1
    (error,) = result.errors or []
    assert error.extensions is not None
    return error.extensions["code"], error.message, error.path


async def test_the_cursor_of_another_list_is_refused(schema: GraphSchema, store: Store) -> None:
    await plant(store)
    cursor = (await _data(schema, store, "{ trees { pageInfo { endCursor } } }"))["trees"]["pageInfo"][
        "endCursor"
    ]
    message = "游标无效：它不属于这个列表或筛选条件，请从第一页重新开始"
    for field in ("helpers", "orchards"):
        refused = await _refusal(
            schema,
            store,
            f"query ($after: String) {{ {field}(after: $after) {{ totalCount }} }}",
            after=cursor,
        )
        assert refused == ("BAD_CURSOR", message, [field])


async def test_the_cursor_of_another_filter_is_refused_at_its_place(
    schema: GraphSchema, store: Store
) -> None:
    await plant(store)
    document = """query ($after: String) { orchards(first: 1) { edges { node {
        trees(kind: "pear", after: $after) { edges { cursor } } } } } }"""
    cursor = (await _data(schema, store, document))["orchards"]["edges"][0]["node"]["trees"]["edges"][0][
        "cursor"
    ]
    assert (await _data(schema, store, document, after=cursor)) is not None
    code, _, path = await _refusal(schema, store, document.replace("pear", "apple"), after=cursor)
    assert (code, path) == ("BAD_CURSOR", ["orchards", "edges", 0, "node", "trees"])


@pytest.mark.parametrize(
    ("document", "code", "message", "path"),
    [
        (
            "{ trees(first: 101) { totalCount } }",
            "BAD_PAGE_SIZE",
            "first 应在 0 到 100 之间，得到的是 101",
            ["trees"],
        ),
        (
            "{ trees(first: -1) { totalCount } }",
            "BAD_PAGE_SIZE",
            "first 应在 0 到 100 之间，得到的是 -1",
            ["trees"],
        ),
        (
            '{ orchards(helper: "Tree:t1") { totalCount } }',
            "MALFORMED_ID",
            "helper 应为 Helper 的编号（Helper:…），得到的是 'Tree:t1'",
            ["orchards"],
        ),
        (
            '{ node(id: "t1") { id } }',
            "MALFORMED_ID",
            "编号 't1' 格式不对，应为“类型:编号”，例如 School:s-01",
            ["node"],
        ),
        (
            "{ nodes(ids: [" + '"Tree:t1", ' * 101 + "]) { id } }",
            "TOO_MANY_IDS",
            "一次最多 100 个编号，得到的是 101 个",
            ["nodes"],
        ),
    ],
)
async def test_bad_arguments_are_refused_with_a_code_in_the_askers_language(
    schema: GraphSchema, store: Store, document: str, code: str, message: str, path: list[str]
) -> None:
    assert await _refusal(schema, store, document) == (code, message, path)


@pytest.mark.parametrize(
    ("orchard", "ids"),
    [
        ("Orchard:o1", ["Helper:h3", "Helper:h2", "Helper:h1"]),
        ("Orchard:o2", ["Helper:h3", "Helper:h1"]),
        ("Orchard:o3", []),
    ],
)
async def test_a_filter_by_either_of_two_paths_takes_what_one_of_them_leads_from(
    schema: GraphSchema, store: Store, orchard: str, ids: list[str]
) -> None:
    await plant(store)
    document = "query ($orchard: ID!) { helpers(orchard: $orchard) { totalCount edges { node { id } } } }"
    found = (await _data(schema, store, document, orchard=orchard))["helpers"]
    assert (found["totalCount"], [each["node"]["id"] for each in found["edges"]]) == (len(ids), ids)


async def test_labels_are_in_the_askers_language_unless_another_is_named(
    schema: GraphSchema, store: Store
) -> None:
    await plant(store)
    document = "{ orchards(first: 1) { edges { node { soilLabel soilLabels none: soilLabel(lang: null) zh: soilLabels(lang: ZH) } } } }"
    told = {"soilLabel": "clay", "soilLabels": ["clay", "sand"], "none": "clay", "zh": ["黏土", "沙土"]}
    assert (await _data(schema, store, document))["orchards"]["edges"][0]["node"] == told
    result = await schema.execute(document, context_value=context(store, "zh"))
    assert result.data is not None
    node = result.data["orchards"]["edges"][0]["node"]
    assert (node["soilLabel"], node["none"]) == ("黏土", "黏土")
