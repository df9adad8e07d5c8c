"""What can be reached from a value through dataclasses, mappings and tuples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass


def values_of(thing: object) -> Iterator[object]:
    """`thing` and everything that can be reached from it."""
    yield thing
    parts: list[object] = []
    if is_dataclass(thing) and not isinstance(thing, type):
        parts = [getattr(thing, field.name) for field in fields(thing)]
    elif isinstance(thing, Mapping):
        parts = [*thing.keys(), *thing.values()]
    elif isinstance(thing, tuple):
        parts = list(thing)
    for part in parts:
        yield from values_of(part)
