"""Workbooks in and out of the graph: a whole file or nothing of it."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from pathlib import Path

from graph.model.describe import Identified
from graph.model.needs import Topic
from graph.model.nouns import LABELS, NOUNS
from graph.model.orders import TrainingOrder
from graph.model.people import Person
from graph.nodes import Run, load, save
from graph.store import Store, Transaction
from graph.writing import Outcome, commit
from resolvers.caller import Caller
from resolvers.workbook.faults import Progress, silent
from resolvers.workbook.known import KnownIds, KnownPerson
from resolvers.workbook.read import read_workbook
from resolvers.workbook.write import write_workbook

_NAMED = frozenset(
    noun.label for noun in NOUNS for field in noun.fields if field.name == "name"
)


async def check_workbook(store: Store, path: Path, progress: Progress = silent) -> Mapping[str, int]:
    """Rows by sheet of a workbook without a fault; nothing is written. Raises Faults, WorkbookUnreadable."""
    known = await store.read_together(lambda transaction: _known(transaction.run))
    workbook = await asyncio.to_thread(read_workbook, path, known, progress)
    return workbook.rows


async def import_workbook(
    store: Store, caller: Caller, path: Path, progress: Progress = silent
) -> Mapping[str, int]:
    """Rows by sheet, all written in one transaction; the same file again is an update of nothing.

    Raises Faults with every fault of the file, WorkbookUnreadable; then nothing is written.
    """
    digest = await asyncio.to_thread(_digest, path)

    async def work(transaction: Transaction) -> Outcome:
        # Read under the write lock: what the file refers to can't go away between check and write.
        known = await _known(transaction.run)
        workbook = await asyncio.to_thread(read_workbook, path, known, progress)
        nouns: list[Identified] = list(workbook.nouns)  # type: ignore[arg-type]  # every noun has an id
        await save(transaction.run, nouns)
        subjects = tuple(f"{type(each).__name__}:{each.id}" for each in nouns)
        return Outcome({"rows": dict(workbook.rows)}, subjects)

    answer = await commit(store, caller.command("importWorkbook", digest), work)
    return answer["rows"]  # type: ignore[return-value]  # made above


async def export_workbook(store: Store, path: Path, progress: Progress = silent) -> int:
    """Write the whole graph into a workbook; the number of nouns written."""

    async def everything(transaction: Transaction) -> list[Identified]:
        return [each for noun in NOUNS for each in await load(transaction.run, noun.cls)]

    nouns = await store.read_together(everything)
    await asyncio.to_thread(write_workbook, nouns, path, progress)
    return len(nouns)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


async def _known(run: Run) -> KnownIds:
    names = {label: await _names(run, label) for label in LABELS}
    people = await load(run, Person)
    return KnownIds(
        names=names,
        people={each.id: KnownPerson(each.name, each.distinguisher, each.kind) for each in people},
        order_topics={each.id: each.topic for each in await load(run, TrainingOrder)},
        parents={each.id: each.parent for each in await load(run, Topic) if each.parent is not None},
    )


async def _names(run: Run, label: str) -> dict[str, str]:
    name = "n.name" if label in _NAMED else "''"
    rows = await run(f"MATCH (n:{label}) RETURN collect([n.id, {name}]) AS pairs")
    pairs = rows[0]["pairs"]
    assert isinstance(pairs, list)
    return {own: called or "" for own, called in pairs}
