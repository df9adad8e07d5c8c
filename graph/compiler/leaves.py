"""Stored values of leaves: checked and turned into response values, or handed to graphql-core as they are.

For each leaf there are two readings. `finish` gives the response value and raises Surprise for anything
that the type does not allow; `raw` gives what graphql-core's own completion expects, so that it can make
the error itself.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache

from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLList,
    GraphQLNonNull,
    GraphQLOutputType,
    GraphQLScalarType,
)

from graph.compiler.inline import Inline, fresh, reading_of

Reading = Callable[[object], object]

_LARGEST_INT = 2**31
_MEMO_LIMIT = 20_000
_TEMPORAL: dict[str, Callable[[str], object]] = {
    "Date": date.fromisoformat,
    "DateTime": datetime.fromisoformat,
    "Time": time.fromisoformat,
}
_AS_IT_IS = {
    "String": "type({}) is str",
    "ID": "type({}) is str",
    "Boolean": "type({}) is bool",
    "Int": f"type({{}}) is int and -{_LARGEST_INT} <= v < {_LARGEST_INT}",
    "Float": "type({}) is float and v - v == 0.0",
}
"""For a built-in scalar: the test that a stored value, taken as `v` in the braces, can be given as it is."""


class Surprise(Exception):
    """A stored value that the schema does not allow: the rows are walked by graphql-core instead."""


def finishing(kind: GraphQLOutputType) -> Reading:
    """The reading that gives response values of `kind`. It raises Surprise."""
    if isinstance(kind, GraphQLNonNull):
        return _never_null(finishing(kind.of_type), isinstance(kind.of_type, GraphQLList))
    if isinstance(kind, GraphQLList):
        return _each(finishing(kind.of_type))
    if isinstance(kind, GraphQLEnumType):
        return _enum_name(kind)
    assert isinstance(kind, GraphQLScalarType)
    if kind.name in _TEMPORAL:
        return _temporal(kind, _TEMPORAL[kind.name])
    return _quick(kind)


def written(kind: GraphQLOutputType, finish: Reading, value: str) -> Inline:
    """`finish` of `value` as an expression; what already is what a built-in scalar or a term wants needs no call."""
    name = fresh("s")
    is_required = isinstance(kind, GraphQLNonNull)
    inner = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    if isinstance(inner, GraphQLEnumType):
        terms = fresh("m")
        names: dict[str, object] = {name: finish, terms: frozenset(inner.values)}
        return Inline(f"(v if type(v := {value}) is str and v in {terms} else {name}(v))", names)
    test = _AS_IT_IS.get(getattr(inner, "name", ""))
    if test is None:
        return Inline(f"{name}({value})", {name: finish})
    taken = f"v := {value}"
    asked = test.format(taken) if is_required else f"({taken}) is None or {test.format('v')}"
    return Inline(f"(v if {asked} else {name}(v))", {name: finish})


def raw_reading(kind: GraphQLOutputType) -> Reading:
    """The reading that gives what graphql-core completes; a value that can't be read is an exception."""
    if isinstance(kind, GraphQLNonNull):
        inner = raw_reading(kind.of_type)
        if isinstance(kind.of_type, GraphQLList):
            return lambda value: inner([] if value is None else value)
        return inner
    if isinstance(kind, GraphQLList):
        item = raw_reading(kind.of_type)
        return lambda value: [item(each) for each in value] if isinstance(value, list) else value
    if isinstance(kind, GraphQLEnumType):
        return lambda value: (
            kind.values[value].value if isinstance(value, str) and value in kind.values else value
        )
    if kind.name in _TEMPORAL:
        return lambda value: None if value is None else _parsed(kind.name, value)
    return lambda value: value


def serialising(kind: GraphQLOutputType) -> Reading:
    """The reading for values made in Python (not stored ones): graphql-core's own, or Surprise."""
    if isinstance(kind, GraphQLNonNull):
        return _never_null(serialising(kind.of_type), False)
    if isinstance(kind, GraphQLList):
        return _each(serialising(kind.of_type))
    assert isinstance(kind, GraphQLScalarType | GraphQLEnumType)
    return _coerced(kind)


def _never_null(inner: Reading, is_list: bool) -> Reading:
    def read(value: object) -> object:
        found = inner([] if value is None and is_list else value)
        if found is None:
            raise Surprise
        return found

    return read


def _each(inner: Reading) -> Reading:
    def read(value: object) -> object:
        if value is None:
            return None
        if not isinstance(value, list | tuple):
            raise Surprise
        return [inner(each) for each in value]

    return read


def _enum_name(kind: GraphQLEnumType) -> Reading:
    names = {name: name for name in kind.values}

    def read(value: object) -> object:
        if value is None:
            return None
        if not isinstance(value, str) or value not in names:
            raise Surprise
        return names[value]

    return read


@cache
def _temporal(kind: GraphQLScalarType, parse: Callable[[str], object]) -> Reading:
    memo: dict[object, object] = {None: None}

    def read(value: object) -> object:
        try:
            return memo[value]
        except (KeyError, TypeError):
            pass
        try:
            found = kind.coerce_output_value(parse(value))  # type: ignore[arg-type]  # a wrong type is the surprise
        except (ValueError, TypeError):
            raise Surprise from None
        if len(memo) > _MEMO_LIMIT:
            memo.clear()
            memo[None] = None
        memo[value] = found
        return found

    return read


def _parsed(name: str, value: object) -> object:
    try:
        return _TEMPORAL[name](value)  # type: ignore[arg-type]  # a wrong type is the error told below
    except (ValueError, TypeError):
        return GraphQLError(f"{name} cannot represent value: {value!r}")


def _coerced(kind: GraphQLScalarType | GraphQLEnumType) -> Reading:
    def read(value: object) -> object:
        if value is None:
            return None
        try:
            return kind.coerce_output_value(value)
        except Exception:  # whatever it is, graphql-core tells it
            raise Surprise from None

    return read


def _quick(kind: GraphQLScalarType) -> Reading:
    """As `_coerced`, without the call for values that already are what a built-in scalar wants."""
    slow, test = _coerced(kind), _AS_IT_IS.get(kind.name)
    if test is None:
        return slow
    return reading_of(Inline(f"v if {test.format('v')} else slow(v)", {"slow": slow}))
