"""The slot for who sees what: a predicate for each node that a statement matches, a mask for its properties.

The rules themselves stand in `graph.access`; EVERYTHING is the administrator's.
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

    def value(self, label: str, variable: str, name: str) -> str | None:
        """What stands for the property `name` of that node, or None where it is the property itself.

        It is selected, filtered and sorted by alike, so that what is hidden can't be found out by asking.
        """

    def link(self, label: str, variable: str, relationship: str, end: str) -> str | None:
        """The condition on the node `variable` of that label for its relationship to a node of `end` to be followed.

        It is asked at the node that the relationship starts from, whichever way it is followed; None: always.
        """

    def hides(self, label: str, name: str) -> bool:
        """Whether the viewer sees that property of no node of the label: to filter or sort by it is refused."""


class _Everything:
    key = "everything"
    parameters: Mapping[str, object] = {}

    def predicate(self, label: str, variable: str) -> str | None:
        return None

    def value(self, label: str, variable: str, name: str) -> str | None:
        return None

    def link(self, label: str, variable: str, relationship: str, end: str) -> str | None:
        return None

    def hides(self, label: str, name: str) -> bool:
        return False


EVERYTHING: Visibility = _Everything()
