"""Which types documents use: what they select, and what they give values of, written out or by a variable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLSchema,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    is_introspection_type,
    is_specified_scalar_type,
    parse,
    type_from_ast,
    validate,
    visit,
)

from tests.oracle.documents import Document


def generated(schema: GraphQLSchema) -> set[str]:
    """The names of the types that nobody declared: made from the nouns' types by the kit.

    A declared type carries the class that declares it; those of a page carry one generic class for all nouns.
    """
    return {name for name, kind in schema.type_map.items() if _is_generated(kind)}


def _is_generated(kind: Any) -> bool:
    if is_introspection_type(kind) or is_specified_scalar_type(kind):
        return False
    declared = kind.extensions.get("strawberry-definition")
    return declared is None or getattr(declared, "concrete_of", None) is not None


def used(schema: GraphQLSchema, documents: Iterable[Document]) -> set[str]:
    """The names of the types that those documents use that fit the schema."""
    found: set[str] = set()
    for document in documents:
        parsed = parse(document.text)
        if validate(schema, parsed):
            continue
        seen = _Used(schema)
        visit(parsed, TypeInfoVisitor(seen.info, seen))
        found |= seen.names
        for kind, value in _given(schema, parsed, document):
            found.update(_names(kind, value))
    return found


class _Used(Visitor):
    """Notes the type of every field, argument and part of a value of one document."""

    def __init__(self, schema: GraphQLSchema) -> None:
        super().__init__()
        self.info = TypeInfo(schema)
        self.names: set[str] = set()

    def enter_field(self, *_: Any) -> None:
        self._note(self.info.get_type())

    def enter_argument(self, *_: Any) -> None:
        self._note(self.info.get_input_type())

    def enter_object_field(self, *_: Any) -> None:
        self._note(self.info.get_input_type())

    def _note(self, kind: Any) -> None:
        if kind is not None:
            self.names.add(get_named_type(kind).name)


def _given(
    schema: GraphQLSchema, parsed: DocumentNode, document: Document
) -> Iterator[tuple[GraphQLInputType, Any]]:
    """The values that a document's variables are given, each with its type."""
    for operation in parsed.definitions:
        if isinstance(operation, OperationDefinitionNode):
            for each in operation.variable_definitions or ():
                kind = type_from_ast(schema, each.type)
                name = each.variable.name.value
                yield from ((kind, values[name]) for values in document.bindings if name in values)  # type: ignore[misc]  # a variable's type is an input type


def _names(kind: GraphQLInputType, value: Any) -> Iterator[str]:
    """The types that a variable's value makes use of."""
    named = get_named_type(kind)
    yield named.name
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict) and isinstance(named, GraphQLInputObjectType):
            for name, inner in each.items():
                yield from _names(named.fields[name].type, inner)
