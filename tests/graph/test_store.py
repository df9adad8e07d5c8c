"""The store answers alike on every engine, and says in its own words when an engine does not."""

from __future__ import annotations

import asyncio
import socket

import pytest
from neo4j import AsyncTransaction

from graph.refusals import AddressRefused, Conflict, Unavailable
from graph.store import (
    Address,
    ReadOnly,
    ReadOnlyReason,
    Store,
    Transaction,
    count_statements,
)

_SCHOOLS = "MATCH (s:School) RETURN s.id AS id, s.name AS name ORDER BY id"


async def _make_school(transaction: Transaction) -> str:
    await transaction.run("CREATE (:School {id: $id, name: $name})", id="s-01", name="石桥小学")
    return "s-01"


async def test_a_write_is_committed_and_read_back_as_plain_rows(store: Store) -> None:
    assert await store.write(_make_school) == "s-01"

    assert await store.read(_SCHOOLS) == [{"id": "s-01", "name": "石桥小学"}]


async def test_a_graph_is_emptied_before_each_test(store: Store) -> None:
    assert await store.read(_SCHOOLS) == []
    assert await store.read("MATCH (v:Version {id: 'graph'}) RETURN v.number AS number") == [{"number": 0}]


async def test_values_keep_their_types(store: Store) -> None:
    values = [1, 2.5, True, None, "教师", ["a", "b"], {"inner": [1, None]}]

    rows = await store.read("RETURN $values AS values", values=values)

    assert rows == [{"values": values}]


async def test_parameters_may_have_any_name(store: Store) -> None:
    rows = await store.read("RETURN $statement AS one, $self AS two", statement=1, self=2)

    assert rows == [{"one": 1, "two": 2}]


async def test_what_work_raises_undoes_all_of_it(store: Store) -> None:
    async def half(transaction: Transaction) -> None:
        await _make_school(transaction)
        raise LookupError("half way")

    with pytest.raises(LookupError, match="half way"):
        await store.write(half)

    assert await store.read(_SCHOOLS) == []


async def test_a_transaction_sees_its_own_writes(store: Store) -> None:
    async def write_then_read(transaction: Transaction) -> object:
        await _make_school(transaction)
        return await transaction.run(_SCHOOLS)

    assert await store.write(write_then_read) == [{"id": "s-01", "name": "石桥小学"}]


async def test_several_reads_share_one_transaction(store: Store) -> None:
    await store.write(_make_school)

    async def twice(transaction: Transaction) -> int:
        return len(await transaction.run(_SCHOOLS)) + len(await transaction.run(_SCHOOLS))

    assert await store.read_together(twice) == 2


