"""A small world for the compiler alone: orchards, their trees, and helpers of two kinds."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date

from graphql import (
    FragmentDefinitionNode,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    build_schema,
    parse,
    validate,
)
from graphql.execution import get_variable_values
from graphql.execution.collect_fields import FragmentDetails, collect_fields

from graph.compiler.asking import Asking
from graph.compiler.catalogue import Catalogue, Entrance, IdEntrance, ListEntrance, NodeType
from graph.compiler.compiler import Compiler
from graph.compiler.declare import (
    Filter,
    GlobalId,
    Leaf,
    Owned,
    Path,
    contains,
    equals,
    incoming,
    outgoing,
    within,
)
from graph.compiler.operation import Call, Operation
from graph.compiler.visibility import EVERYTHING, Visibility

PAGES = "".join(
    f"""
    type {name}Connection {{ totalCount: Int! pageInfo: PageInfo! edges: [{name}Edge!]! }}
    type {name}Edge {{ cursor: String! node: {name}! }}
    """
    for name in ("Orchard", "Tree", "Gardener")
)
SDL = f"""
    type PageInfo {{ hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }}
    {PAGES}
    interface Helper {{ id: ID! name: String! }}
    type Gardener implements Helper {{ id: ID! name: String! }}
    type Beekeeper implements Helper {{ id: ID! name: String! hives: Int }}
    type Orchard {{
        id: ID! name: String!
        trees(first: Int = 20, after: String): TreeConnection!
        gardeners(first: Int = 20, after: String): GardenerConnection!
        helpers: [Helper!]!
    }}
    type Tree {{ id: ID! height: Int orchard: Orchard! }}
    type Query {{
        orchards(first: Int = 20, after: String, name: String, text: String, helper: ID): OrchardConnection!
        orchard(id: ID!): Orchard
    }}
"""
CARED_FOR = (incoming("AT", "Care", current=True), outgoing("OF", "Helper"))
FILTERS: dict[str, Filter] = {
    "name": equals("name"),
    "text": contains("name", "note"),
    "helper": within(incoming("AT", "Care"), outgoing("OF", "Helper")),
}
_NAMED: dict[str, Owned] = {"id": GlobalId(), "name": Leaf("name")}
TYPES = {
    "Gardener": NodeType("Gardener", "Helper", ("kind", "GARDENER"), _NAMED, {}),
    "Beekeeper": NodeType(
        "Beekeeper", "Helper", ("kind", "BEEKEEPER"), {**_NAMED, "hives": Leaf("hives")}, {}
    ),
    "Orchard": NodeType(
        "Orchard",
        "Orchard",
        None,
        {
            **_NAMED,
            "trees": Path((incoming("IN", "Tree"),), "many", ("-height",)),
            "gardeners": Path(CARED_FOR, "many"),
            "helpers": Path(CARED_FOR, "several", ("name",)),
        },
        {},
    ),
    "Tree": NodeType(
        "Tree",
        "Tree",
        None,
        {"id": GlobalId(), "height": Leaf("height"), "orchard": Path((outgoing("IN", "Orchard"),), "one")},
        {},
    ),
}


def orchard_compiler(kept_plans: int = 1024) -> Compiler:
    """A compiler of the small world."""
    entrances: dict[str, Entrance] = {
        "orchards": ListEntrance(FILTERS, ("name", "id")),
        "orchard": IdEntrance(False),
    }
    return Compiler(Catalogue(orchard_schema(), TYPES, entrances), kept_plans)


def orchard_schema() -> GraphQLSchema:
    """The small world's schema."""
    return build_schema(SDL)


def call(
    compiler: Compiler, operation: OperationDefinitionNode | str, variables: dict[str, object] | None = None
) -> Call:
    """The first root field of a document as an entry."""
    schema = compiler.catalogue.schema
    fragments: dict[str, FragmentDefinitionNode] = {}
    if isinstance(operation, str):
        document = parse(operation)
        assert validate(schema, document) == []
        (operation,) = (each for each in document.definitions if isinstance(each, OperationDefinitionNode))
        fragments = {
            each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
        }
    values = get_variable_values(schema, operation.variable_definitions or (), variables or {})
    assert not isinstance(values, list)
    assert isinstance(schema.query_type, GraphQLObjectType)
    details = {name: FragmentDetails(each) for name, each in fragments.items()}
    collected = collect_fields(schema, details, values, schema.query_type, operation)
    field = next(iter(collected.grouped_field_set.values()))
    name = field[0].node.name.value
    return Call(
        Operation(operation, fragments, values.coerced),
        [each.node for each in field],
        schema.query_type.fields[name],
        f"Query.{name}",
    )


async def first_answer(compiler: Compiler, entry: Call, caller: Asking) -> object:
    """What the operation's first entry answers. Raises the fault of its arguments."""
    answer = next(iter((await compiler.operation(entry.operation, caller)).values()))
    if isinstance(answer, Exception):
        raise answer
    return answer


class Recorder:
    """A reader that keeps what it is asked and answers every column with an empty list (a count with 0)."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, object]]] = []

    def __call__(self, statement: str, /, **parameters: object) -> Awaitable[Sequence[Mapping[str, object]]]:
        """The empty answer."""
        self.asked.append((statement, parameters))
        return self._answer(statement)

    async def _answer(self, statement: str) -> Sequence[Mapping[str, object]]:
        columns = statement.rsplit("RETURN ", 1)[1].split(", ")
        return [{name: 0 if name == "t0" else [] for name in columns}]


def asking(
    read: Callable[..., Awaitable[Sequence[Mapping[str, object]]]], visibility: Visibility = EVERYTHING
) -> Asking:
    """The test's caller on a fixed day."""
    return Asking(read, date(2024, 9, 1), b"secret", visibility)
