"""The wheel: everything that the service needs at run time is in it, and nothing else of the checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from server.pages.routes import VENDOR, VENDOR_FILES

ROOT = Path(__file__).parents[1]
ROOMS = {"graph", "recommender", "resolvers", "schema", "seeds", "server"}


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in a wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("zaoxue-*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_holds_the_rooms_and_nothing_else(packed: set[str]) -> None:
    tops = {name.split("/")[0] for name in packed}
    assert {top for top in tops if not top.endswith(".dist-info")} == ROOMS
    assert [name for name in packed if "__pycache__" in name] == []


def test_the_wheel_holds_every_file_that_the_rooms_keep_beside_their_code(packed: set[str]) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *ROOMS], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    kept = {name for name in listed.split("\0") if name and (ROOT / name).is_file()}
    assert "schema/schema.graphql" in kept
    assert kept - packed == set()


@pytest.mark.skipif(
    not all((VENDOR / name).is_file() for name in VENDOR_FILES),
    reason="GraphiQL was not brought: npm is missing",
)
def test_the_wheel_carries_the_browser_code_that_git_ignores(packed: set[str]) -> None:
    assert {f"server/pages/vendor/{name}" for name in VENDOR_FILES} <= packed
