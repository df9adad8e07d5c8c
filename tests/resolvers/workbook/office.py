"""Workbooks as an office would make them: plain openpyxl, whatever stands in the cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

from graph.errors import Faults
from resolvers.workbook.faults import CellFault
from resolvers.workbook.known import KnownIds
from resolvers.workbook.read import Workbook, read_workbook

Lines = Sequence[Sequence[object]]


def typed(path: Path, sheets: Mapping[str, Lines], merged: Mapping[str, Sequence[str]] | None = None) -> Path:
    """A workbook with those lines in those sheets, written to `path`."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]  # a new book has an active sheet
    for title, lines in sheets.items():
        page = book.create_sheet(title)
        for line in lines:
            page.append(list(line))
        for cells in (merged or {}).get(title, ()):
            # as Excel does it; `merge_cells` would make a cell of every one in the range first
            page.merged_cells.add(cells)
    book.save(path)
    return path


def faults_in_file(path: Path, known: KnownIds | None = None) -> list[CellFault]:
    """Every fault of a file; empty when it can be read."""
    try:
        read_workbook(path, known)
    except Faults as error:
        return [fault for fault in error.faults if isinstance(fault, CellFault)]
    return []


def faults_of(path: Path, known: KnownIds | None = None) -> list[tuple[str, str, str]]:
    """Sheet, cell (the row alone, or "", where no cell is meant) and code of every fault."""
    return [
        (fault.sheet, f"{fault.column}{fault.row or ''}", fault.code) for fault in faults_in_file(path, known)
    ]


def read(path: Path, sheets: Mapping[str, Lines], known: KnownIds | None = None) -> Workbook:
    """What a workbook with those lines is read as."""
    return read_workbook(typed(path, sheets), known)
