"""From a selection to a plan: which levels must be fetched, and how each selected field is shaped.

Aliases, fragments, type conditions, @skip and @include are graphql-core's own `collect_subfields`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
)
from graphql.execution.collect_fields import collect_subfields

from graph.compiler import shape, tallying
from graph.compiler.catalogue import Catalogue, NodeType
from graph.compiler.declare import Derived, Filter, GlobalId, Leaf, Path
from graph.compiler.ids import global_id
from graph.compiler.leaves import serialising
from graph.compiler.operation import Details, Operation
from graph.compiler.plan import Arguments, Level, Paging, Pair
from graph.compiler.shape import Branch, Part


class Selector:
    """Plans the levels of an operation, or of a part of it. Use one for each plan."""

    def __init__(self, catalogue: Catalogue, operation: Operation) -> None:
        self.catalogue = catalogue
        self.levels: list[Level] = []
        self.calls: list[Arguments] = []
        self.is_walked = False
        self._operation = operation
        self._paths: dict[tuple[int, ...], Pair] = {}

    def level(self, label: str, only: tuple[str, str] | None, **more: Any) -> Level:
        """A new level, numbered in the order of the statement."""
        level = Level(len(self.levels), label, only, **more)
        self.levels.append(level)
        if level.parent is not None:
            level.parent.children.append(level)
        return level

    def node(self, level: Level, kind: GraphQLNamedType, details: Details) -> Pair:
        """The shaping of `level`'s nodes where `kind` is asked for."""
        level.is_listed = True
        candidates = self.catalogue.candidates(kind, level.label)
        assert candidates is not None, "checked when the schema was built"
        tag = None if candidates.tag is None else level.column(candidates.tag)
        branches: dict[object, Branch] = {
            value: self._branch(level, each, details) for value, each in candidates.by_tag.items()
        }
        return shape.node(tag, branches)

    def connection(self, level: Level, kind: GraphQLObjectType, details: Details) -> Pair:
        """The shaping of a connection of type `kind` whose pages are `level`'s rows."""
        parts: list[tuple[str, Part]] = []
        for key, field in self._collect(kind, details):
            parts.append((key, self._connection_part(level, kind, field)))
        return shape.connection(level, kind.name, parts)

    def paging(
        self,
        field: GraphQLField,
        node: FieldNode,
        filters: Mapping[str, Filter],
        place: str,
        kind: str,
    ) -> Paging:
        """What makes a level a page of that field, whose nodes are of type `kind`."""
        return Paging(Arguments(field, node), filters, place, kind)

    def _collect(self, kind: GraphQLObjectType, details: Details) -> list[tuple[str, Details]]:
        asked, schema = self._operation, self.catalogue.schema
        found = collect_subfields(
            schema, asked.fragment_details, asked.values, asked.definition, kind, details
        )
        return list(found.grouped_field_set.items())

    def _branch(self, level: Level, node_type: NodeType, details: Details) -> Branch:
        kind = self.catalogue.object_type(node_type.name)
        fields = tuple(
            (key, self._field(level, node_type, kind, field)) for key, field in self._collect(kind, details)
        )
        return Branch(node_type.name, fields)

    def _field(
        self,
        level: Level,
        node_type: NodeType,
        kind: GraphQLObjectType,
        details: Details,
    ) -> Pair:
        name = details[0].node.name.value
        if name == "__typename":
            return shape.constant(kind.name)
        definition, declared = kind.fields[name], node_type.fields[name]
        if isinstance(declared, GlobalId):
            return shape.prefixed(global_id(node_type.label, ""))
        if isinstance(declared, Leaf):
            return shape.leaf(level.column(declared.name), definition.type)
        if isinstance(declared, Derived):
            return self._derived(level, declared, definition, details[0].node)
        key = (id(level), id(declared), *(id(each.node) for each in details))
        if key not in self._paths:
            self._paths[key] = self._path(level, node_type, declared, definition, details)
        return self._paths[key]

    def _derived(self, level: Level, declared: Derived, definition: GraphQLField, node: FieldNode) -> Pair:
        positions = [level.column(name) for name in declared.properties]
        call = None
        if definition.args:
            call = len(self.calls)
            self.calls.append(Arguments(definition, node))
        if is_leaf_type(get_named_type(definition.type)):
            return shape.derived(positions, declared.make, call, serialising(definition.type))
        self.is_walked = True
        return shape.derived(positions, declared.make, call, lambda value: value)

    def _path(
        self,
        level: Level,
        node_type: NodeType,
        declared: Path,
        definition: GraphQLField,
        details: Details,
    ) -> Pair:
        kind = get_named_type(definition.type)
        target = node_of(kind) if declared.shape == "many" else kind
        label = declared.hops[-1].label
        candidates = self.catalogue.candidates(target, label)
        assert candidates is not None, "checked when the schema was built"
        child = self.level(
            label,
            candidates.only,
            parent=level,
            hops=declared.hops,
            order=declared.order,
        )
        if declared.shape == "many":
            name = details[0].node.name.value
            names = node_type.arguments.get(name, {})
            filters = {argument: declared.filters[own] for argument, own in names.items()}
            child.page = self.paging(
                definition, details[0].node, filters, f"{node_type.label}.{name}", target.name
            )
            assert isinstance(kind, GraphQLObjectType)
            return self.connection(child, kind, details)
        nodes = self.node(child, target, details)
        if declared.shape == "several":
            return shape.several(child, nodes)
        return shape.nearest(child, nodes, isinstance(definition.type, GraphQLNonNull))

    def _connection_part(self, level: Level, kind: GraphQLObjectType, details: Details) -> Part:
        name = details[0].node.name.value
        if name == "__typename":
            return lambda page, is_raw: kind.name
        if name == "totalCount":
            level.is_counted = True
            return shape.total(level)
        part_type = get_named_type(kind.fields[name].type)
        assert isinstance(part_type, GraphQLObjectType)
        if name in ("aggregate", "groups"):
            return self._tally(level, kind, part_type, details)
        level.is_listed = True
        if name == "edges":
            return shape.edges(part_type.name, self._edge(level, part_type, details))
        parts = [
            (key, self._page_info(level, part_type, each)) for key, each in self._collect(part_type, details)
        ]
        return shape.grouped(part_type.name, parts)

    def _tally(
        self, level: Level, kind: GraphQLObjectType, part_type: GraphQLObjectType, details: Details
    ) -> Part:
        assert level.page is not None
        ground, node = self.catalogue.grounds[level.page.kind], details[0].node
        if node.name.value == "aggregate":
            return tallying.aggregate(level, ground, part_type, details, self._collect)
        arguments = Arguments(kind.fields["groups"], node)
        return tallying.groups(level, ground, part_type, details, self._collect, arguments)

    def _edge(self, level: Level, kind: GraphQLObjectType, details: Details) -> list[tuple[str, Pair]]:
        fields: list[tuple[str, Pair]] = []
        for key, each in self._collect(kind, details):
            name = each[0].node.name.value
            if name == "__typename":
                fields.append((key, shape.constant(kind.name)))
            elif name == "cursor":
                fields.append((key, shape.cursor(level)))
            else:
                fields.append(
                    (
                        key,
                        self.node(level, get_named_type(kind.fields["node"].type), each),
                    )
                )
        return fields

    def _page_info(self, level: Level, kind: GraphQLObjectType, details: Details) -> Part:
        name = details[0].node.name.value
        if name == "__typename":
            return lambda page, is_raw: kind.name
        if name in ("hasNextPage", "hasPreviousPage"):
            assert level.page is not None
            level.page.peeks = True
            return shape.follows if name == "hasNextPage" else shape.precedes
        return shape.end_cursor(level, 0 if name == "startCursor" else -1)


def node_of(connection: GraphQLNamedType) -> GraphQLNamedType:
    """The type of the nodes in a connection type."""
    assert isinstance(connection, GraphQLObjectType)
    edge = get_named_type(connection.fields["edges"].type)
    assert isinstance(edge, GraphQLObjectType)
    kind: GraphQLNamedType = get_named_type(edge.fields["node"].type)
    return kind
