"""Who asks, when, and through what."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from graph.compiler.visibility import Visibility


class Read(Protocol):
    """How a statement is read: its rows as dictionaries."""

    def __call__(self, statement: str, /, **parameters: object) -> Awaitable[Sequence[Mapping[str, object]]]:
        """The rows of the statement."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, when, and through what: all that a read depends on beside the document.

    `today` decides what is current; `secret` signs cursors; `defaults` are values of the asker's own (his
    language) for arguments of derived fields that the document leaves out.
    """

    read: Read
    today: date
    secret: bytes
    visibility: Visibility
    defaults: Mapping[str, object] = field(default_factory=dict)
