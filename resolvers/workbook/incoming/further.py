"""The further columns of long lists, 证据（续2） and so on: which there are, which one is missing, what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from resolvers.workbook.faults import CellFault, MissingColumn, Place
from resolvers.workbook.sheets import Column, Sheet, continued


def further_columns(columns: Iterable[Column]) -> dict[str, list[Column]]:
    """Key of each list that goes on → the further columns in which it does, by their number."""
    found: dict[str, list[Column]] = {}
    for column in sorted(columns, key=lambda each: each.part):
        if column.continues:
            found.setdefault(column.continues, []).append(column)
    return found


def refuse_gaps(
    sheet: Sheet, further: Mapping[str, list[Column]], places: Mapping[str, Place]
) -> Iterator[CellFault]:
    """A fault of each column before which a number is left out: that part of the list may have been lost.

    `places`: where the header of each column stands, by the column's key. The list's first column may be missing.
    """
    for key, columns in further.items():
        reached = 1
        for column in columns:
            if column.part > reached + 1:
                missing = continued(sheet.column(key), reached + 1)
                yield _missing(places[column.key], column.header, missing.header)
            reached = column.part


def _missing(place: Place, there: str, missing: str) -> CellFault:
    zh = f"有“{there}”而没有“{missing}”，请补上这一列，或把编号改为接续的"
    en = f"there is {there!r} but no {missing!r}: add that column, or number the columns without a gap"
    return MissingColumn(place, zh, en)


def first_columns(parts: Iterable[tuple[str, tuple[object, ...]]]) -> dict[object, str]:
    """Each value of a list, in order and once → key of the first column that holds it.

    `parts`: key of each of the list's columns and what it holds, by the columns' number.
    """
    found: dict[object, str] = {}
    for key, values in parts:
        for value in values:
            found.setdefault(value, key)
    return found
