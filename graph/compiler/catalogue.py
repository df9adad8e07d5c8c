"""The graph types of one schema by their GraphQL names, and which types a node of a label may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graphql import (
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    is_abstract_type,
    is_object_type,
)

from graph.compiler.declare import Filter, Owned
from graph.compiler.grounds import Ground, Grounds
from graph.errors import ZaoxueError


class SchemaFault(ZaoxueError):
    """A schema that can't be served as declared; raised when it is built, never for a request."""

    code = "SCHEMA_FAULT"

    def __init__(self, place: str, zh: str, en: str) -> None:
        super().__init__(f"{place}：{zh}", f"{place}: {en}", place=place)


@dataclass(frozen=True, slots=True)
class NodeType:
    """An object type whose values are nodes of `label`.

    `tag` is the `(property, value)` that tells it from other types of its label, or None.
    `fields` and, for each field with filters, `arguments` are by GraphQL name.
    """

    name: str
    label: str
    tag: tuple[str, str] | None
    fields: Mapping[str, Owned]
    arguments: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Which object types the nodes of one label may be, in one place of a document.

    `tag` is the property that decides (None: there is one type only); `by_tag` its values.
    `only` is the constant that the match itself must ask for, where the place wants one type of several.
    """

    label: str
    tag: str | None
    by_tag: Mapping[str | None, NodeType]
    only: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class ListEntrance:
    """A root field that is a connection over all nodes of a type; `filters` by the names of its arguments."""

    filters: Mapping[str, Filter]
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IdEntrance:
    """A root field that gives the node with a global id, or (`is_list`) the nodes with those ids."""

    is_list: bool


@dataclass(frozen=True, slots=True)
class SearchEntrance:
    """A root field that gives the nodes of several types whose texts hold some words."""


Entrance = ListEntrance | IdEntrance | SearchEntrance


class Catalogue:
    """All graph types of one schema, and the root fields of its queries through which they are reached."""

    def __init__(
        self,
        schema: GraphQLSchema,
        types: Mapping[str, NodeType],
        entrances: Mapping[str, Entrance] | None = None,
        grounds: Grounds | None = None,
    ) -> None:
        self.schema = schema
        self.types = types
        self.entrances: dict[str, Entrance] = dict(entrances or {})
        self.grounds: dict[str, Ground] = dict(grounds or {})
        self._labels: dict[str, tuple[str, ...]] = {}

    def is_graph(self, kind: GraphQLNamedType) -> bool:
        """Whether every value of this object or abstract type is a node."""
        names = self._possible(kind)
        return bool(names) and all(name in self.types for name in names)

    def labels(self, kind: GraphQLNamedType) -> tuple[str, ...]:
        """The labels that values of this type may have, sorted."""
        found = self._labels.get(kind.name)
        if found is None:
            names = self._possible(kind)
            found = tuple(sorted({self.types[name].label for name in names if name in self.types}))
            self._labels[kind.name] = found
        return found

    def candidates(self, kind: GraphQLNamedType, label: str) -> Candidates | None:
        """The types that a node of `label` may be where `kind` is asked for; None when it can't be any."""
        found = [self.types[name] for name in self._possible(kind) if name in self.types]
        found = [each for each in found if each.label == label]
        if not found:
            return None
        tags = {each.tag[0] for each in found if each.tag}
        if is_object_type(kind) or not tags:
            return Candidates(label, None, {None: found[0]}, found[0].tag)
        (tag,) = tags
        return Candidates(label, tag, {each.tag[1]: each for each in found if each.tag}, None)

    def object_type(self, name: str) -> GraphQLObjectType:
        """The GraphQL object type of that name."""
        kind = self.schema.type_map[name]
        assert isinstance(kind, GraphQLObjectType)
        return kind

    def _possible(self, kind: GraphQLNamedType) -> list[str]:
        if is_abstract_type(kind):
            return [each.name for each in self.schema.get_possible_types(kind)]
        return [kind.name] if is_object_type(kind) else []
