"""Lists that one cell does not hold: they go on in columns beside it, headed 证据（续2）, 证据（续3） and so on."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from resolvers.workbook.cells.text import LIST_JOINT, characters
from resolvers.workbook.outgoing.form import MOST_CHARACTERS, plain_value
from resolvers.workbook.outgoing.lines import Line
from resolvers.workbook.sheets import Column, Sheet, continued


def spread(sheet: Sheet, lines: list[Line]) -> tuple[Sheet, list[Line]]:
    """The sheet with as many further columns as its longest lists need, and its lines with their lists so cut."""
    widths = {column.key: 1 for column in sheet.columns if column.field.many}
    told: list[Line] = []
    for line in lines:
        cut: dict[str, object] = {}
        for column in sheet.columns:
            if column.key in widths:
                cells = list(_cells(column, line.get(column.key)))
                widths[column.key] = max(widths[column.key], len(cells))
                cut |= {_numbered(column, number).key: cell for number, cell in enumerate(cells, 1)}
        told.append({**line, **cut})
    columns = (
        _numbered(column, number)
        for column in sheet.columns
        for number in range(1, widths.get(column.key, 1) + 1)
    )
    return dataclasses.replace(sheet, columns=tuple(columns)), told


def _numbered(column: Column, number: int) -> Column:
    return column if number == 1 else continued(column, number)


def _cells(column: Column, value: object) -> Iterator[tuple[object, ...]]:
    """The values of a list, in the order in which they are written, as many in each part as a cell holds."""
    assert isinstance(value, tuple | None)
    cell: list[object] = []
    length = 0
    for part in sorted(value or ()) if column.field.reference is not None else value or ():
        more = characters(f"{LIST_JOINT if cell else ''}{plain_value(column, part)}")
        if cell and length + more > MOST_CHARACTERS:
            yield tuple(cell)
            cell, length = [], 0
            more -= characters(LIST_JOINT)
        cell.append(part)
        length += more
    if cell:
        yield tuple(cell)
