"""Aggregates of a list: how its fields `aggregate` and `groups` are planned and shaped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from graphql import GraphQLObjectType, get_named_type

from graph.compiler.grounds import Ground, Step
from graph.compiler.ids import global_id
from graph.compiler.leaves import finishing, raw_reading
from graph.compiler.operation import Details
from graph.compiler.ordering import Key
from graph.compiler.plan import Arguments, Filled, Level, Raw, Row, Tally
from graph.compiler.shape import Page, Part

Collect = Callable[[GraphQLObjectType, Details], list[tuple[str, Details]]]
"""graphql-core's own collecting of a selection: response keys and their nodes."""

_Number = Callable[[Row, bool], object]
_FUNCTIONS = {
    "present": "count",
    "min": "min",
    "max": "max",
    "average": "avg",
    "sum": "sum",
    "earliest": "min",
    "latest": "max",
}
_DIGITS = 12
PROPERTY_OF = {"countValues": "count"}
"""The property behind a field of an aggregate that bears another name: `count` is how many there are."""


def aggregate(
    level: Level, ground: Ground, kind: GraphQLObjectType, details: Details, collect: Collect
) -> Part:
    """The numbers over the whole list."""
    tally = Tally()
    level.tallies.append(tally)
    give = _aggregate(tally, ground, kind, details, collect)

    def part(page: Page, is_raw: bool) -> object:
        rows = page.filled.tallies[tally].get(page.parent)
        return give(rows[0] if rows else _nothing(tally), is_raw)

    return part


def _nothing(tally: Tally) -> Row:
    """The row of a list without nodes: counts are 0, the rest is missing."""
    return [None, *(0 if function == "count" else None for function, _ in tally.columns)]


def groups(
    level: Level,
    ground: Ground,
    kind: GraphQLObjectType,
    details: Details,
    collect: Collect,
    arguments: Arguments,
) -> Part:
    """The numbers over each group of the list, the largest first."""
    tally = Tally(by=arguments)
    level.tallies.append(tally)
    fields = [
        (key, _bucket(tally, ground, kind, each, collect, level.number))
        for key, each in collect(kind, details)
    ]

    def part(page: Page, is_raw: bool) -> object:
        asked = page.filled.pages[level.number].dimensions[tally]
        if isinstance(asked, Exception):
            return asked
        rows = page.filled.tallies[tally].get(page.parent, ())
        shaped = [{key: give(row, page.filled, is_raw) for key, give in fields} for row in rows]
        return [Raw(kind.name, each) for each in shaped] if is_raw else shaped

    return part


def _bucket(
    tally: Tally,
    ground: Ground,
    kind: GraphQLObjectType,
    details: Details,
    collect: Collect,
    number: int,
) -> Callable[[Row, Filled, bool], object]:
    name = details[0].node.name.value
    if name == "__typename":
        return lambda row, filled, is_raw: kind.name
    if name == "keys":
        return lambda row, filled, is_raw: _keys(tally, row, filled, number)
    inner = get_named_type(kind.fields[name].type)
    assert isinstance(inner, GraphQLObjectType)
    give = _aggregate(tally, ground, inner, details, collect)
    return lambda row, filled, is_raw: give(row, is_raw)


def _keys(tally: Tally, row: Row, filled: Filled, number: int) -> list[object]:
    """What the group has in common, as texts: a neighbour by its global id."""
    dimensions = filled.pages[number].dimensions[tally]
    assert not isinstance(dimensions, Exception)
    values = row[-1]
    assert isinstance(values, list)
    return [_told(key, value) for key, value in zip(dimensions, values, strict=True)]


def _told(key: Key, value: object) -> object:
    if value is None:
        return None
    if key.steps:
        return global_id(key.steps[-1][0].hops[-1].label, str(value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _aggregate(
    tally: Tally, ground: Ground, kind: GraphQLObjectType, details: Details, collect: Collect
) -> _Number:
    fields = [(key, _number(tally, ground, kind, each, collect)) for key, each in collect(kind, details)]
    return _object(kind.name, fields)


def _number(
    tally: Tally, ground: Ground, kind: GraphQLObjectType, details: Details, collect: Collect
) -> _Number:
    name = details[0].node.name.value
    if name == "__typename":
        return lambda row, is_raw: kind.name
    if name == "count":
        return _column(tally.column("count", ""))
    inner, asked = get_named_type(kind.fields[name].type), ground.fields[PROPERTY_OF.get(name, name)]
    assert isinstance(inner, GraphQLObjectType)
    assert not isinstance(asked, Step)
    own = getattr(asked, "name", "id")
    fields = [(key, _statistic(tally, own, inner, each)) for key, each in collect(inner, details)]
    return _object(inner.name, fields)


def _statistic(tally: Tally, own: str, kind: GraphQLObjectType, details: Details) -> _Number:
    name = details[0].node.name.value
    if name == "__typename":
        return lambda row, is_raw: kind.name
    function = _FUNCTIONS[name]
    given = _column(tally.column(function, own), is_rounded=function in ("avg", "sum"))
    finish, raw = finishing(kind.fields[name].type), raw_reading(kind.fields[name].type)
    # Engines differ in what nothing adds up to.
    present = _column(tally.column("count", own)) if function == "sum" else None

    def give(row: Row, is_raw: bool) -> object:
        value = None if present is not None and not present(row, is_raw) else given(row, is_raw)
        return raw(value) if is_raw else finish(value)

    return give


def _column(place: int, is_rounded: bool = False) -> _Number:
    """The number in that column, behind the parent's id."""

    def give(row: Row, is_raw: bool) -> object:
        value = row[place + 1]
        # Floats are added up in no certain order.
        return float(f"{value:.{_DIGITS}g}") if is_rounded and isinstance(value, float) else value

    return give


def _object(name: str, fields: Sequence[tuple[str, _Number]]) -> _Number:
    def give(row: Row, is_raw: bool) -> object:
        values: Mapping[str, object] = {key: number(row, is_raw) for key, number in fields}
        return Raw(name, values) if is_raw else values

    return give
