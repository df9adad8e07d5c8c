"""A data folder whose files were damaged is brought back whole, and its damaged files are kept."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.backup.archive import BackupDamaged
from graph.backup.folder import backup_path, restore_folder
from graph.backup.restore import StoreNotEmpty
from graph.backup.salvage import NothingReadable
from graph.backup.take import take_backup
from graph.embedded.folder import DataFolder, FolderUnusable
from graph.embedded.lock import FolderLock
from graph.embedded.supervisor import EmbeddedEngine
from graph.migrations.run import migrate
from graph.store import Store
from tests.graph.backup.graphs import IDS, make_graph, whole_graph, write_something
from tests.graph.embedded.holder import PEOPLE, Holder

AT = datetime(2025, 3, 1, 8, 5, 9, tzinfo=UTC)

type Whole = tuple[list[str], list[str]]


@asynccontextmanager
async def _opened(data_dir: Path) -> AsyncIterator[Store]:
    async with await EmbeddedEngine.start(data_dir) as engine:
        store = await Store.open(engine.address)
        try:
            yield store
        finally:
            await store.close()


@pytest.fixture(scope="module")
async def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Whole]:
    """A folder that was stopped in order, with a backup in it, and what its graph held then."""
    data_dir = tmp_path_factory.mktemp("kept") / "data"
    async with _opened(data_dir) as store:
        await migrate(store)
        await make_graph(store, people=3_000)
        await take_backup(store, backup_path(data_dir, AT, read_only=False))
        return data_dir, await whole_graph(store)


@pytest.fixture
def damaged(kept: tuple[Path, Whole], tmp_path: Path) -> Callable[[str], Path]:
    """Copies that folder and cuts one of its files in half."""

    def copied(pattern: str) -> Path:
        data_dir = tmp_path / "data"
        shutil.copytree(kept[0], data_dir)
        _halve(data_dir, pattern)
        return data_dir

    return copied


def _halve(data_dir: Path, pattern: str) -> None:
    path = next(path for path in sorted(DataFolder(data_dir).database.glob(pattern)) if path.stat().st_size)
    os.truncate(path, path.stat().st_size // 2)


@pytest.mark.parametrize(
    "pattern",
    ["Person_0.*.bucket", "Person_0_*idx", "dictionary.*.dict", "schema.json", "configuration.json"],
)
async def test_a_damaged_folder_is_brought_back_and_its_files_are_kept(
    kept: tuple[Path, Whole], damaged: Callable[[str], Path], pattern: str
) -> None:
    data_dir = damaged(pattern)
    backup = DataFolder(data_dir).newest_backup()
    assert backup is not None
    before = sorted(path.name for path in DataFolder(data_dir).database.iterdir())

    restored = await restore_folder(data_dir, backup)

    assert restored.set_aside is not None
    assert set(before) <= {path.name for path in restored.set_aside.iterdir()}
    assert sorted(path.name for path in data_dir.iterdir()) == ["backups", "engine"]
    for _ in range(2):  # it stays whole
        async with _opened(data_dir) as store:
            assert store.read_only is None
            assert await whole_graph(store) == kept[1]
    async with _opened(data_dir) as store:
        await write_something(store)


async def test_after_a_crash_too_a_damaged_folder_is_brought_back(data_dir: Path) -> None:
    holder = Holder(data_dir)
    holder.stop()
    async with _opened(data_dir) as store:
        await take_backup(store, data_dir / "a.zaoxue-backup")
    Holder(data_dir).crash()
    _halve(data_dir, "Person_0.*.bucket")

    restored = await restore_folder(data_dir, data_dir / "a.zaoxue-backup")

    assert restored.manifest.nodes == {"Person": PEOPLE, "School": 30}
    async with _opened(data_dir) as store:
        assert store.read_only is None
        assert await store.read("MATCH (p:Person)-[:AT]->(s:School) RETURN count(p.name) AS number") == [
            {"number": PEOPLE}
        ]


async def test_an_empty_folder_takes_a_backup(kept: tuple[Path, Whole], tmp_path: Path) -> None:
    backup = DataFolder(kept[0]).newest_backup()
    assert backup is not None

    restored = await restore_folder(tmp_path / "new", backup)

    assert restored.set_aside is None
    async with _opened(tmp_path / "new") as store:
        assert await whole_graph(store) == kept[1]


async def test_a_whole_folder_that_holds_something_is_refused_and_unchanged(
    kept: tuple[Path, Whole],
) -> None:
    data_dir, before = kept
    backup = DataFolder(data_dir).newest_backup()
    assert backup is not None

    with pytest.raises(StoreNotEmpty):
        await restore_folder(data_dir, backup)

    async with _opened(data_dir) as store:
        assert await whole_graph(store) == before


async def test_a_damaged_backup_leaves_the_damaged_folder_as_it_is(damaged: Callable[[str], Path]) -> None:
    data_dir = damaged("Person_0.*.bucket")
    backup = DataFolder(data_dir).newest_backup()
    assert backup is not None
    os.truncate(backup, backup.stat().st_size - 100)
    before = {path: path.stat().st_size for path in sorted(data_dir.rglob("*"))}

    with pytest.raises(BackupDamaged):
        await restore_folder(data_dir, backup)

    assert {path: path.stat().st_size for path in sorted(data_dir.rglob("*"))} == before


async def test_a_restore_that_fails_half_way_leaves_the_damaged_files_in_place(
    damaged: Callable[[str], Path],
) -> None:
    data_dir = damaged("Person_0.*.bucket")
    backup = DataFolder(data_dir).newest_backup()
    assert backup is not None

    def give_up(done: int, total: int, what: str) -> None:
        raise LookupError("half way")

    with pytest.raises(LookupError, match="half way"):
        await restore_folder(data_dir, backup, give_up)

    assert sorted(path.name for path in data_dir.iterdir()) == ["backups", "engine"]
    async with _opened(data_dir) as store:
        assert store.read_only is not None
        assert store.read_only.backup == backup
    lock = await FolderLock.take(DataFolder(data_dir).lock, "test")
    lock.release()


async def test_what_can_be_read_of_a_damaged_folder_is_saved_and_brought_back(
    damaged: Callable[[str], Path],
) -> None:
    data_dir = damaged("Person_0.*.bucket")
    path = backup_path(data_dir, AT, read_only=True)
    async with _opened(data_dir) as store:
        saved = await take_backup(store, path)

    assert saved.nodes["School"] == len(IDS)
    assert 0 < saved.nodes["Person"] < 3_000
    assert saved.relationships == {"AT": saved.nodes["Person"], "NEAR": 3}
    assert saved.unread == 3_000 - saved.nodes["Person"]
    await restore_folder(data_dir, path)
    async with _opened(data_dir) as store:
        assert store.read_only is None
        await write_something(store)
        rows = await store.read("MATCH (p:Person)-[:AT]->(s:School) RETURN count(p.number) AS number")
        assert rows == [{"number": saved.nodes["Person"]}]


@pytest.mark.parametrize("pattern", ["Person_0_out_edges.*.bucket", "School_0_in_edges.*.bucket"])
async def test_a_relationship_that_one_end_has_lost_is_saved_from_the_other(
    kept: tuple[Path, Whole], damaged: Callable[[str], Path], pattern: str
) -> None:
    data_dir = damaged(pattern)
    path = backup_path(data_dir, AT, read_only=True)
    async with _opened(data_dir) as store:
        saved = await take_backup(store, path)

    assert saved.unread == 0
    await restore_folder(data_dir, path)
    async with _opened(data_dir) as store:
        assert await whole_graph(store) == kept[1]


async def test_where_nothing_can_be_read_no_file_is_left(damaged: Callable[[str], Path]) -> None:
    data_dir = damaged("dictionary.*.dict")
    path = backup_path(data_dir, AT, read_only=True)

    async with _opened(data_dir) as store:
        with pytest.raises(NothingReadable):
            await take_backup(store, path)

    assert not path.exists()


def test_a_backup_goes_into_the_folder_that_a_damaged_store_names(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)

    whole, saved = (backup_path(tmp_path, AT, read_only=read_only) for read_only in (False, True))
    saved.touch()

    assert whole == tmp_path / "backups" / "2025-03-01T080509.zaoxue-backup"
    assert folder.newest_backup() is None
    whole.touch()
    assert folder.newest_backup() == whole


def test_a_folder_for_backups_that_can_not_be_made_is_one_clear_refusal(tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("a file")

    with pytest.raises(FolderUnusable):
        backup_path(tmp_path, AT, read_only=False)
