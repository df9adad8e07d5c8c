"""How a command line finds the engine that another process runs on the same folder."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from graph.embedded.folder import DATABASE, USER, DataFolder, read_json, refusing_bad_folder, write_json
from graph.embedded.process import Ports
from graph.store import Address, ReadOnlyReason


def find_running(data_dir: Path) -> Address | None:
    """Where the engine answers that serves `data_dir` now; None where none runs.

    Raises: FolderUnusable (it runs under another user).
    """
    folder = DataFolder(data_dir.absolute())
    with refusing_bad_folder(folder.root):
        if not folder.lock.exists() or not _is_locked(folder.lock):
            return None
        match read_json(folder.running):
            case {"bolt_port": int(bolt), "http_port": int(http), "read_only": said}:
                return address_of(folder, Ports(bolt, http), _reason(said))
    return None  # it is only just starting, or stopping


def address_of(folder: DataFolder, ports: Ports, read_only: ReadOnlyReason | None) -> Address:
    """The address of the engine that serves `folder` on `ports`."""
    return Address(
        uri=f"bolt://127.0.0.1:{ports.bolt}",
        user=USER,
        password=folder.password(),
        database=DATABASE,
        engine="embedded",
        read_only=read_only,
        turns=folder.turns,
        sql_port=ports.http,
    )


def tell_running(folder: DataFolder, ports: Ports, read_only: ReadOnlyReason | None) -> None:
    """Leaves word in the folder for `find_running`."""
    said = read_only and {
        "zh": read_only.zh,
        "en": read_only.en,
        "damaged": list(read_only.damaged),
        "backup": read_only.backup and str(read_only.backup),
    }
    write_json(
        folder.running,
        {"pid": os.getpid(), "bolt_port": ports.bolt, "http_port": ports.http, "read_only": said},
    )


def forget_running(folder: DataFolder) -> None:
    """Takes the word back."""
    folder.running.unlink(missing_ok=True)


def _is_locked(lock: Path) -> bool:
    descriptor = os.open(lock, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _reason(said: object) -> ReadOnlyReason | None:
    match said:
        case {"zh": str(zh), "en": str(en), "damaged": list(damaged), "backup": backup}:
            return ReadOnlyReason(zh, en, tuple(damaged), Path(str(backup)) if backup else None)
    return None
