"""Lists of nodes: followed along a path, filtered as declared, put in a declared order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from graph.compiler.declare import Compare, Filter, Hop, Within
from tests.oracle.graph import Node
from tests.oracle.refusals import foreign_id, malformed_id

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
        found.sort(key=lambda node: rank(node.get(name)), reverse=key.startswith("-"))
    return found


def rank(value: Any) -> tuple[bool, Any]:
    """What a value is sorted by, going up."""
    return (True, 0) if value is None else (False, value)


def own_of(given: str, label: str, place: str) -> str:
    """The own id in a global id of that label. Raises Refusal."""
    found, colon, own = given.partition(":")
    if not (colon and own and found.isidentifier()):
        raise malformed_id(given, place)
    if found != label:
        raise foreign_id(given, label, place)
    return own


def asked_of(argument: str, declared: Filter, given: Any) -> Any:
    """What a declared filter is compared with. Raises Refusal."""
    if isinstance(declared, Within):
        return own_of(given, declared.paths[0][-1].label, argument)
    return given.lower() if declared.test == "contains" else given


def passes(node: Node, declared: Filter, asked: Any, today: str) -> bool:
    """Whether a node passes a declared filter."""
    if isinstance(declared, Within):
        return any(end.own == asked for path in declared.paths for end in follow(node, path, today))
    assert isinstance(declared, Compare)
    return _TESTS[declared.test]([node.get(name) for name in declared.properties], asked)
