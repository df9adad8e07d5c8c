"""The types of the schema over the nodes of a graph: which node is of which, and where each field leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLOutputType, GraphQLSchema, get_named_type, is_abstract_type

from graph.compiler.declare import Path
from tests.oracle.declarations import Declarations
from tests.oracle.graph import Node
from tests.oracle.lists import follow


@dataclass(frozen=True, slots=True)
class Kinds:
    """The declared types of one schema."""

    schema: GraphQLSchema
    declared: Declarations

    def possible(self, name: str) -> Sequence[str]:
        """The object types that a value of a type may be."""
        kind = self.schema.type_map[name]
        if is_abstract_type(kind):
            return [each.name for each in self.schema.get_possible_types(kind)]
        return [name]

    def is_of(self, node: Node, name: str) -> bool:
        """Whether a node may stand where that type is asked for; whether it can be told is seen there."""
        if is_abstract_type(self.schema.type_map[name]):
            return node.label in {self.declared.kinds[each].label for each in self.possible(name)}
        return self.declared.name_of(node.label, node.properties) == name

    def label(self, name: str) -> str:
        """The label of a type's nodes (of the first, where it has several)."""
        return self.declared.kinds[self.possible(name)[0]].label

    def fields(self, name: str) -> Mapping[str, Any]:
        """The declarations of a type's fields; an interface's are those of any type that bears it."""
        return self.declared.kinds[self.possible(name)[0]].fields

    def target(self, name: str, field: str) -> str:
        """The type of the nodes at the end of a field."""
        kind: Any = self.schema.type_map[name]
        return node_of(kind.fields[field].type)

    def refuse_hidden(self, name: str, stored: str, at: str) -> None:
        """Refuses to filter or sort by a property that the asker sees on no node of the type: here he sees all."""

    def led_to(self, node: Node, name: str, field: str, today: str) -> list[Node]:
        """The nodes that a field of a node of that type leads to, in no order."""
        path = self.fields(name)[field]
        assert isinstance(path, Path)
        target = self.target(name, field)
        return [each for each in follow(node, path.hops, today) if self.is_of(each, target)]


def node_of(field: GraphQLOutputType) -> str:
    """The type of the nodes behind a field: a connection's, a list's, or its own."""
    kind: Any = get_named_type(field)
    if "edges" in getattr(kind, "fields", {}):
        kind = get_named_type(get_named_type(kind.fields["edges"].type).fields["node"].type)
    return str(kind.name)
