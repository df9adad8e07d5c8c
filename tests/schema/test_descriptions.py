"""The contract tells what everything is, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from graphql import GraphQLNamedType

from schema.root import schema

TYPES = [kind for name, kind in schema._schema.type_map.items() if not name.startswith("__")]


def _told(kind: GraphQLNamedType) -> Iterator[tuple[str, str | None]]:
    """The type and all in it, each with its description."""
    yield kind.name, kind.description
    for name, field in getattr(kind, "fields", {}).items():
        yield f"{kind.name}.{name}", field.description
        for argument, each in getattr(field, "args", {}).items():
            yield f"{kind.name}.{name}({argument})", each.description
    for name, value in getattr(kind, "values", {}).items():
        yield f"{kind.name}.{name}", value.description


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
def test_everything_is_described_in_both_languages(kind: GraphQLNamedType) -> None:
    missing = []
    for place, text in _told(kind):
        english, _, chinese = (text or "").partition("中文：")
        if not english.strip(". ") or not chinese:
            missing.append((place, text))
    assert missing == []
