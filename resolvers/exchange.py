"""Workbooks in and out of the graph: a whole file or nothing of it."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
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
from resolvers.workbook.faults import Note, Progress, silent
from resolvers.workbook.known import KnownIds, KnownPerson
from resolvers.workbook.read import Workbook, read_workbook
from resolvers.workbook.write import write_workbook

_NAMED = frozenset(noun.label for noun in NOUNS for field in noun.fields if field.name == "name")


@dataclass(frozen=True, slots=True)
class Brought:
    """What a workbook holds: rows by sheet, and what was read by assumption (a month for a day)."""

    rows: Mapping[str, int]
    notes: tuple[Note, ...]


async def check_workbook(store: Store, path: Path, progress: Progress = silent) -> Brought:
    """What a workbook without a fault holds; nothing is written. Raises Faults, WorkbookUnreadable."""
    known = await store.read_together(lambda transaction: _known(transaction.run))
    workbook = await asyncio.to_thread(read_workbook, path, known, progress)
    return Brought(workbook.rows, workbook.notes)


async def import_workbook(store: Store, caller: Caller, path: Path, progress: Progress = silent) -> Brought:
    """What the workbook held, all written in one transaction; the same file again is an update of nothing.

    Raises Faults with every fault of the file, WorkbookUnreadable; then nothing is written.
    """
    digest = await asyncio.to_thread(_digest, path)
    read: list[Workbook] = []

    async def work(transaction: Transaction) -> Outcome:
        # Read under the write lock: what the file refers to can't go away between check and write.
        known = await _known(transaction.run)
        workbook = await asyncio.to_thread(read_workbook, path, known, progress)
        read.append(workbook)
        nouns: list[Identified] = list(workbook.nouns)  # type: ignore[arg-type]  # every noun has an id
        await save(transaction.run, nouns)
        subjects = tuple(f"{type(each).__name__}:{each.id}" for each in nouns)
        return Outcome({"rows": dict(workbook.rows)}, subjects)

    await commit(store, caller.command("importWorkbook", digest), work)
    return Brought(read[-1].rows, read[-1].notes)


async def export_workbook(store: Store, path: Path, progress: Progress = silent) -> int:
    """Write the whole graph into a workbook; the number of nouns written."""

    async def everything(transaction: Transaction) -> list[Identified]:
        found: list[Identified] = []
        for noun in NOUNS:
            cls: type[Identified] = noun.cls
            found.extend(await load(transaction.run, cls))
        return found

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
