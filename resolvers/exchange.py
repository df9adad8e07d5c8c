"""Workbooks in and out of the graph: a whole file or nothing of it."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import batched
from pathlib import Path

from graph.model.describe import Identified
from graph.model.needs import Topic
from graph.model.nouns import LABELS, NOUNS
from graph.model.orders import Capability, Session, TrainingOrder
from graph.model.people import Person
from graph.model.rules import Contribution, Decision, Recommendation
from graph.nodes import Run, load, save
from graph.store import Store, Transaction
from graph.writing import Outcome, commit
from recommender.rules import Rules
from resolvers.caller import Caller
from resolvers.workbook.faults import Note, Progress, silent
from resolvers.workbook.known import KnownIds, KnownPerson
from resolvers.workbook.read import Workbook, read_workbook
from resolvers.workbook.write import write_workbook

_NAMED = frozenset(noun.label for noun in NOUNS for field in noun.fields if field.name == "name")

_IN_A_ROW: tuple[tuple[type, str, type], ...] = (
    (Session, "FROM", Capability),
    (Recommendation, "TO", Contribution),
    (Recommendation, "ON", Decision),
)
_OWNER_FIELD: dict[type, str] = {Session: "session", Recommendation: "recommendation"}
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Brought:
    """What a workbook holds: rows by sheet, and what was read by assumption (a month for a day)."""

    rows: Mapping[str, int]
    notes: tuple[Note, ...]


async def check_workbook(
    store: Store | None, path: Path, rules: Rules, progress: Progress = silent
) -> Brought:
    """What a workbook without a fault holds; nothing is written. Raises Faults, WorkbookUnreadable.

    Without a store it is judged as for an empty one. `rules` are those that an import keeps first.
    """
    known = KnownIds()
    if store is not None:
        known = await store.read_together(lambda transaction: _known(transaction.run))
    known = _with_rules(known, rules)
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
        await _take_back(transaction, nouns)
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


async def _take_back(transaction: Transaction, nouns: Sequence[Identified]) -> None:
    """What stands in a row with its noun, and was in the graph, but is no longer in that row."""
    for owner, relationship, part in _IN_A_ROW:
        kept: dict[str, list[str]] = {each.id: [] for each in nouns if type(each) is owner}
        for each in nouns:
            if type(each) is part:
                kept[getattr(each, _OWNER_FIELD[owner])].append(each.id)
        statement = (
            f"UNWIND $rows AS row MATCH (:{owner.__name__} {{id: row.id}})<-[:{relationship}]-(n:{part.__name__})"
            " WHERE NOT n.id IN row.kept DETACH DELETE n"
        )
        for batch in batched(kept.items(), _BATCH):
            await transaction.run(statement, rows=[{"id": id, "kept": ids} for id, ids in batch])


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


def _with_rules(known: KnownIds, rules: Rules) -> KnownIds:
    rule_set, entries = rules.as_nouns(date.min)
    coming = KnownIds.of([rule_set, *entries]).names
    merged = {label: {**known.names.get(label, {}), **names} for label, names in coming.items()}
    return replace(known, names={**known.names, **merged})


async def _names(run: Run, label: str) -> dict[str, str]:
    name = "n.name" if label in _NAMED else "''"
    rows = await run(f"MATCH (n:{label}) RETURN collect([n.id, {name}]) AS pairs")
    pairs = rows[0]["pairs"]
    assert isinstance(pairs, list)
    return {own: called or "" for own, called in pairs}
