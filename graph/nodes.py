"""Writing and reading nouns: two statements a noun and its relationships, made from its description.

Saving is an upsert by id: a second save of the same noun changes nothing, a changed one replaces
its properties and its relationships. What is absent (None, an empty tuple) is removed. The first save
gives a pseudonym to what researchers read of; it stays.
"""

from __future__ import annotations

from collections.abc import Awaitable, Iterable, Iterator, Sequence
from datetime import date
from enum import Enum
from functools import cache
from itertools import batched
from typing import Any, Protocol
from uuid import uuid4

from graph.errors import ZaoxueError
from graph.model.describe import Field, Identified, Noun, describe
from graph.model.nouns import NOUNS
from graph.model.people import Teacher
from graph.model.pseudonyms import PSEUDONYM, PSEUDONYMOUS
from graph.words import SEARCHED, searched_text

_BATCH = 2_000
# Two nouns share the label Person: only a teacher's node is read as a Teacher.
_OWN_SCOPE: dict[type, str] = {Teacher: "MATCH (n:Person {kind: 'TEACHER'})"}


class Run(Protocol):
    """`store.read` or `transaction.run`: one statement in, its rows out."""

    def __call__(self, statement: str, /, **parameters: object) -> Awaitable[list[dict[str, Any]]]:
        """The rows of `statement`."""
        ...


class MissingReference(ZaoxueError):
    """A noun refers to a node that is not there; the transaction must be given up."""

    code = "MISSING_REFERENCE"


async def save(run: Run, nouns: Iterable[Identified]) -> int:
    """Write nouns and their relationships in store order; the number of nouns written.

    Raises MissingReference when an id referred to is neither in the graph nor among `nouns`;
    the caller's transaction must then roll back.
    """
    by_class: dict[type, list[Identified]] = {}
    for each in nouns:
        by_class.setdefault(type(each), []).append(each)
    present = [(noun, by_class[noun.cls]) for noun in NOUNS if noun.cls in by_class]
    there: dict[type, set[_Link]] = {noun.cls: set() for noun, _ in present}
    for noun, instances in present:
        for batch in batched(instances, _BATCH):
            known = await run(_upsert(noun), rows=[_row(noun, each) for each in batch])
            if noun.references and _listed(known, "ids"):
                there[noun.cls] |= await _keep_links(run, noun, batch)
    for noun, instances in present:
        for field in noun.references:
            await _add_links(run, noun, field, instances, there[noun.cls])
    return sum(len(instances) for _, instances in present)


async def load[T: Identified](
    run: Run, cls: type[T], scope: str | None = None, **parameters: object
) -> list[T]:
    """Every noun of a class, ordered by id; `scope` is a MATCH that binds `n` to a part of them."""
    noun = describe(cls)
    match = scope or _OWN_SCOPE.get(cls, f"MATCH (n:{noun.label})")
    rows = await run(f"{match} {_projection(noun)}", **parameters)
    return [_noun_of(noun, values) for values in _listed(rows, "rows")]


async def load_some[T: Identified](run: Run, cls: type[T], ids: Sequence[str]) -> dict[str, T]:
    """The nouns with those ids, by id; an id that is not there is left out."""
    label = describe(cls).label
    found = await load(
        run,
        cls,
        f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})",
        ids=list(dict.fromkeys(ids)),
    )
    return {each.id: each for each in found}


def _upsert(noun: Noun) -> str:
    """Answers the ids that were there before: only those have relationships that may have to go."""
    given = f"SET n.{PSEUDONYM} = coalesce(n.{PSEUDONYM}, row.{PSEUDONYM}) "
    return (
        f"UNWIND $rows AS row OPTIONAL MATCH (old:{noun.label} {{id: row.id}}) WITH row, old.id AS known "
        f"MERGE (n:{noun.label} {{id: row.id}}) {given if noun.label in PSEUDONYMOUS else ''}"
        "SET n += row.properties RETURN collect(known) AS ids"
    )


def _row(noun: Noun, instance: Identified) -> dict[str, object]:
    properties = {
        field.name: stored(getattr(instance, field.name)) for field in noun.properties if field.name != "id"
    }
    if noun.searched:
        properties[SEARCHED] = searched_text(getattr(instance, name) for name in noun.searched)
    row: dict[str, object] = {"id": instance.id, "properties": properties}
    return row | {PSEUDONYM: str(uuid4())} if noun.label in PSEUDONYMOUS else row


def stored(value: object) -> object:
    """A value as the graph keeps it: a term by its name, a date as ISO text, an empty tuple as absent."""
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [stored(each) for each in value] or None
    return value


type _Link = tuple[str, str, str, str]
"""A relationship of a noun's field: own id, kind, label at its end, id there."""


