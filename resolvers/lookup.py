"""Finding what an input names, with a refusal that says which field named it."""

from __future__ import annotations

from collections.abc import Sequence

from graph.errors import Faults, NotFound, ZaoxueError
from graph.model.describe import Identified, describe
from graph.nodes import Run, load_some


async def find[T: Identified](run: Run, cls: type[T], id: str, field: str) -> T:
    """The noun with that id. Raises NotFound naming `field`."""
    return (await find_all(run, cls, [id], field))[0]


async def find_if[T: Identified](run: Run, cls: type[T], id: str | None, field: str) -> T | None:
    """The noun with that id, None for none asked. Raises NotFound naming `field`."""
    return None if id is None else await find(run, cls, id, field)


async def find_all[T: Identified](run: Run, cls: type[T], ids: Sequence[str], field: str) -> list[T]:
    """The nouns with those ids, in their order. Raises Faults naming each that is missing."""
    found = await load_some(run, cls, ids)
    missing: list[ZaoxueError] = [not_found(cls, id, field) for id in dict.fromkeys(ids) if id not in found]
    if len(missing) == 1:
        raise missing[0]
    if missing:
        raise Faults(missing)
    return [found[id] for id in ids]


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
