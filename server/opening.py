"""Opening the graph that the settings name: the embedded engine in the data folder, or a Neo4j by address."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta, timezone

from graph.embedded.folder import DataFolder
from graph.embedded.running import find_running
from graph.embedded.supervisor import EmbeddedEngine
from graph.migrations.run import migrate
from graph.model.roles import RESERVED_HOLDER
from graph.store import Address, Store
from resolvers.caller import Caller
from resolvers.rules import keep_rules, packaged_rules
from server.settings import Settings

OFFICE_TIME = timezone(timedelta(hours=8), "UTC+8")
"""China keeps one time: an office's day begins at midnight there, wherever the service runs."""


def office_day(now: datetime) -> date:
    """The day of an office at that instant."""
    return now.astimezone(OFFICE_TIME).date()


def administrator_now(key: str | None = None) -> Caller:
    """The administrator at this machine, at this instant."""
    now = datetime.now(UTC)
    return Caller.administering(RESERVED_HOLDER, now, office_day(now), key)


@asynccontextmanager
async def open_graph(
    settings: Settings, purpose: str, *, alone: bool = False, prepare: bool = True
) -> AsyncIterator[Store]:
    """The graph, prepared: migrated, with the package's rules in it; closed at the end of the block.

    Without `prepare` it is opened as it is and nothing is written. Without `alone` a command goes through the engine of a service that runs on the same folder.
    Raises what the engine, the store and the migrations raise.
    """
    async with _address(settings, purpose, alone) as address:
        store = await Store.open(address)
        try:
            if prepare:
                await migrate(store)
                await keep_rules(store, administrator_now(), packaged_rules())
            yield store
        finally:
            await store.close()


def is_absent(settings: Settings) -> bool:
    """Whether no store was ever made where the settings name the embedded one."""
    return settings.neo4j is None and not DataFolder(settings.data).database.is_dir()


@asynccontextmanager
async def _address(settings: Settings, purpose: str, alone: bool) -> AsyncIterator[Address]:
    if settings.neo4j is not None:
        yield settings.neo4j
        return
    running = None if alone else find_running(settings.data)
    if running is not None:
        yield running
        return
    async with await EmbeddedEngine.start(settings.data, purpose=purpose) as engine:
        yield engine.address
