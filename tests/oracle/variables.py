"""The variables of one generated document: each declared once, with a value (or none) for each binding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphql import GraphQLInputType, GraphQLNonNull

from tests.oracle.values import spelled

BINDINGS = 2
"""How many sets of values a document gets, beside those that follow from cursors of its own answers."""

NULL_CONDITIONS = (
    "an explicit null for the variable of @skip or @include fails all entries at once, as the plan can't be "
    "made; graphql-core fails the one object whose selection it is"
)
"""The one thing that is known to differ, and is not drawn."""


@dataclass(slots=True)
class Variables:
    """What a document declares, and the values that it is asked with.

    `cursors` are the variables that want a cursor: name, then the response key of their list.
    """

    chance: Random
    declared: list[str] = field(default_factory=list)
    bindings: list[dict[str, Any]] = field(default_factory=lambda: [{} for _ in range(BINDINGS)])
    cursors: dict[str, str] = field(default_factory=dict)

    def add(self, kind: GraphQLInputType, draw: Callable[[], Any]) -> str:
        """A new variable for a place of that type: required, optional, or with a default, maybe null."""
        name, chance = f"v{len(self.declared) + 1}", self.chance
        has_default = chance.random() < 0.35
        nullable = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
        must = isinstance(kind, GraphQLNonNull) and not has_default
        text = f"{nullable}!" if must or chance.random() < 0.15 else f"{nullable}"
        default = f" = {spelled(nullable, draw())}" if has_default else ""
        self.declared.append(f"${name}: {text}{default}")
        for binding in self.bindings:
            given = chance.random()
            if given < 0.7 or text.endswith("!"):
                binding[name] = draw()
            elif given < 0.85 and str(kind) != "Boolean!":  # null in a condition: see NULL_CONDITIONS
                binding[name] = None
        return f"${name}"

    def add_cursor(self, key: str) -> str:
        """A new variable for a cursor of the list under that response key."""
        name = f"v{len(self.declared) + 1}"
        self.declared.append(f"${name}: String")
        self.cursors[name] = key
        return f"${name}"

    def head(self) -> str:
        """The operation's keyword with its declarations; "" where it needs none."""
        return f"query ({', '.join(self.declared)}) " if self.declared else ""
