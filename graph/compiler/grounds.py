"""What a filter or an order may ask of the nodes of a type: their properties, and the ways to their neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.compiler.declare import GlobalId, Hop, Leaf


@dataclass(frozen=True, slots=True)
class Step:
    """A way from a node to its neighbours of the type `target`; `order` tells which is the first."""

    hops: tuple[Hop, ...]
    order: tuple[str, ...]
    target: str
    is_many: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """The nodes of one object or interface type; `only` is the constant that they must bear, if there is one.

    `fields` are what can be asked, by GraphQL name; `searched` are the properties whose words are found.
    """

    label: str
    only: tuple[str, str] | None
    fields: Mapping[str, GlobalId | Leaf | Step]
    searched: tuple[str, ...] = ()


type Grounds = Mapping[str, Ground]
"""The grounds of a schema by the names of their types."""
