"""The documents that are kept: those of this folder's corpus, the README's, the tabs of the /graphql page."""

from __future__ import annotations

import json
import re
from pathlib import Path

from graphql import FieldNode, OperationDefinitionNode, OperationType, parse

from schema.root import schema
from server.pages import tabs
from tests.oracle.declarations import read_declarations
from tests.oracle.documents import Document

FOLDER = Path(__file__).parent / "corpus"
"""One .graphql file a document; NAME.json beside one holds its `bindings` of variables, and in `cursors` which
variable takes a cursor of which of its own lists. `mixed` holds those that ask for computed fields too."""
README = Path(__file__).parents[2] / "README.md"
_ENTRIES = read_declarations(schema._schema).entries


def corpus() -> list[Document]:
    """All documents that are kept and read the graph alone."""
    return list(graph_reads().values())


def graph_reads() -> dict[str, Document]:
    """All documents that are kept and read the graph alone, by name."""
    return _folder(FOLDER) | {name: each for name, each in _shown().items() if not computed(each.text)}


def mixed() -> dict[str, Document]:
    """All reads that are kept and ask for something that Python computes, by name; some for that alone."""
    return _folder(FOLDER / "mixed") | {name: each for name, each in _shown().items() if computed(each.text)}


def computed(text: str) -> list[str]:
    """The root fields of a document that are no entries into the graph."""
    roots = [
        each.name.value
        for operation in parse(text).definitions
        if isinstance(operation, OperationDefinitionNode)
        for each in operation.selection_set.selections
        if isinstance(each, FieldNode)
    ]
    return [name for name in roots if not (name in _ENTRIES or name.startswith("__"))]


def _folder(folder: Path) -> dict[str, Document]:
    return {path.stem: _read(path) for path in sorted(folder.glob("*.graphql"))}


def _read(path: Path) -> Document:
    beside = path.with_suffix(".json")
    told = json.loads(beside.read_text(encoding="utf-8")) if beside.exists() else {}
    text = path.read_text(encoding="utf-8")
    return Document(text, tuple(told.get("bindings", [{}])), told.get("cursors", {}))


def _shown() -> dict[str, Document]:
    """The reads that a stranger sees first."""
    blocks = re.findall(r"```graphql\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    found = {f"readme-{number}": Document(text) for number, text in enumerate(blocks, start=1)}
    files = sorted(tabs.FOLDER.glob("*.graphql"))
    for path, tab in zip(files, tabs.read_tabs(), strict=True):
        found[f"tab-{path.stem}"] = Document(tab.query, (json.loads(tab.variables or "{}"),))
    return {name: each for name, each in found.items() if _is_read(each.text)}


def _is_read(text: str) -> bool:
    definitions = parse(text).definitions
    operations = [each for each in definitions if isinstance(each, OperationDefinitionNode)]
    return all(each.operation is OperationType.QUERY for each in operations)
