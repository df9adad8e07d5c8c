"""The field that the compiler owns, as strawberry sees it: its type by name, its arguments by declaration."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import Any, get_args, get_origin

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField
from strawberry.types.unset import UNSET

from graph.compiler.catalogue import SchemaFault
from graph.compiler.declare import Compare, Derived, Entry, Filter, Leaf, Path, Within
from graph.model.describe import Field, Noun
from schema.kit.annotations import resolve_annotation, without_null
from schema.kit.bilingual import LANG
from schema.kit.connections import Connection
from schema.kit.context import Tongue
from schema.kit.describing import SEARCH, filter_text

GRAPH = "graph"
"""The key in a field's metadata under which its declaration stands."""


@dataclass(frozen=True, slots=True)
class ById:
    """The entry through global ids: one (`node`) or many (`nodes`)."""

    is_list: bool


@dataclass(frozen=True, slots=True)
class SearchAll:
    """The entry through words, over all types of a union."""


@dataclass(frozen=True, slots=True)
class PageOfFound:
    """A connection over the ids that Python gives; it only takes the paging arguments."""


@dataclass(frozen=True, slots=True)
class LabelOf:
    """The label of the coded property `name`; the class makes it a derived field once its term is known."""

    name: str


@dataclass(frozen=True, slots=True)
class GraphMeta:
    """What a graph class is: its label, its noun if it has one, its constant property and its tag's name.

    `searched` are the properties whose words are found, where no noun says so.
    """

    label: str
    noun: Noun | None
    constant: tuple[str, str] | None
    tag: str | None
    searched: tuple[str, ...] = ()


class GraphField(StrawberryField):
    """A field that the compiler owns; what it is stands in its metadata."""

    @property
    def declared(self) -> Any:
        """What the field was declared as."""
        return self.metadata[GRAPH]

    def annotated(self) -> Any:
        """The field's type as it was annotated. Raises NameError for an unknown name."""
        assert self.type_annotation is not None
        return resolve_annotation(self.type_annotation.raw_annotation, self._module())

    def target(self) -> type:
        """The class of one node at the end of the field."""
        found = without_null(self.annotated())
        target: type = get_args(found)[0] if get_origin(found) in (Connection, list) else found
        return target

    def resolve_type(self, *, type_definition: Any = None) -> Any:
        """The field's type for strawberry, with names found among all graph types."""
        annotation = self.type_annotation
        if annotation is not None and self.origin is not None and isinstance(self.origin, type):
            try:
                self.type_annotation = StrawberryAnnotation(self.annotated())
                return super().resolve_type(type_definition=type_definition)
            except NameError:
                pass
            finally:
                self.type_annotation = annotation
        return super().resolve_type(type_definition=type_definition)

    @property
    def arguments(self) -> list[StrawberryArgument]:
        """The arguments, which follow from the declaration."""
        if self._arguments is None:
            self._arguments = list(_arguments(self))
        return self._arguments

    @arguments.setter
    def arguments(self, value: list[StrawberryArgument]) -> None:
        self._arguments = value

    def _module(self) -> str:
        assert isinstance(self.origin, type)
        return self.origin.__module__


def known_fields(cls: Any) -> dict[str, Field]:
    """The described fields of a graph class's noun and of the nouns of its interfaces, by name."""
    metas = [vars(each)["__graph__"] for each in reversed(cls.__mro__) if "__graph__" in vars(each)]
    return {each.name: each for meta in metas if meta.noun for each in meta.noun.fields}


def searched_fields(cls: Any) -> tuple[str, ...]:
    """The properties of a graph class whose words are found by a search."""
    metas = [vars(each)["__graph__"] for each in cls.__mro__ if "__graph__" in vars(each)]
    own: tuple[str, ...] = next((meta.searched for meta in metas if meta.searched), ())
    return own or tuple(name for name, each in known_fields(cls).items() if each.is_searched)


def _arguments(field: GraphField) -> list[StrawberryArgument]:
    declared = field.metadata.get(GRAPH)
    if isinstance(declared, ById):
        kind: Any = list[strawberry.ID] if declared.is_list else strawberry.ID
        name = "ids" if declared.is_list else "id"
        return [_argument(name, kind, "as `id` of a thing gives it. 中文：全局编号")]
    if isinstance(declared, SearchAll):
        return [
            _argument("text", str, SEARCH),
            _argument("first", int | None, "things at most, 0 to 100; 20 if absent. 中文：最多条数"),
        ]
    if isinstance(declared, Derived):
        has_language = "lang" in inspect.signature(declared.make).parameters
        return [_argument("lang", Tongue | None, LANG)] if has_language else []
    if isinstance(declared, PageOfFound):
        return _paging()
    if isinstance(declared, Entry) or (isinstance(declared, Path) and declared.shape == "many"):
        known = known_fields(field.target())
        return _paging() + [
            _argument(name, _filter_kind(field, each) | None, filter_text(name, each, known))
            for name, each in declared.filters.items()
        ]
    return []


def _paging() -> list[StrawberryArgument]:
    return [
        _argument(
            "first", int | None, "nodes from the beginning, 0 to 100; 20 without `last`. 中文：从头取条数"
        ),
        _argument(
            "after", str | None, "a cursor of this list: the page begins behind it. 中文：从该游标之后开始"
        ),
        _argument("last", int | None, "nodes from the end, 0 to 100. 中文：从尾取条数"),
        _argument(
            "before", str | None, "a cursor of this list: the page ends before it. 中文：到该游标之前为止"
        ),
    ]


def _argument(name: str, kind: Any, text: str) -> StrawberryArgument:
    return StrawberryArgument(name, None, StrawberryAnnotation(kind), default=UNSET, description=text)


def _filter_kind(field: GraphField, declared: Filter) -> Any:
    if isinstance(declared, Within):
        return strawberry.ID
    kind = declared.kind or _property_kind(field.target(), declared)
    return list[kind] if declared.test == "among" else kind  # type: ignore[valid-type]  # a type made at run time


def _property_kind(cls: Any, declared: Compare) -> Any:
    """The type of one value of a property: as a field of the class tells it, else its noun."""
    (name,) = declared.properties
    for field in cls.__strawberry_definition__.fields:
        if isinstance(field, GraphField) and field.declared == Leaf(name):
            kind = without_null(field.annotated())
            return get_args(kind)[0] if get_origin(kind) is list else kind
    known = known_fields(cls)
    if name not in known:
        place = f"{cls.__name__}.{name}"
        raise SchemaFault(place, "不知道参数类型", "no such field: name the type of the filter's argument")
    return known[name].kind
