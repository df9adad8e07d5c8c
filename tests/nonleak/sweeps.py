"""Lists of every type, asked by each of its fields: as a condition, as a key to sort by, as what to group by, by words.

What the viewer never sees is asked for apart from the rest: every part of it must be refused.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLObjectType

from graph.compiler.declare import Compare, GlobalId, Leaf, Path
from tests.nonleak.campaign import SightedCampaign
from tests.nonleak.sighted import DECLARED, SIGHTED
from tests.oracle.declarations import camel
from tests.oracle.documents import Document
from tests.oracle.kinds import node_of
from tests.oracle.searching import TEXTS

_AT_ONCE = 8
_WORDS = ("青", "溪", "课件")
_SHOWN = "totalCount edges { cursor node { id } }"


@dataclass(frozen=True, slots=True)
class _List:
    """A list field of nodes of `kind`, and the document around it: of the root, or of every node of a type."""

    name: str
    kind: str
    around: str
    arguments: Mapping[str, Any]
    owner: str = ""


PARTLY_SHOWN = ("Teacher", "Mentorship", "TrainingOrder", "Session")
"""Types of which a row may be seen without all of its fields."""


def sweeps(asked: SightedCampaign, kinds: Container[str] | None = None) -> Iterator[Document]:
    """Documents for each of those types (None: for all), by all that may be shown of it, a few ways in each."""
    for each in _lists():
        shown, _ = _parts(each, asked)
        if kinds is None or each.kind in kinds:
            for parts in batched(shown, _AT_ONCE):
                yield _document(each, parts, asked)


def refusals(asked: SightedCampaign) -> Iterator[Document]:
    """What is hidden on every row: of a list of the root each way in a document of its own, as one error hides others."""
    for each in _lists():
        _, hidden = _parts(each, asked)
        for parts in [hidden] if each.owner else [[part] for part in hidden]:
            if parts:
                yield _document(each, parts, asked)


def searches(asked: SightedCampaign) -> Iterator[Document]:
    """For each type with text, a document with words to be found there."""
    for each in _lists():
        if "search" in each.arguments and not _is_unsearchable(each, asked):
            yield _document(each, list(_searches(each)), asked)


def filters(asked: SightedCampaign) -> Iterator[Document]:
    """The lists of the root by each declared filter that a text must occur in."""
    for each in _lists():
        declared = {} if each.owner else DECLARED.entries[each.name].filters
        for name, compared in declared.items():
            if isinstance(compared, Compare) and compared.test == "contains":
                yield from (
                    _document(each, [f'{each.name}({name}: "{word}") {{ {_SHOWN} }}'], asked)
                    for word in _WORDS
                )


def _is_unsearchable(each: _List, asked: SightedCampaign) -> bool:
    label = SIGHTED.plain.kinds.label(each.kind)
    return any(asked.hides(label, name) for name in TEXTS[label])


def _searches(each: _List) -> Iterator[str]:
    for place, word in enumerate(_WORDS):
        yield f'words{place}: {each.name}(search: "{word}") {{ {_SHOWN} }}'


def _document(each: _List, parts: Sequence[str], asked: SightedCampaign) -> Document:
    keys = [f"{each.owner}:{own}" for own in asked.ground().pool.ids.get(each.owner, ())]
    return Document(each.around % " ".join(parts), ({"ids": keys} if each.owner else {},))


def _lists() -> Iterator[_List]:
    """For each type the list of all its nodes, or else one below the nodes of another type."""
    found: dict[str, _List] = {}
    query = _object("Query")
    for name in DECLARED.entries:
        if name not in ("node", "nodes"):
            kind = node_of(query.fields[name].type)
            found.setdefault(kind, _List(name, kind, "{ %s }", query.fields[name].args))
    for owner in DECLARED.kinds.values():
        around = f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {owner.name} {{ %s }} }} }}"
        for name, declared in owner.fields.items():
            if isinstance(declared, Path) and declared.shape == "many":
                kind = SIGHTED.plain.kinds.target(owner.name, name)
                given = _object(owner.name).fields[name].args
                found.setdefault(kind, _List(name, kind, around, given, owner.label))
    return iter(found.values())


def _object(name: str) -> GraphQLObjectType:
    kind = SIGHTED.plain.schema.type_map[name]
    assert isinstance(kind, GraphQLObjectType)
    return kind


def _parts(each: _List, asked: SightedCampaign) -> tuple[list[str], list[str]]:
    """The list by each field that may be shown, and by each that is hidden."""
    kinds = SIGHTED.plain.kinds
    label = kinds.label(each.kind)
    found: tuple[list[str], list[str]] = ([], [])
    for name, declared in kinds.fields(each.kind).items():
        is_hidden = isinstance(declared, Leaf) and asked.hides(label, declared.name)
        for way in (*_ways(each, name, declared, asked), *_groups(each.kind, name)):
            found[is_hidden].append(f"{name}{len(found[is_hidden])}: {each.name}{way}")
    if "search" in each.arguments and _is_unsearchable(each, asked):
        found[True].extend(_searches(each))
    return found


def _ways(each: _List, name: str, declared: Any, asked: SightedCampaign) -> Iterator[str]:
    """As a condition, and as a key to sort by."""
    test, key = "{ isNull: false }", "DESC"
    if isinstance(declared, GlobalId):
        label = SIGHTED.plain.kinds.label(each.kind)
        own = asked.ground().pool.ids.get(label, ("none",))
        test = f'{{ in: ["{label}:{own[1 % len(own)]}", "{label}:{own[-1]}"] }}'
    elif isinstance(declared, Path) and declared.shape == "one":
        test, key = "{ code: { isNull: false } }", "{ code: DESC }"
    elif isinstance(declared, Path):
        test = "{ some: { code: { isNull: false } } }"
    if name in _input(f"{each.kind}Where"):
        yield f"(last: 3, where: {{ {name}: {test} }}) {{ {_SHOWN} }}"
    if "orderBy" in each.arguments and name in _input(f"{each.kind}Order"):
        yield f"(first: 4, orderBy: [{{ {name}: {key} }}]) {{ {_SHOWN} }}"


def _input(name: str) -> Mapping[str, Any]:
    kind = SIGHTED.plain.schema.type_map.get(name)
    return kind.fields if isinstance(kind, GraphQLInputObjectType) else {}


def _groups(kind: str, name: str) -> Iterator[str]:
    dimensions = SIGHTED.plain.schema.type_map.get(f"{kind}Dimension")
    for value in dimensions.values if isinstance(dimensions, GraphQLEnumType) else ():
        if camel(value.lower()) == name:
            yield f" {{ groups(by: [{value}]) {{ keys aggregate {{ count }} }} }}"
