"""Leaves: what the types allow is passed on, anything else is a surprise or graphql-core's own error."""

from __future__ import annotations

from datetime import date

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLOutputType,
    GraphQLScalarType,
    GraphQLString,
)

from graph.compiler.leaves import Surprise, finishing, raw_reading

COLOUR = GraphQLEnumType("Colour", {"RED": 10, "GREEN": 20})
DATE = GraphQLScalarType("Date", serialize=lambda value: value.isoformat())


@pytest.mark.parametrize(
    ("kind", "stored", "given"),
    [
        (GraphQLString, "教师", "教师"),
        (GraphQLString, None, None),
        (GraphQLString, 5, "5"),
        (GraphQLInt, 2**31 - 1, 2**31 - 1),
        (GraphQLFloat, 2, 2),
        (GraphQLID, 7, "7"),
        (COLOUR, "RED", "RED"),
        (DATE, "2024-02-29", "2024-02-29"),
        (GraphQLNonNull(GraphQLList(GraphQLNonNull(COLOUR))), ["GREEN"], ["GREEN"]),
        (GraphQLNonNull(GraphQLList(GraphQLString)), None, []),
        (GraphQLList(GraphQLString), None, None),
    ],
)
def test_allowed_values_are_finished(kind: GraphQLOutputType, stored: object, given: object) -> None:
    assert finishing(kind)(stored) == given


@pytest.mark.parametrize(
    ("kind", "stored"),
    [
        (GraphQLNonNull(GraphQLString), None),
        (GraphQLInt, 2**31),
        (GraphQLInt, "five"),
        (GraphQLFloat, float("nan")),
        (COLOUR, "BLUE"),
        (COLOUR, 10),
        (DATE, "2024-02-30"),
        (DATE, 20240229),
        (DATE, ["2024-02-29"]),
        (GraphQLList(GraphQLString), "a"),
        (GraphQLList(GraphQLNonNull(GraphQLString)), [None]),
    ],
)
def test_values_that_the_type_forbids_are_surprises(kind: GraphQLOutputType, stored: object) -> None:
    with pytest.raises(Surprise):
        finishing(kind)(stored)


def test_raw_values_are_what_graphql_core_completes() -> None:
    assert raw_reading(COLOUR)("GREEN") == 20
    assert raw_reading(COLOUR)("BLUE") == "BLUE"
    assert raw_reading(DATE)("2024-02-29") == date(2024, 2, 29)
    assert raw_reading(GraphQLNonNull(GraphQLList(COLOUR)))(None) == []
    bad = raw_reading(DATE)("tomorrow")
    assert isinstance(bad, GraphQLError)
    assert bad.message == "Date cannot represent value: 'tomorrow'"
