"""Nodes named by id in what Python computes: the selection below them is fetched by the compiler.

A resolver says which nodes; what is read of them is up to the document.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, cast, overload

from schema.kit.connections import Connection

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found:
    """The ids of nodes of one label, in the order in which they shall be answered."""

    label: str
    ids: tuple[str, ...]
    shape: Literal["one", "several", "page"]


@overload
def found[T](kind: type[T], own: str) -> T: ...
@overload
def found[T](kind: type[T], own: None) -> None: ...
def found[T](kind: type[T], own: str | None) -> T | None:
    """The node of that graph type with that own id (None stays None); fetched where it is selected."""
    return None if own is None else cast(T, Found(_label(kind), (own,), "one"))


def found_all[T](kind: type[T], ids: Iterable[str]) -> list[T]:
    """The nodes with those own ids in that order; those that are gone are left out."""
    return cast("list[T]", Found(_label(kind), tuple(ids), "several"))


def found_page(label: str, ids: Iterable[str]) -> Connection[Any]:
    """A connection over the nodes of `label` with those own ids, ordered by id."""
    return cast("Connection[Any]", Found(label, tuple(ids), "page"))


def _label(kind: type[Any]) -> str:
    label: str = kind.__graph__.label
    return label
