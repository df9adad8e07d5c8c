"""How a noun is declared once, for the writer, the workbook and the schema alike.

A noun is a frozen dataclass; each field carries its label in Chinese and English and, where it
refers to another noun, the relationship and the label at its end.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol, Union, dataclass_transform, get_args, get_origin, get_type_hints

_KEY = "noun"
_MISSING: Any = dataclasses.MISSING


class Identified(Protocol):
    """Any noun: what they all have is an id."""

    @property
    def id(self) -> str:
        """The noun's own id, unique under its label."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a referring field leads: `(noun)-[:relationship]->(:label)`."""

    relationship: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One described field of a noun.

    `kind` is the type of one value (`str` for a reference: the id at its end); `many` says that
    the field holds a tuple of them; `optional` says that None (or an empty tuple) is allowed;
    `minimum` and `maximum` bound a number, both included, None where it has no bound; `is_searched` says that
    the words of the text are found by a search.
    """

    name: str
    zh: str
    en: str
    kind: type
    many: bool
    optional: bool
    reference: Reference | None
    note_zh: str
    note_en: str
    minimum: float | None = None
    maximum: float | None = None
    is_searched: bool = False


@dataclass(frozen=True, slots=True)
class Noun:
    """What is known of a noun: its class, the label of its node, its names, its fields in order."""

    cls: type
    label: str
    zh: str
    en: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        """The field of that name. Raises KeyError when there is none."""
        for each in self.fields:
            if each.name == name:
                return each
        raise KeyError(name)

    @property
    def properties(self) -> tuple[Field, ...]:
        """The fields kept on the node itself, in declaration order."""
        return tuple(each for each in self.fields if each.reference is None)

    @property
    def references(self) -> tuple[Field, ...]:
        """The fields kept as relationships, in declaration order."""
        return tuple(each for each in self.fields if each.reference is not None)

    @property
    def searched(self) -> tuple[str, ...]:
        """The names of the fields whose words are found by a search."""
        return tuple(each.name for each in self.fields if each.is_searched)


_NOUNS: dict[type, tuple[str, str, str]] = {}


def column(
    zh: str,
    en: str,
    *,
    default: Any = _MISSING,
    note_zh: str = "",
    note_en: str = "",
    minimum: float | None = None,
    maximum: float | None = None,
    is_searched: bool = False,
) -> Any:
    """A field kept on the node; `zh` is its label and its workbook header, `en` says what it is."""
    told = (zh, en, None, note_zh, note_en, minimum, maximum, is_searched)
    return dataclasses.field(default=default, metadata={_KEY: told})


def refers(
    relationship: str,
    label: str,
    zh: str,
    en: str,
    *,
    default: Any = _MISSING,
    note_zh: str = "",
    note_en: str = "",
) -> Any:
    """A field kept as a relationship to the node (or nodes, for a tuple) of `label` with that id."""
    reference = Reference(relationship, label)
    return dataclasses.field(
        default=default, metadata={_KEY: (zh, en, reference, note_zh, note_en, None, None, False)}
    )


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(column, refers))
def noun[T](label: str, zh: str, en: str) -> Callable[[type[T]], type[T]]:
    """Make a class a noun: a frozen, slotted, keyword-only dataclass whose node bears `label`."""

    def declare(cls: type[T]) -> type[T]:
        made = dataclass(frozen=True, slots=True, kw_only=True)(cls)
        _NOUNS[made] = (label, zh, en)
        return made

    return declare


@cache
def describe(cls: type) -> Noun:
    """The description of a noun's class. Raises KeyError for a class that is no noun."""
    label, zh, en = _NOUNS[cls]
    hints = get_type_hints(cls)
    fields = tuple(_described(each, hints[each.name]) for each in dataclasses.fields(cls))
    return Noun(cls, label, zh, en, fields)


def all_nouns() -> Iterator[Noun]:
    """Every declared noun, in order of declaration (of the modules imported so far)."""
    return (describe(cls) for cls in _NOUNS)


def _described(field: dataclasses.Field[Any], hint: object) -> Field:
    kind, many, optional = _unfold(hint)
    zh, en, reference, *told = field.metadata[_KEY]
    has_default = field.default is not dataclasses.MISSING
    return Field(field.name, zh, en, kind, many, optional or has_default, reference, *told)


def _unfold(hint: Any) -> tuple[type, bool, bool]:
    """`(type of one value, many, optional)` of an annotation such as `tuple[str, ...]` or `date | None`."""
    if get_origin(hint) in (Union, types.UnionType):
        inner = [each for each in get_args(hint) if each is not types.NoneType]
        kind, many, _ = _unfold(inner[0])
        return kind, many, True
    if get_origin(hint) is tuple:
        return get_args(hint)[0], True, False
    return hint, False, False
