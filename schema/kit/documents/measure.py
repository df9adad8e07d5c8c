"""How much a document asks for, counted once for each fragment however often it is spread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    is_introspection_type,
    visit,
)
from graphql import Visitor as GraphQLVisitor

from graph.compiler.paging import DEFAULT_PAGE, LARGEST_PAGE

PAGE_SIZES = ("first", "last")
"""The arguments that give the size of a page."""
GROUPS = 100
"""For how many groups a list of groups counts; a thousand would leave no room for two of them."""
PLAIN_LIST = 10
"""For how many things a list without pages counts."""


@dataclass(frozen=True, slots=True)
class Size:
    """What a part of a document asks for; `root_fields` are those of its first level alone, `depth` counts braces.

    `values` is the most that its answer could hold: one for each object and leaf, with the size of the pages
    multiplied, a plain list counting for PLAIN_LIST things; `items` are those of each edge of the page around.
    `objects` are the fields that lead from one thing to another, each a part of a statement.
    """

    root_fields: int = 0
    fields: int = 0
    depth: int = 0
    values: int = 0
    items: int = 0
    objects: int = 0


def measure(schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, object]) -> Size:
    """The size of a document, valid or not; fields are those of all its operations and unused fragments.

    Raises graphlib.CycleError for fragments that spread each other in a circle, which have no size.
    """
    measurer = _Measurer(schema, document, variables)
    sizes = [
        measurer.operation(each) for each in document.definitions if isinstance(each, OperationDefinitionNode)
    ]
    rest = measurer.unspread()
    return Size(
        max((each.root_fields for each in sizes), default=0),
        sum(each.fields for each in (*sizes, *rest)),
        max((each.depth for each in (*sizes, *rest)), default=0),
        max((each.values for each in sizes), default=0),
        objects=max((each.objects for each in sizes), default=0),
    )


def page_variables(document: DocumentNode) -> tuple[str, ...]:
    """The variables that give sizes of pages anywhere in the document, sorted."""
    found = set[str]()

    class Visitor(GraphQLVisitor):
        def enter_argument(self, node: ArgumentNode, *_: object) -> None:
            if node.name.value in PAGE_SIZES and isinstance(node.value, VariableNode):
                found.add(node.value.name.value)

    visit(document, Visitor())
    return tuple(sorted(found))


class _Measurer:
    """Measures the parts of one document: of its fragments, those first that others spread."""

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, object]
    ) -> None:
        self._schema = schema
        self._pages = {**_defaults(document), **variables}
        self._fragments: dict[str, Size] = {}
        given = {
            each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
        }
        spreads = {name: set(_spreads(each.selection_set)) for name, each in given.items()}
        self._spread = set[str]().union(*spreads.values())
        for name in TopologicalSorter(spreads).static_order():
            if name in given:
                fragment = given[name]
                kind = schema.type_map.get(fragment.type_condition.name.value)
                self._fragments[name] = self._selected(fragment.selection_set, kind)

    def operation(self, node: OperationDefinitionNode) -> Size:
        """The size of an operation."""
        self._spread |= set(_spreads(node.selection_set))
        return self._selected(node.selection_set, self._schema.get_root_type(node.operation))

    def unspread(self) -> list[Size]:
        """The sizes of fragments that nothing spreads: validation reads them all the same."""
        return [size for name, size in self._fragments.items() if name not in self._spread]

    def _selected(self, selected: SelectionSetNode, kind: GraphQLNamedType | None) -> Size:
        sizes = [self._selection(each, kind) for each in selected.selections]
        return Size(
            sum(each.root_fields for each in sizes),
            sum(each.fields for each in sizes),
            1 + max(each.depth for each in sizes),
            sum(each.values for each in sizes),
            sum(each.items for each in sizes),
            sum(each.objects for each in sizes),
        )

    def _selection(self, node: SelectionNode, kind: GraphQLNamedType | None) -> Size:
        if isinstance(node, FragmentSpreadNode):
            return self._fragments.get(node.name.value, _NOTHING)
        if isinstance(node, InlineFragmentNode):
            condition = node.type_condition
            narrowed = kind if condition is None else self._schema.type_map.get(condition.name.value)
            return self._selected(node.selection_set, narrowed)
        assert isinstance(node, FieldNode)
        return self._field(node, kind)

    def _field(self, node: FieldNode, kind: GraphQLNamedType | None) -> Size:
        field = _fields(kind).get(node.name.value)
        if node.selection_set is None:
            return Size(1, 1, values=1)
        target = None if field is None else get_named_type(field.type)
        below = self._selected(node.selection_set, target)
        fields, depth, objects = 1 + below.fields, below.depth, below.objects
        if _is_connection(target):
            values = 1 + below.values + self._first(node) * below.items
            return Size(1, fields, depth, values, objects=1 + objects)
        if _is_connection(kind) and node.name.value == "edges":
            return Size(1, fields, depth, 0, below.values, objects)
        times = self._times(node, field)
        objects += field is not None and not _is_of_page(kind)
        return Size(1, fields, depth, times * (1 + below.values), objects=objects)

    def _times(self, node: FieldNode, field: GraphQLField | None) -> int:
        """How many things a field without pages can give."""
        if field is None or not _is_list(field):
            return 1
        if node.name.value == "groups":
            return GROUPS
        return self._first(node) if "first" in field.args else PLAIN_LIST

    def _first(self, node: FieldNode) -> int:
        given: object = None
        for argument in node.arguments or ():
            if argument.name.value in PAGE_SIZES:
                given = _number(argument.value, self._pages)
        size = given if isinstance(given, int) else DEFAULT_PAGE
        return min(max(size, 0), LARGEST_PAGE)


_NOTHING = Size()


def _defaults(document: DocumentNode) -> dict[str, object]:
    """The default values of variables that are whole numbers, those of all operations together."""
    operations = (each for each in document.definitions if isinstance(each, OperationDefinitionNode))
    variables = (each for operation in operations for each in operation.variable_definitions or ())
    return {each.variable.name.value: _number(each.default_value, {}) for each in variables}


def _number(node: object, values: Mapping[str, object]) -> object:
    if isinstance(node, VariableNode):
        return values.get(node.name.value)
    return int(node.value) if isinstance(node, IntValueNode) else None


def _spreads(selected: SelectionSetNode) -> Iterator[str]:
    """The names of the fragments spread anywhere in a selection."""
    for node in selected.selections:
        if isinstance(node, FragmentSpreadNode):
            yield node.name.value
        elif isinstance(node, FieldNode | InlineFragmentNode) and node.selection_set is not None:
            yield from _spreads(node.selection_set)


def _fields(kind: GraphQLNamedType | None) -> Mapping[str, GraphQLField]:
    return kind.fields if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) else {}


def _is_connection(kind: GraphQLNamedType | None) -> bool:
    return {"edges", "pageInfo"} <= _fields(kind).keys()


def _is_of_page(kind: GraphQLNamedType | None) -> bool:
    """Whether fields of the type belong to the page around (or describe the schema), and lead nowhere."""
    is_edge = {"cursor", "node"} <= _fields(kind).keys()
    return kind is None or is_edge or _is_connection(kind) or is_introspection_type(kind)


def _is_list(field: GraphQLField) -> bool:
    kind = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    return isinstance(kind, GraphQLList)
