"""A small world with text: books in two languages on shelves, and authors of two kinds."""

from __future__ import annotations

from typing import Annotated

import strawberry

from graph.compiler.declare import equals, incoming, outgoing
from graph.migrations.indexes import make_index
from graph.store import Store, Transaction
from graph.words import SEARCHED, searched_text
from schema.kit.connections import Connection
from schema.kit.execution import GraphSchema, build_schema
from schema.kit.fields import entry, graph_interface, graph_type, many, one, search_entry


@graph_type(label="Shelf", searched=("name",))
class Shelf:
    """Where books stand. 中文：书架"""

    name: str
    books: Connection[Book] = many(
        incoming("ON", "Book"), order=("pages", "id"), args={"pages": equals("pages")}
    )


@graph_type(label="Book", searched=("title", "title_en"))
class Book:
    """A book. 中文：书"""

    title: str | None
    title_en: str | None
    pages: int | None
    shelf: Shelf | None = one(outgoing("ON", "Shelf"))


@graph_interface(tag="kind", label="Author", searched=("name",))
class Author:
    """Who writes. 中文：作者"""

    name: str


@graph_type(label="Author", kind="POET")
class Poet(Author):
    """Writes poems. 中文：诗人"""

    verses: int


@graph_type(label="Author", kind="ESSAYIST")
class Essayist(Author):
    """Writes essays. 中文：散文家"""


Finding = Annotated[
    Book | Shelf | Poet | Essayist, strawberry.union("Finding", description="What has text. 中文：检索结果")
]


@strawberry.type
class Query:
    """Entries of the small world."""

    shelves: Connection[Shelf] = entry(order=("name",))
    books: Connection[Book] = entry(order=("-pages", "id"), args={"pages": equals("pages")})
    authors: Connection[Author] = entry()
    poets: Connection[Poet] = entry()
    search: list[Finding] = search_entry()


NODES: dict[str, list[dict[str, object]]] = {
    "Shelf": [{"id": "s1", "name": "教师用书"}, {"id": "s2", "name": "Poems & Essays"}],
    "Book": [
        {"id": "b1", "title": "教师培训手册", "title_en": "Teacher Training, a Handbook", "pages": 300},
        {"id": "b2", "title": "老师的作业设计", "pages": 120},
        {"id": "b3", "title": "Ｐｌａｎ Ｂ：５Ｇ课堂", "title_en": "The plan", "pages": 120},
        {"id": "b4", "title": "作业、设计与评价", "title_en": "Assigning; Designing; ASSESSING"},
        {"id": "b5", "title_en": "don't AND (won't) OR title:x* \\ / ~ ^2"},
        {"id": "b6", "pages": 9},
    ],
    "Author": [
        {"id": "a1", "name": "师陀", "kind": "ESSAYIST"},
        {"id": "a2", "name": "Emily Plane", "kind": "POET", "verses": 7},
    ],
}
TEXTS = {"Shelf": ("name",), "Book": ("title", "title_en"), "Author": ("name",)}


def shelf_schema() -> GraphSchema:
    """The schema of the small world."""
    return build_schema(Query)


async def fill(store: Store) -> None:
    """Write the small world into an empty graph, its words indexed."""
    for label in NODES:
        await make_index(store, label)

    async def work(transaction: Transaction) -> None:
        for label, rows in NODES.items():
            given = [row | {SEARCHED: words(label, row)} for row in rows]
            await transaction.run(f"UNWIND $rows AS row CREATE (n:{label}) SET n = row", rows=given)
        for book, shelf in (("b1", "s1"), ("b2", "s1"), ("b3", "s1"), ("b4", "s2"), ("b5", "s2")):
            await transaction.run(
                "MATCH (b:Book {id: $book}), (s:Shelf {id: $shelf}) CREATE (b)-[:ON]->(s)",
                book=book,
                shelf=shelf,
            )

    await store.write(work)


def words(label: str, row: dict[str, object]) -> str | None:
    """What is kept of a node's text to be searched."""
    return searched_text(str(row[name]) for name in TEXTS[label] if name in row)
