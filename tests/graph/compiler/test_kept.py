"""A bounded memory: what was not used for longest goes, and a page is remembered by what its variables hold."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import OperationDefinitionNode, parse
from graphql.execution.values import VariableValues

from graph.compiler.binding import LONGEST_KEPT
from graph.compiler.kept import Kept
from graph.compiler.paging import BadPageSize, bind_page
from graph.compiler.plan import KEPT_PAGES, Level
from tests.graph.compiler.orchards import Recorder, asking, call, first_answer, orchard_compiler


def test_what_was_not_used_for_longest_goes() -> None:
    kept: Kept[str, int] = Kept(2)
    assert [kept.keep("a", 1), kept.keep("b", 2)] == [1, 2]
    assert kept.find("a") == 1
    assert kept.get("c", lambda: 3) == 3
    assert (kept.find("b"), kept.find("a"), len(kept)) == (None, 1, 2)
    assert kept.get("a", lambda: 9) == 1


def _operation(document: str) -> OperationDefinitionNode:
    (operation,) = parse(document).definitions
    assert isinstance(operation, OperationDefinitionNode)
    return operation


async def test_a_page_is_bound_once_for_equal_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """And one that can't be is bound, and refused, each time."""
    bound: list[object] = []

    def counted(level: Level, values: VariableValues, *others: Any) -> Any:
        bound.append(dict(values.coerced))
        return bind_page(level, values, *others)

    monkeypatch.setattr("graph.compiler.binding.bind_page", counted)
    compiler, read = orchard_compiler(), Recorder()
    asked = _operation(
        "query ($n: Int, $name: String) { orchards(first: $n, name: $name) { edges { node { name } } } }"
    )
    two, three, named = {"n": 2}, {"n": 3}, {"n": 2, "name": "x"}
    for given in (two, two, three, {"n": 2, "name": None}, named, two, three, named):
        await first_answer(compiler, call(compiler, asked, dict(given)), asking(read))
    assert bound == [two, three, {"n": 2, "name": None}, named]
    assert [each.get("first0") for _, each in read.asked] == [2, 2, 3, 2, 2, 2, 3, 2]
    assert [each.get("name0") for _, each in read.asked] == [None, None, None, None, "x", None, None, "x"]
    for _ in range(2):
        with pytest.raises(BadPageSize):
            await first_answer(compiler, call(compiler, asked, {"n": 900}), asking(read))
    assert bound[4:] == [{"n": 900}] * 2


async def test_no_more_pages_are_remembered_than_the_most() -> None:
    compiler, read = orchard_compiler(), Recorder()
    asked = _operation("query ($name: String) { orchards(name: $name) { edges { node { name } } } }")
    for number in range(KEPT_PAGES + 10):
        await first_answer(compiler, call(compiler, asked, {"name": f"x{number}"}), asking(read))
    (plan,) = compiler._plans.values()
    assert len(plan.bound) == KEPT_PAGES


async def test_a_page_is_not_remembered_by_a_long_text() -> None:
    compiler, read = orchard_compiler(), Recorder()
    asked = _operation("query ($name: String) { orchards(name: $name) { edges { node { name } } } }")
    for name in ("x" * LONGEST_KEPT, "x" * (LONGEST_KEPT + 1)):
        await first_answer(compiler, call(compiler, asked, {"name": name}), asking(read))
    (plan,) = compiler._plans.values()
    assert len(plan.bound) == 1
    assert [len(str(each["name0"])) for _, each in read.asked] == [LONGEST_KEPT, LONGEST_KEPT + 1]
