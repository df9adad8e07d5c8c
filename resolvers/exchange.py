"""Workbooks in and out of the graph: a whole file or nothing of it."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import batched
from pathlib import Path
from typing import Any, Self

from graph.model.alliance import School
from graph.model.describe import Identified
from graph.model.needs import Topic
from graph.model.nouns import LABELS, NOUNS
from graph.model.orders import Attendance, Capability, Session, TrainingOrder
from graph.model.people import Person
from graph.model.resources import Resource
from graph.model.roles import RoleAssignment
from graph.model.rules import Contribution, Decision, Recommendation
from graph.nodes import Run, load, save
from graph.store import Store, Transaction
from graph.writing import Command, Outcome, commit, version
from recommender.rules import Rules
from resolvers.caller import Caller
from resolvers.rights import refuse_role
from resolvers.workbook.faults import Note, Progress, silent
from resolvers.workbook.known import KnownFeedback, KnownIds, KnownPerson, hours_out_of_range, known_order
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
_READINGS = 3
"""How often a file is read outside the turn at writing, before it is read inside."""
_IMPORTS = (
    "MATCH (a:AuditEntry {action: 'importWorkbook', actor: $actor, at: $at}) RETURN count(a) AS imports"
)
_ADAPTED = "MATCH (n:Resource)-[:ADAPTED_FROM]->(:Resource)"
_ABSENT = "MATCH (n:Attendance {present: false})"
_IN_A_COUNTY = "MATCH (n:School) WHERE n.county IS NOT NULL"
_FEEDBACK = (
    "MATCH (s:Session)<-[:ON]-(n:Feedback)-[:OF]->(p:Person)"
    " RETURN collect([n.id, s.id, p.id, n.rating]) AS found"
)
_SESSIONS = "MATCH (n:Session)-[:OF]->(m:TrainingOrder) RETURN collect([n.id, m.id, n.hours]) AS found"
_TEACHER_OF_NEED = "MATCH (n:Need)-[:OF]->(m:Person) RETURN collect([n.id, m.id]) AS found"


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

    Raises Forbidden, Faults with every fault of the file, WorkbookUnreadable; then nothing is written.
    """
    refuse_role(caller, "importWorkbook")
    command = caller.command("importWorkbook", await asyncio.to_thread(_digest, path))
    for _ in range(_READINGS):
        # Read before the turn at writing is taken: a long file would keep all other writers waiting.
        reading = await _Reading.of(store, path, progress)
        try:
            await commit(store, command, reading.written)
        except _Moved:
            continue
        return Brought(reading.workbook.rows, reading.workbook.notes)
    return await _import_in_turn(store, command, path, progress)


async def _import_in_turn(store: Store, command: Command, path: Path, progress: Progress) -> Brought:
    """For a graph that does not hold still: read under the write lock, while the others wait."""
    read: list[Workbook] = []

    async def work(transaction: Transaction) -> Outcome:
        workbook = await _read(path, await _known(transaction.run), progress)
        read.append(workbook)
        return await _write(transaction, workbook)

    await commit(store, command, work)
    return Brought(read[-1].rows, read[-1].notes)


class _Moved(Exception):
    """What the file was judged by is no longer what the graph holds; nothing is written."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """A workbook, with what the graph held when it was read, and the graph's version before that."""

    workbook: Workbook
    known: KnownIds
    version: int

    @classmethod
    async def of(cls, store: Store, path: Path, progress: Progress) -> Self:
        """The file, read against the graph as it is now."""
        before = await version(store.read)
        known = await store.read_together(lambda transaction: _known(transaction.run))
        return cls(await _read(path, known, progress), known, before)

    async def written(self, transaction: Transaction) -> Outcome:
        """Writes it, where what the file refers to is still there. Raises _Moved."""
        # The commit has moved the version by one: by more, and others have written meanwhile.
        if await version(transaction.run) != self.version + 1 and await _known(transaction.run) != self.known:
            raise _Moved
        return await _write(transaction, self.workbook)


async def _read(path: Path, known: KnownIds, progress: Progress) -> Workbook:
    """The workbook; a caller who is told to stop leaves no thread behind that reads on to the end."""
    stopped = threading.Event()

    def step(number: int, total: int, zh: str, en: str) -> None:
        if stopped.is_set():
            raise InterruptedError
        progress(number, total, zh, en)

    try:
        return await asyncio.to_thread(read_workbook, path, known, step)
    finally:
        stopped.set()


async def _write(transaction: Transaction, workbook: Workbook) -> Outcome:
    nouns: list[Identified] = list(workbook.nouns)  # type: ignore[arg-type]  # every noun has an id
    await save(transaction.run, nouns)
    await _take_back(transaction, nouns)
    subjects = tuple(f"{type(each).__name__}:{each.id}" for each in nouns)
    return Outcome({"rows": dict(workbook.rows)}, subjects)


async def is_imported(store: Store, caller: Caller) -> bool:
    """Whether a workbook of that caller, brought in at that instant, was written."""
    rows = await store.read(_IMPORTS, actor=caller.actor, at=caller.at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    return rows != [{"imports": 0}]


async def export_workbook(store: Store, path: Path, progress: Progress = silent) -> Mapping[str, int]:
    """Write the whole graph into a workbook; its rows by sheet, counted as an import counts them."""

    async def everything(transaction: Transaction) -> list[Identified]:
        found: list[Identified] = []
        for noun in NOUNS:
            cls: type[Identified] = noun.cls
            found.extend(await load(transaction.run, cls))
        return found

    nouns = await store.read_together(everything)
    return await asyncio.to_thread(write_workbook, nouns, path, progress)


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
    people, sessions = await load(run, Person), await _found(run, _SESSIONS)
    return KnownIds(
        names=names,
        people={each.id: KnownPerson(each.name, each.distinguisher, each.kind) for each in people},
        orders={each.id: known_order(each) for each in await load(run, TrainingOrder)},
        parents={each.id: each.parent for each in await load(run, Topic) if each.parent is not None},
        origins={each.id: str(each.adapted_from) for each in await load(run, Resource, _ADAPTED)},
        absences={each.id: (each.session, each.person) for each in await load(run, Attendance, _ABSENT)},
        feedback={id: KnownFeedback(*said) for id, *said in await _found(run, _FEEDBACK)},
        roles={each.id: each for each in await load(run, RoleAssignment)},
        counties={each.id: str(each.county) for each in await load(run, School, _IN_A_COUNTY)},
        sessions={id: order for id, order, _ in sessions},
        taught=dict(await _found(run, _TEACHER_OF_NEED)),
        hours=hours_out_of_range((id, hours) for id, _, hours in sessions),
    )


async def _found(run: Run, statement: str) -> list[Any]:
    """The one list that the statement collects."""
    found = (await run(statement))[0]["found"]
    assert isinstance(found, list)
    return found


def _with_rules(known: KnownIds, rules: Rules) -> KnownIds:
    rule_set, entries = rules.as_nouns(date.min)
    coming = KnownIds.of([rule_set, *entries]).names
    merged = {label: {**known.names.get(label, {}), **names} for label, names in coming.items()}
    return replace(known, names={**known.names, **merged})


async def _names(run: Run, label: str) -> dict[str, str]:
    name = "n.name" if label in _NAMED else "''"
    pairs = await _found(run, f"MATCH (n:{label}) RETURN collect([n.id, {name}]) AS found")
    return {own: called or "" for own, called in pairs}
