"""The one row that a statement answers with, taken apart: the rows of each level by their parent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import cast

from graph.compiler.binding import Binding
from graph.compiler.plan import Filled, Level, Plan, Row, Tally
from graph.compiler.statement import tally_column


def fill(plan: Plan, binding: Binding, record: Mapping[str, object], secret: bytes) -> Filled:
    """The rows of `record` (by column, as `render` names them) in the places of the plan's levels."""
    groups: dict[int, dict[object, list[Row]]] = {}
    counts: dict[int, dict[object, object]] = {}
    tallies: dict[Tally, dict[object, list[Row]]] = {}
    for level in plan.levels:
        number = level.number
        if number in binding.skipped:
            continue
        if level.is_listed:
            groups[number] = _grouped(level, cast("list[Row]", record[f"r{number}"]))
        if level.is_counted:
            found = record[f"t{number}"]
            counts[number] = (
                {None: found} if level.is_root else dict(cast("list[tuple[object, object]]", found))
            )
        for place, tally in enumerate(level.tallies):
            rows = cast("list[Row]", record.get(tally_column(level, place), []))
            tallies[tally] = _by_parent(rows, 0)
    return Filled(groups, counts, tallies, binding.pages, binding.calls, secret)


def _grouped(level: Level, rows: list[Row]) -> dict[object, list[Row]]:
    if level.is_root:
        return {None: rows}
    return _by_parent(rows, -1) if level.page else _by_each_parent(rows)


def _by_parent(rows: list[Row], place: int) -> dict[object, list[Row]]:
    groups: defaultdict[object, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[place]].append(row)
    return groups


def _by_each_parent(rows: list[Row]) -> dict[object, list[Row]]:
    """Where a row ends in the ids of all its parents."""
    groups: defaultdict[object, list[Row]] = defaultdict(list)
    for row in rows:
        for parent in cast("list[object]", row[-1]):
            groups[parent].append(row)
    return groups
