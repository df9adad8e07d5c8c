"""Whether what an answer shows is what its asker may see: each node one of his, each field shown or null as told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphql import (
    FieldNode,
    GraphQLUnionType,
    InlineFragmentNode,
    SelectionSetNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    build_schema,
    parse,
    print_ast,
    visit,
)

from tests.access.expected import Role, Views, shown_id, shows, views
from tests.access.world import Place, World
from tests.journeys.shown.documents import Document

CONTRACT = build_schema(
    Path(__file__).parents[3].joinpath("schema", "schema.graphql").read_text(encoding="utf-8")
)
_KIND, _ID = "kindOfIt", "idOfIt"
_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Indexed(World):
    """A world in which links are found by what they are: the sample has too many to look through."""

    index: dict[tuple[str, str, str], list[tuple[str, str]]]

    @classmethod
    def of_world(cls, world: World) -> Indexed:
        """The same world."""
        index: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
        for (start, own), kind, (at, to) in world.links:
            index.setdefault((start, kind, at), []).append((own, to))
        return cls(world.nodes, world.links, index)

    def pairs(self, label: str, relationship: str, end: str) -> Iterator[tuple[str, str]]:
        """Start and end of every such relationship."""
        yield from self.index.get((label, relationship, end), ())


class Sight:
    """What one holder sees of a world, by the ids under which he sees it."""

    def __init__(self, world: World, holder: str, roles: tuple[Role, ...], today: str) -> None:
        self.world = world
        self.seen: Views = views(world, roles, today, holder)
        self.places: dict[str, Place] = {
            f"{label}:{shown_id(world, label, id, kinds)}": (label, id)
            for (label, id), kinds in self.seen.items()
        }

    def ids(self, label: str) -> set[str]:
        """The nodes of a label that he sees."""
        return {id for kind, id in self.seen if kind == label}

    def unnamed(self) -> set[str]:
        """The names of people that he is not shown."""
        people = self.world.of("Person").items()
        return {
            str(node["name"])
            for id, node in people
            if not shows("Person", self.seen.get(("Person", id), set()), "name")
        }

    def faults(self, document: Document, data: Any) -> list[str]:
        """What an answer to the document's `revealing` shows that he may not see, or hides that he may."""
        found: list[str] = []
        self._look(document.operation.selection_set, data, found)
        return found

    def _look(self, selection: SelectionSetNode, value: Any, found: list[str]) -> None:
        if isinstance(value, list):
            for each in value:
                self._look(selection, each, found)
        elif value is not None:
            place = None
            if _ID in value:
                place = self.places.get(value[_ID])
                if place is None:
                    found.append(f"{value[_ID]} is none of his")
            for field in _fields(selection, value.get(_KIND)):
                key = field.alias.value if field.alias else field.name.value
                if field.selection_set:
                    self._look(field.selection_set, value[key], found)
                elif place is not None:
                    found += self._wrong(place, field.name.value, value[key])

    def _wrong(self, place: Place, field: str, value: object) -> Iterator[str]:
        label, id = place
        node, kinds = self.world.of(label)[id], self.seen[place]
        stored = _stored(field)
        if stored in ("id", "code"):
            return
        if not shows(label, kinds, stored):
            if value is not None:
                yield f"{label}:{id} shows {field} to who sees it {kinds}"
        elif node.get(stored) is not None and value is None:
            yield f"{label}:{id} hides {field} from who sees it {kinds}"
        elif stored == field and isinstance(node.get(stored), str | int) and value != node[stored]:
            yield f"{label}:{id} has another {field}"


def revealing(document: Document) -> str:
    """The document with the type and the id of everything that it asks for."""
    info = TypeInfo(CONTRACT)
    return print_ast(visit(parse(document.text), TypeInfoVisitor(info, _Revealer(info))))


def unrevealed(value: Any) -> Any:
    """An answer to `revealing` without what was added."""
    if isinstance(value, list):
        return [unrevealed(each) for each in value]
    if isinstance(value, Mapping):
        return {key: unrevealed(each) for key, each in value.items() if key not in (_KIND, _ID)}
    return value


class _Revealer(Visitor):
    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self._info = info

    def leave_selection_set(self, node: SelectionSetNode, *_: Any) -> SelectionSetNode | None:
        kind = self._info.get_parent_type()
        if kind is None or kind in (CONTRACT.query_type, CONTRACT.mutation_type):
            return None
        more = f"{_KIND}: __typename"
        if isinstance(kind, GraphQLUnionType):
            more += f" ... on Node {{ {_ID}: id }}"
        elif "id" in kind.fields:
            more += f" {_ID}: id"
        (added,) = parse(f"{{ {more} }}").definitions
        return SelectionSetNode(selections=(*node.selections, *added.selection_set.selections))  # type: ignore[attr-defined]  # an operation has one


def _fields(selection: SelectionSetNode, kind: str | None) -> Iterator[FieldNode]:
    """The fields that are asked of a thing of that type."""
    for each in selection.selections:
        if isinstance(each, FieldNode):
            yield each
        elif isinstance(each, InlineFragmentNode):
            wanted = each.type_condition
            if wanted is None or wanted.name.value in (kind, "Node"):
                yield from _fields(each.selection_set, kind)


def _stored(field: str) -> str:
    """The property behind a field: of a label its term, of a sentence its Chinese."""
    name = _CAPITAL.sub("_", field.removesuffix("Label")).lower()
    return "because_zh" if name == "because" else name
