"""Finding what an input names, with a refusal that says which field named it.

With a `sight`, what its viewer may not see is refused exactly as what is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from graph.compiler.visibility import EVERYTHING, Visibility
from graph.errors import Faults, InvalidInput, NotFound, ZaoxueError
from graph.model.describe import Identified, describe
from graph.model.terms import PersonKind
from graph.nodes import Run, load, load_some
from resolvers.checking import faults_at, refuse_all

_NOWHERE: Mapping[str, str] = MappingProxyType({})


async def find[T: Identified](
    run: Run, cls: type[T], id: str, field: str, sight: Visibility = EVERYTHING
) -> T:
    """The noun with that id. Raises NotFound naming `field`."""
    return (await find_all(run, cls, [id], field, sight))[0]


async def find_all[T: Identified](
    run: Run, cls: type[T], ids: Sequence[str], field: str, sight: Visibility = EVERYTHING
) -> list[T]:
    """The nouns with those ids, in their order. Raises Faults naming each that is missing."""
    found = await load_seen(run, cls, ids, sight)
    missing: list[ZaoxueError] = [not_found(cls, id, field) for id in dict.fromkeys(ids) if id not in found]
    if len(missing) == 1:
        raise missing[0]
    if missing:
        raise Faults(missing)
    return [found[id] for id in ids]


async def load_seen[T: Identified](
    run: Run, cls: type[T], ids: Sequence[str], sight: Visibility
) -> dict[str, T]:
    """The nouns with those ids that the sight shows under them, by id."""
    label = describe(cls).label
    shown = sight.value(label, "n", "id")
    conditions = [sight.predicate(label, "n"), shown and f"{shown} = id"]
    seen = " AND ".join(f"({each})" for each in conditions if each is not None)
    if not seen:
        return await load_some(run, cls, ids)
    scope = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) WHERE {seen}"
    found = await load(run, cls, scope, ids=list(dict.fromkeys(ids)), **sight.parameters)
    return {each.id: each for each in found}


@dataclass(frozen=True, slots=True)
class Named:
    """What an input names: ids of one kind of thing (None for none given), and the field that names them.

    In a list's field, "{place}" stands for the place of an id in it, from 0. A `kind` is the only one
    that the people named may be of.
    """

    cls: type[Identified]
    ids: Sequence[str | None]
    field: str
    kind: PersonKind | None = None


async def refuse_wrong(
    run: Run,
    nouns: Iterable[Identified],
    named: Iterable[Named],
    *,
    places: Mapping[str, str] = _NOWHERE,
    others: Iterable[ZaoxueError] = (),
    sight: Visibility = EVERYTHING,
) -> None:
    """Returns when every noun is right and everything named is there. Raises Faults with all that is not.

    `places` tells by a noun's id in which part of the input it was written; `others` are faults that
    are known already.
    """
    faults: list[ZaoxueError] = [*others]
    faults += [fault for each in nouns for fault in faults_at(each, places.get(each.id, ""))]
    for each in named:
        faults += await _faults_of_named(run, each, sight)
    refuse_all(faults)


async def _faults_of_named(run: Run, named: Named, sight: Visibility) -> list[ZaoxueError]:
    asked = list(dict.fromkeys(id for id in named.ids if id is not None))
    found = await load_seen(run, named.cls, asked, sight) if asked else {}
    faults: list[ZaoxueError] = []
    for place, id in enumerate(named.ids):
        field = named.field.format(place=place)
        if id is None:
            continue
        if id not in found:
            faults.append(not_found(named.cls, id, field))
        elif named.kind is not None and getattr(found[id], "kind", None) is not named.kind:
            faults.append(_other_kind(found[id], named.kind, field))
    return faults


def _other_kind(person: Identified, kind: PersonKind, field: str) -> InvalidInput:
    is_kind: PersonKind = getattr(person, "kind")  # noqa: B009 — only people are asked for a kind
    return InvalidInput(
        field,
        f"此人的身份是{is_kind.zh}，这里应为{kind.zh}",
        f"this person is a {is_kind.en}; a {kind.en} is wanted",
        id=person.id,
    )


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
