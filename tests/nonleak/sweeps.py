"""Lists of every type, asked by each of its fields: as a condition, as a key to sort by, as what to group by, by words.

What the viewer never sees is asked for apart from the rest: every part of it must be refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLObjectType

from graph.compiler.declare import GlobalId, Leaf, Path
from tests.nonleak.campaign import SightedCampaign
from tests.nonleak.sighted import DECLARED, SIGHTED
from tests.oracle.declarations import camel
from tests.oracle.documents import Document
from tests.oracle.kinds import node_of
from tests.oracle.searching import TEXTS

_SHOWN = "totalCount edges { cursor node { id } }"


@dataclass(frozen=True, slots=True)
class _List:
    """A list field of nodes of `kind`, and the document around it: of the root, or of every node of a type."""

    name: str
    kind: str
    around: str
    arguments: Mapping[str, Any]
    owner: str = ""


def sweeps(asked: SightedCampaign) -> Iterator[Document]:
    """A document for each type, by all that may be shown of it."""
    for each in _lists():
        shown, _ = _parts(each, asked)
        if shown:
            yield _document(each, shown, asked)


def refusals(asked: SightedCampaign) -> Iterator[Document]:
    """What is hidden on every row: of a list of the root each way in a document of its own, as one error hides others."""
    for each in _lists():
        _, hidden = _parts(each, asked)
        for parts in [hidden] if each.owner else [[part] for part in hidden]:
            if parts:
                yield _document(each, parts, asked)


def _document(each: _List, parts: list[str], asked: SightedCampaign) -> Document:
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
    if "search" in each.arguments:
        is_hidden = any(asked.hides(label, name) for name in TEXTS[label])
        found[is_hidden].append(f'words: {each.name}(search: "青") {{ {_SHOWN} }}')
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
