"""The one write path leaves its traces with what it wrote, writes once a key, and loses no update."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from graph.model.alliance import School
from graph.nodes import load, save
from graph.refusals import Busy
from graph.store import Row, Store, Transaction, count_statements
from graph.writing import Command, Event, KeyReused, NotMigrated, Outcome, Work, commit, read_unmoved, version
from tests.graph.backup.graphs import whole_graph

AT = datetime(2025, 3, 1, 16, 30, tzinfo=timezone(timedelta(hours=8)))
_COMMAND = Command("raiseRequest", "p-1", AT.astimezone(UTC), "key-1", "fingerprint")
_ANSWER = {"id": "s-1", "学校": ["石桥", None, 1.5]}
_TRACES = "MATCH (n) WHERE n:AuditEntry OR n:OutboxEvent OR n:Receipt WITH n ORDER BY n.id RETURN properties(n) AS trace"


async def _traces(store: Store) -> list[object]:
    return [row["trace"] for row in await store.read(_TRACES)]


async def _make_school(transaction: Transaction) -> Outcome:
    await save(transaction.run, [School(id="s-1", name="石桥小学")])
    events = (Event("schoolMade", "School:s-1"), Event("schoolSeen", "School:s-1"))
    return Outcome(dict(_ANSWER), ("School:s-1",), events)


async def _do_nothing(transaction: Transaction) -> Outcome:
    return Outcome({})


async def _never(transaction: Transaction) -> Outcome:
    raise AssertionError("a repeated key does no work")


async def test_a_write_leaves_audit_events_and_receipt(store: Store) -> None:
    assert await commit(store, _COMMAND, _make_school) == _ANSWER

    at = "2025-03-01T08:30:00Z"
    assert await _traces(store) == [
        {
            "id": "000000000001",
            "number": 1,
            "action": "raiseRequest",
            "actor": "p-1",
            "at": at,
            "subjects": ["School:s-1"],
            "subject_count": 1,
        },
        {
            "id": "000000000001-000000",
            "number": 1,
            "place": 0,
            "kind": "schoolMade",
            "subject": "School:s-1",
            "at": at,
        },
        {
            "id": "000000000001-000001",
            "number": 1,
            "place": 1,
            "kind": "schoolSeen",
            "subject": "School:s-1",
            "at": at,
        },
        {
            "id": "key-1",
            "fingerprint": "fingerprint",
            "answer": '{"id": "s-1", "学校": ["石桥", null, 1.5]}',
            "at": at,
        },
    ]
    assert await version(store.read) == 1


async def test_without_a_key_there_is_no_receipt_and_the_same_command_writes_again(store: Store) -> None:
    command = replace(_COMMAND, key=None)

    await commit(store, command, _do_nothing)
    await commit(store, command, _do_nothing)

    assert await store.read("MATCH (r:Receipt) RETURN count(r) AS number") == [{"number": 0}]
    assert await version(store.read) == 2


async def test_a_repeated_key_returns_the_first_answer_and_writes_nothing(store: Store) -> None:
    await commit(store, _COMMAND, _make_school)
    before = await whole_graph(store)

    assert await commit(store, _COMMAND, _never) == _ANSWER

    assert await whole_graph(store) == before


async def test_a_key_with_another_input_is_refused_and_nothing_changed(store: Store) -> None:
    await commit(store, _COMMAND, _make_school)
    before = await whole_graph(store)

    with pytest.raises(KeyReused) as refused:
        await commit(store, replace(_COMMAND, fingerprint="another"), _never)

    assert refused.value.message("en") == "this key was used for another input before; send a new key"
    assert await whole_graph(store) == before


async def test_work_that_fails_leaves_no_trace(store: Store) -> None:
    before = await whole_graph(store)

    async def half(transaction: Transaction) -> Outcome:
        await _make_school(transaction)
        raise LookupError("half way")

    with pytest.raises(LookupError):
        await commit(store, _COMMAND, half)

    assert await whole_graph(store) == before
    assert await commit(store, _COMMAND, _make_school) == _ANSWER


async def test_one_key_sent_many_times_at_once_is_written_once(store: Store) -> None:
    answers = await asyncio.gather(*(commit(store, _COMMAND, _counting()) for _ in range(10)))

    assert answers == [answers[0]] * 10
    assert await store.read("MATCH (s:School) RETURN count(s) AS number") == [{"number": 1}]
    assert await version(store.read) == 1


def _counting() -> Work:
    """Work whose answer would differ each time that it is done."""
    own = object()

    async def work(transaction: Transaction) -> Outcome:
        await save(transaction.run, [School(id="s-1", name="石桥小学")])
        return Outcome({"by": id(own)})

    return work


async def test_forty_writes_at_once_that_read_first_lose_nothing(store: Store) -> None:
    await commit(store, replace(_COMMAND, key=None), _make_school)
    stores = [store, *[await Store.open(store.address) for _ in range(3)]]

    async def add_one(transaction: Transaction) -> Outcome:
        school = (await load(transaction.run, School))[0]
        more = replace(school, devices=(school.devices or 0) + 1)
        await save(transaction.run, [more])
        return Outcome({"devices": more.devices})

    answers = await asyncio.gather(
        *(
            commit(stores[each % 4], replace(_COMMAND, key=f"key-{each}"), add_one)
            for each in range(40)
        )
    )  # fmt: skip
    for other in stores[1:]:
        await other.close()

    assert sorted(answer["devices"] for answer in answers) == list(range(1, 41))  # type: ignore[type-var]  # JSON numbers
    assert (await load(store.read, School))[0].devices == 40
    assert await version(store.read) == 41
    rows = await store.read(
        "MATCH (a:AuditEntry) WITH a ORDER BY a.number RETURN collect(a.number) AS numbers"
    )
    assert rows == [{"numbers": list(range(1, 42))}]


async def test_an_audit_entry_of_a_large_write_names_some_and_counts_all(store: Store) -> None:
    async def large(transaction: Transaction) -> Outcome:
        return Outcome({}, tuple(f"School:s-{number}" for number in range(1_000)))

    await commit(store, _COMMAND, large)

    rows: list[Row] = await store.read(
        "MATCH (a:AuditEntry) RETURN size(a.subjects) AS named, a.subjects[199] AS last, a.subject_count AS counted"
    )
    assert rows == [{"named": 200, "last": "School:s-199", "counted": 1_000}]


async def test_the_traces_cost_five_statements(store: Store) -> None:
    async def one_event(transaction: Transaction) -> Outcome:
        return Outcome({}, (), (Event("schoolMade", "School:s-1"),))

    with count_statements() as counted:
        await commit(store, _COMMAND, one_event)

    assert counted.total == 5


async def test_a_store_that_was_never_prepared_is_refused_and_unchanged(store: Store) -> None:
    async def forget(transaction: Transaction) -> None:
        await transaction.run("MATCH (v:Version {id: 'graph'}) DELETE v")

    await store.write(forget)
    before = await whole_graph(store)

    with pytest.raises(NotMigrated):
        await commit(store, _COMMAND, _make_school)
    with pytest.raises(NotMigrated):
        await version(store.read)

    assert await whole_graph(store) == before


async def test_what_is_read_together_is_of_one_moment_or_busy(store: Store) -> None:
    command, readings = Command("write", "p-1", AT), 0

    async def disturbed(transaction: Transaction) -> int:
        nonlocal readings
        readings += 1
        if readings < 3:
            await commit(store, command, _do_nothing)
        return readings

    async def always(transaction: Transaction) -> None:
        await commit(store, command, _do_nothing)

    assert await read_unmoved(store, disturbed) == 3
    with pytest.raises(Busy):
        await read_unmoved(store, always)
