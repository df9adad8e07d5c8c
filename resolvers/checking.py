"""Refusing what is not right before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from graph.errors import Faults, InvalidInput, ZaoxueError
from graph.model.check import faults_of
from graph.model.describe import Identified


def faults_at(noun: Identified, place: str = "") -> list[InvalidInput]:
    """Everything wrong with a noun's own values, each named as a part of the input's `place`."""
    found = faults_of(noun)
    if not place:
        return found
    return [moved(fault, f"{place}.{fault.field}") for fault in found]


def moved(fault: InvalidInput, field: str) -> InvalidInput:
    """The same fault of another field: the one in which the caller wrote the value."""
    facts = {name: value for name, value in fault.data.items() if name != "field"}
    return type(fault)(field, fault.zh, fault.en, **facts)


def refuse_faulty(nouns: Iterable[Identified], place: str = "") -> None:
    """Returns when every noun is right. Raises Faults with all that is wrong with all of them."""
    refuse_all(fault for each in nouns for fault in faults_at(each, place))


def refuse_all(faults: Iterable[ZaoxueError]) -> None:
    """Returns when there is no fault. Raises Faults with all of them."""
    found = list(faults)
    if found:
        raise Faults(found)


def named_twice(people: Sequence[str], field: str) -> Iterator[InvalidInput]:
    """A fault for each place at which a person is named again; "{place}" in `field` becomes that place."""
    for place, person in enumerate(people):
        if person in people[:place]:
            yield InvalidInput(
                field.format(place=place),
                f"{person!r} 写了两次，一人只写一次",
                f"{person!r} is named twice; name each person once",
                id=person,
            )
