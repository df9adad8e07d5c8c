"""The slot for who sees what: a predicate for each node that a statement matches.

Until there are rules, everything is visible.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Protocol


class Visibility(Protocol):
    """What one viewer may see, as Cypher.

    Two visibilities with the same `key` give the same predicates; what differs between two viewers
    stands in `parameters`, whose names must not collide with the compiler's (begin them with `viewer_`).
    """

    @property
    def key(self) -> Hashable:
        """Tells sets of predicates apart: statement texts are kept by it."""

    @property
    def parameters(self) -> Mapping[str, object]:
        """The values that the predicates name."""

    def predicate(self, label: str, variable: str) -> str | None:
        """The condition on the node `variable` of that label, or None where all are visible."""


class _Everything:
    key = "everything"
    parameters: Mapping[str, object] = {}

    def predicate(self, label: str, variable: str) -> str | None:
        return None


EVERYTHING: Visibility = _Everything()
