"""Bring GraphiQL and React into server/pages/vendor: versions and SHA-256 as package.json pins them.

npm brings each package from the registry it is set up for; nothing of it runs, four files are taken.
Exits 0 when the files are there, 1 when they could not be brought (the service then shows its small page).
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "server" / "pages" / "vendor"
SECONDS = 180


class NotBrought(Exception):
    """The files could not be brought; the message says why."""


def main() -> int:
    """Bring what is missing or differs; the exit code."""
    pins = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    bundles: dict[str, str] = pins["bundles"]
    if all(_is_there(bundle, digest) for bundle, digest in bundles.items()):
        return 0
    try:
        with tempfile.TemporaryDirectory() as folder:
            for name, version in pins["dependencies"].items():
                archive = _pack(name, version, Path(folder))
                for bundle in [each for each in bundles if each.startswith(f"{name}/")]:
                    _keep(bundle, bundles[bundle], _member(archive, bundle.removeprefix(f"{name}/")))
    except NotBrought as problem:
        print(f"GraphiQL was not brought ({problem}): /graphql will show the small page.", file=sys.stderr)
        return 1
    return 0


def _is_there(bundle: str, digest: str) -> bool:
    path = VENDOR / Path(bundle).name
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def _pack(name: str, version: str, folder: Path) -> Path:
    """The package's archive, whose integrity npm has checked."""
    npm = shutil.which("npm")
    if npm is None:
        raise NotBrought("npm is not installed")
    command = [
        npm,
        "pack",
        "--silent",
        "--ignore-scripts",
        "--pack-destination",
        str(folder),
        f"{name}@{version}",
    ]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=SECONDS)
    except subprocess.CalledProcessError as problem:
        raise NotBrought(
            f"npm could not fetch {name} {version}, its exit code is {problem.returncode}"
        ) from problem
    except subprocess.TimeoutExpired as problem:
        raise NotBrought(f"npm did not fetch {name} {version} within {SECONDS} s") from problem
    return folder / f"{name}-{version}.tgz"


def _member(archive: Path, path: str) -> bytes:
    with tarfile.open(archive) as opened:
        file = opened.extractfile(f"package/{path}")
        assert file is not None
        return file.read()


def _keep(bundle: str, digest: str, content: bytes) -> None:
    if hashlib.sha256(content).hexdigest() != digest:
        raise NotBrought(f"{bundle} is not the file that package.json pins")
    VENDOR.mkdir(parents=True, exist_ok=True)
    aside = VENDOR / f".{Path(bundle).name}"
    aside.write_bytes(content)
    aside.replace(VENDOR / Path(bundle).name)


if __name__ == "__main__":
    sys.exit(main())
