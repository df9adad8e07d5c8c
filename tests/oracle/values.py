"""Values for arguments, drawn from the real data or wrong on purpose, and how a document spells them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
)

from tests.oracle.graph import Graph
from tests.oracle.inputs import draw_object

GARBAGE_CURSORS = ("", "x", "AAAA", "不是游标", "b3JhY2xlLWN1cnNvciBbXQ", "é" * 40)
GARBAGE_IDS = ("", ":", "School", "School:", ":s-q", "Sch ool:s-q", "学校:s-q", "s-q")
WRONG_PAGES = (-1, 101, -2147483648, 2147483647)
FITTING_PAGES = (0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 7, 8, 20, 100)
_TEXTS = ("", "a", "A", "%", "_", "'", "课", "ß", "样例", "pang", "PANG", "没有人")


@dataclass(frozen=True, slots=True)
class Pool:
    """What arguments are drawn from: own ids by label, words of names, days; `labels` by type."""

    ids: Mapping[str, list[str]]
    words: list[str]
    days: list[str]
    labels: Mapping[str, str]

    @classmethod
    def of(cls, graph: Graph, labels: Mapping[str, str]) -> Pool:
        """The pool of a graph; `labels` are those of the types."""
        words = {str(node.get("name") or "样") for node in graph.all()}
        days = {
            value
            for node in graph.all()
            for name, value in node.properties.items()
            if name in ("planned_on", "formed_on", "start") and isinstance(value, str)
        }
        ids = {
            label: sorted(each.own for each in graph.labelled(label))
            for label in sorted(set(labels.values()))
        }
        return cls({label: own for label, own in ids.items() if own}, sorted(words), sorted(days), labels)

    def own(self, chance: Random, label: str | None = None) -> str:
        """A global id of that label, or of any, each label as likely as another."""
        label = label or chance.choice(list(self.ids))
        return f"{label}:{chance.choice(self.ids[label])}"

    def wrong_id(self, chance: Random) -> str:
        """An id that leads nowhere, is of any kind, or is no id at all."""
        label = chance.choice(list(self.ids))
        return chance.choice([f"{label}:gone", "Version:graph", "Nothing:1", self.own(chance), *GARBAGE_IDS])

    def text(self, chance: Random) -> str:
        """A part of some name, in one case or the other, or a text of its own."""
        if chance.random() < 0.3:
            return chance.choice(_TEXTS)
        word = chance.choice(self.words)
        start = chance.randrange(len(word))
        part = word[start : start + chance.randint(1, 4)]
        return chance.choice([part, part.upper(), part.lower()])


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a field, or a field of an input object in it.

    `label` is what its id should be of, None for any; `owner` the graph type that an input object is about,
    `depth` how many input objects stand around it.
    """

    name: str
    kind: GraphQLInputType
    label: str | None
    owner: str = ""
    depth: int = 0

    @property
    def is_cursor(self) -> bool:
        """Whether it takes a cursor."""
        return self.name in ("after", "before")


type Draw = Callable[[Argument, GraphQLInputType], Any]
"""A value for an argument, of that type."""


def draw(chance: Random, pool: Pool, argument: Argument, kind: GraphQLInputType, is_bad: bool) -> Any:
    """A value of an argument's type (or of a part of it); never null."""
    if isinstance(kind, GraphQLNonNull):
        return draw(chance, pool, argument, kind.of_type, is_bad)
    if isinstance(kind, GraphQLList):
        size = chance.choice((0, 1, 1, 2, 6) if is_bad else (0, 1, 1, 1, 2, 2, 3))
        if argument.name == "by" and not is_bad:
            dimensions: Any = get_named_type(kind)
            return chance.sample(list(dimensions.values), min(max(1, size), 2, len(dimensions.values)))
        if is_bad and argument.name == "ids" and chance.random() < 0.3:
            size = 101
        return [draw(chance, pool, argument, kind.of_type, is_bad) for _ in range(size)]
    named = get_named_type(kind)
    if isinstance(named, GraphQLInputObjectType):
        inner: Draw = lambda part, of: draw(chance, pool, part, of, is_bad)  # noqa: E731  # with its type
        return draw_object(chance, inner, argument, named, is_bad)
    if isinstance(named, GraphQLEnumType):
        return chance.choice([*named.values, "NO_SUCH_TERM"] if is_bad else list(named.values))
    return _scalar(chance, pool, argument, named.name, is_bad)


def _scalar(chance: Random, pool: Pool, argument: Argument, name: str, is_bad: bool) -> Any:
    if argument.is_cursor:
        return chance.choice(GARBAGE_CURSORS)
    if argument.name in ("first", "last"):
        return chance.choice(WRONG_PAGES if is_bad else FITTING_PAGES)
    if name == "ID":
        label = argument.label or pool.labels.get(argument.owner)
        return pool.wrong_id(chance) if is_bad else pool.own(chance, label)
    if name == "Date":
        return chance.choice(["2025-02-30", "20250301", "", "gestern"] if is_bad else pool.days)
    if name == "Int":
        return chance.choice([0, 1, 2, 3, 7])
    if name == "Float":
        return chance.choice([0, 0.25, 0.5, 1.5, 2, 3.0])
    if name == "Boolean":
        return chance.random() < 0.5
    assert name == "String", f"no values for a {name} yet"
    return pool.text(chance)


def spelled(kind: GraphQLInputType, value: Any) -> str:
    """A value as a literal of a document."""
    if isinstance(kind, GraphQLNonNull):
        return spelled(kind.of_type, value)
    if isinstance(kind, GraphQLList) and isinstance(value, list):
        return f"[{', '.join(spelled(kind.of_type, each) for each in value)}]"
    named = get_named_type(kind)
    if value is not None and isinstance(named, GraphQLInputObjectType):
        inside = (f"{name}: {spelled(named.fields[name].type, each)}" for name, each in value.items())
        return f"{{{', '.join(inside)}}}"
    if value is not None and isinstance(named, GraphQLEnumType):
        return str(value)
    return json.dumps(value, ensure_ascii=False)
