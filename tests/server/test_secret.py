"""The secret that signs cursors."""

from __future__ import annotations

import stat
from pathlib import Path

from server.secret import cursor_secret
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
