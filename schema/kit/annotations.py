"""Graph types by name, so that types may name each other whichever module comes first.

A name in an annotation is looked up in the declaring module, then among all declared graph types.
"""

from __future__ import annotations

import sys
import types
import typing
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, ForwardRef, Union, get_args, get_origin

from graph.compiler.catalogue import SchemaFault

_DECLARED: dict[str, list[type]] = {}


def remember(cls: type) -> None:
    """Make a graph type known by its name."""
    _DECLARED.setdefault(cls.__name__, []).append(cls)


def declared_subtypes(interface: type) -> list[type]:
    """The declared graph types that implement an interface, in order of declaration."""
    found = [cls for classes in _DECLARED.values() for cls in classes]
    return [cls for cls in found if issubclass(cls, interface) and cls is not interface]


def resolve_annotation(annotation: object, module: str) -> Any:
    """The type that an annotation written in `module` means. Raises NameError for an unknown name."""
    if isinstance(annotation, ForwardRef):
        annotation = annotation.__forward_arg__
    if isinstance(annotation, str):
        text = annotation.replace('"', "").replace("'", "")
        return eval(text, {}, _Names(module))  # noqa: S307  # an annotation of our own source
    arguments = get_args(annotation)
    if not arguments or get_origin(annotation) is None:
        return annotation
    resolved = tuple(resolve_annotation(each, module) for each in arguments)
    origin: Any = get_origin(annotation)
    if origin in (Union, types.UnionType):
        return Union[resolved]  # noqa: UP007  # built from a tuple of types
    return origin[resolved if len(resolved) > 1 else resolved[0]]


def without_null(annotation: Any) -> Any:
    """The annotation without its `| None`."""
    if get_origin(annotation) in (Union, types.UnionType):
        inner = [each for each in get_args(annotation) if each is not types.NoneType]
        return inner[0] if len(inner) == 1 else Union[tuple(inner)]  # noqa: UP007  # as above
    return annotation


class _Names(Mapping[str, Any]):
    def __init__(self, module: str) -> None:
        self._module = module
        self._own = vars(sys.modules[module])

    def __getitem__(self, name: str) -> Any:
        own = self._own.get(name)
        known = [cls for cls in _DECLARED.get(name, []) if cls is not own]
        if own is not None and (not known or _is_schema_type(own)):
            return own
        if len(known) > 1:
            places = ", ".join(cls.__module__ for cls in known)
            raise SchemaFault(self._module, f"{name} 有多个声明：{places}", f"{name} is declared in {places}")
        if known:
            return known[0]
        if name in typing.__all__:
            return getattr(typing, name)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)


def _is_schema_type(found: object) -> bool:
    return hasattr(found, "__strawberry_definition__") or (
        isinstance(found, type) and issubclass(found, Enum)
    )
