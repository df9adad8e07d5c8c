"""An office at work on a workbook: it fills the template, mends cells, and leaves what offices leave behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.journeys.county import MERGED_SCHOOLS, SHEETS, Cells

_BLANKS = ("  ", "　")
"""A blank and a full-width one: what is left where somebody has once typed."""


class Form:
    """A workbook that is being filled in; `save` writes it."""

    def __init__(self, template: Path) -> None:
        self._book = openpyxl.load_workbook(template)

    def save(self, path: Path) -> Path:
        self._book.save(path)
        return path

    def append(self, sheet: str, rows: Iterable[Cells]) -> None:
        """Rows below what stands in a sheet."""
        page = self._book[sheet]
        columns = _columns(page)
        for number, row in enumerate(rows, start=_last_row(page) + 1):
            for header, value in row.items():
                page.cell(number, columns[header]).value = value  # type: ignore[assignment]  # whatever people type

    def leave_blanks(self, sheet: str) -> None:
        """Cells with nothing but blanks, some lines below."""
        page = self._book[sheet]
        for number, blank in enumerate(_BLANKS, start=_last_row(page) + 2):
            page.cell(number, 1, blank)

    def title(self, sheet: str, text: str) -> None:
        """A line above the header, merged over it."""
        page = self._book[sheet]
        page.insert_rows(1)
        page.cell(1, 1, text)
        page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=page.max_column)

    def merge(self, sheet: str, ranges: Iterable[str]) -> None:
        """Merge cells; `{0}` in a range is the file's row of the sheet's first row of content."""
        page = self._book[sheet]
        rows = [number for number in range(2, page.max_row + 1) if _is_content(page.cell(number, 1).value)]
        for each in ranges:
            page.merge_cells(each.format(*rows))

    def put(self, sheet: str, row: str, header: str, value: object) -> str:
        """Type over one cell of the row with that id; the cell, such as "C5"."""
        page = self._book[sheet]
        number = next(each[0].row for each in page.iter_rows() if each[0].value == row)
        cell = page.cell(number, _columns(page)[header])
        cell.value = value  # type: ignore[assignment]  # whatever people type
        return cell.coordinate

    def add_column(self, sheet: str, header: str) -> str:
        """A column of the office's own; the cell of its header."""
        page = self._book[sheet]
        cell = page.cell(1, page.max_column + 1, header)
        page.cell(_last_row(page), cell.column, "急")
        return cell.coordinate

    def add_sheet(self, name: str) -> None:
        """A sheet of the office's own."""
        page = self._book.create_sheet(name)
        page.append(["日期", "事由"])
        page.append(["2025/3/1", "送教"])


def fill(template: Path, path: Path) -> Path:
    """The small county's workbook, filled into the template."""
    return filled(template).save(path)


def filled(template: Path, sheets: Mapping[str, list[Cells]] = SHEETS) -> Form:
    """The form with the small county in it, not saved yet."""
    form = Form(template)
    for sheet, rows in sheets.items():
        form.append(sheet, rows)
        form.leave_blanks(sheet)
    form.merge("任职", MERGED_SCHOOLS)
    form.title("问卷", "２０２５年春季学期教师需求问卷")
    return form


def _columns(page: Worksheet) -> dict[str, int]:
    """The columns by header; the header is the first row that has several cells."""
    for row in page.iter_rows(max_row=3):
        found = {str(cell.value).rstrip("*"): cell.column for cell in row if cell.value}
        if len(found) > 1:
            return found
    raise AssertionError(page.title)


def _last_row(page: Worksheet) -> int:
    """The last row with anything to be seen in it; the template keeps formats far below."""
    rows = enumerate(page.iter_rows(values_only=True), start=1)
    return max(number for number, row in rows if any(str(value or "").strip() for value in row))


def _is_content(value: object) -> bool:
    return value is not None and not str(value).startswith("#") and bool(str(value).strip())
