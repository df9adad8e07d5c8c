"""The example queries, as tabs of the /graphql page: the first ones a stranger runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "examples"
"""One .graphql file an example, shown in the order of their names; NAME.json beside one holds its variables."""
_TITLES = re.compile(r"\A# (?P<zh>[^\n]+)\n# (?P<en>[^\n]+)\n")


@dataclass(frozen=True, slots=True)
class Tab:
    """One example: its titles in Chinese and English, its document, its variables as JSON text ('' for none)."""

    zh: str
    en: str
    query: str
    variables: str


def read_tabs(folder: Path = FOLDER) -> list[Tab]:
    """The examples, in order. Raises ValueError for a file whose first two lines are not its titles."""
    return [_read(path) for path in sorted(folder.glob("*.graphql"))]


def _read(path: Path) -> Tab:
    query = path.read_text(encoding="utf-8")
    titles = _TITLES.match(query)
    if titles is None:
        raise ValueError(f"{path.name!r} must begin with two comments: its Chinese title, its English one")
    variables = path.with_suffix(".json")
    return Tab(
        zh=titles["zh"],
        en=titles["en"],
        query=query,
        variables=variables.read_text(encoding="utf-8") if variables.exists() else "",
    )
