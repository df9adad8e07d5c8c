"""Brings the peer and the sender of requests: npm installs what `peer/package.json` pins into `.tools/peer`."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

from graph.errors import ZaoxueError

_SOURCES = Path(__file__).with_name("peer")
FOLDER = Path(__file__).parents[2] / ".tools" / "peer"
"""Ignored by git; what is installed stays there for the next run."""


class PeerMissing(ZaoxueError):
    """Node, npm or a package is missing, so there is nothing to compare with."""

    code = "PEER_MISSING"


def bring_peer() -> Path:
    """The folder that the peer's server and the sender run in. Raises PeerMissing."""
    node()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for source in _SOURCES.iterdir():
        shutil.copy(source, FOLDER)
    wanted = hashlib.sha256((FOLDER / "package.json").read_bytes()).hexdigest()
    stamp = FOLDER / "installed"
    if not stamp.exists() or stamp.read_text() != wanted:
        _install()
        stamp.write_text(wanted)
    return FOLDER


def node() -> str:
    """Where Node is. Raises PeerMissing."""
    return _program("node")


def _install() -> None:
    command = [_program("npm"), "install", "--no-package-lock", "--omit=dev", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True)
    if done.returncode != 0:
        raise PeerMissing(
            f"npm 未能安装对照服务：\n{done.stderr[-2000:]}",
            f"npm could not install the peer:\n{done.stderr[-2000:]}",
        )


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise PeerMissing(
            f"需要 {name}（Node 20 或更新），PATH 上没有",
            f"{name} is needed (Node 20 or newer) and is not on the PATH",
        )
    return found
