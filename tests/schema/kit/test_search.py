"""Full text: words of both languages, with conditions, orders, pages and numbers; what is hidden is not found."""

from __future__ import annotations

from typing import Any

import pytest
import strawberry

from graph.compiler.catalogue import SchemaFault
from graph.compiler.conditions import LONGEST_SEARCH
from graph.compiler.visibility import EVERYTHING
from graph.store import Store, Transaction, count_statements
from schema.kit.execution import GraphSchema, build_schema
from schema.kit.fields import graph_type, search_entry
from tests.schema.kit.orchards import context, seeing
from tests.schema.kit.shelves import fill, shelf_schema


@pytest.fixture
def schema() -> GraphSchema:
    """The small world's schema."""
    return shelf_schema()


async def _data(
    schema: GraphSchema, store: Store, document: str, visibility: Any = EVERYTHING, **given: Any
) -> Any:
    with count_statements() as counted:
        result = await schema.execute(
            document,
            variable_values=given,
            context_value=seeing(context(store), visibility),
        )
    assert result.errors is None
    assert counted.total == 1
    return result.data


async def _books(schema: GraphSchema, store: Store, text: str, **more: Any) -> str:
    """The codes of the books found, in order; their count and their aggregate agreeing."""
    document = """query ($text: String) { books(search: $text, orderBy: {code: ASC}) {
        totalCount aggregate { count } edges { node { code } } } }"""
    found = (await _data(schema, store, document, text=text, **more))["books"]
    codes = [edge["node"]["code"] for edge in found["edges"]]
    assert found["totalCount"] == found["aggregate"]["count"] == len(codes)
    return " ".join(codes)


FOUND = [
    ("教师", "b1"),
    ("师", "b1 b2"),
    ("册", "b1"),
    ("教师 手册", "b1"),
    ("培训教师", ""),
    ("作业设计", "b2"),
    ("作业 设计", "b2 b4"),
    ("作业，设计！", "b2 b4"),
    ("teacher", "b1"),
    ("TEACH", "b1"),
    ("each", ""),
    ("plan", "b3"),
    ("ｐｌａｎ", "b3"),
    ("Plan B", "b3"),
    ("5g", "b3"),
    ("5G 课堂 the", "b3"),
    ("a", "b1 b4 b5"),
    ("教师 training hand", "b1"),
    ("教师 plan", ""),
    ("assess design", "b4"),
    ("don't", "b5"),
    ("won", "b5"),
]
HOSTILE = [
    ("AND", "b5"),
    ("OR NOT", ""),
    ("title:x", "b5"),
    ("title:教师", ""),
    ("教师*", "b1"),
    ("*教师", "b1"),
    ("teach?r", ""),
    ('"teacher', "b1"),
    ("(teacher", "b1"),
    ("teacher~2 ^", ""),
    ("[a TO z]", ""),
    ("-teacher", "b1"),
    ("!教师 && || + \\ /", "b1"),
    ("' OR n.id <> '", ""),
    ("teacher\u0000", "b1"),
    ("教\u200b师", "b1"),
    ("师\ud800", "b1 b2"),
    ("teacher " * 25, "b1"),
]


@pytest.mark.parametrize(("text", "codes"), [*FOUND, *HOSTILE])
async def test_what_holds_all_words_is_found(
    schema: GraphSchema, store: Store, text: str, codes: str
) -> None:
    await fill(store)
    assert await _books(schema, store, text) == codes


@pytest.mark.parametrize("text", ["", "   ", "，。！", "*", "❤️"])
async def test_a_text_without_words_is_refused(schema: GraphSchema, store: Store, text: str) -> None:
    assert await _refused(schema, store, "books(search: $text) { totalCount }", text) == (
        "BAD_SEARCH",
        "search",
        ["books"],
    )
    assert await _refused(schema, store, "search(text: $text) { __typename }", text) == (
        "BAD_SEARCH",
        "text",
        ["search"],
    )


async def test_a_text_that_is_too_long_is_refused(schema: GraphSchema, store: Store) -> None:
    longest = "字" * LONGEST_SEARCH
    await fill(store)
    assert await _books(schema, store, longest) == ""
    refused = await _refused(schema, store, "books(search: $text) { totalCount }", longest + "字")
    assert refused == ("BAD_SEARCH", "search", ["books"])


async def _refused(
    schema: GraphSchema, store: Store, field: str, text: str, visibility: Any = EVERYTHING
) -> tuple[str, str, list[str]]:
    """The code, the argument and the path of the one refusal, which no statement was sent for."""
    head = "query ($text: String!)" if field.startswith("search") else "query ($text: String)"
    with count_statements() as counted:
        result = await schema.execute(
            f"{head} {{ {field} }}",
            variable_values={"text": text},
            context_value=seeing(context(store), visibility),
        )
    (error,) = result.errors or []
    assert counted.total == 0
    assert error.extensions is not None
    return error.extensions["code"], error.extensions["data"]["field"], list(map(str, error.path or []))


