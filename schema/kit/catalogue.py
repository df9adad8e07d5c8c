"""The compiler's catalogue of one strawberry schema, checked, and the resolvers that lead into it.

Every field has one owner: the compiler for fields of graph types, connections and entries, strawberry
for all others. Refused when the schema is built: what the compiler would have to skip.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_union_type,
)
from strawberry.types.field import StrawberryField

from graph.compiler.catalogue import (
    Catalogue,
    IdEntrance,
    ListEntrance,
    NodeType,
    SchemaFault,
    SearchEntrance,
)
from graph.compiler.compiler import Compiler
from graph.compiler.declare import Entry, GlobalId, Leaf, Path
from graph.compiler.grounds import Ground, Step
from graph.compiler.selection import node_of
from schema.kit.aggregates import Aggregates
from schema.kit.connections import Connection, Edge, PageInfo
from schema.kit.graph_field import ById, GraphField, GraphMeta, SearchAll, searched_fields
from schema.kit.inputs import Inputs
from schema.kit.resolving import from_raw, resolve_entry, resolve_found

Resolve = Callable[..., Any]
_DEFINITION = "strawberry-definition"
_PAGING = ("first", "after", "last", "before")


def compile_schema(schema: GraphQLSchema) -> Compiler:
    """The compiler of a schema, its resolvers set. Raises SchemaFault."""
    objects = [kind for kind in schema.type_map.values() if isinstance(kind, GraphQLObjectType)]
    types = {kind.name: _node_type(kind, meta) for kind in objects if (meta := _meta(kind))}
    catalogue = Catalogue(schema, types, grounds=_grounds(schema))
    compiler, inputs = Compiler(catalogue), Inputs(schema, catalogue.grounds)
    for kind in objects:
        for name, field in kind.fields.items():
            if kind.name in types:
                _check_field(compiler.catalogue, kind, name, field)
            resolve = _resolver(compiler, kind, name, field, kind.name in types)
            if resolve is not None:
                field.resolve = resolve
    owners: list[GraphQLObjectType | GraphQLInterfaceType] = [*objects]
    owners += [kind for kind in schema.type_map.values() if isinstance(kind, GraphQLInterfaceType)]
    for owner in owners:
        for field in owner.fields.values():
            if (
                isinstance(_declared(field), Entry | Path)
                and _generic(get_named_type(field.type)) is Connection
            ):
                inputs.add_to(field, node_of(get_named_type(field.type)).name)
    aggregates = Aggregates(schema, catalogue.grounds, from_raw)
    for kind in objects:
        if _generic(kind) is Connection and node_of(kind).name in catalogue.grounds:
            aggregates.add_to(kind, node_of(kind).name)
    return compiler


def _grounds(schema: GraphQLSchema) -> dict[str, Ground]:
    """What filters and orders may ask, by the name of each graph type and graph interface."""
    found: dict[str, Ground] = {}
    for kind in schema.type_map.values():
        meta = _meta(kind)
        if meta is not None and isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            asked = {name: _asked(field) for name, field in kind.fields.items()}
            fields = {name: each for name, each in asked.items() if each is not None}
            found[kind.name] = Ground(meta.label, meta.constant, fields, searched_fields(_origin(kind)))
    return found


def _asked(field: GraphQLField) -> GlobalId | Leaf | Step | None:
    declared = _declared(field)
    if isinstance(declared, GlobalId | Leaf):
        return declared
    if not isinstance(declared, Path):
        return None
    target = get_named_type(field.type)
    target = node_of(target) if _generic(target) is Connection else target
    return Step(declared.hops, declared.order, target.name, declared.shape != "one")


def _declared(field: GraphQLField) -> object:
    """What a field of ours was declared as; None for any other."""
    definition = field.extensions.get(_DEFINITION)
    return definition.declared if isinstance(definition, GraphField) else None


def _meta(kind: GraphQLNamedType) -> GraphMeta | None:
    return getattr(_origin(kind), "__graph__", None)


def _origin(kind: GraphQLNamedType) -> Any:
    definition = kind.extensions.get(_DEFINITION)
    return getattr(definition, "origin", None)


def _node_type(kind: GraphQLObjectType, meta: GraphMeta) -> NodeType:
    fields = {name: _own(kind, name, field).declared for name, field in kind.fields.items()}
    arguments = {name: filter_names(field) for name, field in kind.fields.items()}
    return NodeType(kind.name, meta.label, meta.constant, fields, arguments)


def filter_names(field: GraphQLField) -> dict[str, str]:
    """The declared names of a field's filters by their GraphQL names."""
    names = {name: each.extensions[_DEFINITION].python_name for name, each in field.args.items()}
    return {name: own for name, own in names.items() if own not in _PAGING}


