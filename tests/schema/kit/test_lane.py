"""The short way: only what the ordinary way found right, the same answer, and the same rows where it must give up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from graphql import parse

from graph.store import Store, Transaction, count_statements
from schema.kit.context import Context
from schema.kit.documents.limits import Limits
from schema.kit.execution import GraphSchema
from schema.kit.lane import entries_key
from tests.schema.kit.orchards import context, orchard_schema, plant

PAGE = """query Page($first: Int = 2, $where: TreeWhere) { trees(first: $first, where: $where) {
    totalCount edges { cursor node { id kind orchard { name soil } } } } one: node(id: "Tree:t1") { code } }"""


@pytest.fixture
def schema() -> GraphSchema:
    """The small world's schema, which has answered nothing yet."""
    return orchard_schema()


async def _ordinary(schema: GraphSchema, asked: Context, document: str, **variables: Any) -> Any:
    return await schema.execute(document, variable_values=variables, context_value=asked)


async def _short(schema: GraphSchema, asked: Context, document: str, **variables: Any) -> Any:
    return await schema.lane.answer(document, None, variables, asked)


async def test_a_document_goes_the_short_way_once_the_ordinary_one_found_it_right(
    schema: GraphSchema, store: Store
) -> None:
    await plant(store)
    assert await _short(schema, context(store), PAGE) is None
    await _ordinary(schema, context(store), PAGE)
    for given in ({}, {"first": 1}, {"first": 3, "where": {"kind": {"eq": "pear"}}}, {"where": None}):
        ordinary = await _ordinary(schema, context(store), PAGE, **given)
        with count_statements() as counted:
            short = await _short(schema, context(store), PAGE, **given)
        assert short == ordinary.data
        assert list(short) == list(ordinary.data)
        assert counted.total == 1


@pytest.mark.parametrize(
    "document",
    [
        "{ advice { score } }",
        "{ trees { totalCount } advice { score } }",
        "{ trees { totalCount } __typename }",
        "{ __schema { queryType { name } } }",
        "{ ...F } fragment F on Query { trees { totalCount } }",
        "{ trees { nothing } }",
        "{ trees { totalCount }",
    ],
)
async def test_other_documents_never_go_the_short_way(
    schema: GraphSchema, store: Store, document: str
) -> None:
    await plant(store)
    await _ordinary(schema, context(store), document)
    assert await _short(schema, context(store), document) is None


@pytest.mark.parametrize(
    "given", [{"first": "two"}, {"first": True}, {"where": {"colour": {"eq": "red"}}}, {"first": [1]}]
)
async def test_wrong_variables_are_left_to_the_ordinary_way(
    schema: GraphSchema, store: Store, given: dict[str, object]
) -> None:
    await plant(store)
    await _ordinary(schema, context(store), PAGE)
    with count_statements() as counted:
        assert await _short(schema, context(store), PAGE, **given) is None
    assert counted.total == 0


async def test_the_limits_hold_on_the_short_way_too(schema: GraphSchema, store: Store) -> None:
    await plant(store)
    await _ordinary(schema, context(store), PAGE)
    for first, is_answered in ((1, True), (90, False), (1, True)):
        narrow = replace(context(store), limits=Limits(values=200))
        with count_statements() as counted:
            short = await _short(schema, narrow, PAGE, first=first)
        assert (short is not None, counted.total) == (is_answered, int(is_answered))


async def test_a_size_that_one_caller_may_ask_is_measured_again_for_another(
    schema: GraphSchema, store: Store
) -> None:
    await plant(store)
    await _ordinary(schema, context(store), PAGE)
    assert await _short(schema, context(store), PAGE, first=90) is not None
    narrow = replace(context(store), limits=Limits(values=200))
    assert await _short(schema, narrow, PAGE, first=90) is None


async def test_a_document_parsed_anew_is_learnt_anew(schema: GraphSchema, store: Store) -> None:
    await plant(store)
    await _ordinary(schema, context(store), PAGE)
    document = parse(PAGE)
    schema.lane.learn(PAGE, None, document)
    asked = context(store)
    assert await _short(schema, asked, PAGE) is not None
    assert list(asked.loaders) == [entries_key(document.definitions[0])]  # type: ignore[arg-type]  # an operation


async def test_what_stored_data_spoils_is_walked_over_the_same_rows(
    schema: GraphSchema, store: Store
) -> None:
    await plant(store)

    async def spoil(transaction: Transaction) -> None:
        await transaction.run("MATCH (t:Tree {id: 't5'}) REMOVE t.kind")

    await store.write(spoil)
    await _ordinary(schema, context(store), PAGE)
    asked = context(store)
    with count_statements() as counted:
        assert await _short(schema, asked, PAGE) is None
        walked = await _ordinary(schema, asked, PAGE)
    assert counted.total == 1
    (error,) = walked.errors
    assert error.path == ["trees", "edges", 1, "node", "kind"]


async def test_a_bad_argument_is_told_by_the_ordinary_way_without_asking_again(
    schema: GraphSchema, store: Store
) -> None:
    await plant(store)
    await _ordinary(schema, context(store), PAGE)
    asked = context(store)
    with count_statements() as counted:
        assert await _short(schema, asked, PAGE, first=-1) is None
        told = await _ordinary(schema, asked, PAGE, first=-1)
    assert counted.total == 1
    assert [error.extensions["code"] for error in told.errors] == ["BAD_PAGE_SIZE"]
