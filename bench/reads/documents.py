"""The questions: the same three for every server, each in the server's own words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from bench.reads import dataset
from server.opening import OFFICE_TIME

type Query = Literal["A", "B", "C"]

QUERIES: tuple[Query, ...] = ("A", "B", "C")
WHAT = {
    "A": "6 schools > their 350 teachers > 3 needs > topic > 2 resources",
    "B": "one teacher with needs, by id (350 ids in turn)",
    "C": "20 teachers of a subject with needs, in order (10 subjects in turn)",
}
_FOLDER = Path(__file__).with_name("documents")


@dataclass(frozen=True, slots=True)
class Question:
    """One request: the body that is sent, and a name that is the same for every server's form of it."""

    name: str
    body: str


def questions(server: str, query: Query) -> list[Question]:
    """What is asked of a server in turn, over and over. The floor gets no document: it holds its statements."""
    path = _FOLDER / server / f"{query}.graphql"
    document = {"query": path.read_text(encoding="utf-8")} if path.exists() else {}
    return [
        Question(f"{query} {value}", json.dumps({**document, "operationName": query, "variables": variables}))
        for value, variables in _variables(server, query)
    ]


def statement(query: Query) -> str:
    """The floor's Cypher for a query."""
    return (_FOLDER / "floor" / f"{query}.cypher").read_text(encoding="utf-8")


def today() -> str:
    """The day in China, as this service takes it."""
    return datetime.now(UTC).astimezone(OFFICE_TIME).date().isoformat()


def _variables(server: str, query: Query) -> list[tuple[str, dict[str, str]]]:
    if query == "B":
        prefix = "Person:" if server == "ours" else ""
        return [(own, {"id": prefix + own}) for own in dataset.teacher_ids()]
    if query == "C":
        return [(subject, {"subject": subject}) for subject in dataset.subjects()]
    # This service knows the day itself; plain strawberry and the floor are written to know it too.
    return [("", {"today": today()} if server == "peer" else {})]
