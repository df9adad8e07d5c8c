"""The files of a data folder: whole or not there, and told as what they are where they are broken."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from graph.embedded.folder import DataFolder, FolderUnusable, PasswordUnusable
from graph.embedded.integrity import sizes_of
from graph.embedded.supervisor import EmbeddedEngine


@pytest.fixture
def folder(data_dir: Path) -> DataFolder:
    prepared = DataFolder(data_dir)
    prepared.prepare()
    return prepared


def _files(folder: DataFolder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.engine.iterdir() if path.is_file()}


def test_the_password_is_made_once_and_alone(folder: DataFolder) -> None:
    password = folder.password()

    assert folder.password() == password
    assert _files(folder) == {"password": password.encode()}
    assert stat.S_IMODE((folder.engine / "password").stat().st_mode) == 0o600


def test_a_crash_while_the_password_is_written_leaves_no_file_of_that_name(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(FolderUnusable, match="No space left") as refused:
            folder.password()
    assert "（磁盘已满）" in refused.value.zh
    assert _files(folder) == {}
    assert len(folder.password()) == 43


@pytest.mark.parametrize("content", [b"", b"\n", b"short", b"\x00" * 43, b"\xff" * 43])
def test_a_broken_password_file_is_told_as_that(folder: DataFolder, content: bytes) -> None:
    (folder.engine / "password").write_bytes(content)
    with pytest.raises(PasswordUnusable) as refused:
        folder.password()

    assert refused.value.data["path"] == str(folder.engine / "password")
    assert "数据没有损坏" in refused.value.zh
    assert "delete that file" in refused.value.en
    assert _files(folder) == {"password": content}


async def test_a_store_whose_password_file_was_emptied_is_left_as_it_is_and_opens_when_it_is_gone(
    data_dir: Path,
) -> None:
    folder = DataFolder(data_dir)
    async with await EmbeddedEngine.start(data_dir):
        pass
    (folder.engine / "password").write_bytes(b"")
    before = _files(folder), sizes_of(folder.database)
    with pytest.raises(PasswordUnusable):
        await EmbeddedEngine.start(data_dir)
    assert (_files(folder), sizes_of(folder.database)) == before

    (folder.engine / "password").unlink()
    async with await EmbeddedEngine.start(data_dir) as engine:
        assert engine.read_only is None
