"""What a backup holds comes back exactly into an empty store, and nowhere else."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from graph.backup.archive import BackupDamaged, BackupTooNew
from graph.backup.manifest import NODES, RELATIONSHIPS
from graph.backup.restore import RestoreDiffers, StoreNotEmpty, restore_backup
from graph.backup.take import take_backup
from graph.embedded.supervisor import EmbeddedEngine
from graph.errors import ZaoxueError
from graph.migrations.run import LAYOUT, layout_of, migrate
from graph.store import Store, Transaction
from graph.writing import Command, KeyReused, Outcome, commit
from tests.graph.backup.graphs import AT, VALUES, make_graph, whole_graph, write_something


async def _empty(store: Store) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.run("MATCH (n) WHERE NOT n:Version DETACH DELETE n")
        await transaction.run("MATCH (v:Version {id: 'graph'}) SET v.number = 0")

    await store.write(work)


async def test_everything_comes_back_exactly(store: Store, tmp_path: Path) -> None:
    await make_graph(store)
    before = await whole_graph(store)
    taken = await take_backup(store, tmp_path / "a.zaoxue-backup")
    await _empty(store)

    restored = await restore_backup(store, tmp_path / "a.zaoxue-backup")

    assert await whole_graph(store) == before
    assert restored == taken
    rows = await store.read("MATCH (s:School {id: 's-1'}) RETURN properties(s) AS school")
    assert rows == [{"school": {"id": "s-1", "touched": 1, **VALUES}}]


async def test_what_comes_back_is_found_by_its_words_also_from_before_there_were_any(
    store: Store, tmp_path: Path
) -> None:
    async def make(transaction: Transaction) -> None:
        await transaction.run("CREATE (:Topic {id: 'a', name: '作业', searched: ' 作业 业'})")
        await transaction.run("CREATE (:Topic {id: 'b', name: '作业设计'})")
        await transaction.run("MATCH (v:Version {id: 'layout'}) SET v.number = 3")

    await store.write(make)
    await take_backup(store, tmp_path / "a.zaoxue-backup")
    await _empty(store)

    await restore_backup(store, tmp_path / "a.zaoxue-backup")

    rows = await store.read(
        "CALL db.index.fulltext.queryNodes('Topic[searched]', '+作业') YIELD node WITH node ORDER BY node.id"
        " RETURN collect([node.id, node.searched]) AS found"
    )
    assert rows == [{"found": [["a", " 作业 业"], ["b", " 作业 业设 设计 计"]]}]
    assert await layout_of(store) == LAYOUT


async def test_a_second_backup_is_the_same_as_the_first(store: Store, tmp_path: Path) -> None:
    await make_graph(store)
    first = await take_backup(store, tmp_path / "first")
    await _empty(store)
    await restore_backup(store, tmp_path / "first")

    second = await take_backup(store, tmp_path / "second")

    assert second.members == first.members


async def test_one_engines_backup_comes_back_on_another(store: Store, tmp_path: Path) -> None:
    await make_graph(store)
    before = await whole_graph(store)
    await take_backup(store, tmp_path / "a.zaoxue-backup")

    async with await EmbeddedEngine.start(tmp_path / "data") as engine:
        other = await Store.open(engine.address)
        await restore_backup(other, tmp_path / "a.zaoxue-backup")
        assert await whole_graph(other) == before
        await other.close()


async def test_the_write_path_goes_on_where_it_was(store: Store, tmp_path: Path) -> None:
    await make_graph(store)
    await take_backup(store, tmp_path / "a.zaoxue-backup")
    await _empty(store)
    await restore_backup(store, tmp_path / "a.zaoxue-backup")

    async def never(transaction: Transaction) -> Outcome:
        raise AssertionError("a repeated key does no work")

    assert await commit(store, Command("makeGraph", "p-1", AT, "key-1", "f"), never) == {"made": 5}
    with pytest.raises(KeyReused):
        await commit(store, Command("makeGraph", "p-1", AT, "key-1", "other"), never)
    await write_something(store)
    rows = await store.read(
        "MATCH (a:AuditEntry) WITH a ORDER BY a.number RETURN collect(a.number) AS numbers"
    )
    assert rows == [{"numbers": [1, 2, 3]}]
    assert await migrate(store) == []


async def test_what_every_prepared_store_holds_is_no_content(store: Store, tmp_path: Path) -> None:
    await make_graph(store)
    await write_something(store)
    before = await whole_graph(store)
    await take_backup(store, tmp_path / "a.zaoxue-backup")
    await _empty(store)

    async def prepare(transaction: Transaction) -> Outcome:
        await transaction.run("CREATE (:Rule {id: 'x/y'})-[:IN]->(:RuleSet {id: 'x'})")
        return Outcome({})

    await commit(store, Command("keepRules", "administrator", AT), prepare)
    await restore_backup(store, tmp_path / "a.zaoxue-backup")

    assert await whole_graph(store) == before


async def test_a_store_that_holds_something_is_refused_and_unchanged(store: Store, tmp_path: Path) -> None:
    await make_graph(store)
    taken = await take_backup(store, tmp_path / "a.zaoxue-backup")
    before = await whole_graph(store)

    with pytest.raises(StoreNotEmpty) as refused:
        await restore_backup(store, tmp_path / "a.zaoxue-backup")

    assert (refused.value.data["nodes"], refused.value.data["content"]) == (taken.node_count, 17)
    assert refused.value.zh.startswith("图库中已有 21 个节点（17 个是内容，其余是规则、写入记录与版本）")
    assert refused.value.en.startswith(
        "the store holds 21 nodes (17 are content, the others rules, records of writes and versions)"
    )
    assert "--data" in refused.value.zh
    assert await whole_graph(store) == before


async def test_a_doubled_relationship_comes_in_once_and_is_counted_so(store: Store, tmp_path: Path) -> None:
    await make_graph(store)
    before = await whole_graph(store)

    async def double(transaction: Transaction) -> None:
        await transaction.run("MATCH (s:School {id: 's-1'})-[:NEAR]->(t:School) CREATE (s)-[:NEAR]->(t)")

    await store.write(double)
    taken = await take_backup(store, tmp_path / "a.zaoxue-backup")
    await _empty(store)

    restored = await restore_backup(store, tmp_path / "a.zaoxue-backup")

    assert await whole_graph(store) == before
    assert taken.relationships == {"AT": 5, "NEAR": 4}
    assert restored.relationships == {"AT": 5, "NEAR": 3}


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _flip(content: bytes) -> bytes:
    middle = content.index(b"nodes.jsonl") + 60
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


@pytest.mark.parametrize("spoil", [_cut, _flip, lambda content: b"no zip at all", lambda content: b""])
async def test_a_damaged_file_is_refused_and_nothing_changed(
    store: Store, tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    await make_graph(store)
    path = tmp_path / "a.zaoxue-backup"
    await take_backup(store, path)
    path.write_bytes(spoil(path.read_bytes()))
    await _empty(store)
    before = await whole_graph(store)

    with pytest.raises(BackupDamaged) as refused:
        await restore_backup(store, path)

    assert str(path) in refused.value.en
    assert "不是完整的备份" in refused.value.zh
    assert await whole_graph(store) == before


async def test_a_file_that_is_not_there_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BackupDamaged) as refused:
        await restore_backup(store, tmp_path / "none")

    assert refused.value.data["what"] == "No such file or directory"


def _rewrite(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """The archive with other contents, hashes made right again unless the manifest itself was changed."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = members["manifest.json"]
    change(members)
    if "manifest.json" in members and members["manifest.json"] == manifest:
        values = json.loads(manifest)
        values["members"] = {name: sha256(members[name]).hexdigest() for name in (NODES, RELATIONSHIPS)}
        members["manifest.json"] = json.dumps(values).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def _changed(**fields: object) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        values = {**json.loads(members["manifest.json"]), **fields}
        members["manifest.json"] = json.dumps(values).encode()

    return change


