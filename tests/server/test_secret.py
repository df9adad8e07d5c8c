"""The secret that signs cursors."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from server.secret import SecretUnusable, cursor_secret
from server.settings import read_settings


def test_a_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    settings = read_settings({"ZAOXUE_DATA": str(tmp_path / "data")})
    secret = cursor_secret(settings)
    assert len(secret) == 64
    assert cursor_secret(settings) == secret
    kept = list((tmp_path / "data").iterdir())
    assert [(path.name, stat.S_IMODE(path.stat().st_mode)) for path in kept] == [("cursor-secret", 0o600)]


def test_two_data_folders_have_two_secrets(tmp_path: Path) -> None:
    first, second = (read_settings({"ZAOXUE_DATA": str(tmp_path / name)}) for name in ("a", "b"))
    assert cursor_secret(first) != cursor_secret(second)


def test_a_named_file_is_used_and_nothing_is_made(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_bytes(b"0123456789abcdef0123456789abcdef\n")
    data = tmp_path / "data"
    settings = read_settings({"ZAOXUE_DATA": str(data), "ZAOXUE_SECRET_FILE": str(file)})
    assert cursor_secret(settings) == b"0123456789abcdef0123456789abcdef"
    assert not data.exists()


@pytest.mark.parametrize("content", [b"", b"  \n", b"0123456789abcdef"])
def test_an_emptied_or_shortened_secret_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    settings = read_settings({"ZAOXUE_DATA": str(tmp_path / "data")})
    cursor_secret(settings)
    path = tmp_path / "data" / "cursor-secret"
    path.write_bytes(content)
    with pytest.raises(SecretUnusable) as refused:
        cursor_secret(settings)
    assert str(path) in refused.value.zh
    assert "没有改动" in refused.value.zh
    assert "nothing was changed" in refused.value.en
    assert path.read_bytes() == content


def test_a_named_file_that_was_emptied_after_the_settings_were_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_bytes(b"")
    settings = replace(read_settings({"ZAOXUE_DATA": str(tmp_path / "data")}), secret_file=file)
    with pytest.raises(SecretUnusable, match="secret"):
        cursor_secret(settings)
    assert not (tmp_path / "data").exists()
