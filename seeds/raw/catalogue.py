"""The controlled topic tree, with the phrases in which a weak competency shows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.model.needs import Topic
from graph.model.terms import Subject

_FILE = Path(__file__).parent.parent / "data" / "topics.json"


@dataclass(frozen=True, slots=True)
class Competency:
    """A leaf of the tree: what an observer notes, what a teacher says, how a resource is called."""

    topic: Topic
    observed: tuple[str, ...]
    said: tuple[str, ...]
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every topic in file order, and the leaves by id."""

    topics: tuple[Topic, ...]
    leaves: dict[str, Competency]

    def for_subject(self, subject: Subject) -> tuple[str, ...]:
        """Ids of the leaves that a teacher of `subject` meets: the subject's and the general ones."""
        wanted = (subject, Subject.GENERAL)
        return tuple(key for key, leaf in self.leaves.items() if leaf.topic.subject in wanted)


@cache
def read_catalogue() -> Catalogue:
    """The tree of `seeds/data/topics.json`, shared by all alliances."""
    rows = json.loads(_FILE.read_text(encoding="utf-8"))["topics"]
    topics = {row["id"]: _topic(row) for row in rows}
    leaves = {row["id"]: _leaf(row, topics[row["id"]]) for row in rows if "observed" in row}
    return Catalogue(tuple(topics.values()), leaves)


def _topic(row: dict[str, str | None]) -> Topic:
    return Topic(
        id=str(row["id"]),
        name=str(row["name"]),
        name_en=row["name_en"],
        subject=Subject[str(row["subject"])],
        parent=row["parent"],
    )


def _leaf(row: dict[str, list[str]], topic: Topic) -> Competency:
    return Competency(topic, tuple(row["observed"]), tuple(row["said"]), tuple(row["titles"]))
