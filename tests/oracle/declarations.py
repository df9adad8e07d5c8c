"""What the served schema declares of itself: which types are nodes, and what each of their fields stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLObjectType, GraphQLSchema

from graph.compiler.declare import Entry
from schema.kit.graph_field import ById

_DEFINITION = "strawberry-definition"


@dataclass(frozen=True, slots=True)
class Kind:
    """An object type whose values are nodes of `label`, with the constant property that tells it from others."""

    name: str
    label: str
    constant: tuple[str, str] | None
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Declarations:
    """All kinds by name, and the root fields that lead into the graph, by their GraphQL names."""

    kinds: Mapping[str, Kind]
    entries: Mapping[str, Any]

    def name_of(self, label: str, properties: Mapping[str, Any]) -> str | None:
        """The type of a node; None where its properties name none."""
        for kind in self.kinds.values():
            own, wanted = kind.constant or ("id", properties.get("id"))
            if kind.label == label and properties.get(own) == wanted:
                return kind.name
        return None

    def labels(self) -> set[str]:
        """The labels that some type is of."""
        return {kind.label for kind in self.kinds.values()}


def read_declarations(schema: GraphQLSchema) -> Declarations:
    """The declarations that stand in the extensions of strawberry's types."""
    kinds: dict[str, Kind] = {}
    for kind in schema.type_map.values():
        origin = getattr(kind.extensions.get(_DEFINITION), "origin", None)
        about = getattr(origin, "__graph__", None)
        if isinstance(kind, GraphQLObjectType) and about is not None:
            kinds[kind.name] = Kind(kind.name, about.label, about.constant, _declared(kind))
    assert schema.query_type is not None
    roots = _declared(schema.query_type)
    # What else may stand at the root is computed: it has nothing to be compared with here.
    return Declarations(kinds, {name: each for name, each in roots.items() if isinstance(each, Entry | ById)})


def _declared(kind: GraphQLObjectType) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, field in kind.fields.items():
        metadata = getattr(field.extensions.get(_DEFINITION), "metadata", {})
        if "graph" in metadata:
            found[name] = metadata["graph"]
    return found


def camel(name: str) -> str:
    """A declared name as GraphQL spells it."""
    first, *rest = name.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)
