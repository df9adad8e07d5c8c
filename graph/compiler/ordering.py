"""What a list is sorted by: properties, a neighbour's property, how many neighbours there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from graph.compiler.conditions import HiddenField
from graph.compiler.declare import Leaf
from graph.compiler.grounds import Ground, Grounds, Step
from graph.compiler.visibility import Visibility
from graph.errors import InvalidInput
from graph.words import SEARCHED

MOST_KEYS = 5
"""Most sort keys that a caller may give."""
FARTHEST = 3
"""Over how many steps a sort key may lie away."""


MOST_DIMENSIONS = 3
"""By how many things a list is grouped at once."""


class BadOrder(InvalidInput):
    """A sort key that can't be used."""

    code = "BAD_ORDER"


class BadGroups(InvalidInput):
    """What a list can't be grouped by."""

    code = "BAD_GROUPS"


@dataclass(frozen=True, slots=True)
class Key:
    """One sort key: a property of the node at the end of `steps`, or (`name` None) how many the last step leads to.

    Without steps it is a property of the node itself; `is_length`: how long that is.
    """

    name: str | None
    descends: bool
    steps: tuple[tuple[Step, tuple[str, str] | None], ...] = ()
    is_length: bool = False

    @property
    def is_computed(self) -> bool:
        """Whether it takes more than the node itself."""
        return bool(self.steps) or self.is_length

    def reversed(self) -> Key:
        """The same key the other way round."""
        return replace(self, descends=not self.descends)


def keys_of(order: Sequence[str]) -> tuple[Key, ...]:
    """The keys of a declared order."""
    return tuple(Key(each.removeprefix("-"), each[0] == "-") for each in order)


def by_likeness() -> tuple[Key, ...]:
    """The keys of what a search finds: the shortest text first, since the words make up most of it."""
    return (Key(SEARCHED, False, is_length=True), Key("id", False))


def read_order(
    given: Sequence[object], ground: Ground, grounds: Grounds, visibility: Visibility
) -> tuple[Key, ...]:
    """The keys of an `orderBy`, the id last, so that no two nodes are equal. Raises BadOrder, HiddenField."""
    if len(given) > MOST_KEYS:
        raise BadOrder("orderBy", f"最多 {MOST_KEYS} 个排序项", f"sort by {MOST_KEYS} keys at most")
    keys = [
        _key(cast("Mapping[str, object]", each), ground, grounds, visibility, f"orderBy.{place}", ())
        for place, each in enumerate(given)
    ]
    return (*keys, Key("id", False))


def read_dimensions(
    given: Sequence[str], ground: Ground, grounds: Grounds, visibility: Visibility
) -> tuple[Key, ...]:
    """What a list is grouped by: properties, and neighbours by their id. Raises BadGroups, HiddenField."""
    if not 1 <= len(given) <= MOST_DIMENSIONS or len(set(given)) < len(given):
        zh = f"应按 1 至 {MOST_DIMENSIONS} 个不同的项分组"
        raise BadGroups("by", zh, f"group by 1 to {MOST_DIMENSIONS} different things", value=list(given))
    keys: list[Key] = []
    for name in given:
        asked = ground.fields[name]
        if isinstance(asked, Step):
            keys.append(Key("id", False, ((asked, grounds[asked.target].only),)))
            continue
        own = asked.name if isinstance(asked, Leaf) else "id"
        if visibility.hides(ground.label, own):
            raise HiddenField("by", own)
        keys.append(Key(own, False))
    return tuple(keys)


def _key(
    given: Mapping[str, object],
    ground: Ground,
    grounds: Grounds,
    visibility: Visibility,
    at: str,
    before: tuple[tuple[Step, tuple[str, str] | None], ...],
) -> Key:
    ((name, value),) = given.items()  # a oneOf input
    asked, at = ground.fields[name], f"{at}.{name}"
    if isinstance(asked, Step):
        steps = (*before, (asked, grounds[asked.target].only))
        if len(steps) > FARTHEST:
            zh, en = f"排序最多跨 {FARTHEST} 步", f"a sort key lies {FARTHEST} steps away at most"
            raise BadOrder(at, zh, en)
        if asked.is_many:
            return Key(None, value == "DESC", steps)
        inner = cast("Mapping[str, object]", value)
        return _key(inner, grounds[asked.target], grounds, visibility, at, steps)
    property_name = asked.name if isinstance(asked, Leaf) else "id"
    if visibility.hides(ground.label, property_name):
        raise HiddenField(at, property_name)
    return Key(property_name, value == "DESC", before)
