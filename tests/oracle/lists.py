"""Lists of nodes: followed along a path, filtered, put in order, cut into pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.compiler.declare import Compare, Filter, Hop, Within
from tests.oracle.declarations import camel
from tests.oracle.graph import Node
from tests.oracle.refusals import LARGEST_PAGE, bad_cursor, bad_page_size, foreign_id, malformed_id

CURSOR = "oracle-cursor "
"""How every cursor of ours begins."""

_TESTS: dict[str, Callable[[list[Any], Any], bool]] = {
    "equals": lambda stored, given: stored[0] == given,
    "among": lambda stored, given: stored[0] in given,
    "contains": lambda stored, given: any(given in each.lower() for each in stored if each is not None),
    "at_least": lambda stored, given: stored[0] is not None and stored[0] >= given,
    "at_most": lambda stored, given: stored[0] is not None and stored[0] <= given,
    "holds": lambda stored, given: given in (stored[0] or []),
}


def follow(start: Node, hops: Iterable[Hop], today: str) -> list[Node]:
    """The nodes at the end of a path, each once."""
    here = [start]
    for hop in hops:
        link = (hop.relationship, hop.label, hop.outgoing)
        there = [far for node in here for far in node.neighbours.get(link, [])]
        here = list(dict.fromkeys(node for node in there if _fits(node, hop, today)))
    return here


def _fits(node: Node, hop: Hop, today: str) -> bool:
    if any(node.get(name) != value for name, value in hop.constants):
        return False
    return not hop.current or _holds_on(node, today)


def _holds_on(node: Node, today: str) -> bool:
    start, end = node.get("start"), node.get("end")
    return start is not None and start <= today and (end is None or today <= end)


def in_order(nodes: Iterable[Node], order: Sequence[str]) -> list[Node]:
    """By the last key first, so that earlier keys rule; nulls last going up and first going down."""
    found = list(nodes)
    for key in reversed(order):
        name = key.removeprefix("-")
        found.sort(key=lambda node: _rank(node.get(name)), reverse=key.startswith("-"))  # noqa: B023  # used at once
    return found


def _rank(value: Any) -> tuple[bool, Any]:
    return (True, 0) if value is None else (False, value)


def _goes_before(first: Sequence[Any], second: Sequence[Any], order: Sequence[str]) -> bool:
    """Whether a node with the first keys comes before one with the second."""
    for one, other, key in zip(first, second, order, strict=True):
        if _rank(one) != _rank(other):
            return (_rank(one) > _rank(other)) if key.startswith("-") else (_rank(one) < _rank(other))
    return False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that can be asked for in pages: where it stands, its order, its filters by declared name."""

    place: str
    order: tuple[str, ...]
    filters: Mapping[str, Filter]

    def page(self, nodes: Iterable[Node], given: Mapping[str, Any], today: str) -> dict[str, Any]:
        """The connection that the arguments ask for. Raises Refusal."""
        first = 20 if given.get("first") is None else given["first"]
        if not 0 <= first <= LARGEST_PAGE:
            raise bad_page_size(first)
        asked = {
            name: _asked(camel(name), each, given[camel(name)])
            for name, each in self.filters.items()
            if given.get(camel(name)) is not None
        }
        kept = [n for n in nodes if all(_passes(n, self.filters[f], asked[f], today) for f in asked)]
        ordered = in_order(kept, self.order)
        behind = self._behind(ordered, given.get("after"), asked)
        edges = [{"node": node, "cursor": self._cursor(node, asked)} for node in behind[:first]]
        return {
            "totalCount": len(ordered),
            "edges": edges,
            "pageInfo": {
                "hasNextPage": len(behind) > first,
                "hasPreviousPage": given.get("after") is not None,
                "startCursor": edges[0]["cursor"] if edges else None,
                "endCursor": edges[-1]["cursor"] if edges else None,
            },
        }

    def _behind(self, ordered: list[Node], after: str | None, asked: Mapping[str, Any]) -> list[Node]:
        if after is None:
            return ordered
        try:
            place, bound, keys = json.loads(after.removeprefix(CURSOR))
        except ValueError:
            raise bad_cursor() from None
        if not after.startswith(CURSOR) or [place, bound] != self._bound_to(asked):
            raise bad_cursor()
        return [node for node in ordered if _goes_before(keys, self._keys(node), self.order)]

    def _cursor(self, node: Node, asked: Mapping[str, Any]) -> str:
        return CURSOR + json.dumps([*self._bound_to(asked), self._keys(node)], ensure_ascii=False)

    def _bound_to(self, asked: Mapping[str, Any]) -> list[Any]:
        return [[self.place, *self.order], {name: asked[name] for name in sorted(asked)}]

    def _keys(self, node: Node) -> list[Any]:
        return [node.get(key.removeprefix("-")) for key in self.order]


def _asked(argument: str, declared: Filter, given: Any) -> Any:
    """What a filter is compared with."""
    if isinstance(declared, Within):
        label, colon, own = given.partition(":")
        if not (colon and own and label.isidentifier()):
            raise malformed_id(given, argument)
        if label != declared.paths[0][-1].label:
            raise foreign_id(given, declared.paths[0][-1].label, argument)
        return own
    return given.lower() if declared.test == "contains" else given


def _passes(node: Node, declared: Filter, asked: Any, today: str) -> bool:
    if isinstance(declared, Within):
        return any(end.own == asked for path in declared.paths for end in follow(node, path, today))
    assert isinstance(declared, Compare)
    return _TESTS[declared.test]([node.get(name) for name in declared.properties], asked)
