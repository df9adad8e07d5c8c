"""What is asked: an operation of a document with its variables, and one field of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graphql import FieldNode, FragmentDefinitionNode, GraphQLField, OperationDefinitionNode
from graphql.execution.collect_fields import FieldDetails, FragmentDetails
from graphql.execution.values import VariableValues

Details = list[FieldDetails]


@dataclass(frozen=True)
class Operation:
    """One operation with the fragments of its document and its coerced variables."""

    definition: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: dict[str, Any]

    @cached_property
    def values(self) -> VariableValues:
        """The variables as graphql-core's own functions want them."""
        return VariableValues({}, self.variables)

    @cached_property
    def fragment_details(self) -> dict[str, FragmentDetails]:
        """The fragments as graphql-core's own functions want them."""
        return {name: FragmentDetails(each) for name, each in self.fragments.items()}

    def bare(self, names: Iterable[str]) -> Operation:
        """The same with the variables of those names only: what a kept plan may hold of a request."""
        kept = {name: self.variables[name] for name in names if name in self.variables}
        return Operation(self.definition, self.fragments, kept)


@dataclass(frozen=True)
class Call:
    """One field of an operation, as graphql-core is about to resolve it. `place` is "Type.field"."""

    operation: Operation
    nodes: list[FieldNode]
    definition: GraphQLField
    place: str

    @property
    def details(self) -> Details:
        """The field's nodes as graphql-core's own functions want them."""
        return [FieldDetails(node, None) for node in self.nodes]
