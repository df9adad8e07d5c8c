"""One list that can be asked for in pages: its filters, its conditions, its order, from either end."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from graph.compiler.declare import Compare, Filter
from tests.oracle.conditions import Reader
from tests.oracle.declarations import camel
from tests.oracle.graph import Node
from tests.oracle.kinds import Kinds
from tests.oracle.lists import asked_of, passes
from tests.oracle.refusals import LARGEST_PAGE, bad_cursor, bad_page_size, both_ends
from tests.oracle.searching import has_words, searched
from tests.oracle.sorting import Key, asked_keys, by_keys, declared_keys, goes_before
from tests.oracle.tallies import aggregate, groups

CURSOR = "oracle-cursor "
"""How every cursor of ours begins."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list at `place` of nodes of a type, with its own order, and its filters by declared name."""

    place: str
    kind: str
    order: tuple[str, ...]
    filters: Mapping[str, Filter]
    kinds: Kinds

    def page(self, nodes: Iterable[Node], arguments: Mapping[str, Any], today: str) -> dict[str, Any]:
        """The connection that the arguments ask for. Raises Refusal."""
        given = {name: value for name, value in arguments.items() if value is not None}
        size, is_backward = _size(given)
        for name, each in self.filters.items():
            if camel(name) in given and isinstance(each, Compare):
                for stored in each.properties:
                    self.kinds.refuse_hidden(self.kind, stored, camel(name))
        asked = {
            name: asked_of(camel(name), each, given[camel(name)])
            for name, each in self.filters.items()
            if camel(name) in given
        }
        kept = [n for n in nodes if all(passes(n, self.filters[f], asked[f], today) for f in asked)]
        if "where" in given:
            holds = Reader(self.kinds, today, count(1)).read(given["where"], self.kind)
            kept = [node for node in kept if holds(node)]
        words = searched(given["search"], self.kind, self.kinds, "search") if "search" in given else []
        kept = [node for node in kept if has_words(node, words)]
        keys = declared_keys(self.order)
        if given.get("orderBy"):
            keys = asked_keys(given["orderBy"], self.kind, self.kinds, today)
        bound = self._bound_to(keys, asked, given.get("where"), words)
        ordered = by_keys(kept, keys)
        inside = _between(ordered, keys, _read(given, bound))
        shown = (inside[-size:] if size else []) if is_backward else inside[:size]
        edges = [{"node": node, "cursor": _cursor(node, keys, bound)} for node in shown]
        has_more = len(inside) > size
        return {
            "totalCount": len(ordered),
            "aggregate": lambda info: aggregate(ordered, self.kind, self.kinds),
            "groups": lambda info, by: groups(ordered, by, self.kind, self.kinds, today),
            "edges": edges,
            "pageInfo": {
                "hasNextPage": "before" in given if is_backward else has_more,
                "hasPreviousPage": has_more if is_backward else "after" in given,
                "startCursor": edges[0]["cursor"] if edges else None,
                "endCursor": edges[-1]["cursor"] if edges else None,
            },
        }

    def _bound_to(self, keys: list[Key], asked: Mapping[str, Any], where: Any, words: list[str]) -> list[Any]:
        order = [[key.name, key.descends] for key in keys]
        return [self.place, order, {name: asked[name] for name in sorted(asked)}, where, words]


def _size(given: Mapping[str, Any]) -> tuple[int, bool]:
    if "first" in given and "last" in given:
        raise both_ends()
    word = "last" if "last" in given else "first"
    size = given.get(word, 20)
    if not 0 <= size <= LARGEST_PAGE:
        raise bad_page_size(size, word)
    return size, word == "last"


def _cursor(node: Node, keys: list[Key], bound: list[Any]) -> str:
    return CURSOR + json.dumps([bound, [key.worth(node) for key in keys]], ensure_ascii=False)


def _read(given: Mapping[str, Any], bound: list[Any]) -> dict[str, list[Any]]:
    """The sort keys in the cursors that were given, by their arguments. Raises Refusal."""
    found: dict[str, list[Any]] = {}
    for word in ("after", "before"):
        if word in given:
            try:
                belongs, worth = json.loads(given[word].removeprefix(CURSOR))
            except (TypeError, ValueError):
                raise bad_cursor(word) from None
            if not given[word].startswith(CURSOR) or belongs != bound:
                raise bad_cursor(word)
            found[word] = worth
    return found


def _between(ordered: list[Node], keys: list[Key], ends: Mapping[str, list[Any]]) -> list[Node]:
    found = ordered
    if "after" in ends:
        found = [n for n in found if goes_before(ends["after"], [key.worth(n) for key in keys], keys)]
    if "before" in ends:
        found = [n for n in found if goes_before([key.worth(n) for key in keys], ends["before"], keys)]
    return found
