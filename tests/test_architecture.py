"""The rules of the house that no tool knows: rooms, imports by name, files, locks, and what may not stand in text."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("graph", "recommender", "resolvers", "schema", "seeds", "server")
"""The import packages that the wheel holds."""
FOLDERS = {*ROOMS, ".ci", "bench", "docs", "scripts", "tests"}
"""Every folder of the repository that holds files of ours."""
OF_GRAPH = {
    "recommender": {"graph.errors", "graph.model"},
    # The store's type stands in the request's context, and a key used twice is told to the caller.
    "schema": {
        "graph.access",
        "graph.compiler",
        "graph.errors",
        "graph.model",
        "graph.store",
        "graph.writing",
    },
    # Raw input is written as an office would send it, through the one write path.
    "seeds": {"graph.errors", "graph.model", "graph.nodes", "graph.store", "graph.writing"},
}
"""What the rooms that may not use all of graph use of it, imports for the type checker counted too."""
OTHER_LINES = 400
TEST_LINES = 500


def _tracked() -> list[Path]:
    """The files that git keeps, or will keep with the next commit."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return sorted(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


TRACKED = _tracked()
SOURCES = [path for path in TRACKED if path.suffix == ".py"]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _module(path: Path) -> str:
    return _name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _imports(path: Path) -> Iterator[str]:
    """The modules that a file imports, anywhere in it; `from a import b` counts as a.b."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _importers_of(package: str) -> set[str]:
    """The modules of the rooms that import a third-party package."""
    return {
        _module(path)
        for path in SOURCES
        if _name(path).split("/")[0] in ROOMS
        and any(name.split(".")[0] == package for name in _imports(path))
    }


def _ours_imported_by(room: str) -> set[str]:
    """What a room imports of the others, as room and module below it: `graph.model`."""
    return {
        ".".join(name.split(".")[:2])
        for path in SOURCES
        if _name(path).startswith(f"{room}/")
        for name in _imports(path)
        if name.split(".")[0] in {*ROOMS, "tests", "bench"} - {room}
    }


def test_the_import_contracts_hold() -> None:
    # Out of process: import-linter switches the loggers of this one off.
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
        "--no-cache",
    ]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert ran.returncode == 0, ran.stdout


def test_every_folder_is_a_known_room() -> None:
    assert {_name(path).split("/")[0] for path in TRACKED if "/" in _name(path)} <= FOLDERS


def test_the_wheel_and_the_contracts_name_every_room() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert sorted(settings["hatch"]["build"]["targets"]["wheel"]["packages"]) == sorted(ROOMS)
    assert sorted(settings["importlinter"]["root_packages"]) == sorted(ROOMS)


def test_the_vocabulary_imports_the_standard_library_and_itself_only() -> None:
    files = [path for path in SOURCES if _name(path).startswith("graph/model/")] + [
        ROOT / "graph" / "errors.py"
    ]
    strangers = {
        name
        for path in files
        for name in _imports(path)
        if name.split(".")[0] not in sys.stdlib_module_names
        and not name.startswith(("graph.model.", "graph.errors."))
    }
    assert strangers == set()


@pytest.mark.parametrize("room", OF_GRAPH)
def test_a_room_uses_of_graph_what_it_may(room: str) -> None:
    used = {name for name in _ours_imported_by(room) if name.split(".")[0] == "graph"}
    assert used <= OF_GRAPH[room]


def test_the_recommender_does_no_io_and_reads_no_clock() -> None:
    forbidden = {
        "asyncio",
        "datetime.datetime",
        "os",
        "random",
        "secrets",
        "socket",
        "subprocess",
        "threading",
        "time",
    }
    found = {
        (_module(path), name)
        for path in SOURCES
        if _name(path).startswith("recommender/")
        for name in _imports(path)
        if name in forbidden or name.split(".")[0] in forbidden
    }
    assert found == set()


def test_graph_imports_nothing_of_ours() -> None:
    assert _ours_imported_by("graph") == set()


def test_nobody_imports_the_server_the_tests_or_the_benchmarks() -> None:
    for room in ROOMS:
        tops = {name.split(".")[0] for name in _ours_imported_by(room)}
        assert tops & {"server", "tests", "bench"} == set(), room


def test_the_driver_is_spoken_to_in_one_place() -> None:
    assert _importers_of("neo4j") <= {"graph.store", "graph.lending", "graph.refusals"}


def test_workbooks_are_opened_in_one_place() -> None:
    assert all(name.startswith("resolvers.workbook.") for name in _importers_of("openpyxl"))


def test_graphql_types_stay_in_schema_and_server() -> None:
    assert {name.split(".")[0] for name in _importers_of("strawberry")} <= {"schema", "server"}


def test_no_dependency_takes_the_name_of_a_room() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        names = set(re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE))
        assert len(names) > 20
        assert names & {*ROOMS, "tests", "bench"} == set()


def test_a_lock_pins_every_package_by_hash() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
        assert [line for line in text.splitlines() if "==" in line and "--hash=sha256:" not in line] == []


def test_both_locks_pin_the_same_versions() -> None:
    pins = [
        set(re.findall(r"^[A-Za-z0-9._-]+==[^ ;]+", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))
        for lock in ("requirements.lock", "requirements-dev.lock")
    ]
    assert pins[0] <= pins[1]


def test_no_file_grows_past_what_a_reader_holds() -> None:
    long = {
        _name(path): lines
        for path in SOURCES
        if (lines := len(path.read_text(encoding="utf-8").splitlines()))
        > (TEST_LINES if _name(path).startswith("tests/") else OTHER_LINES)
    }
    assert long == {}


def test_no_file_has_a_name_that_says_nothing() -> None:
    empty = {"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"}
    assert [_name(path) for path in SOURCES if {*path.relative_to(ROOT).with_suffix("").parts} & empty] == []


def test_every_package_says_what_it_is_and_does_nothing() -> None:
    packages = {path.parent for path in SOURCES if _name(path).split("/")[0] in {*ROOMS, "tests", "bench"}}
    assert [_name(folder) for folder in packages if not (folder / "__init__.py").is_file()] == []
    for folder in packages:
        body = ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))
        assert ast.get_docstring(body), _name(folder)
        assert len(body.body) == 1, _name(folder)


# Put together here, so that this file does not hold what it looks for.
_FOREIGN = re.compile(
    "|".join(
        [
            "/" + "work/", "/" + "root/", "/home" + "/[a-z]", "/" + "Users/", r"files\.python" + "hosted",
            r"pypi" + r"\.org", r"registry\.npm" + "js", r"repo1?\.maven", r"maven" + r"\.org", r"crates" + r"\.io",
            r"deb\.deb" + "ian", r"unpkg" + r"\.com", r"jsdelivr" + r"\.net", r"docker" + r"\.io", r"ghcr" + r"\.io",
        ]
    )
)  # fmt: skip


def test_no_text_names_this_machine_or_a_registrys_host() -> None:
    found = [
        f"{_name(path)}: {line.strip()[:120]}"
        for path in TRACKED
        if path.suffix not in {".png", ".xlsx"}
        for line in path.read_text(encoding="utf-8").splitlines()
        if _FOREIGN.search(line)
    ]
    assert found == []


def test_nothing_that_was_brought_or_made_is_tracked() -> None:
    names = [_name(path) for path in TRACKED]
    made = ("node_modules/", "server/pages/vendor/", ".venv/", ".tools/", "zaoxue-data/", "package-lock.json")
    assert [name for name in names if name.startswith(made)] == []
