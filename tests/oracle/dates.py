"""Days, as the contract's scalar reads and writes them."""

from __future__ import annotations

from datetime import date
from typing import Any

from graphql import GraphQLError, GraphQLScalarType, GraphQLSchema


def as_date(stored: Any) -> date | None:
    """A stored day. Raises GraphQLError for what is none."""
    try:
        return None if stored is None else date.fromisoformat(stored)
    except (TypeError, ValueError):
        raise GraphQLError(f"Date cannot represent value: {stored!r}") from None


def read_dates(schema: GraphQLSchema) -> None:
    """Makes the schema read days as ISO text, and write them so."""
    kind = schema.type_map["Date"]
    assert isinstance(kind, GraphQLScalarType)

    def read(given: object) -> str:
        if not isinstance(given, str):
            raise GraphQLError(f'Value cannot represent a Date: "{given}". Expected a string.')
        try:
            return date.fromisoformat(given).isoformat()
        except ValueError as fault:
            raise GraphQLError(f'Value cannot represent a Date: "{given}". {fault}') from None

    kind.parse_value = kind.coerce_input_value = read  # type: ignore[method-assign,assignment]  # both are its names
    kind.serialize = kind.coerce_output_value = date.isoformat  # type: ignore[method-assign,assignment]  # as above