async def test_who_is_told_to_stop_in_a_commit_stops_when_it_is_done(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = AsyncTransaction.commit

    async def slow(transaction: AsyncTransaction) -> None:
        writing.cancel()
        await asyncio.sleep(0.1)
        await quick(transaction)

    writing = asyncio.create_task(store.write(_make_school))
    with monkeypatch.context() as slowed:
        slowed.setattr(AsyncTransaction, "commit", slow)
        with pytest.raises(asyncio.CancelledError):
            await writing

    assert await store.read(_SCHOOLS) == [{"id": "s-01", "name": "石桥小学"}]


async def test_a_second_node_with_the_same_id_is_a_conflict(store: Store) -> None:
    await store.write(_make_school)

    with pytest.raises(Conflict) as refused:
        await store.write(_make_school)

    assert refused.value.code == "CONFLICT"
    assert await store.read("MATCH (s:School) RETURN count(*) AS number") == [{"number": 1}]


async def test_concurrent_merges_of_one_key_make_one_node(store: Store) -> None:
    async def merge(transaction: Transaction) -> None:
        await transaction.run("MERGE (s:School {id: 's-02'}) ON CREATE SET s.name = '二小'")

    others = [await Store.open(store.address) for _ in range(4)]
    await asyncio.gather(*(each.write(merge) for each in (store, *others) for _ in range(5)))
    await asyncio.gather(*(other.close() for other in others))

    assert await store.read(_SCHOOLS) == [{"id": "s-02", "name": "二小"}]


async def test_concurrent_increments_lose_nothing(store: Store) -> None:
    async def read_then_write(transaction: Transaction) -> None:
        # The SET comes first: it locks the node, so the number read is the newest.
        rows = await transaction.run(
            "MATCH (v:Version {id: 'graph'}) SET v.number = v.number + 1 RETURN v.number AS number"
        )
        await transaction.run(
            "MATCH (v:Version {id: 'graph'}) SET v.double = $double", double=2 * int(str(rows[0]["number"]))
        )

    others = [await Store.open(store.address) for _ in range(3)]
    await asyncio.gather(*(each.write(read_then_write) for each in (store, *others) for _ in range(25)))
    await asyncio.gather(*(other.close() for other in others))

    rows = await store.read("MATCH (v:Version {id: 'graph'}) RETURN v.number AS number, v.double AS double")
    assert rows == [{"number": 100, "double": 200}]


async def test_every_statement_is_counted_in_every_open_count(store: Store) -> None:
    async def two(transaction: Transaction) -> None:
        await transaction.run("RETURN 1 AS one")
        await transaction.run("RETURN 2 AS two")

    with count_statements() as outer:
        await store.read("RETURN 1 AS one")
        with count_statements() as inner:
            await asyncio.gather(store.write(two), store.read("RETURN 3 AS three"))
    await store.read("RETURN 4 AS four")

    assert (outer.total, inner.total) == (4, 3)


async def test_a_read_only_store_refuses_writes_with_its_reason(store: Store) -> None:
    reason = ReadOnlyReason("数据文件有损坏", "data files are damaged", ("a.bucket",))
    damaged = await Store.open(store.address)
    damaged.read_only = reason

    with count_statements() as counted, pytest.raises(ReadOnly) as refused:
        await damaged.write(_make_school)

    assert (refused.value.zh, refused.value.en) == (reason.zh, reason.en)
    assert refused.value.data["damaged"] == ("a.bucket",)
    assert counted.total == 0
    assert await damaged.read(_SCHOOLS) == []
    await damaged.close()


async def test_a_wrong_password_is_refused_by_address(store: Store) -> None:
    address = store.address
    wrong = Address(address.uri, address.user, "wrong-password", address.database, address.engine)

    with pytest.raises(AddressRefused) as refused:
        await Store.open(wrong)

    assert refused.value.data["uri"] == address.uri
    assert "wrong-password" not in repr(wrong) + refused.value.zh + refused.value.en


async def test_an_unknown_database_is_refused_by_address(store: Store) -> None:
    address = store.address
    wrong = Address(address.uri, address.user, address.password, "nothere", address.engine)

    with pytest.raises(AddressRefused):
        await Store.open(wrong)


@pytest.mark.parametrize("uri", ["http://127.0.0.1:1", "bolt+x://127.0.0.1", "127.0.0.1:7687", ""])
async def test_an_address_that_is_none_is_refused(uri: str) -> None:
    with pytest.raises(AddressRefused):
        await Store.open(Address(uri, "neo4j", "x", "neo4j"))


_BOUND_SECONDS = 25
"""Many times the store's own patience, for slow machines; less than the driver's, which gives a port 30 s."""


async def test_a_port_where_nobody_listens_is_unavailable_within_bounds() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    async with asyncio.timeout(_BOUND_SECONDS):
        with pytest.raises(Unavailable) as refused:
            await Store.open(Address(f"bolt://127.0.0.1:{port}", "neo4j", "x", "neo4j"))

    assert refused.value.data == {"retry_after_seconds": 2, "outcome_unknown": False}


async def test_a_port_that_never_answers_is_unavailable_within_bounds() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = Address(f"bolt://127.0.0.1:{silent.getsockname()[1]}", "neo4j", "x", "neo4j")

        async with asyncio.timeout(_BOUND_SECONDS):
            with pytest.raises(Unavailable):
                await Store.open(address)
