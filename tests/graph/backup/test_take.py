"""A backup holds one moment of the graph, and a file bears its name only when it is whole."""

from __future__ import annotations

import json
import stat
import zipfile
from pathlib import Path

import pytest

from graph.backup.archive import check_archive, read_manifest
from graph.backup.take import (
    TRIES,
    BackupExists,
    BackupUnwritable,
    GraphKeepsMoving,
    NotArchivable,
    take_backup,
)
from graph.migrations.run import LAYOUT
from graph.store import ReadOnlyReason, Store, Transaction, Work
from tests.graph.backup.graphs import IDS, make_graph, whole_graph, write_something


class _Interrupted(Store):
    """Somebody writes while a backup is being read, so many times."""

    times = 0

    async def read_together[T](self, work: Work[T]) -> T:
        if self.times == 0:
            return await super().read_together(work)

        async def with_a_write_in_between(transaction: Transaction) -> T:
            return await work(_Writing(transaction, self))  # type: ignore[arg-type]  # a Transaction by form

        self.times -= 1
        return await super().read_together(with_a_write_in_between)


class _Writing:
    def __init__(self, inner: Transaction, store: Store) -> None:
        self._inner, self._store, self._told = inner, store, False

    async def run(self, statement: str, /, **parameters: object) -> object:
        rows = await self._inner.run(statement, **parameters)
        if "School" in statement and not self._told:
            self._told = True
            await write_something(self._store)
        return rows


async def test_a_backup_says_what_it_holds(store: Store, tmp_path: Path) -> None:
    await make_graph(store)

    manifest = await take_backup(store, tmp_path / "a.zaoxue-backup")

    assert manifest.nodes == {
        "AuditEntry": 2,
        "OutboxEvent": 1,
        "Person": 5,
        "Receipt": 1,
        "School": len(IDS),
        "Version": 2,
    }
    assert manifest.relationships == {"AT": 5, "NEAR": 3}
    assert (manifest.node_count, manifest.relationship_count) == (21, 8)
    assert (manifest.layout, manifest.version, manifest.unread) == (LAYOUT, 2, 0)
    assert read_manifest(tmp_path / "a.zaoxue-backup") == manifest
    assert check_archive(tmp_path / "a.zaoxue-backup") == manifest


async def test_the_file_is_json_lines_that_any_program_can_read(store: Store, tmp_path: Path) -> None:
    await make_graph(store)

    await take_backup(store, tmp_path / "a.zaoxue-backup")

    with zipfile.ZipFile(tmp_path / "a.zaoxue-backup") as archive:
        assert archive.namelist() == ["nodes.jsonl", "relationships.jsonl", "manifest.json"]
        nodes = [json.loads(line) for line in archive.read("nodes.jsonl").splitlines()]
        relationships = [json.loads(line) for line in archive.read("relationships.jsonl").splitlines()]
    assert {"label": "Person", "properties": {"id": "p-3", "number": 3, "pseudonym": "x-3"}} in nodes
    assert {"kind": "AT", "from": ["Person", "p-3"], "to": ["School", "s-1"]} in relationships


async def test_only_its_owner_can_read_a_backup(store: Store, tmp_path: Path) -> None:
    await take_backup(store, tmp_path / "a.zaoxue-backup")

    assert stat.S_IMODE((tmp_path / "a.zaoxue-backup").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["a.zaoxue-backup"]


async def test_pages_join_without_a_gap(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make_graph(store, people=50)
    monkeypatch.setattr("graph.backup.reading.PAGE", 7)
    told: list[tuple[int, int]] = []

    manifest = await take_backup(
        store, tmp_path / "a.zaoxue-backup", lambda done, total, what: told.append((done, total))
    )

    assert manifest.nodes["Person"] == 50
    assert manifest.relationships["AT"] == 50
    assert told[-1] == (119, 119)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


async def test_a_write_in_between_begins_the_reading_anew(store: Store, tmp_path: Path) -> None:
    await make_graph(store)
    busy = await _Interrupted.open(store.address)
    busy.times = TRIES - 1

    manifest = await take_backup(busy, tmp_path / "a.zaoxue-backup")

    assert manifest.version == 2 + TRIES - 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.zaoxue-backup"]
    await busy.close()


async def test_a_graph_that_never_rests_leaves_no_file(store: Store, tmp_path: Path) -> None:
    await make_graph(store)
    busy = await _Interrupted.open(store.address)
    busy.times = TRIES

    with pytest.raises(GraphKeepsMoving):
        await take_backup(busy, tmp_path / "a.zaoxue-backup")

    assert list(tmp_path.iterdir()) == []
    await busy.close()


async def test_a_file_that_is_there_is_never_overwritten(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.zaoxue-backup").write_text("precious")

    with pytest.raises(BackupExists) as refused:
        await take_backup(store, tmp_path / "a.zaoxue-backup")

    assert refused.value.data["path"] == str(tmp_path / "a.zaoxue-backup")
    assert (tmp_path / "a.zaoxue-backup").read_text() == "precious"


async def test_a_folder_that_is_not_there_is_one_clear_refusal(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BackupUnwritable) as refused:
        await take_backup(store, tmp_path / "none" / "a.zaoxue-backup")

    assert refused.value.data["reason"] == "No such file or directory"
    assert "无法写入（文件或目录不存在）" in refused.value.zh


async def test_a_node_without_an_id_is_refused_rather_than_left_out(store: Store, tmp_path: Path) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.run("CREATE (:School {name: 'no id'})")

    await store.write(work)

    with pytest.raises(NotArchivable) as refused:
        await take_backup(store, tmp_path / "a.zaoxue-backup")

    assert refused.value.data["what"] == "1 records without an id of their own"
    assert "（1 条记录没有自己的编号）" in refused.value.zh
    assert list(tmp_path.iterdir()) == []


async def test_a_value_without_a_word_in_json_is_refused(store: Store, tmp_path: Path) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.run("CREATE (:School {id: 's-1', opened: date('2025-01-01')})")

    await store.write(work)

    with pytest.raises(NotArchivable):
        await take_backup(store, tmp_path / "a.zaoxue-backup")


async def test_a_read_only_store_is_saved_and_not_written(store: Store, tmp_path: Path) -> None:
    await make_graph(store)
    before = await whole_graph(store)
    damaged = await Store.open(store.address)
    damaged.read_only = ReadOnlyReason("有损坏", "damaged")

    saved = await take_backup(damaged, tmp_path / "a.zaoxue-salvage")
    whole = await take_backup(store, tmp_path / "a.zaoxue-backup")

    assert (saved.nodes, saved.version, saved.layout) == (whole.nodes, whole.version, whole.layout)
    assert saved.relationships == whole.relationships
    assert saved.unread == 0
    assert await whole_graph(store) == before
    await damaged.close()