async def test_null_is_no_search(schema: GraphSchema, store: Store) -> None:
    await fill(store)
    data = await _data(schema, store, "{ books(search: null) { totalCount } }")
    assert data == {"books": {"totalCount": 6}}


async def test_it_goes_with_conditions_orders_and_numbers(schema: GraphSchema, store: Store) -> None:
    await fill(store)
    document = """{
        books(search: "作业", where: {pages: {isNull: false}}) { totalCount edges { node { code } } }
        far: books(search: "作业", where: {shelf: {name: {startsWith: "Poems"}}}, orderBy: [{shelf: {name: ASC}}]) {
            totalCount edges { node { code } } }
        sorted: books(search: "师", orderBy: [{shelf: {books: DESC}}, {pages: ASC}]) { edges { node { code } }
            aggregate { count pages { sum } } groups(by: [SHELF]) { keys aggregate { count } } }
        own: books(search: "课堂", pages: 120) { totalCount }
        none: books(search: "课堂", pages: 9) { totalCount aggregate { count pages { sum } } }
    }"""
    assert await _data(schema, store, document) == {
        "books": {"totalCount": 1, "edges": [{"node": {"code": "b2"}}]},
        "far": {"totalCount": 1, "edges": [{"node": {"code": "b4"}}]},
        "sorted": {
            "edges": [{"node": {"code": "b2"}}, {"node": {"code": "b1"}}],
            "aggregate": {"count": 2, "pages": {"sum": 420.0}},
            "groups": [{"keys": ["Shelf:s1"], "aggregate": {"count": 2}}],
        },
        "own": {"totalCount": 1},
        "none": {"totalCount": 0, "aggregate": {"count": 0, "pages": {"sum": None}}},
    }


async def test_without_an_order_the_list_keeps_its_own(schema: GraphSchema, store: Store) -> None:
    await fill(store)
    data = await _data(schema, store, '{ books(search: "师") { edges { node { code } } } }')
    assert [edge["node"]["code"] for edge in data["books"]["edges"]] == ["b1", "b2"]


async def test_below_a_node_each_parent_has_its_own(schema: GraphSchema, store: Store) -> None:
    await fill(store)
    document = """{ shelves(orderBy: {code: ASC}) { edges { node { code
        books(search: "作业", first: 1) { totalCount aggregate { count } edges { node { code } } } } } } }"""
    data = await _data(schema, store, document)
    found = {edge["node"]["code"]: edge["node"]["books"] for edge in data["shelves"]["edges"]}
    assert found == {
        "s1": {"totalCount": 1, "aggregate": {"count": 1}, "edges": [{"node": {"code": "b2"}}]},
        "s2": {"totalCount": 1, "aggregate": {"count": 1}, "edges": [{"node": {"code": "b4"}}]},
    }


async def test_pages_hold_every_book_once_and_a_cursor_belongs_to_its_words(
    schema: GraphSchema, store: Store
) -> None:
    await fill(store)
    document = """query ($text: String, $after: String) { books(search: $text, first: 1, after: $after) {
        pageInfo { hasNextPage endCursor } edges { node { code } } } }"""
    first = (await _data(schema, store, document, text="作业 设计"))["books"]
    second = (await _data(schema, store, document, text="作业，设计", after=first["pageInfo"]["endCursor"]))[
        "books"
    ]
    codes = [page["edges"][0]["node"]["code"] for page in (first, second)]
    assert codes == ["b4", "b2"]
    assert [page["pageInfo"]["hasNextPage"] for page in (first, second)] == [True, False]
    for other in ("作业", None):
        result = await schema.execute(
            document,
            variable_values={"text": other, "after": first["pageInfo"]["endCursor"]},
            context_value=context(store),
        )
        (error,) = result.errors or []
        assert error.extensions is not None
        assert error.extensions["code"] == "BAD_CURSOR"


async def test_an_interface_and_one_of_its_types_are_searched(schema: GraphSchema, store: Store) -> None:
    await fill(store)
    document = """{ authors(search: "师") { edges { node { __typename code } } }
        poets(search: "pla") { edges { node { code verses } } } none: poets(search: "师") { totalCount } }"""
    assert await _data(schema, store, document) == {
        "authors": {"edges": [{"node": {"__typename": "Essayist", "code": "a1"}}]},
        "poets": {"edges": [{"node": {"code": "a2", "verses": 7}}]},
        "none": {"totalCount": 0},
    }


