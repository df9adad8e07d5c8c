"""Finding what an input names, with a refusal that says which field named it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.errors import Faults, NotFound, ZaoxueError
from graph.model.check import faults_of
from graph.model.describe import Identified, describe
from graph.nodes import Run, load_some


async def find[T: Identified](run: Run, cls: type[T], id: str, field: str) -> T:
    """The noun with that id. Raises NotFound naming `field`."""
    return (await find_all(run, cls, [id], field))[0]


async def find_all[T: Identified](run: Run, cls: type[T], ids: Sequence[str], field: str) -> list[T]:
    """The nouns with those ids, in their order. Raises Faults naming each that is missing."""
    found = await load_some(run, cls, ids)
    missing: list[ZaoxueError] = [not_found(cls, id, field) for id in dict.fromkeys(ids) if id not in found]
    if len(missing) == 1:
        raise missing[0]
    if missing:
        raise Faults(missing)
    return [found[id] for id in ids]


@dataclass(frozen=True, slots=True)
class Named:
    """What an input names: ids of one kind of thing (None for none given), and the field that names them."""

    cls: type[Identified]
    ids: Sequence[str | None]
    field: str


async def refuse_wrong(run: Run, nouns: Iterable[Identified], named: Iterable[Named]) -> None:
    """Returns when every noun is right and everything named is there. Raises Faults with all that is not."""
    faults: list[ZaoxueError] = [fault for each in nouns for fault in faults_of(each)]
    for each in named:
        asked = list(dict.fromkeys(id for id in each.ids if id is not None))
        found = await load_some(run, each.cls, asked) if asked else {}
        faults.extend(not_found(each.cls, id, each.field) for id in asked if id not in found)
    if faults:
        raise Faults(faults)


def not_found(cls: type, id: str, field: str) -> NotFound:
    """The refusal for an id that names nothing."""
    noun = describe(cls)
    return NotFound(
        field,
        f"没有编号为 {id!r} 的{noun.zh}",
        f"there is no {noun.label} with id {id!r}",
        label=noun.label,
        id=id,
    )
