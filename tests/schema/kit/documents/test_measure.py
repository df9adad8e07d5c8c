"""What a document asks for: fields with fragments expanded, levels of braces, and the values of its pages."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from graphlib import CycleError
from itertools import count
from types import FrameType

import pytest
from graphql import parse

from schema.kit.documents.measure import Size, measure
from tests.schema.kit.orchards import orchard_schema
from tests.schema.kit.shelves import shelf_schema

SCHEMA = orchard_schema()._schema
SHELVES = shelf_schema()._schema


def _size(document: str, **variables: object) -> Size:
    return measure(SCHEMA, parse(document), variables)


def test_a_page_without_first_counts_as_one_of_twenty() -> None:
    # The connection, its total, and twenty edges of a cursor, a node and an id.
    assert _size("{ trees { totalCount edges { cursor node { id } } } }") == Size(
        1, 6, 4, 1 + 1 + 20 * 3, objects=1
    )


def test_first_is_multiplied_down_nested_pages() -> None:
    trees = "trees(first: 3) { edges { node { id } } }"
    document = f"{{ orchards(first: 5) {{ edges {{ node {{ {trees} }} }} }} }}"
    assert _size(document) == Size(1, 7, 7, 1 + 5 * (1 + 1 + 3 * 2), objects=2)


@pytest.mark.parametrize(
    ("variables", "page"),
    [({"n": 7}, 7), ({}, 4), ({"n": None}, 20), ({"n": "7"}, 20), ({"n": 10**9}, 100), ({"n": -1}, 0)],
)
def test_first_may_come_as_a_variable(variables: dict[str, object], page: int) -> None:
    document = "query ($n: Int = 4) { trees(first: $n) { edges { node { id } } } }"
    assert _size(document, **variables).values == 1 + page * 2


def test_a_count_alone_fetches_no_page() -> None:
    assert _size("{ orchards(first: 100) { totalCount pageInfo { hasNextPage } } }").values == 1 + 1 + 2


def test_a_plain_list_counts_for_ten() -> None:
    document = '{ node(id: "Orchard:o1") { ... on Orchard { gardeners { name } } } }'
    assert _size(document) == Size(1, 3, 4, 1 + 10 * 2, objects=2)


def test_a_search_over_all_counts_for_what_it_may_give() -> None:
    for given, size in (("", 20), (", first: 3", 3), (", first: 9999", 100)):
        document = parse(f'{{ search(text: "师"{given}) {{ ... on Book {{ title pages }} }} }}')
        assert measure(SHELVES, document, {}) == Size(1, 3, 3, size * (1 + 2), objects=1)


def test_a_fragment_counts_wherever_it_is_spread() -> None:
    document = (
        "{ a: trees { ...F } b: trees { ...F ...F } } fragment F on TreeConnection { edges { node { id } } }"
    )
    assert _size(document) == Size(2, 2 + 3 * 3, 5, 2 * 1 + 3 * 20 * 2, objects=2)


def test_what_doubles_a_hundred_times_is_counted_without_being_expanded() -> None:
    fragments = " ".join(f"fragment F{i} on Tree {{ ...F{i + 1} ...F{i + 1} }}" for i in range(100))
    document = parse(
        f"{{ trees {{ edges {{ node {{ ...F0 }} }} }} }} {fragments} fragment F100 on Tree {{ id }}"
    )
    # Each fragment once takes some 3,500 calls; expanded, they would be more than anybody can wait for.
    with _refusing_calls_beyond(20_000):
        size = measure(SCHEMA, document, {})
    assert size.fields == 3 + 2**100
    assert size.depth == 4 + 101


@contextmanager
def _refusing_calls_beyond(most: int) -> Iterator[None]:
    """The block fails as soon as it has called more functions of Python than that."""
    calls = count(1)

    def note(_: FrameType, event: str, __: object) -> None:
        if event == "call" and next(calls) > most:
            sys.setprofile(None)
            pytest.fail(f"more than {most} calls")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(before)


def test_operations_and_unused_fragments_are_all_validated_and_so_counted() -> None:
    document = (
        "query A { trees { totalCount } } query B { orchards { totalCount } } fragment F on Tree { id kind }"
    )
    assert _size(document).fields == 2 + 2 + 2
    assert _size(document).root_fields == 1


def test_a_circle_has_no_size() -> None:
    with pytest.raises(CycleError):
        _size(
            "{ trees { ...F } } fragment F on TreeConnection { ...G } fragment G on TreeConnection { ...F }"
        )


@pytest.mark.parametrize(
    "document",
    ["{ apples { ...F } }", "{ trees { ... on Nothing { id } } } fragment G on Nothing { x { y } }"],
)
def test_a_document_that_does_not_fit_the_schema_is_measured_all_the_same(document: str) -> None:
    assert _size(document).fields >= 1


def test_what_describes_the_schema_leads_to_no_other_thing() -> None:
    document = "{ __schema { types { ...T } } } fragment T on __Type { fields { type { name } } }"
    assert _size(document).objects == 0
