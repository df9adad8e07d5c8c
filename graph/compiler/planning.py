"""Plans: of a whole operation's entries together, or of nodes that Python found by id."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from graphql import GraphQLError, GraphQLNamedType, GraphQLObjectType, get_argument_values, get_named_type
from graphql.execution.collect_fields import collect_fields

from graph.compiler.catalogue import Catalogue, Entrance, IdEntrance, SearchEntrance
from graph.compiler.declare import Filter
from graph.compiler.ids import LARGEST_NODES, TooManyIds, split_id
from graph.compiler.operation import Call, Operation
from graph.compiler.plan import Plan, Root, View
from graph.compiler.selection import Selector, node_of

Ids = list[tuple[str, str]]
"""`(label, own id)` of each global id, in the order given."""


@dataclass(frozen=True, slots=True)
class Door:
    """One entry of an operation: its response key, what is called there, what it was declared as."""

    key: str
    call: Call
    entrance: Entrance


def doors_of(catalogue: Catalogue, operation: Operation) -> list[Door]:
    """The entries that the operation asks for, in its order; other root fields are left out."""
    schema, kind = catalogue.schema, catalogue.schema.query_type
    assert isinstance(kind, GraphQLObjectType)
    found = collect_fields(schema, operation.fragment_details, operation.values, kind, operation.definition)
    doors: list[Door] = []
    for key, details in found.grouped_field_set.items():
        name = details[0].node.name.value
        if name in catalogue.entrances:
            nodes = [each.node for each in details]
            call = Call(operation, nodes, kind.fields[name], f"{kind.name}.{name}")
            doors.append(Door(key, call, catalogue.entrances[name]))
    return doors


def ids_asked(door: Door, operation: Operation) -> Ids:
    """The ids that an entry by id is given. Raises MalformedId, TooManyIds, GraphQLError."""
    assert isinstance(door.entrance, IdEntrance)
    given = get_argument_values(door.call.definition, door.call.nodes[0], operation.values)
    ids = given["ids"] if door.entrance.is_list else [given["id"]]
    if len(ids) > LARGEST_NODES:
        raise TooManyIds(len(ids))
    return [split_id(each) for each in ids]


def plan_operation(
    catalogue: Catalogue, operation: Operation, doors: Sequence[Door], labels: Mapping[str, tuple[str, ...]]
) -> Plan:
    """One plan for all entries; `labels` are, by response key, those of the ids that an entry is given."""
    selector = Selector(catalogue, operation)
    roots = [_root_of(selector, door, labels.get(door.key, ())) for door in doors]
    return Plan(selector.levels, roots, selector.calls, operation)


def plan_pages(catalogue: Catalogue, call: Call, labels: Sequence[str]) -> Plan:
    """Pages of given ids of each of those labels, ordered by id."""
    selector = Selector(catalogue, call.operation)
    root = _root(selector, call, lambda: _pages(selector, call, {}, ("id",), labels))
    return Plan(selector.levels, [root], selector.calls, call)


def plan_nodes(catalogue: Catalogue, call: Call, kind: GraphQLNamedType, labels: Sequence[str]) -> Plan:
    """Nodes of given ids of each of those labels, where `kind` is asked for."""
    selector = Selector(catalogue, call.operation)
    root = _root(selector, call, lambda: _nodes(selector, call, kind, labels))
    return Plan(selector.levels, [root], selector.calls, call)


def _root_of(selector: Selector, door: Door, labels: Sequence[str]) -> Root:
    call, entrance = door.call, door.entrance
    if isinstance(entrance, IdEntrance):
        kind = get_named_type(call.definition.type)
        return _root(selector, call, lambda: _nodes(selector, call, kind, labels))
    if isinstance(entrance, SearchEntrance):
        return _root(selector, call, lambda: _results(selector, call))
    return _root(selector, call, lambda: _pages(selector, call, entrance.filters, entrance.order))


def _root(selector: Selector, call: Call, make: Callable[[], list[View]]) -> Root:
    before, selector.is_walked = len(selector.levels), False
    try:
        views = make()
    except GraphQLError as fault:
        del selector.levels[before:]
        return Root(call.place, [], [], False, fault)
    return Root(call.place, selector.levels[before:], views, selector.is_walked)


def _pages(
    selector: Selector,
    call: Call,
    filters: Mapping[str, Filter],
    order: tuple[str, ...],
    grouped: Sequence[str] = (),
) -> list[View]:
    """A page of a type's nodes; with `grouped`, pages of given ids of each of those labels."""
    catalogue, kind = selector.catalogue, get_named_type(call.definition.type)
    assert isinstance(kind, GraphQLObjectType)
    target = node_of(kind)
    views: list[View] = []
    for label in grouped or catalogue.labels(target):
        candidates = catalogue.candidates(target, label)
        assert candidates is not None
        page = selector.paging(call.definition, call.nodes[0], filters, call.place, target.name)
        level = selector.level(label, candidates.only, order=order, is_grouped=bool(grouped), page=page)
        views.append((level, selector.connection(level, kind, call.details)))
    return views


def _nodes(selector: Selector, call: Call, kind: GraphQLNamedType, labels: Sequence[str]) -> list[View]:
    views: list[View] = []
    for label in labels:
        candidates = selector.catalogue.candidates(kind, label)
        if candidates is not None:
            level = selector.level(label, candidates.only, by_ids=True)
            views.append((level, selector.node(level, kind, call.details)))
    return views


def _results(selector: Selector, call: Call) -> list[View]:
    """What a search finds of each label, the keys that it is sorted by behind each row's columns."""
    catalogue, kind = selector.catalogue, get_named_type(call.definition.type)
    views: list[View] = []
    for label in catalogue.labels(kind):
        candidates = catalogue.candidates(kind, label)
        assert candidates is not None
        some = next(iter(candidates.by_tag.values()))
        page = selector.paging(call.definition, call.nodes[0], {}, call.place, some.name)
        page.is_search = True
        level = selector.level(label, candidates.only, page=page, has_cursors=True)
        views.append((level, selector.node(level, kind, call.details)))
    return views
