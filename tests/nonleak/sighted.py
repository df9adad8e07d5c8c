"""The oracle as one viewer's: over a graph without what is hidden from him, and refusing what he may not ask by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from graphql import DocumentNode, GraphQLError

from schema.root import schema
from tests.oracle.declarations import read_declarations
from tests.oracle.kinds import Kinds
from tests.oracle.plain import Answer, Plain, Surroundings
from tests.oracle.refusals import hidden_field

Hides = Callable[[str, str], bool]
"""Whether a property of a label is hidden on every row."""
Asked = DocumentNode | list[GraphQLError]

DECLARED = read_declarations(schema._schema)


@dataclass(frozen=True, slots=True)
class SightedKinds(Kinds):
    """The types as the viewer of the moment may ask for them; `sights` holds what is hidden from him, if anything."""

    sights: list[Hides] = field(default_factory=list)

    def refuse_hidden(self, name: str, stored: str, at: str) -> None:
        """Raises Refusal for a property that the viewer never sees."""
        if any(hides(self.label(name), stored) for hides in self.sights):
            raise hidden_field(at, stored)


class Sighted:
    """The oracle for any viewer, and for nobody in particular."""

    def __init__(self) -> None:
        self._sights: list[Hides] = []
        self.plain, self._loose = self._oracle(is_loose=False), self._oracle(is_loose=True)

    def answers(
        self, asked: Asked, variables: dict[str, object], around: Surroundings, hides: Hides | None
    ) -> tuple[Answer, Answer]:
        """The answer, and the one where each root field stands on its own; without `hides` nothing is refused."""
        self._sights[:] = [] if hides is None else [hides]
        strict = self.plain.answer(asked, variables, around)
        return strict, self._loose.answer(asked, variables, around) if strict.errors else strict

    def _oracle(self, *, is_loose: bool) -> Plain:
        return Plain(
            DECLARED, is_loose, lambda schema, declared: SightedKinds(schema, declared, self._sights)
        )


SIGHTED = Sighted()
