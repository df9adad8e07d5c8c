"""Input objects for arguments: conditions and sort keys, not deep, with values of the real data."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

from graphql import GraphQLInputObjectType, get_named_type

if TYPE_CHECKING:
    from tests.oracle.values import Argument, Draw

DEEP = 3
"""How deep input objects are nested at most."""


def draw_object(
    chance: Random, draw: Draw, argument: Argument, kind: GraphQLInputObjectType, is_bad: bool
) -> dict[str, Any]:
    """An input object: one field of a oneOf, else a few; now and then none."""
    inside = replace(argument, depth=argument.depth + 1, owner=_owner(argument, kind))
    names = [name for name, each in kind.fields.items() if _fits(get_named_type(each.type), argument)]
    size = 1 if kind.is_one_of else chance.choice((1, 1, 1, 2, 2, 0))
    found: dict[str, Any] = {}
    for name in sorted(chance.sample(names, min(size, len(names))), key=list(kind.fields).index):
        is_null = is_bad and not kind.is_one_of and chance.random() < 0.1
        found[name] = None if is_null else draw(replace(inside, name=name), kind.fields[name].type)
    return found


def _owner(argument: Argument, kind: GraphQLInputObjectType) -> str:
    """The graph type whose conditions these are: an id among them is of it."""
    return kind.name.removesuffix("Where") if kind.name.endswith("Where") else argument.owner


def _fits(kind: Any, argument: Argument) -> bool:
    return argument.depth < DEEP or not kind.name.endswith(("Where", "Order"))
