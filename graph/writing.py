"""The one write path: every mutation and every import goes through `commit`.

In one transaction: the graph's version is moved first (which makes writers wait for each other, so
that no read-then-write is lost), the work is done, and an audit entry, outbox events and, where the
caller gave a key, a receipt are left beside it.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from graph.errors import ZaoxueError
from graph.nodes import Run
from graph.refusals import Busy, Conflict
from graph.store import Store, Transaction

_MOVE_VERSION = "MATCH (v:Version {id: 'graph'}) SET v.number = v.number + 1 RETURN v.number AS number"
_READ_VERSION = "MATCH (v:Version {id: 'graph'}) RETURN v.number AS number"
_FIND_RECEIPT = "MATCH (r:Receipt {id: $key}) RETURN r.fingerprint AS fingerprint, r.answer AS answer"
_LEAVE_RECEIPT = "CREATE (:Receipt {id: $key, fingerprint: $fingerprint, answer: $answer, at: $at})"
_LEAVE_AUDIT = (
    "CREATE (:AuditEntry {id: $id, number: $number, action: $action, actor: $actor, at: $at,"
    " subjects: $subjects, subject_count: $subject_count})"
)
_LEAVE_EVENTS = (
    "UNWIND $events AS event CREATE (:OutboxEvent {id: event.id, number: $number, place: event.place,"
    " kind: event.kind, subject: event.subject, at: $at})"
)
# An import touches tens of thousands of nodes: its audit entry names some and counts all.
_SUBJECTS_NAMED = 200
_READINGS = 3


class KeyReused(ZaoxueError):
    """An idempotency key came back with another input than the first time."""

    code = "KEY_REUSED"


class NotMigrated(ZaoxueError):
    """The store has never been prepared: migrations run at every start."""

    code = "NOT_MIGRATED"


@dataclass(frozen=True, slots=True)
class Command:
    """Who wants what written, and when.

    `key` is the caller's idempotency key; `fingerprint` tells two inputs under one key apart.
    """

    action: str
    actor: str
    at: datetime
    key: str | None = None
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that others may wait for; `subject` is `Label:id`."""

    kind: str
    subject: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a piece of work leaves: an answer (JSON values only), the nodes touched, the events."""

    answer: dict[str, object]
    subjects: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()


type Work = Callable[[Transaction], Awaitable[Outcome]]


class _AnsweredBefore(Exception):
    """Leaves the transaction with nothing written; carries the first answer."""

    def __init__(self, answer: dict[str, object]) -> None:
        super().__init__()
        self.answer = answer


async def commit(store: Store, command: Command, work: Work) -> dict[str, object]:
    """Do `work` and leave its traces, all or nothing; the answer, the first one under a repeated key.

    `work` may run several times (conflicts are retried whole), so it must have no other effect.
    Raises KeyReused, and whatever `work` or the store raise.
    """

    taken = 0

    async def in_transaction(transaction: Transaction) -> dict[str, object]:
        nonlocal taken
        number = taken = _only_number(await transaction.run(_MOVE_VERSION))
        if command.key is not None:
            earlier = await transaction.run(_FIND_RECEIPT, key=command.key)
            if earlier:
                raise _AnsweredBefore(_first_answer(command, earlier[0]))
        outcome = await work(transaction)
        await _leave_traces(transaction, command, number, outcome)
        return outcome.answer

    try:
        return await store.write(in_transaction)
    except _AnsweredBefore as known:
        return known.answer
    except Conflict as error:
        # The embedded engine does not say which id was there: a number that another write took is no conflict.
        if await version(store.read) >= taken:
            raise Busy() from error
        raise


async def version(run: Run) -> int:
    """The graph's version: how many writes it has seen. Raises NotMigrated."""
    return _only_number(await run(_READ_VERSION))


async def read_unmoved[T](store: Store, work: Callable[[Transaction], Awaitable[T]]) -> T:
    """What `work` makes of several statements between which nothing was written.

    A transaction alone does not promise that: each statement sees what was committed before it. `work`
    may be run several times. Raises Busy when something was written during each run.
    """
    for _ in range(_READINGS):
        before = await version(store.read)
        made = await store.read_together(work)
        if await version(store.read) == before:
            return made
    raise Busy()


def _only_number(rows: list[dict[str, object]]) -> int:
    if not rows:
        raise NotMigrated(
            "图库尚未初始化，请先运行 zaoxue migrate",
            "the store has not been prepared; run `zaoxue migrate`",
        )
    return cast(int, rows[0]["number"])


def _first_answer(command: Command, receipt: dict[str, object]) -> dict[str, object]:
    if receipt["fingerprint"] != command.fingerprint:
        raise KeyReused(
            "这个幂等键已用于另一份内容；请换一个新键",
            "this key was used for another input before; send a new key",
        )
    return cast(dict[str, object], json.loads(cast(str, receipt["answer"])))


async def _leave_traces(transaction: Transaction, command: Command, number: int, outcome: Outcome) -> None:
    at = command.at.strftime("%Y-%m-%dT%H:%M:%SZ")
    await transaction.run(
        _LEAVE_AUDIT,
        id=f"{number:012d}",
        number=number,
        action=command.action,
        actor=command.actor,
        at=at,
        subjects=list(outcome.subjects[:_SUBJECTS_NAMED]),
        subject_count=len(outcome.subjects),
    )
    if outcome.events:
        events = [
            {
                "id": f"{number:012d}-{place:06d}",
                "place": place,
                "kind": event.kind,
                "subject": event.subject,
            }
            for place, event in enumerate(outcome.events)
        ]
        await transaction.run(_LEAVE_EVENTS, number=number, at=at, events=events)
    if command.key is not None:
        await transaction.run(
            _LEAVE_RECEIPT,
            key=command.key,
            fingerprint=command.fingerprint,
            answer=json.dumps(outcome.answer, ensure_ascii=False, sort_keys=True),
            at=at,
        )