async def _keep_links(run: Run, noun: Noun, instances: Sequence[Identified]) -> set[_Link]:
    """The links that are there and stay; those that the instances no longer name are taken away."""
    kinds = "|".join(sorted({field.reference.relationship for field in noun.references if field.reference}))
    rows = await run(
        f"UNWIND $ids AS id MATCH (n:{noun.label} {{id: id}})-[r:{kinds}]->(m) "
        "RETURN collect([n.id, type(r), head(labels(m)), m.id]) AS links",
        ids=[each.id for each in instances],
    )
    there: set[_Link] = {(own, kind, label, to) for own, kind, label, to in _listed(rows, "links")}
    wanted = {link for each in instances for field in noun.references for link in _links(field, each)}
    ours = {(f.reference.relationship, f.reference.label) for f in noun.references if f.reference}
    stale = sorted(link for link in there - wanted if link[1:3] in ours)
    if stale:
        await run(
            f"UNWIND $stale AS link MATCH (n:{noun.label} {{id: link[0]}})-[r:{kinds}]->(m {{id: link[3]}}) "
            "WHERE type(r) = link[1] AND head(labels(m)) = link[2] DELETE r",
            stale=[list(link) for link in stale],
        )
    return there - set(stale)


def _links(field: Field, instance: Identified) -> Iterator[_Link]:
    """Every link that an instance's field names."""
    assert field.reference is not None
    for to in _targets(getattr(instance, field.name)):
        yield instance.id, field.reference.relationship, field.reference.label, to


async def _add_links(
    run: Run, noun: Noun, field: Field, instances: Sequence[Identified], there: set[_Link]
) -> None:
    assert field.reference is not None
    missing = dict.fromkeys(link for each in instances for link in _links(field, each) if link not in there)
    for batch in batched(missing, _BATCH):
        pairs = [{"id": own, "to": to} for own, _, _, to in batch]
        written = await run(
            f"UNWIND $pairs AS pair MATCH (n:{noun.label} {{id: pair.id}}) "
            f"MATCH (m:{field.reference.label} {{id: pair.to}}) "
            f"MERGE (n)-[:{field.reference.relationship}]->(m) RETURN count(*) AS written",
            pairs=pairs,
        )
        if written[0]["written"] != len(pairs):
            await _refuse_missing(run, noun, field, pairs)


async def _refuse_missing(run: Run, noun: Noun, field: Field, pairs: list[dict[str, str]]) -> None:
    assert field.reference is not None
    label = field.reference.label
    there = await run(
        f"UNWIND $ids AS id MATCH (m:{label} {{id: id}}) RETURN collect(DISTINCT m.id) AS ids",
        ids=[pair["to"] for pair in pairs],
    )
    pair = next(pair for pair in pairs if pair["to"] not in set(_listed(there, "ids")))
    raise MissingReference(
        f"{noun.zh} {pair['id']!r} 的“{field.zh}”指向不存在的编号 {pair['to']!r}",
        f"{field.name} of {noun.label} {pair['id']!r} names {label} {pair['to']!r}, which does not exist",
        noun=noun.label,
        id=pair["id"],
        field=field.name,
        missing=pair["to"],
    )


def _listed(rows: list[dict[str, object]], name: str) -> list[Any]:
    """The one collected list of a statement that ends in an aggregate."""
    collected = rows[0][name]
    assert isinstance(collected, list)
    return collected


def _targets(value: object) -> list[str]:
    if value is None:
        return []
    return [str(each) for each in value] if isinstance(value, tuple) else [str(value)]


@cache
def _projection(noun: Noun) -> str:
    """Collected into one row: an engine that is slow with many rows is quick with one long list."""
    columns = ", ".join(_column(field) for field in noun.fields)
    return f"WITH DISTINCT n ORDER BY n.id RETURN collect([{columns}]) AS rows"


def _column(field: Field) -> str:
    if field.reference is None:
        return f"n.{field.name}"
    return f"[(n)-[:{field.reference.relationship}]->(m:{field.reference.label}) | m.id]"


def _noun_of(noun: Noun, values: Sequence[object]) -> Any:
    pairs = zip(noun.fields, values, strict=True)
    return noun.cls(**{field.name: _value(field, value) for field, value in pairs})


def _value(field: Field, value: Any) -> object:
    if field.reference is not None:
        return tuple(sorted(value)) if field.many else (value[0] if value else None)
    if field.many:
        return tuple(_one(field, each) for each in value or ())
    return None if value is None else _one(field, value)


def _one(field: Field, value: Any) -> object:
    if issubclass(field.kind, Enum):
        return field.kind[value]
    if field.kind is date:
        return date.fromisoformat(value)
    scalar: Any = field.kind  # str, int, float or bool
    return scalar(value)
