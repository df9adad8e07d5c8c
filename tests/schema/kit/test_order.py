"""Orders: several keys, a neighbour's property, a count; and pages walked from both ends in each of them."""

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


async def _page(schema: GraphSchema, store: Store, field: str, arguments: str) -> dict[str, Any]:
    document = f"""{{ {field}{f"({arguments})" if arguments else ""} {{ edges {{ cursor node {{ code }} }}
        pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}"""
    with count_statements() as counted:
        result = await schema.execute(document, context_value=context(store))
    assert result.errors is None
    assert result.data is not None
    assert counted.total == 1
    page: dict[str, Any] = result.data[field]
    return page


def _codes(page: dict[str, Any]) -> str:
    return " ".join(edge["node"]["code"] for edge in page["edges"])


ORDERS = [
    ("trees", "", "t4 t5 t2 t1 t3"),
    ("trees", "orderBy: [{height: ASC}]", "t1 t3 t2 t5 t4"),
    ("trees", "orderBy: [{height: DESC}]", "t4 t5 t2 t1 t3"),
    ("trees", "orderBy: [{kind: DESC}, {height: DESC}]", "t5 t4 t3 t2 t1"),
    ("trees", "orderBy: [{height: ASC}, {kind: DESC}]", "t3 t1 t2 t5 t4"),
    ("trees", "orderBy: [{orchard: {name: DESC}}, {planted: ASC}]", "t5 t3 t1 t2 t4"),
    ("trees", "orderBy: [{orchard: {soil: ASC}}, {id: DESC}]", "t4 t3 t2 t1 t5"),
    ("trees", "orderBy: [{orchard: {trees: ASC}}]", "t5 t1 t2 t3 t4"),
    ("orchards", "orderBy: [{trees: DESC}]", "o1 o2 o3"),
    ("orchards", "orderBy: [{caring: ASC}, {code: DESC}]", "o3 o2 o1"),
    ("orchards", "orderBy: [{oldest: {planted: DESC}}]", "o2 o3 o1"),
    ("gardeners", "orderBy: [{boss: {name: ASC}}]", "h1 h3"),
    ("gardeners", "orderBy: [{boss: {boss: {name: ASC}}}]", "h1 h3"),
    ("gardeners", "orderBy: [{cares: DESC}]", "h1 h3"),
]


@pytest.mark.parametrize(("field", "order", "codes"), ORDERS)
async def test_the_list_is_in_the_order_asked_for(
    schema: GraphSchema, store: Store, field: str, order: str, codes: str
) -> None:
    await plant(store)
    assert _codes(await _page(schema, store, field, order)) == codes


@pytest.mark.parametrize(("field", "order", "codes"), ORDERS)
@pytest.mark.parametrize(
    ("size", "bound", "start"), [("first", "after", "endCursor"), ("last", "before", "startCursor")]
)
async def test_pages_of_two_from_either_end_hold_every_node_once(
    schema: GraphSchema, store: Store, field: str, order: str, codes: str, size: str, bound: str, start: str
) -> None:
    await plant(store)
    forwards = size == "first"
    seen: list[str] = []
    cursor = None
    while True:
        given = ", ".join(
            part for part in (order, f"{size}: 2", f'{bound}: "{cursor}"' if cursor else "") if part
        )
        page = await _page(schema, store, field, given)
        info, found = page["pageInfo"], _codes(page).split()
        seen = seen + found if forwards else found + seen
        assert info["hasPreviousPage" if forwards else "hasNextPage"] is (cursor is not None)
        cursor = info[start]
        if not info["hasNextPage" if forwards else "hasPreviousPage"]:
            break
    assert " ".join(seen) == codes


