"""A value as the graph stores it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import Enum


def stored(value: object) -> object:
    """The stored form: enums by name, dates and instants as ISO text, lists of those."""
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [stored(each) for each in value]
    return value
