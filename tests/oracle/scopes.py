"""Which response keys are taken at one place of a document, so that its fields can be merged."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

type Told = tuple[str, str, str]
"""A field's name, its arguments as text, its type."""


@dataclass(slots=True)
class Scope:
    """One place of a document. In a named fragment every key that could clash bears the fragment's `prefix`."""

    prefix: str = ""
    taken: dict[str, Told] = field(default_factory=dict)
    inner: dict[str, Scope] = field(default_factory=dict)
    numbers: count[int] = field(default_factory=lambda: count(1))

    def new_alias(self) -> str:
        """A key that nobody has here."""
        return f"{self.prefix}a{next(self.numbers)}"

    def claim(self, key: str, told: Told, *, has_parts: bool) -> str:
        """The key under which that field may stand: the one wanted, or a new one where it would clash."""
        if self.prefix and has_parts and not key.startswith(self.prefix):
            key = self.new_alias()
        if self.taken.get(key, told) != told:
            key = self.new_alias()
        self.taken[key] = told
        return key

    def below(self, key: str) -> Scope:
        """The place below that key; the same for all fields that are merged there."""
        if key not in self.inner:
            self.inner[key] = Scope(self.prefix)
        return self.inner[key]
