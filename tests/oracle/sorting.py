"""What a list is sorted by: its declared order, or the argument `orderBy`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.compiler.declare import GlobalId, Path
from tests.oracle.graph import Node
from tests.oracle.kinds import Kinds
from tests.oracle.lists import in_order, rank
from tests.oracle.refusals import bad_order

MOST_KEYS = 5
FARTHEST = 3


@dataclass(frozen=True, slots=True)
class Key:
    """One sort key: what it is worth for a node; `name` tells it from others."""

    name: str
    descends: bool
    worth: Callable[[Node], Any]


def declared_keys(order: Sequence[str]) -> list[Key]:
    """The keys of a declared order."""
    return [_property(each.removeprefix("-"), each.startswith("-")) for each in order]


def asked_keys(given: Sequence[Mapping[str, Any]], kind: str, kinds: Kinds, today: str) -> list[Key]:
    """The keys of an `orderBy`, the id last. Raises Refusal."""
    if len(given) > MOST_KEYS:
        raise bad_order("orderBy", f"最多 {MOST_KEYS} 个排序项", f"sort by {MOST_KEYS} keys at most")
    keys = [_asked(each, kind, kinds, today, f"orderBy.{n}", 1) for n, each in enumerate(given)]
    return [*keys, _property("id", False)]


def by_keys(nodes: Iterable[Node], keys: Sequence[Key]) -> list[Node]:
    """By the last key first, so that earlier keys rule."""
    found = list(nodes)
    for key in reversed(keys):
        found.sort(key=lambda node: rank(key.worth(node)), reverse=key.descends)
    return found


def goes_before(first: Sequence[Any], second: Sequence[Any], keys: Sequence[Key]) -> bool:
    """Whether a node worth the first comes before one worth the second."""
    for one, other, key in zip(first, second, keys, strict=True):
        if rank(one) != rank(other):
            return (rank(one) > rank(other)) if key.descends else (rank(one) < rank(other))
    return False


def _property(name: str, descends: bool) -> Key:
    return Key(name, descends, lambda node: node.get(name))


def _asked(given: Mapping[str, Any], kind: str, kinds: Kinds, today: str, at: str, steps: int) -> Key:
    ((name, value),) = given.items()
    declared, at = kinds.fields(kind)[name], f"{at}.{name}"
    if not isinstance(declared, Path):
        own = "id" if isinstance(declared, GlobalId) else declared.name
        kinds.refuse_hidden(kind, own, at)
        return _property(own, value == "DESC")
    if steps > FARTHEST:
        raise bad_order(at, f"排序最多跨 {FARTHEST} 步", f"a sort key lies {FARTHEST} steps away at most")
    if declared.shape != "one":
        return Key(f"{name}()", value == "DESC", lambda node: len(kinds.led_to(node, kind, name, today)))
    inner = _asked(value, kinds.target(kind, name), kinds, today, at, steps + 1)

    def worth(node: Node) -> Any:
        ends = in_order(kinds.led_to(node, kind, name, today), declared.order)
        return inner.worth(ends[0]) if ends else None

    return Key(f"{name}.{inner.name}", inner.descends, worth)