def _without(name: str) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        del members[name]

    return change


def _with_line(name: str, line: str) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        members[name] += line.encode() + b"\n"

    return change


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (_changed(format=2), BackupTooNew),
        (_changed(layout=LAYOUT + 1), BackupTooNew),
        (_changed(layout="one"), BackupDamaged),
        (_changed(members={}), BackupDamaged),
        (_without("manifest.json"), BackupDamaged),
        (_with_line(NODES, "{"), BackupDamaged),
        (_with_line(NODES, '{"label": "X) DETACH DELETE (n", "properties": {"id": "x"}}'), BackupDamaged),
        (_with_line(RELATIONSHIPS, '["AT"]'), BackupDamaged),
        (_with_line(NODES, '{"label": "School", "properties": {"id": "one more"}}'), RestoreDiffers),
        (
            _with_line(RELATIONSHIPS, '{"kind": "AT", "from": ["Person", "nobody"], "to": ["School", "s-1"]}'),
            RestoreDiffers,
        ),
        (_changed(nodes={"School": 1}), RestoreDiffers),
    ],
)  # fmt: skip
async def test_a_file_that_does_not_hold_together_is_refused_and_nothing_changed(
    store: Store, tmp_path: Path, change: Callable[[dict[str, bytes]], None], error: type[ZaoxueError]
) -> None:
    await make_graph(store)
    path = tmp_path / "a.zaoxue-backup"
    await take_backup(store, path)
    _rewrite(path, change)
    await _empty(store)
    before = await whole_graph(store)

    with pytest.raises(error):
        await restore_backup(store, path)

    assert await whole_graph(store) == before
    assert await layout_of(store) == LAYOUT
