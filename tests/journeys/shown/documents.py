"""Every whole document that a stranger is shown: in the README, and in the tabs of the /graphql page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphql import FieldNode, OperationDefinitionNode, parse

from server.pages.tabs import read_tabs

README = Path(__file__).parents[3].joinpath("README.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"```graphql\n(.*?)```", re.DOTALL)
_INLINE = re.compile(r"(?<!`)`((?:\{|query|mutation)\s[^`]*)`(?!`)")


@dataclass(frozen=True, slots=True)
class Document:
    """A document with the variables that stand beside it, under its operation's name or the place it is shown at."""

    name: str
    text: str
    variables: dict[str, Any]

    @property
    def operation(self) -> OperationDefinitionNode:
        """Its one operation."""
        (found,) = parse(self.text).definitions
        assert isinstance(found, OperationDefinitionNode)
        return found

    @property
    def fields(self) -> tuple[str, ...]:
        """Its root fields by name."""
        selections = self.operation.selection_set.selections
        return tuple(each.name.value for each in selections if isinstance(each, FieldNode))


def shown(readme: str = README) -> dict[str, Document]:
    """The documents by name."""
    found = list(_shown(readme))
    by_name = {each.name: each for each in found}
    assert len(by_name) == len(found), "two documents of one name"
    return by_name


def _shown(readme: str) -> Iterator[Document]:
    for place, texts in (("README", _BLOCK.findall(readme)), ("README line", _INLINE.findall(readme))):
        for text in texts:
            document = Document("", text, {})
            yield Document(f"{place}: {document.fields[0]}", text, {})
    for tab in read_tabs():
        document = Document("", tab.query, json.loads(tab.variables or "{}"))
        name = document.operation.name
        assert name is not None, "a tab without a name"
        yield Document(name.value, document.text, document.variables)
