"""Bugs to plant, one in each part of the compiler: what each does, and how it gets in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from graph.compiler import (
    binding,
    catalogue,
    compiler,
    conditions,
    cypher,
    leaves,
    paging,
    selection,
    shape,
    statement,
)
from graph.compiler.declare import Within
from graph.compiler.ordering import keys_of

Planting = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True, slots=True)
class Plant:
    """One bug; `needs_spoiled` says that only stored data which does not fit the schema shows it."""

    name: str
    plant: Planting
    needs_spoiled: bool = False


def _around(owner: Any, name: str, change: Callable[..., Any]) -> Planting:
    """Puts `change(original, *arguments)` in the place of a function."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        original = getattr(owner, name)
        patch.setattr(owner, name, lambda *given, **named: change(original, *given, **named))

    return plant


def _text(owner: Any, name: str, pattern: str, by: str) -> Planting:
    """Rewrites the text that a function gives."""
    return _around(owner, name, lambda original, *given: re.sub(pattern, by, original(*given)))


def _constant(owner: Any, name: str, value: Any) -> Planting:
    return lambda patch: patch.setattr(owner, name, value)


def _first_way_only(original: Any, writer: Any, declared: Any, *given: Any) -> Any:
    narrowed = Within(declared.paths[:1]) if isinstance(declared, Within) else declared
    return original(writer, narrowed, *given)


def _conditions_without_end(original: Any, *given: Any) -> Any:
    text, conditions = original(*given)
    return text, [
        re.sub(r" AND \(\S+\.end IS NULL OR \S+\.end >= \$today\)", "", each) for each in conditions
    ]


def _of_any_kind(original: Any, *given: Any) -> Any:
    found = original(*given)
    return found and replace(found, only=None)


def _first_branch(original: Any, tag: Any, branches: Any) -> Any:
    return original(None, {None: next(iter(branches.values()))})


def _no_row_beyond(original: Any, *given: Any) -> Any:
    page, parameters = original(*given)
    return page, {name: page.size if name.startswith("first") else each for name, each in parameters.items()}


def _empty_for_a_fault(original: Any, level: Any, *given: Any) -> Any:
    page, parameters = original(level, *given)
    if page.fault is None:
        return page, parameters
    return replace(page, fault=None, order=keys_of(level.order)), {f"first{level.number}": 0}


def _arguments_of_the_first(original: Any, selector: Any, field: Any, node: Any, *given: Any) -> Any:
    kept = selector.__dict__.setdefault("planted", {})
    return original(selector, field, kept.setdefault(id(field), node), *given)


def _some_for_all(original: Any, reader: Any, word: str, *given: Any) -> Any:
    return original(reader, "some" if word == "all" else word, *given)


def _without_before(original: Any, *given: Any) -> Any:
    page, parameters = original(*given)
    return replace(page, before=None), parameters


def _from_the_beginning(original: Any, *given: Any) -> Any:
    return original(*given)[0], False


def _never_strict(original: Any, *given: Any, **named: Any) -> Any:
    return original(*given)


def _cursor_of_the_first_key(original: Any, keys: Any, *given: Any) -> Any:
    return original([keys[0]] * len(keys), *given)


PLANTS: tuple[Plant, ...] = (
    Plant("filter: at least is more than", _text(cypher, "_compared", ">=", ">")),
    Plant("filter: text by its case", _text(cypher, "_compared", r"toLower\((\S+)\)", r"\1")),
    Plant("filter: the first of several ways", _around(cypher.Speech, "filter", _first_way_only)),
    Plant("filter: posts that ended", _around(cypher.Speech, "pattern", _conditions_without_end)),
    Plant("where: what is missing is unknown, not false", _around(cypher.Speech, "condition", _never_strict)),
    Plant("where: some for all", _around(conditions.WhereReader, "_quantified", _some_for_all)),
    Plant("sort: always up", _text(statement._Writer, "rows", " DESC", "")),
    Plant("sort: by ways to neighbours, not neighbours", _text(cypher.Speech, "_far", "DISTINCT ", "")),
    Plant("nulls: none after a value", _text(statement, "beyond", r" OR \S+ IS NULL", "")),
    Plant("nulls: going down, none is left behind one", _text(statement, "beyond", "IS NOT NULL", "IS NULL")),
    Plant("ends: the last are the first", _around(paging, "_size", _from_the_beginning)),
    Plant("ends: a page goes on past its end", _around(paging, "_page", _without_before)),
    Plant("kind: the constant is not asked for", _around(catalogue.Catalogue, "candidates", _of_any_kind)),
    Plant("kind: the first branch for every tag", _around(shape, "node", _first_branch)),
    Plant("cursor: one key for all", _around(shape, "write_cursor", _cursor_of_the_first_key)),
    Plant("cursor: good for other filters", _around(paging, "bind_cursor", lambda original, place, order, *_: original(place, order))),
    Plant("page info: no row beyond the page", _around(paging, "_page", _no_row_beyond)),
    Plant("total: counted by ways, not nodes", _text(statement._Writer, "count", "DISTINCT ", "")),
    Plant("numbers: by ways, not nodes", _text(statement._Writer, "tally", "WITH DISTINCT", "WITH")),
    Plant("groups: the smallest first", _text(statement._Writer, "tally", "a0 DESC", "a0")),
    Plant("rows: by ways, not nodes", _text(statement._Writer, "rows", "WITH DISTINCT", "WITH")),
    Plant("keys: in the alphabet's order", _around(selection.Selector, "_collect", lambda original, *given: sorted(original(*given)))),
    Plant("arguments: of the first alias", _around(selection.Selector, "paging", _arguments_of_the_first)),
    Plant("arguments: a fault is an empty page", _around(binding, "bind_page", _empty_for_a_fault)),
    Plant("plans: kept whatever the conditions", _constant(compiler.Compiler, "_condition_names", lambda *_: ())),
    Plant("statements: kept whatever is given", _constant(binding.Binding, "variant", ())),
    Plant("language: the asker's, whichever is named", _around(binding, "_call", lambda original, each, values, own: own)),
    Plant("leaves: any enum name", _constant(leaves, "_enum_name", lambda kind: lambda value: value), True),
    Plant("leaves: any number", _constant(leaves, "_quick", lambda kind: lambda value: value), True),
    Plant("leaves: null where it may not be", _constant(leaves, "_never_null", lambda inner, is_list: inner), True),
    Plant("links: missing where one must be", _around(shape, "nearest", lambda original, level, target, _: original(level, target, False)), True),
)  # fmt: skip
