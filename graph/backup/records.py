"""One node and one relationship as a backup keeps them, whichever engine they come from."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAME = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class Node:
    """One node as the archive keeps it; its properties hold its id."""

    label: str
    properties: dict[str, object]

    @property
    def id(self) -> str:
        """Its own id."""
        return str(self.properties["id"])


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship as the archive keeps it; its ends are named by label and id."""

    kind: str
    from_label: str
    from_id: str
    to_label: str
    to_id: str
    properties: dict[str, object]


def is_plain_name(name: str) -> bool:
    """Whether a label or kind can stand in a statement as it is."""
    return _NAME.fullmatch(name) is not None
