"""Plain graphql-core over a graph in Python: the printed schema, and one resolver a field by its declaration.

A declaration is interpreted here and nowhere compiled. A new kind of declaration is a new case of `_resolver`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path as File
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    GraphQLSchema,
    build_schema,
    execute_sync,
    get_named_type,
    is_abstract_type,
    parse,
    validate,
)

from graph.compiler.declare import Derived, Entry, GlobalId, Leaf, Path
from schema.kit.context import Tongue
from schema.kit.graph_field import ById
from tests.oracle.declarations import Declarations, Kind
from tests.oracle.graph import Graph, Node
from tests.oracle.lists import Listing, follow, in_order
from tests.oracle.refusals import LARGEST_NODES, malformed_id, told, too_many_ids

CONTRACT = File(__file__).parents[2] / "schema" / "schema.graphql"
Resolve = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an answer depends on beside the document."""

    graph: Graph
    today: str
    language: str
    request_id: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as the client gets it: data, and errors as they are told."""

    data: Any
    errors: list[dict[str, Any]]


class Plain:
    """The schema of the contract over plain Python, executed by graphql-core alone.

    `is_loose` makes the root's fields nullable: then an error in one of them leaves the others.
    """

    def __init__(self, declared: Declarations, is_loose: bool = False) -> None:
        self.declared = declared
        self.schema = build_schema(CONTRACT.read_text(encoding="utf-8"))
        _read_dates(self.schema)
        for kind in self.schema.type_map.values():
            if is_abstract_type(kind):
                kind.resolve_type = lambda node, info, of: declared.name_of(node.label, node.properties)
        for name, each in declared.kinds.items():
            for field, stands_for in each.fields.items():
                self._set(name, field, each, stands_for)
        for field, stands_for in declared.entries.items():
            self._set("Query", field, None, stands_for)
        if is_loose:
            for root in self._object("Query").fields.values():
                root.type = root.type.of_type if isinstance(root.type, GraphQLNonNull) else root.type

    def check(self, text: str) -> DocumentNode | list[GraphQLError]:
        """The document, or why it can't be executed."""
        try:
            document = parse(text)
        except GraphQLError as fault:
            return [fault]
        return validate(self.schema, document) or document

    def answer(
        self,
        document: DocumentNode | list[GraphQLError],
        variables: Mapping[str, Any],
        around: Surroundings,
    ) -> Answer:
        """The answer to a checked document."""
        if isinstance(document, list):
            return Answer(None, [told(each, around.language, around.request_id) for each in document])
        found = execute_sync(
            self.schema, document, variable_values=dict(variables), context_value=around
        )
        return Answer(found.data, [told(e, around.language, around.request_id) for e in found.errors or ()])

    def _object(self, name: str) -> GraphQLObjectType:
        kind = self.schema.type_map[name]
        assert isinstance(kind, GraphQLObjectType)
        return kind

    def _set(self, kind: str, name: str, owner: Kind | None, stands_for: Any) -> None:
        field = self._object(kind).fields[name]
        field.resolve = self._resolver(name, field.type, owner, stands_for)

    def _resolver(self, name: str, kind: GraphQLOutputType, owner: Kind | None, stands_for: Any) -> Resolve:
        if isinstance(stands_for, GlobalId):
            return lambda node, info: node.key
        if isinstance(stands_for, Leaf):
            return lambda node, info: _stored(node.get(stands_for.name), kind)
        if isinstance(stands_for, Derived):
            return _derived(stands_for)
        if isinstance(stands_for, ById):
            return self._by_ids if stands_for.is_list else self._by_id
        if isinstance(stands_for, Entry):
            return self._entry(name, kind, stands_for)
        assert isinstance(stands_for, Path)
        assert owner is not None
        return self._path(f"{owner.label}.{name}", kind, stands_for)

    def _entry(self, name: str, kind: GraphQLOutputType, entry: Entry) -> Resolve:
        listing = Listing(f"Query.{name}", entry.order, entry.filters)
        names = self._possible(_node_of(kind))
        (label,) = {self.declared.kinds[each].label for each in names}

        def resolve(root: object, info: Any, **given: Any) -> Any:
            around: Surroundings = info.context
            nodes = [node for node in around.graph.labelled(label) if self._is(node, _node_of(kind))]
            return listing.page(nodes, given, around.today)

        return resolve

    def _path(self, place: str, kind: GraphQLOutputType, path: Path) -> Resolve:
        listing = Listing(place, path.order, path.filters)
        target = _node_of(kind) if path.shape == "many" else get_named_type(kind).name

        def resolve(node: Node, info: Any, **given: Any) -> Any:
            today = info.context.today
            found = [each for each in follow(node, path.hops, today) if self._is(each, target)]
            if path.shape == "many":
                return listing.page(found, given, today)
            ordered = in_order(found, path.order)
            return ordered if path.shape == "several" else next(iter(ordered), None)

        return resolve

    def _is(self, node: Node, name: str) -> bool:
        """Whether a node may stand where that type is asked for; whether it can be told is seen there."""
        if is_abstract_type(self.schema.type_map[name]):
            return node.label in {self.declared.kinds[each].label for each in self._possible(name)}
        return self.declared.name_of(node.label, node.properties) == name

    def _possible(self, name: str) -> Sequence[str]:
        kind = self.schema.type_map[name]
        return [each.name for each in self.schema.get_possible_types(kind)] if is_abstract_type(kind) else [name]

    def _by_id(self, root: object, info: Any, id: str) -> Node | None:
        label, colon, own = id.partition(":")
        if not (colon and own and label.isidentifier()):
            raise malformed_id(id, "id")
        graph: Graph = info.context.graph
        return graph.find(label, own) if label in self.declared.labels() else None

    def _by_ids(self, root: object, info: Any, ids: list[str]) -> list[Node | None]:
        if len(ids) > LARGEST_NODES:
            raise too_many_ids(len(ids))
        return [self._by_id(root, info, each) for each in ids]


def _node_of(connection: GraphQLOutputType) -> str:
    kind: Any = get_named_type(connection)
    name: str = get_named_type(get_named_type(kind.fields["edges"].type).fields["node"].type).name
    return name


def _derived(stands_for: Derived) -> Resolve:
    def resolve(node: Node, info: Any, **given: Any) -> Any:
        if "lang" in info.parent_type.fields[info.field_name].args:
            given["lang"] = Tongue[given.get("lang") or info.context.language.upper()]
        return stands_for.make(*[node.get(name) for name in stands_for.properties], **given)

    return resolve


def _stored(value: Any, kind: GraphQLOutputType) -> Any:
    """A property for graphql-core to complete: an empty list is stored as nothing, a day as its text."""
    if isinstance(kind, GraphQLNonNull) and isinstance(kind.of_type, GraphQLList):
        return [] if value is None else value
    if get_named_type(kind).name == "Date" and value is not None:
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise GraphQLError(f"Date cannot represent value: {value!r}") from None
    return value


def _read_dates(schema: GraphQLSchema) -> None:
    kind = schema.type_map["Date"]
    assert isinstance(kind, GraphQLScalarType)

    def read(given: object) -> str:
        if not isinstance(given, str):
            raise GraphQLError(f'Value cannot represent a Date: "{given}". Expected a string.')
        try:
            return date.fromisoformat(given).isoformat()
        except ValueError as fault:
            raise GraphQLError(f'Value cannot represent a Date: "{given}". {fault}') from None

    kind.parse_value = kind.coerce_input_value = read  # type: ignore[method-assign,assignment]  # both are its names
    kind.serialize = kind.coerce_output_value = date.isoformat  # type: ignore[method-assign,assignment]  # as above
