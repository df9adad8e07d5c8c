"""An instance of every noun, made from its description: with every field filled, or only what it needs."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Any

from graph.model.describe import Field, Identified, Noun
from graph.model.nouns import NOUNS
from graph.model.terms import PersonKind


def filled(noun: Noun, tag: str, other: str) -> Identified:
    """The noun tagged `tag` with every field filled.

    It refers to the nouns with that tag; where it may refer to several also to those tagged `other`, and
    where it refers to its own kind only to those.
    """
    return _made(noun, {field.name: _value(noun, field, tag, other) for field in noun.fields})


def bare(noun: Noun, tag: str) -> Identified:
    """The noun tagged `tag` with nothing but what it must have."""
    needed = [field for field in noun.fields if not field.optional]
    return _made(noun, {field.name: _value(noun, field, tag, tag) for field in needed})


def all_filled(tag: str, other: str) -> list[Identified]:
    """One of every noun, filled; they refer to each other."""
    return [filled(noun, tag, other) for noun in NOUNS]


def all_bare(tag: str) -> list[Identified]:
    """One of every noun with nothing but what it must have."""
    return [bare(noun, tag) for noun in NOUNS]


def _made(noun: Noun, values: dict[str, Any]) -> Identified:
    made: Identified = noun.cls(**values)
    return made


def _value(noun: Noun, field: Field, tag: str, other: str) -> object:
    if field.name == "id":
        return f"{noun.label}-{tag}"
    if field.reference is not None:
        own, second = f"{field.reference.label}-{tag}", f"{field.reference.label}-{other}"
        if field.many:
            return tuple(sorted({own, second}))
        return second if field.reference.label == noun.label else own
    if field.many:
        return _two(field, tag)
    return _one(field, tag)


def _two(field: Field, tag: str) -> tuple[object, object]:
    if issubclass(field.kind, Enum):
        terms = list(field.kind)
        return terms[-1], terms[0]  # an order of their own, which must be kept
    return f"{field.name} 二 {tag}", f"{field.name} 一 {tag}"


def _one(field: Field, tag: str) -> object:
    if field.kind is PersonKind:
        return PersonKind.TEACHER
    if issubclass(field.kind, Enum):
        return list(field.kind)[-1]
    if field.kind is date:
        return date(2025, 2, 17)
    if field.kind is bool:
        return False
    if field.kind is float:
        return (field.minimum or 0) + 0.5
    if field.kind is int:
        return int(field.minimum or 0) + 1
    return f"{field.name} “{tag}”\n石桥"
