"""Reading global ids of an input, with every fault at once."""

from __future__ import annotations

from dataclasses import dataclass, field

import strawberry

from graph.compiler.ids import own_id
from graph.errors import Faults, InvalidInput, ZaoxueError


@dataclass(slots=True)
class Ids:
    """Reads global ids of an input and gathers what is wrong with all of them."""

    faults: list[ZaoxueError] = field(default_factory=list)

    def one(self, label: str, given: str, place: str) -> str:
        """The own id of a thing of `label`; a fault is kept for `refuse_faulty`."""
        try:
            return own_id(given, label, place)
        except InvalidInput as fault:
            self.faults.append(fault)
            return given

    def maybe(self, label: str, given: str | None, place: str) -> str | None:
        """The same for an id that may be absent."""
        return None if given is None else self.one(label, given, place)

    def many(self, label: str, given: list[strawberry.ID] | None, place: str) -> tuple[str, ...]:
        """The same for a list of ids, None for none."""
        return tuple(self.one(label, each, f"{place}.{i}") for i, each in enumerate(given or ()))

    def some(self, label: str, given: list[strawberry.ID] | None, place: str) -> tuple[str, ...]:
        """The same for a list that narrows: absent it means all, so an empty one is a fault."""
        if given is not None and not given:
            zh, en = "列表为空；要全部，请不填此项", "the list is empty; for all of them leave it out"
            self.faults.append(InvalidInput(place, zh, en))
        return self.many(label, given, place)

    def refuse_faulty(self) -> None:
        """Returns when every id read so far was right. Raises Faults."""
        if self.faults:
            raise Faults(self.faults)