def _own(kind: GraphQLObjectType, name: str, field: GraphQLField) -> GraphField:
    declared = field.extensions.get(_DEFINITION)
    place = f"{kind.name}.{name}"
    if not isinstance(declared, GraphField):
        raise SchemaFault(place, "图类型不能有解析函数", "a graph type has no resolvers: use derived()")
    _refuse_extensions(place, declared)
    return declared


def _refuse_extensions(place: str, declared: StrawberryField) -> None:
    if declared.permission_classes or declared.extensions:
        raise SchemaFault(
            place,
            "编译的字段会跳过权限类与扩展，请改用可见性规则",
            "the compiler skips permission classes and extensions: use a rule of visibility",
        )


def _check_field(catalogue: Catalogue, kind: GraphQLObjectType, name: str, field: GraphQLField) -> None:
    declared = catalogue.types[kind.name].fields[name]
    if not isinstance(declared, Path):
        return
    place, end = f"{kind.name}.{name}", declared.hops[-1].label
    target = get_named_type(field.type)
    if (declared.shape == "many") != (_generic(target) is Connection):
        raise SchemaFault(
            place, "many() 与 Connection 必须配对", "many() goes with Connection[…], the others do not"
        )
    if declared.shape == "many":
        target = node_of(target)
    if catalogue.candidates(target, end) is None or not catalogue.is_graph(target):
        raise SchemaFault(
            place,
            f"路径终点是 {end}，不是 {target.name}",
            f"the path ends at {end}, which is no {target.name}",
        )


def _check_entry(catalogue: Catalogue, place: str, target: GraphQLNamedType) -> None:
    if _generic(target) is not Connection or not catalogue.is_graph(node_of(target)):
        raise SchemaFault(
            place, "entry() 需要 Connection[图类型]", "entry() goes with Connection[a graph type]"
        )
    if len(catalogue.labels(node_of(target))) != 1:
        raise SchemaFault(place, "entry() 只能是一个标签", "entry() wants a type of one label")


def _check_search(catalogue: Catalogue, place: str, target: GraphQLNamedType) -> None:
    possible = catalogue.schema.get_possible_types(target) if is_union_type(target) else []
    if not possible or not all(
        each.name in catalogue.grounds and catalogue.grounds[each.name].searched for each in possible
    ):
        raise SchemaFault(
            place,
            "search_entry() 需要有文字的图类型的联合",
            "search_entry() goes with a union of types with text",
        )


def _generic(kind: GraphQLNamedType) -> Any:
    """The generic class that a type is made from, such as Connection."""
    definition = kind.extensions.get(_DEFINITION)
    return getattr(getattr(definition, "concrete_of", None), "origin", None)


def _resolver(
    compiler: Compiler, kind: GraphQLObjectType, name: str, field: GraphQLField, is_graph: bool
) -> Resolve | None:
    """The resolver that a field needs of us; None leaves it to strawberry."""
    if is_graph or _generic(kind) in (Connection, Edge) or _origin(kind) is PageInfo:
        return from_raw
    declared, place = _declared(field), f"{kind.name}.{name}"
    if isinstance(declared, Entry | ById | SearchAll):
        _refuse_extensions(place, field.extensions[_DEFINITION])
    if isinstance(declared, Entry):
        _check_entry(compiler.catalogue, place, get_named_type(field.type))
        filters = {argument: declared.filters[own] for argument, own in filter_names(field).items()}
        compiler.catalogue.entrances[name] = ListEntrance(filters, declared.order)
        return resolve_entry(compiler)
    if isinstance(declared, ById):
        compiler.catalogue.entrances[name] = IdEntrance(declared.is_list)
        return resolve_entry(compiler)
    if isinstance(declared, SearchAll):
        _check_search(compiler.catalogue, place, get_named_type(field.type))
        compiler.catalogue.entrances[name] = SearchEntrance()
        return resolve_entry(compiler)
    target = get_named_type(field.type)
    if compiler.catalogue.is_graph(target) or _generic(target) is Connection:
        assert field.resolve is not None
        return resolve_found(compiler, place, field.resolve)
    return None
