"""What Neo4j really walks: a page is cut before anything below it is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from neo4j import AsyncDriver, AsyncGraphDatabase

from graph.compiler.plan import Completed
from graph.store import Address, Store, Transaction
from tests.conftest import WITH_NEO4J
from tests.graph.compiler.orchards import Recorder, asking, call, first_answer, orchard_compiler

NESTED = """{ orchards(first: 2) { edges { node { name trees(first: 1) { edges { node {
    height orchard { name } } } } } } } }"""

pytestmark = pytest.mark.skipif(not WITH_NEO4J, reason="only Neo4j profiles a statement")


async def _plant(transaction: Transaction) -> None:
    await transaction.run(
        "UNWIND range(0, 199) AS i CREATE (o:Orchard {id: toString(i), name: toString(i)}) "
        "FOREACH (j IN range(1, 3) | CREATE (:Tree {id: i + '-' + j, height: j})-[:IN]->(o))"
    )


@pytest.fixture
async def driver(store: Store) -> Any:
    """A driver of its own to the engine of the store."""
    address: Address = store.address
    async with AsyncGraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:
        yield driver


async def _profile(driver: AsyncDriver, statement: str, parameters: dict[str, object]) -> dict[str, Any]:
    async with driver.session() as session:
        result = await session.run("PROFILE " + statement, parameters)
        profile: dict[str, Any] | None = (await result.consume()).profile
    assert profile is not None
    return profile


def _operators(profile: dict[str, Any]) -> Iterator[tuple[str, int]]:
    yield profile["operatorType"].partition("@")[0], profile["args"]["Rows"]
    for child in profile.get("children", ()):
        yield from _operators(child)


async def test_the_limit_comes_before_the_nesting(
    store: Store, driver: AsyncDriver, request: pytest.FixtureRequest
) -> None:
    if request.node.callspec.params["engine_address"] != "neo4j":
        pytest.skip("the embedded engine does not tell rows")
    await store.write(_plant)
    compiler, read = orchard_compiler(), Recorder()
    await first_answer(compiler, call(compiler, NESTED), asking(read))
    ((statement, parameters),) = read.asked
    expanded = sum(
        rows for name, rows in _operators(await _profile(driver, statement, parameters)) if "Expand" in name
    )
    # two orchards with three trees each, and one orchard for each of the two trees that are left
    assert expanded == 2 * 3 + 2
    answer = await first_answer(compiler, call(compiler, NESTED), asking(store.read))
    assert isinstance(answer, Completed)