async def test_a_page_may_be_bounded_at_both_ends(schema: GraphSchema, store: Store) -> None:
    await plant(store)
    whole = await _page(schema, store, "trees", "orderBy: {height: ASC}")
    low, high = whole["edges"][0]["cursor"], whole["edges"][4]["cursor"]
    for size, codes in (("first: 2", "t3 t2"), ("last: 2", "t2 t5"), ("first: 9", "t3 t2 t5")):
        between = f'orderBy: {{height: ASC}}, {size}, after: "{low}", before: "{high}"'
        assert _codes(await _page(schema, store, "trees", between)) == codes


async def test_backward_pages_below_a_node_are_each_parents_own(schema: GraphSchema, store: Store) -> None:
    await plant(store)
    document = """{ orchards(orderBy: {code: ASC}) { edges { node { trees(last: 2) {
        edges { node { code } } pageInfo { hasPreviousPage hasNextPage } } } } } }"""
    result = await schema.execute(document, context_value=context(store))
    assert result.errors is None
    assert result.data is not None
    pages = [each["node"]["trees"] for each in result.data["orchards"]["edges"]]
    assert [_codes(each) for each in pages] == ["t2 t4", "t5", ""]
    assert [each["pageInfo"]["hasPreviousPage"] for each in pages] == [True, False, False]


async def test_inserts_and_deletes_between_pages_neither_repeat_nor_skip_what_stays(
    schema: GraphSchema, store: Store
) -> None:
    await plant(store)
    order = "orderBy: [{orchard: {name: DESC}}, {height: ASC}]"  # t5 t1 t3 t2 t4
    first = await _page(schema, store, "trees", f"{order}, first: 2")

    async def change(transaction: Transaction) -> None:
        await transaction.run("MATCH (t:Tree {id: 't1'}) DETACH DELETE t")
        await transaction.run(
            "MATCH (o:Orchard {id: 'o1'}) CREATE (:Tree {id: 't6', kind: 'fig', height: 4})-[:IN]->(o)"
        )

    await store.write(change)
    cursor = first["pageInfo"]["endCursor"]
    assert _codes(first) == "t5 t1"
    assert _codes(await _page(schema, store, "trees", f'{order}, after: "{cursor}"')) == "t3 t6 t2 t4"
    assert _codes(await _page(schema, store, "trees", f'{order}, last: 9, before: "{cursor}"')) == "t5"


@pytest.mark.parametrize(
    ("arguments", "code", "field"),
    [
        ("first: 1, last: 1", "FIRST_AND_LAST", "last"),
        ("last: 101", "BAD_PAGE_SIZE", "last"),
        ("last: -1", "BAD_PAGE_SIZE", "last"),
        ('before: "nonsense"', "BAD_CURSOR", "before"),
        ("orderBy: [" + "{height: ASC}, " * 6 + "]", "BAD_ORDER", "orderBy"),
        (
            "orderBy: [{orchard: {oldest: {orchard: {oldest: {height: ASC}}}}}]",
            "BAD_ORDER",
            "orderBy.0.orchard.oldest.orchard.oldest",
        ),
    ],
)
async def test_what_no_page_can_be_is_refused_by_name(
    schema: GraphSchema, store: Store, arguments: str, code: str, field: str
) -> None:
    await plant(store)
    result = await schema.execute(f"{{ trees({arguments}) {{ totalCount }} }}", context_value=context(store))
    (error,) = result.errors or []
    assert error.extensions is not None
    assert (error.extensions["code"], error.extensions["data"]["field"]) == (code, field)


async def test_the_cursor_of_another_order_is_refused(schema: GraphSchema, store: Store) -> None:
    await plant(store)
    cursor = (await _page(schema, store, "trees", "orderBy: {height: ASC}"))["pageInfo"]["startCursor"]
    result = await schema.execute(
        f'{{ trees(orderBy: {{height: DESC}}, after: "{cursor}") {{ totalCount }} }}',
        context_value=context(store),
    )
    (error,) = result.errors or []
    assert error.extensions is not None
    assert error.extensions["code"] == "BAD_CURSOR"
