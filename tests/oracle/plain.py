"""Plain graphql-core over a graph in Python: the printed schema, and one resolver a field by its declaration.

A declaration is interpreted here and nowhere compiled. A new kind of declaration is a new case of `_resolver`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
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
from tests.oracle.dates import as_date, read_dates
from tests.oracle.declarations import Declarations, Kind
from tests.oracle.graph import Graph, Node
from tests.oracle.kinds import Kinds, node_of
from tests.oracle.listing import Listing
from tests.oracle.lists import in_order
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

    def __init__(
        self, declared: Declarations, is_loose: bool = False, kinds: Callable[..., Kinds] = Kinds
    ) -> None:
        self.declared = declared
        self.schema = build_schema(CONTRACT.read_text(encoding="utf-8"))
        self.kinds = kinds(self.schema, declared)
        read_dates(self.schema)
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
        found = execute_sync(self.schema, document, variable_values=dict(variables), context_value=around)
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
        return self._path(owner, name, kind, stands_for)

    def _entry(self, name: str, kind: GraphQLOutputType, entry: Entry) -> Resolve:
        kinds, target = self.kinds, node_of(kind)
        listing = Listing(f"Query.{name}", target, entry.order, entry.filters, kinds)

        def resolve(root: object, info: Any, **given: Any) -> Any:
            around: Surroundings = info.context
            nodes = [n for n in around.graph.labelled(kinds.label(target)) if kinds.is_of(n, target)]
            return listing.page(nodes, given, around.today)

        return resolve

    def _path(self, owner: Kind, name: str, kind: GraphQLOutputType, path: Path) -> Resolve:
        kinds = self.kinds
        listing = Listing(f"{owner.label}.{name}", node_of(kind), path.order, path.filters, kinds)

        def resolve(node: Node, info: Any, **given: Any) -> Any:
            found = kinds.led_to(node, owner.name, name, info.context.today)
            if path.shape == "many":
                return listing.page(found, given, info.context.today)
            ordered = in_order(found, path.order)
            return ordered if path.shape == "several" else next(iter(ordered), None)

        return resolve

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
    return as_date(value) if get_named_type(kind).name == "Date" else value
