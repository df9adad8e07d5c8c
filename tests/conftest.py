"""The engines that store tests run on: the embedded one always, a real Neo4j when it is asked for.

`ZAOXUE_TEST_NEO4J=1` asks for it; a Neo4j that can't be started then is an error, never a skip.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from graph.embedded.supervisor import EmbeddedEngine
from graph.migrations.run import migrate
from graph.store import Address, Row, Store, Transaction
from tests.engines.neo4j import VERSION, running_neo4j

WITH_NEO4J = os.environ.get("ZAOXUE_TEST_NEO4J", "") not in ("", "0")
ENGINES = ("embedded", "neo4j") if WITH_NEO4J else ("embedded",)
_passed: Counter[str] = Counter()


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder that does not exist yet."""
    return tmp_path / "data"


@pytest.fixture(scope="session")
def embedded_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the run's embedded engine; a command line that is told of it goes through that engine."""
    return tmp_path_factory.mktemp("embedded") / "data"


@pytest_asyncio.fixture(scope="session")
async def embedded_engine(embedded_dir: Path) -> AsyncIterator[EmbeddedEngine]:
    """One embedded engine for the whole run."""
    async with await EmbeddedEngine.start(embedded_dir) as engine:
        yield engine


@pytest.fixture(scope="session")
def neo4j_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """One Neo4j for the whole run."""
    with running_neo4j(tmp_path_factory.mktemp("neo4j") / "home") as address:
        yield address


@pytest.fixture(scope="session", params=ENGINES)
def engine_address(request: pytest.FixtureRequest) -> Address:
    """The address of each engine in turn."""
    if request.param == "neo4j":
        address: Address = request.getfixturevalue("neo4j_address")
        return address
    engine: EmbeddedEngine = request.getfixturevalue("embedded_engine")
    return engine.address


@pytest_asyncio.fixture(scope="session")
async def migrated_store(engine_address: Address) -> AsyncIterator[tuple[Store, list[Row]]]:
    """A connection to each engine, and what an empty migrated graph holds.

    It may be made again for an engine that has had its turn: whatever was left there goes first.
    """
    store = await Store.open(engine_address)
    await _empty(store, [])
    await migrate(store)
    yield store, await store.read("MATCH (v:Version) RETURN properties(v) AS properties")
    await store.close()


@pytest_asyncio.fixture
async def store(migrated_store: tuple[Store, list[Row]]) -> Store:
    """An emptied, migrated graph; the test runs once on each engine."""
    store, versions = migrated_store
    await _empty(store, versions)
    return store


async def _empty(store: Store, versions: list[Row]) -> None:
    """Takes everything out in batches and puts back what the migrations had left."""

    async def remove_some(transaction: Transaction) -> int:
        rows = await transaction.run("MATCH (n) WITH n LIMIT 2000 DETACH DELETE n RETURN count(*) AS removed")
        return int(str(rows[0]["removed"]))

    async def put_back(transaction: Transaction) -> None:
        await transaction.run(
            "UNWIND $versions AS version CREATE (v:Version) SET v = version.properties", versions=versions
        )

    while await store.write(remove_some):
        pass
    await store.write(put_back)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Counts the store tests that passed on each engine."""
    if report.when == "call" and report.passed:
        for engine in ENGINES:
            if f"[{engine}" in report.nodeid:
                _passed[engine] += 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says how many store tests ran on which engine."""
    terminalreporter.write_line(
        f"store tests: {_passed['embedded']} on embedded, {_passed['neo4j']} on neo4j {VERSION}"
    )
