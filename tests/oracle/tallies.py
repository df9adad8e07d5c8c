"""Numbers over a whole list, and over its groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graph.compiler.declare import GlobalId, Leaf, Path
from tests.oracle.dates import as_date
from tests.oracle.declarations import camel
from tests.oracle.graph import Node
from tests.oracle.kinds import Kinds
from tests.oracle.lists import in_order, rank
from tests.oracle.refusals import bad_groups

MOST_GROUPS = 1000
MOST_DIMENSIONS = 3
_DIGITS = 12


def aggregate(nodes: Sequence[Node], kind: str, kinds: Kinds) -> dict[str, Any]:
    """How many there are, and numbers of each property, those of `count` as `countValues`."""
    found: dict[str, Any] = {"count": len(nodes)}
    for name, declared in kinds.fields(kind).items():
        given = "countValues" if name == "count" else name
        if isinstance(declared, Leaf) and _has_numbers(kinds, kind, given):
            found[given] = _statistics([node.get(declared.name) for node in nodes])
    return found


def _has_numbers(kinds: Kinds, kind: str, name: str) -> bool:
    """Whether the contract gives numbers of that property."""
    told: Any = kinds.schema.type_map[f"{kind}Aggregate"]
    return name in told.fields and hasattr(getattr(told.fields[name].type, "of_type", None), "fields")


def _statistics(values: Sequence[Any]) -> dict[str, Any]:
    """The numbers of one property, each worked out where it is asked for."""
    there = [value for value in values if value is not None]
    return {
        "present": len(there),
        "min": lambda info: min(there, default=None),
        "max": lambda info: max(there, default=None),
        "sum": lambda info: _rounded(sum(there)) if there else None,
        "average": lambda info: _rounded(sum(there) / len(there)) if there else None,
        "earliest": lambda info: as_date(min(there, default=None)),
        "latest": lambda info: as_date(max(there, default=None)),
    }


def _rounded(value: Any) -> Any:
    """Floats are added up in no certain order."""
    return float(f"{value:.{_DIGITS}g}") if isinstance(value, float) else value


def groups(
    nodes: Sequence[Node], by: Sequence[str], kind: str, kinds: Kinds, today: str
) -> list[Mapping[str, Any]]:
    """The groups of a list, the largest first, then by what they have in common. Raises Refusal."""
    names = [camel(each.lower()) for each in by]
    if not 1 <= len(names) <= MOST_DIMENSIONS or len(set(names)) < len(names):
        raise bad_groups(names)
    for name in names:
        declared = kinds.fields(kind)[name]
        if isinstance(declared, Leaf):
            kinds.refuse_hidden(kind, declared.name, "by")
    parts: dict[tuple[Any, ...], list[Node]] = {}
    for node in nodes:
        parts.setdefault(tuple(_common(node, name, kind, kinds, today) for name in names), []).append(node)
    ordered = sorted(parts.items(), key=lambda each: (-len(each[1]), [rank(value) for value in each[0]]))
    return [_bucket(common, each, kind, kinds) for common, each in ordered[:MOST_GROUPS]]


def _bucket(common: Sequence[Any], nodes: Sequence[Node], kind: str, kinds: Kinds) -> Mapping[str, Any]:
    return {"keys": [_told(value) for value in common], "aggregate": aggregate(nodes, kind, kinds)}


def _common(node: Node, name: str, kind: str, kinds: Kinds, today: str) -> Any:
    declared = kinds.fields(kind)[name]
    if isinstance(declared, Path):
        ends = in_order(kinds.led_to(node, kind, name, today), declared.order)
        return ends[0].key if ends else None
    return node.key if isinstance(declared, GlobalId) else node.get(declared.name)


def _told(value: Any) -> str | None:
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)
