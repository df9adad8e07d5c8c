"""Every path of the served types follows relationships that the nouns write: a typo would read nothing."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import schema
from graph.compiler.declare import Entry, Filter, Hop, Path, Within
from graph.model.nouns import NOUNS
from schema.kit.annotations import declared_subtypes
from schema.kit.fields import Node
from schema.kit.graph_field import GraphField

WRITTEN = {
    (noun.label, field.reference.relationship, field.reference.label)
    for noun in NOUNS
    for field in noun.references
    if field.reference is not None
}


def _served() -> list[type]:
    for module in pkgutil.iter_modules(schema.__path__):
        importlib.import_module(f"schema.{module.name}")
    return [cls for cls in declared_subtypes(Node) if cls.__module__.startswith("schema.")]


def _steps(label: str, hops: tuple[Hop, ...]) -> list[tuple[str, str, str]]:
    steps = []
    for hop in hops:
        ends = (label, hop.label) if hop.outgoing else (hop.label, label)
        steps.append((ends[0], hop.relationship, ends[1]))
        label = hop.label
    return steps


def _filter_steps(label: str, filters: list[Filter]) -> list[tuple[str, str, str]]:
    paths = [path for each in filters if isinstance(each, Within) for path in each.paths]
    return [step for path in paths for step in _steps(label, path)]


@pytest.mark.parametrize("cls", _served(), ids=lambda cls: cls.__name__)
def test_paths_follow_what_is_written(cls: type) -> None:
    label = cls.__graph__.label  # type: ignore[attr-defined]  # set by the decorator
    for field in cls.__strawberry_definition__.fields:  # type: ignore[attr-defined]  # set by strawberry
        assert isinstance(field, GraphField)
        declared = field.declared
        if isinstance(declared, Path):
            steps = _steps(label, declared.hops)
            steps += _filter_steps(declared.hops[-1].label, list(declared.filters.values()))
            assert set(steps) <= WRITTEN, f"{cls.__name__}.{field.python_name}"


def test_entries_follow_what_is_written() -> None:
    root = importlib.import_module("schema.root")
    for field in root.Query.__strawberry_definition__.fields:
        if isinstance(field, GraphField) and isinstance(field.declared, Entry):
            label = field.target().__graph__.label  # type: ignore[attr-defined]  # set by the decorator
            steps = _filter_steps(label, list(field.declared.filters.values()))
            assert set(steps) <= WRITTEN, field.python_name
