"""A small world declared with the kit alone: orchards, trees, and helpers of two kinds, as data in Python.

`NODES` and `LINKS` are the whole graph; `plant` writes them, and the reference walks them.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

import strawberry

from graph.access.viewer import administrator
from graph.compiler.declare import (
    among,
    at_least,
    at_most,
    contains,
    either,
    equals,
    holds,
    incoming,
    outgoing,
    within,
)
from graph.compiler.visibility import Visibility
from graph.errors import InvalidInput, Language
from graph.store import Store, Transaction
from resolvers.rules import packaged_rules
from schema.kit.connections import Connection
from schema.kit.context import Context
from schema.kit.execution import GraphSchema, build_schema
from schema.kit.fields import (
    Node,
    derived,
    entry,
    graph_interface,
    graph_type,
    label_of,
    many,
    node_entry,
    nodes_entry,
    one,
    page_field,
    several,
)
from schema.kit.found import found, found_all, found_page

TODAY = date(2024, 9, 1)


class Soil(Enum):
    """What an orchard stands on."""

    CLAY = ("黏土", "clay")
    SAND = ("沙土", "sand")

    @property
    def zh(self) -> str:
        """The Chinese label."""
        return self.value[0]

    @property
    def en(self) -> str:
        """The English label."""
        return self.value[1]


@strawberry.type
class Letter:
    """A plain type below a node."""

    text: str

    @strawberry.field
    async def doubled(self) -> str:
        """What only a resolver knows."""
        return self.text * 2


@graph_interface(tag="kind", label="Helper")
class Helper:
    """Who cares for an orchard. 中文：帮手"""

    name: str
    skills: list[str]
    cares: Connection[Care] = many(incoming("BY", "Care"), order=("-start", "id"))


@graph_type(label="Helper", kind="GARDENER")
class Gardener(Helper):
    """Cares for trees. 中文：园丁"""

    boss: Gardener | None = one(outgoing("UNDER", "Helper"))


@graph_type(label="Helper", kind="BEEKEEPER")
class Beekeeper(Helper):
    """Cares for bees. 中文：养蜂人"""

    hives: int | None


@graph_type(label="Orchard")
class Orchard:
    """Where trees grow. 中文：果园"""

    name: str
    planted: date | None
    soil: Soil | None
    soils: list[Soil]
    area: float | None
    soil_label: str | None = label_of("soil")
    soil_labels: list[str] = label_of("soils")
    letters: list[Letter] = derived("name", make=lambda name: [Letter(text=each) for each in name])
    title: str = derived("name", "area", make=lambda name, area: f"{name} ({area})")
    trees: Connection[Tree] = many(
        incoming("IN", "Tree"), order=("height", "id"), args={"kind": equals("kind")}
    )
    caring: Connection[Helper] = many(incoming("AT", "Care", current=True), outgoing("BY", "Helper"))
    gardeners: list[Gardener] = several(incoming("AT", "Care"), outgoing("BY", "Helper"))
    oldest: Tree | None = one(incoming("IN", "Tree"), order=("planted", "id"))


@graph_type(label="Tree")
class Tree:
    """A tree of an orchard. 中文：果树"""

    kind: str
    height: int | None
    planted: date | None
    orchard: Orchard = one(outgoing("IN", "Orchard"))


@graph_type(label="Care")
class Care:
    """A helper at an orchard, dated. 中文：照管"""

    start: date
    end: date | None
    helper: Helper = one(outgoing("BY", "Helper"))
    orchard: Orchard = one(outgoing("AT", "Orchard"))


@strawberry.type
class Advice:
    """What Python computes: a score and the nodes it is about."""

    score: int
    tree: Tree | None
    helpers: list[Helper]
    trees: Connection[Tree] = page_field()


_CARES_FOR = (incoming("BY", "Care"), outgoing("AT", "Orchard"))


class TreeIsTired(InvalidInput):
    """A refusal for the tests."""

    code = "TREE_IS_TIRED"


@strawberry.type
class Query:
    """Entries of the small world."""

    orchards: Connection[Orchard] = entry(
        order=("name",),
        args={
            "text": contains("name"),
            "soil": equals("soil"),
            "soil_in": among("soil"),
            "soils": holds("soils"),
            "planted_from": at_least("planted"),
            "planted_to": at_most("planted"),
            "helper": within(incoming("AT", "Care"), outgoing("BY", "Helper")),
        },
    )
    gardeners: Connection[Gardener] = entry()
    helpers: Connection[Helper] = entry(
        order=("-name", "id"),
        args={"orchard": either(within(*_CARES_FOR), within(outgoing("UNDER", "Helper"), *_CARES_FOR))},
    )
    trees: Connection[Tree] = entry(order=("-height", "id"))
    node: Node | None = node_entry()
    nodes: list[Node | None] = nodes_entry()

    @strawberry.field
    async def advice(self) -> list[Advice]:
        """One advice for each tree, by descending id, and one for a tree that is gone."""
        ids = ["t5", "t4", "t3", "t2", "t1", "t9"]
        return [
            Advice(
                score=index,
                tree=found(Tree, own),
                helpers=found_all(Helper, ["h3", "h9", "h1"]),
                trees=found_page("Tree", ids[index:]),
            )
            for index, own in enumerate(ids)
        ]

    @strawberry.field
    def best_tree(self, own: str) -> Tree:
        """The tree with that id, which may be gone."""
        return found(Tree, own)

    @strawberry.field
    def wrong(self) -> Tree | None:
        """A resolver that gives no node by id."""
        return Tree()

    @strawberry.field
    def tired(self) -> int | None:
        """A refusal."""
        raise TreeIsTired("tree", "树累了", "the tree is tired", since=TODAY, soil=Soil.CLAY)

    @strawberry.field
    def broken(self) -> int | None:
        """A fault that nobody meant."""
        raise RuntimeError("password is hunter2")


NODES: dict[str, list[dict[str, object]]] = {
    "Orchard": [
        {
            "id": "o1",
            "name": "Ap",
            "planted": "2001-04-05",
            "soil": "CLAY",
            "soils": ["CLAY", "SAND"],
            "area": 2.5,
        },
        {"id": "o2", "name": "Birne", "soil": "SAND", "area": 1.0},
        {"id": "o3", "name": "Ap", "planted": "2010-01-01"},
    ],
    "Tree": [
        {"id": "t1", "kind": "apple", "height": 3, "planted": "2002-01-01"},
        {"id": "t2", "kind": "apple", "height": 5},
        {"id": "t3", "kind": "pear", "height": 3, "planted": "2001-01-01"},
        {"id": "t4", "kind": "pear"},
        {"id": "t5", "kind": "plum", "height": 9},
    ],
    "Helper": [
        {"id": "h1", "name": "Ada", "kind": "GARDENER", "skills": ["graft", "prune"]},
        {"id": "h2", "name": "Bo", "kind": "BEEKEEPER", "hives": 4},
        {"id": "h3", "name": "Cy", "kind": "GARDENER"},
    ],
    "Care": [
        {"id": "c1", "start": "2020-01-01"},
        {"id": "c2", "start": "2020-01-01", "end": "2024-09-01"},
        {"id": "c3", "start": "2019-01-01", "end": "2024-08-31"},
        {"id": "c4", "start": "2024-09-02"},
        {"id": "c5", "start": "2021-01-01"},
    ],
}
LINKS: list[tuple[str, str, str, str, str]] = [
    *(("Tree", tree, "IN", "Orchard", "o1") for tree in ("t1", "t2", "t3", "t4")),
    ("Tree", "t5", "IN", "Orchard", "o2"),
    *(
        ("Care", care, "BY", "Helper", helper)
        for care, helper in (("c1", "h1"), ("c2", "h2"), ("c3", "h3"), ("c4", "h3"), ("c5", "h1"))
    ),
    *(
        ("Care", care, "AT", "Orchard", orchard)
        for care, orchard in (("c1", "o1"), ("c2", "o1"), ("c3", "o1"), ("c4", "o2"), ("c5", "o1"))
    ),
    ("Helper", "h1", "UNDER", "Helper", "h3"),
]


def orchard_schema() -> GraphSchema:
    """The schema of the small world."""
    return build_schema(Query)


async def plant(store: Store) -> None:
    """Write the small world into an empty graph."""

    async def work(transaction: Transaction) -> None:
        for label, rows in NODES.items():
            await transaction.run(f"UNWIND $rows AS row CREATE (n:{label}) SET n = row", rows=rows)
        for label, own, relationship, other_label, other in LINKS:
            await transaction.run(
                f"MATCH (a:{label} {{id: $own}}), (b:{other_label} {{id: $other}}) CREATE (a)-[:{relationship}]->(b)",
                own=own,
                other=other,
            )

    await store.write(work)


def context(store: Store, language: Language = "en") -> Context:
    """A request on the test's day."""
    now, who = "2024-09-01T08:00:00Z", administrator("tester")
    return Context(store, TODAY, language, b"secret", "r-1", who.holder, now, packaged_rules(), who)


def seeing(asked: Context, visibility: Visibility) -> Context:
    """The request under another visibility than any role has: what the kit makes of it is tested alone."""
    object.__setattr__(asked, "visibility", visibility)
    return asked
