"""Conditions on a node as Cypher: what it is itself, or where a path from it leads.

`@` stands for the node, `@1`, `@2` … for nodes on the path: rendered, their names follow from the node's,
so that every subquery has fresh ones. A condition names ids that are parameters, never values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_PLACE = re.compile(r"@(\d*)")
TODAY = "$viewer_today"


@dataclass(frozen=True, slots=True)
class Trail:
    """One condition; without a `path` it is on the node itself, else some such path must be there."""

    where: str
    path: str = ""

    def condition(self, node: str) -> str:
        """The condition on the node of that name."""
        where = _named(self.where, node)
        return f"EXISTS {{ MATCH ({node}){_named(self.path, node)} WHERE {where} }}" if self.path else where

    def match(self, node: str, label: str) -> str:
        """The MATCH of all nodes of that label of which it holds."""
        return f"MATCH ({node}:{label}){_named(self.path, node)} WHERE {_named(self.where, node)}"


type Trails = tuple[Trail, ...]
"""Conditions of which one must hold."""


def reached(path: str, label: str, trails: Iterable[Trail]) -> Trails:
    """What holds of a node from which `path` leads to a node of that label of which one of the trails holds."""
    return tuple(_behind(path, label, each) for each in trails)


def any_of(node: str, trails: Iterable[Trail]) -> str:
    """The condition that one of the trails holds of the node; false where there is none."""
    return " OR ".join(dict.fromkeys(each.condition(node) for each in trails)) or "false"


def together(*conditions: Trails) -> Trails:
    """What holds where of each of these conditions one of the trails holds of the node."""
    return (Trail(" AND ".join(f"({any_of('@', each)})" for each in conditions)),)


def within(start: str, end: str) -> str:
    """The condition that today lies between two days, of which either may be missing."""
    return f"coalesce({start}, {TODAY}) <= {TODAY} AND coalesce({end}, {TODAY}) >= {TODAY}"


def current(place: str) -> str:
    """The condition that a dated node holds today."""
    return within(f"{place}.start", f"{place}.end")


def _behind(path: str, label: str, trail: Trail) -> Trail:
    numbers = [int(each) for each in _PLACE.findall(trail.path) if each]
    here = f"@{max(numbers, default=0) + 1}"
    where = _PLACE.sub(lambda found: found[0] if found[1] else here, trail.where)
    # In a MATCH of its own: within one pattern the way on could not take the relationship that led here, and
    # an employment would not find its person employed by itself.
    further = f" MATCH ({here}){trail.path}" if trail.path else ""
    return Trail(where, f"{path}({here}:{label}){further}")


def _named(text: str, node: str) -> str:
    return _PLACE.sub(lambda found: f"{node}v{found[1]}" if found[1] else node, text)