async def test_what_is_changed_or_removed_is_found_as_it_is_at_once(
    schema: GraphSchema, store: Store
) -> None:
    await fill(store)

    async def change(transaction: Transaction) -> None:
        await transaction.run("MATCH (b:Book {id: 'b1'}) SET b.title = '苹果', b.searched = ' 苹果 果'")
        await transaction.run("MATCH (b:Book {id: 'b2'}) DETACH DELETE b")
        await transaction.run("MATCH (b:Book {id: 'b3'}) SET b.searched = null")

    await store.write(change)
    found = [await _books(schema, store, text) for text in ("师", "苹果", "作业", "plan", "teacher")]
    assert found == ["", "b1", "b4", "", ""]


class _Masking:
    """Hides `hidden` altogether; shows the title of books with more than 200 pages only."""

    def __init__(self, hidden: str = "") -> None:
        self.hidden = hidden
        self.parameters: dict[str, object] = {}
        self.key = ("masking", hidden)

    def predicate(self, label: str, variable: str) -> str | None:
        return f"{variable}.id <> 's1'" if label == "Shelf" else None

    def value(self, label: str, variable: str, name: str) -> str | None:
        if (label, name) == ("Book", "title"):
            return f"CASE WHEN {variable}.pages > 200 THEN {variable}.title END"
        return None

    def link(self, label: str, variable: str, relationship: str, end: str) -> str | None:
        return None

    def hides(self, label: str, name: str) -> bool:
        return name == self.hidden


async def test_what_is_masked_on_a_row_is_not_found_there(schema: GraphSchema, store: Store) -> None:
    await fill(store)
    assert await _books(schema, store, "师", visibility=_Masking()) == "b1"
    assert await _books(schema, store, "plan", visibility=_Masking()) == ""
    assert await _books(schema, store, "won", visibility=_Masking()) == "b5"
    document = '{ search(text: "师") { ... on Node { code } } }'
    assert await _data(schema, store, document, visibility=_Masking()) == {
        "search": [{"code": "a1"}, {"code": "b1"}]
    }


async def test_a_search_of_what_is_hidden_is_refused(schema: GraphSchema, store: Store) -> None:
    hiding = _Masking("title_en")
    refused = await _refused(schema, store, "books(search: $text) { totalCount }", "教师", hiding)
    assert refused == ("HIDDEN_FIELD", "search", ["books"])


async def test_a_search_over_all_leaves_out_what_is_hidden(schema: GraphSchema, store: Store) -> None:
    await fill(store)
    document = '{ search(text: "师") { __typename ... on Node { code } } }'
    assert await _data(schema, store, document, visibility=_Masking("name")) == {
        "search": [{"__typename": "Book", "code": "b1"}]
    }


async def test_a_search_over_all_gives_the_shortest_texts_first(schema: GraphSchema, store: Store) -> None:
    await fill(store)
    document = """query ($text: String!, $first: Int) { search(text: $text, first: $first) { __typename
        ... on Book { code title shelf { name } } ... on Shelf { code books(search: "手册") { totalCount } }
        ... on Author { name } ... on Poet { verses } } }"""
    everything = [
        {"__typename": "Essayist", "name": "师陀"},
        {"__typename": "Shelf", "code": "s1", "books": {"totalCount": 1}},
        {"__typename": "Book", "code": "b2", "title": "老师的作业设计", "shelf": {"name": "教师用书"}},
        {"__typename": "Book", "code": "b1", "title": "教师培训手册", "shelf": {"name": "教师用书"}},
    ]
    assert (await _data(schema, store, document, text="师"))["search"] == everything
    assert (await _data(schema, store, document, text="师", first=3))["search"] == everything[:3]
    assert (await _data(schema, store, document, text="师", first=0))["search"] == []
    poet = {"__typename": "Poet", "name": "Emily Plane", "verses": 7}
    assert (await _data(schema, store, document, text="plane"))["search"] == [poet]


async def test_a_page_of_results_has_a_size_that_pages_have(schema: GraphSchema, store: Store) -> None:
    refused = await _refused(schema, store, "search(text: $text, first: 101) { __typename }", "师")
    assert refused == ("BAD_PAGE_SIZE", "first", ["search"])


@graph_type(label="Stone")
class Stone:
    """Without text. 中文：石头"""

    weight: int


def test_a_search_over_what_has_no_text_is_no_schema() -> None:
    @strawberry.type
    class Query:
        search: list[Stone] = search_entry()

    with pytest.raises(SchemaFault) as refused:
        build_schema(Query)
    assert "union of types with text" in refused.value.en


def test_only_lists_of_what_has_text_take_a_search(schema: GraphSchema) -> None:
    printed = schema.as_str()
    assert printed.count("search: String\n") == 5
    assert "search(" in printed
