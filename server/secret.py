"""The secret that signs cursors: the file that was named, or one made in the data folder."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from server.keys import SECRET_BYTES
from server.settings import Settings

FILE_NAME = "cursor-secret"
"""Its name in the data folder."""


def cursor_secret(settings: Settings) -> bytes:
    """The secret, at least 32 bytes; the same at every start on the same data folder or file.

    Made on first use, readable by its owner alone. Replicas beside each other need one file for all.
    """
    if settings.secret_file is not None:
        return settings.secret_file.read_bytes().strip()
    settings.data.mkdir(parents=True, exist_ok=True)
    path = settings.data / FILE_NAME
    if not path.exists():
        _make(path)
    return path.read_bytes().strip()


def _make(path: Path) -> None:
    # Written aside and linked into place: two starts at once agree on one secret, none reads half of one.
    aside = path.with_name(f"{FILE_NAME}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_hex(SECRET_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
