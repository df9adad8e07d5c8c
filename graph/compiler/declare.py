"""What a graph type says of its fields: which property, which path, which filter.

Nothing here is run; `selection.py` reads it to plan a statement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")

Shape = Literal["one", "several", "many"]
Test = Literal["equals", "among", "contains", "at_least", "at_most", "holds"]


def _checked(name: str) -> str:
    """`name` itself. Raises ValueError unless it can stand in a statement as it is."""
    if not _NAME.match(name):
        raise ValueError(f"{name!r} is no plain name (letters, digits, _)")
    return name


@dataclass(frozen=True, slots=True)
class Hop:
    """One step along a relationship to a node of `label`, and what that node must be like.

    `constants` are `(property, value)` pairs; `current` asks that the node's dates hold today.
    """

    relationship: str
    label: str
    outgoing: bool
    current: bool = False
    constants: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        for name in (
            self.relationship,
            self.label,
            *(part for pair in self.constants for part in pair),
        ):
            _checked(name)


def outgoing(relationship: str, label: str, *, current: bool = False, **constants: str) -> Hop:
    """The hop `(here)-[:relationship]->(:label)`."""
    return Hop(relationship, label, True, current, tuple(sorted(constants.items())))


def incoming(relationship: str, label: str, *, current: bool = False, **constants: str) -> Hop:
    """The hop `(here)<-[:relationship]-(:label)`."""
    return Hop(relationship, label, False, current, tuple(sorted(constants.items())))


@dataclass(frozen=True, slots=True)
class Within:
    """A filter by a node at the end of one path or another; its argument is that node's global id."""

    paths: tuple[tuple[Hop, ...], ...]

    @property
    def label(self) -> str:
        """The label of that node."""
        return self.paths[0][-1].label


@dataclass(frozen=True, slots=True)
class Compare:
    """A filter by the node's own properties; `kind` is its argument's type where no field tells it."""

    test: Test
    properties: tuple[str, ...]
    kind: object = None

    def __post_init__(self) -> None:
        for name in self.properties:
            _checked(name)


Filter = Within | Compare


def within(*hops: Hop) -> Within:
    """Only nodes from which the path leads to the node whose global id is given."""
    return Within((hops,))


def either(*filters: Within) -> Within:
    """Only nodes from which at least one of the paths leads to the node whose global id is given.

    Raises ValueError when the paths end at different labels.
    """
    if len({each.label for each in filters}) != 1:
        raise ValueError("the paths of either() end at one label")
    return Within(tuple(path for each in filters for path in each.paths))


def equals(name: str, kind: object = None) -> Compare:
    """Only nodes whose property is the given value."""
    return Compare("equals", (name,), kind)


def among(name: str, kind: object = None) -> Compare:
    """Only nodes whose property is one of the given values."""
    return Compare("among", (name,), kind)


def contains(*names: str) -> Compare:
    """Only nodes where one of the properties contains the given text, whatever its case."""
    return Compare("contains", names, str)


def at_least(name: str, kind: object = None) -> Compare:
    """Only nodes whose property is the given value or more (a date: that day or later)."""
    return Compare("at_least", (name,), kind)


def at_most(name: str, kind: object = None) -> Compare:
    """Only nodes whose property is the given value or less (a date: that day or earlier)."""
    return Compare("at_most", (name,), kind)


def holds(name: str, kind: object = None) -> Compare:
    """Only nodes whose list property holds the given value."""
    return Compare("holds", (name,), kind)


@dataclass(frozen=True, slots=True)
class GlobalId:
    """The field that gives the node's global id, `Label:id`."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A field that gives a stored property as it is: a scalar, an enum by name, a date by ISO string."""

    name: str

    def __post_init__(self) -> None:
        _checked(self.name)


@dataclass(frozen=True, slots=True)
class Derived:
    """A field that a pure function makes of stored properties (and of the field's own arguments)."""

    properties: tuple[str, ...]
    make: Callable[..., object]


@dataclass(frozen=True, slots=True)
class Path:
    """A field that leads to other nodes: the nearest one, a plain list, or a connection.

    `order` names properties of the nodes at the end, "-" in front for descending.
    """

    hops: tuple[Hop, ...]
    shape: Shape
    order: tuple[str, ...] = ("id",)
    filters: Mapping[str, Filter] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "order", total_order(self.order))


@dataclass(frozen=True, slots=True)
class Entry:
    """A field through which the graph is entered: a connection over all nodes of a type."""

    order: tuple[str, ...] = ("id",)
    filters: Mapping[str, Filter] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "order", total_order(self.order))


Owned = GlobalId | Leaf | Derived | Path


def total_order(order: tuple[str, ...]) -> tuple[str, ...]:
    """`order` with the id as the last key, so that no two nodes are ever equal in it."""
    for key in order:
        _checked(key.removeprefix("-"))
    return order if order and order[-1] in ("id", "-id") else (*order, "id")
