"""The documents that are kept: those of this folder's corpus, the README's, the tabs of the /graphql page."""

from __future__ import annotations

import json
import re
from pathlib import Path

from graphql import FieldNode, OperationDefinitionNode, OperationType, parse

from server.pages.tabs import read_tabs
from tests.oracle.documents import Document

FOLDER = Path(__file__).parent / "corpus"
"""One .graphql file a document; NAME.json beside one holds its `bindings` of variables, and in `cursors` which
variable takes a cursor of which of its own lists."""
README = Path(__file__).parents[2] / "README.md"
_COMPUTED = ("recommendOrders", "recommendResources", "indicators")


def corpus() -> list[Document]:
    """All documents that are kept and read the graph alone."""
    return [*(_read(path) for path in sorted(FOLDER.glob("*.graphql"))), *_shown()]


def _read(path: Path) -> Document:
    beside = path.with_suffix(".json")
    told = json.loads(beside.read_text(encoding="utf-8")) if beside.exists() else {}
    text = path.read_text(encoding="utf-8")
    return Document(text, tuple(told.get("bindings", [{}])), told.get("cursors", {}))


def _shown() -> list[Document]:
    """What a stranger sees first, where it only reads the graph."""
    blocks = re.findall(r"```graphql\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    found = [Document(text) for text in blocks]
    found += [Document(tab.query, (json.loads(tab.variables or "{}"),)) for tab in read_tabs()]
    return [each for each in found if _reads_the_graph(each.text)]


def _reads_the_graph(text: str) -> bool:
    for operation in parse(text).definitions:
        if isinstance(operation, OperationDefinitionNode):
            roots = [each for each in operation.selection_set.selections if isinstance(each, FieldNode)]
            if operation.operation is not OperationType.QUERY:
                return False
            if any(each.name.value in _COMPUTED for each in roots):
                return False
    return True
