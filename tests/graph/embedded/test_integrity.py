"""A data file that lost a part is noticed at the next start, whatever file it is and however the stop was."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.embedded.folder import DataFolder, NothingToSetAside
from graph.embedded.integrity import Manifest, judge_files, read_only_reason, sizes_of
from graph.embedded.process import StoreDamaged
from graph.embedded.running import find_running
from graph.embedded.supervisor import EmbeddedEngine
from graph.store import ReadOnly, Store, Transaction
from tests.graph.embedded.holder import Holder

_KINDS = (
    "Person_0.*.bucket",
    "School_0.*.bucket",
    "AT_0.*.bucket",
    "Person_0_out_edges.*.bucket",
    "School_0_in_edges.*.bucket",
    "Person_0_*.umtidx",
    "Person_0_*.numtidx",
    "School_0_*.numtidx",
    "dictionary.*.dict",
)


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled data folder whose engine was stopped in order."""
    data_dir = tmp_path_factory.mktemp("stopped") / "data"
    Holder(data_dir).stop()
    return data_dir


@pytest.fixture(scope="module")
def crashed(stopped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, started once more and crashed: its log no longer holds what was written first."""
    data_dir = tmp_path_factory.mktemp("crashed") / "data"
    shutil.copytree(stopped, data_dir)
    Holder(data_dir).crash()
    return data_dir


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[Path], DataFolder]:
    """Copies a data folder for one test to spoil."""

    def copied(data_dir: Path) -> DataFolder:
        shutil.copytree(data_dir, tmp_path / "data")
        return DataFolder(tmp_path / "data")

    return copied


def _halve(folder: DataFolder, pattern: str) -> str:
    """Cuts the first file that matches in half; its name."""
    path = next(path for path in sorted(folder.database.glob(pattern)) if path.stat().st_size)
    os.truncate(path, path.stat().st_size // 2)
    return path.name


@pytest.mark.parametrize("pattern", [*_KINDS, "last-tx-id.bin", "statistics.json"])
async def test_a_truncated_file_after_a_clean_stop_makes_the_store_read_only(
    stopped: Path, copy_of: Callable[[Path], DataFolder], pattern: str
) -> None:
    folder = copy_of(stopped)
    name = _halve(folder, pattern)

    for _ in range(2):  # the verdict outlives the start that found it
        async with await EmbeddedEngine.start(folder.root) as engine:
            assert engine.read_only is not None
            assert name in engine.read_only.en
            assert name in engine.read_only.zh


@pytest.mark.parametrize("pattern", _KINDS)
async def test_a_truncated_file_after_a_crash_makes_the_store_read_only(
    crashed: Path, copy_of: Callable[[Path], DataFolder], pattern: str
) -> None:
    folder = copy_of(crashed)
    name = _halve(folder, pattern)

    for _ in range(2):
        async with await EmbeddedEngine.start(folder.root) as engine:
            assert engine.read_only is not None
            assert name in engine.read_only.en


@pytest.mark.parametrize("pattern", [kind for kind in _KINDS if "dictionary" not in kind])
async def test_the_engines_own_check_sees_what_the_sizes_could_not(
    crashed: Path, copy_of: Callable[[Path], DataFolder], pattern: str
) -> None:
    folder = copy_of(crashed)
    _halve(folder, pattern)
    folder.manifest.unlink()

    for _ in range(2):
        async with await EmbeddedEngine.start(folder.root) as engine:
            assert engine.read_only is not None


@pytest.mark.parametrize("stop", ["stopped", "crashed"])
async def test_what_is_whole_is_found_by_its_words(
    request: pytest.FixtureRequest, copy_of: Callable[[Path], DataFolder], stop: str
) -> None:
    folder = copy_of(request.getfixturevalue(stop))

    async with await EmbeddedEngine.start(folder.root) as engine:
        assert engine.read_only is None
        store = await Store.open(engine.address)
        found = await store.read(
            "CALL db.index.fulltext.queryNodes('School[searched]', $query) YIELD node"
            " WITH node ORDER BY node.id RETURN collect(node.id) AS ids",
            query="+石桥 +2*",
        )
        await store.close()

    assert found == [{"ids": ["s-2", *(f"s-{number}" for number in range(20, 30))]}]


async def test_a_whole_folder_without_a_manifest_is_taken_after_the_check(
    stopped: Path, copy_of: Callable[[Path], DataFolder]
) -> None:
    folder = copy_of(stopped)
    folder.manifest.unlink()

    async with await EmbeddedEngine.start(folder.root) as engine:
        assert engine.read_only is None


@pytest.mark.parametrize("stop", ["stopped", "crashed"])
async def test_a_truncated_schema_makes_the_store_read_only(
    request: pytest.FixtureRequest, copy_of: Callable[[Path], DataFolder], stop: str
) -> None:
    folder = copy_of(request.getfixturevalue(stop))
    _halve(folder, "schema.json")

    async with await EmbeddedEngine.start(folder.root) as engine:
        assert engine.read_only is not None
        assert "schema.json" in engine.read_only.en


@pytest.mark.parametrize("stop", ["stopped", "crashed"])
async def test_files_that_can_not_be_opened_are_one_clear_refusal(
    request: pytest.FixtureRequest, copy_of: Callable[[Path], DataFolder], stop: str
) -> None:
    folder = copy_of(request.getfixturevalue(stop))
    _halve(folder, "configuration.json")

    with pytest.raises(StoreDamaged) as refused:
        await EmbeddedEngine.start(folder.root)

    assert "There is no backup: keep this folder" in refused.value.en
    assert "没有备份：请保留此目录" in refused.value.zh
    assert find_running(folder.root) is None


async def test_a_damaged_store_is_read_and_not_written_and_names_its_backup(
    stopped: Path, copy_of: Callable[[Path], DataFolder]
) -> None:
    folder = copy_of(stopped)
    backups = folder.root / "backups"
    backups.mkdir()
    for age, name in enumerate(["new.zaoxue-backup.gz", "old.zaoxue-backup"]):
        (backups / name).write_text("")
        os.utime(backups / name, (1_700_000_000 - age, 1_700_000_000 - age))
    _halve(folder, "Person_0_*.numtidx")

    async with await EmbeddedEngine.start(folder.root) as engine:
        store = await Store.open(engine.address)

        async def write(transaction: Transaction) -> None:
            await transaction.run("CREATE (:School {id: 'new'})")

        with pytest.raises(ReadOnly) as refused:
            await store.write(write)
        schools = await store.read("MATCH (s:School) RETURN count(s) AS number")
        beside = find_running(folder.root)
        await store.close()

    assert str(backups / "new.zaoxue-backup.gz") in refused.value.en
    assert refused.value.data["backup"] == backups / "new.zaoxue-backup.gz"
    assert schools == [{"number": 30}]
    assert beside is not None
    assert beside.read_only == engine.read_only


async def test_a_damaged_database_set_aside_makes_room_for_a_new_one(
    stopped: Path, copy_of: Callable[[Path], DataFolder]
) -> None:
    folder = copy_of(stopped)
    _halve(folder, "Person_0.*.bucket")

    aside = folder.set_aside_database()

    assert (aside / "schema.json").exists()
    async with await EmbeddedEngine.start(folder.root) as engine:
        assert engine.read_only is None
    with pytest.raises(NothingToSetAside):
        DataFolder(folder.root / "empty").set_aside_database()


async def test_without_a_backup_the_reason_says_how_to_take_out_what_can_be_read(tmp_path: Path) -> None:
    reason = read_only_reason(DataFolder(tmp_path), ("a.bucket: 1 / 2 bytes",))

    assert reason is not None
    assert reason.backup is None
    assert "no backup" in reason.en
    assert "zaoxue export" in reason.en
    assert "没有备份" in reason.zh


def test_only_files_that_must_not_shrink_are_judged_after_a_crash(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    folder.database.mkdir(parents=True)
    for name, size in {"a.1.bucket": 10, "b.2.bucket": 30, "schema.prev.json": 1, "new.3.umtidx": 5}.items():
        (folder.database / name).write_bytes(b"x" * size)
    known = {
        "a.1.bucket": 20,
        "b.2.bucket": 20,
        "gone.4.bucket": 7,
        "gone.5.umtidx": 7,
        "schema.prev.json": 9,
    }

    findings = judge_files(folder, Manifest(False, known))

    assert findings == ("a.1.bucket: 10 / 20 bytes", "gone.4.bucket: missing / 7 bytes")


def test_after_a_clean_stop_every_file_must_be_as_it_was_left(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    folder.database.mkdir(parents=True)
    (folder.database / "a.1.bucket").write_bytes(b"x" * 30)
    (folder.database / "new.json").write_bytes(b"{}")

    findings = judge_files(folder, Manifest(True, {"a.1.bucket": 20, "gone.json": 7}))

    assert findings == (
        "a.1.bucket: 30 / 20 bytes",
        "gone.json: missing / 7 bytes",
        "new.json: 2 / unknown bytes",
    )


def test_a_manifest_is_read_back_as_it_was_recorded(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    folder.database.mkdir(parents=True)
    (folder.database / "a.1.bucket").write_bytes(b"x" * 30)
    manifest = Manifest(True, sizes_of(folder.database), ("b: 1 / 2 records",))

    manifest.record(folder, None)

    assert Manifest.read(folder) == manifest == Manifest(True, {"a.1.bucket": 30}, ("b: 1 / 2 records",))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"clean": 1}'])
def test_a_broken_manifest_is_none(tmp_path: Path, text: str) -> None:
    folder = DataFolder(tmp_path)
    folder.engine.mkdir()
    folder.manifest.write_text(text)

    assert Manifest.read(folder) is None
