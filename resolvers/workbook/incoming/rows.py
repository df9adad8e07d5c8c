"""From the cells of one sheet to its rows: which line is the header, what each cell means."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from resolvers.workbook.cells.dates import Misread
from resolvers.workbook.cells.text import clean_text, fold
from resolvers.workbook.cells.values import fault_class, read_value, wanted
from resolvers.workbook.faults import (
    CellFault,
    FormulaCell,
    MissingColumn,
    MissingHeader,
    MissingValue,
    Note,
    Place,
    RepeatedColumn,
    UnknownColumn,
    WrongValue,
)
from resolvers.workbook.incoming.further import first_columns, further_columns, refuse_gaps
from resolvers.workbook.incoming.grid import Broken, Formula, Grid, Merge
from resolvers.workbook.sheets import (
    Column,
    Sheet,
    continued,
    fold_header,
    further_part,
    meant_by,
    plain_header,
)

HEADER_WITHIN = 5
"""Among how many filled lines at the top the header is looked for."""

EXAMPLE_MARKS = ("#例", "# ", "例：", "例:", "#e.g.")
"""How a line begins that is an example or a remark and no row."""

IGNORED_HEADERS = ("备注", "_", "note", "remarks")
"""How the header begins of a column that is the office's own."""


@dataclass(slots=True)
class Findings:
    """What reading has found so far: faults, and remarks on what was assumed."""

    faults: list[CellFault] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


@dataclass(slots=True)
class Row:
    """One row: `values` by column key; a key is missing where the cell is at fault, None where it is blank.

    `further`: key of a list and one of its values → key of the further column in which that value stands.
    """

    sheet: Sheet
    title: str
    number: int
    places: Mapping[str, tuple[str, str]]
    values: dict[str, object]
    further: dict[tuple[str, object], str] = field(default_factory=dict)

    def place(self, key: str, value: object = None) -> Place:
        """Where that column's cell is, of a list the one with that value; the row where there is no such column."""
        letter, header = self.places.get(self.further.get((key, value), key), ("", ""))
        return Place(self.title, self.number, letter, header or self.sheet.column(key).header)


@dataclass(frozen=True, slots=True)
class _Header:
    columns: Mapping[int, Column]
    titles: Mapping[int, str]
    further: Mapping[str, list[Column]]
    first_row: int


def parse_rows(grid: Grid, sheet: Sheet, findings: Findings) -> list[Row]:
    """The rows of a sheet, in the file's order; what is wrong with cells and columns goes to `findings`."""
    if not grid.rows:
        return []
    header = _find_header(grid, sheet, findings)
    if header is None:
        return []
    places = {
        column.key: (get_column_letter(index), header.titles[index])
        for index, column in header.columns.items()
    }
    rows = []
    for number, cells in grid.rows.items():
        if number < header.first_row:
            continue
        if _is_example(cells):
            _note_example(grid, number, header, findings)
        else:
            row = Row(sheet, grid.title, number, places, {})
            _read_cells(row, cells, header, grid, findings)
            rows.append(row)
    _refuse_headless(grid, header, rows, findings)
    return rows


def holds_rows(grid: Grid, sheet: Sheet) -> bool:
    """Whether the sheet holds any row below its header."""
    header = _find_header(grid, sheet, Findings())
    return header is None or any(
        number >= header.first_row and not _is_example(cells) for number, cells in grid.rows.items()
    )


def _is_example(cells: Mapping[int, object]) -> bool:
    first = cells[min(cells)]
    return isinstance(first, str) and clean_text(first).startswith(EXAMPLE_MARKS)


def _note_example(grid: Grid, number: int, header: _Header, findings: Findings) -> None:
    """Tell of an example that is not the template's own: somebody may have filled it and left the mark."""
    if number != header.first_row:
        zh, en = "本行标作示例，没有导入", "the row is marked as an example and was not read"
        findings.notes.append(Note(grid.title, number, "A", zh, en))


def _find_header(grid: Grid, sheet: Sheet, findings: Findings) -> _Header | None:
    spellings = sheet.spellings()

    def known(number: int) -> int:
        return sum(isinstance(v, str) and fold_header(v) in spellings for v in grid.rows[number].values())

    candidates = sorted(grid.rows)[:HEADER_WITHIN]
    number = max(candidates, key=known, default=0)
    if not number or not known(number):
        headers = "、".join(column.title for column in sheet.columns)
        findings.faults.append(
            MissingHeader(
                Place(grid.title),
                f"前 {HEADER_WITHIN} 行中没有表头。应有的列：{headers}",
                f"no header among the first {HEADER_WITHIN} lines; the columns are: {headers}",
            )
        )
        return None
    return _read_header(grid, sheet, number, findings)


def _read_header(grid: Grid, sheet: Sheet, number: int, findings: Findings) -> _Header:
    columns: dict[int, Column] = {}
    titles: dict[int, str] = {}
    spellings = sheet.spellings()
    places: dict[str, Place] = {}
    for index, value in sorted(grid.rows[number].items()):
        title = plain_header(clean_text(str(value)))
        place = Place(grid.title, number, get_column_letter(index), title)
        titles[index] = title
        column = meant_by(title, spellings)
        if column is None:
            if not fold(title).startswith(IGNORED_HEADERS) and not title.startswith("_"):
                findings.faults.append(_unknown_column(place, sheet, title, spellings))
        elif column.key in places:
            findings.faults.append(RepeatedColumn(place, "同一列出现了两次", "this column is there twice"))
        else:
            columns[index], places[column.key] = column, place
    further = further_columns(columns.values())
    findings.faults.extend(refuse_gaps(sheet, further, places))
    _require_columns(grid, sheet, number, columns, findings)
    over = [m for m in grid.merges if m.top <= number <= m.bottom and m.left in columns]
    bottom = max((m.bottom for m in over), default=number)
    _refuse_covered(grid, number, bottom, over, findings)
    return _Header(columns, titles, further, bottom + 1)


def _refuse_covered(grid: Grid, number: int, bottom: int, over: list[Merge], findings: Findings) -> None:
    """A line beside a header that is merged further down would be taken for a part of it and dropped unseen."""
    spread = {(m.left, grid.rows[m.top].get(m.left)) for m in over if m.top in grid.rows}
    for line, cells in grid.rows.items():
        own = [index for index, value in cells.items() if (index, value) not in spread]
        if number < line <= bottom and own:
            zh, en = (
                "表头的合并单元格盖住了这一行，内容不会被读到，请取消表头的合并",
                "the header's merged cells reach over this line, which would not be read: unmerge the header",
            )
            place = Place(grid.title, line, get_column_letter(own[0]))
            findings.faults.append(MissingHeader(place, zh, en, cells[own[0]]))
            return


def _unknown_column(place: Place, sheet: Sheet, title: str, spellings: Mapping[str, Column]) -> CellFault:
    further = further_part(title, spellings)
    near = difflib.get_close_matches(fold_header(title), spellings, n=1, cutoff=0.5)
    if further or near:
        header = (continued(further[0], 2) if further else spellings[near[0]]).header
        zh, en = f"没有这一列，是不是“{header}”？", f"there is no such column; did you mean {header!r}?"
    else:
        headers = "、".join(column.header for column in sheet.columns)
        zh, en = f"没有这一列，可用的列：{headers}", f"there is no such column; the columns are: {headers}"
    hint_zh, hint_en = "自用的列请以“备注”开头", 'begin the header of a column of your own with "备注"'
    return UnknownColumn(place, f"{zh}（{hint_zh}）", f"{en} ({hint_en})")


def _require_columns(
    grid: Grid, sheet: Sheet, number: int, columns: Mapping[int, Column], findings: Findings
) -> None:
    there = {column.key for column in columns.values()}
    for column in sheet.columns:
        if column.required and column.key not in there:
            place = Place(grid.title, number, "", column.header)
            zh, en = f"缺少必填的列“{column.header}”", f"the required column {column.header!r} is missing"
            findings.faults.append(MissingColumn(place, zh, en))


def _refuse_headless(grid: Grid, header: _Header, rows: list[Row], findings: Findings) -> None:
    """Values under no header would be dropped unseen: the first of each such column is a fault."""
    seen: set[int] = set()
    for row in rows:
        for index, value in grid.rows[row.number].items():
            if index not in header.titles and index not in seen:
                seen.add(index)
                place = Place(grid.title, row.number, get_column_letter(index))
                zh, en = (
                    "这一列没有表头，请补上表头或删除内容",
                    "the column has no header: give it one, or clear it",
                )
                findings.faults.append(UnknownColumn(place, zh, en, value))


def _read_cells(
    row: Row, cells: Mapping[int, object], header: _Header, grid: Grid, findings: Findings
) -> None:
    for column in row.sheet.columns:
        # a required column that is not there is one fault of the sheet, not one of each row
        if column.key not in row.places and not column.required:
            row.values[column.key] = () if column.field.many else None
    for index, column in header.columns.items():
        if index in cells:
            _read_cell(row, column, cells[index], grid, findings)
        elif column.required and not column.settled:
            findings.faults.append(blank_cell(row, column))
        else:
            row.values[column.key] = () if column.field.many else None
    for key, further in header.further.items():
        _join_list(row, row.sheet.column(key), further)


def _join_list(row: Row, column: Column, further: list[Column]) -> None:
    """Put a list and its further columns together, by their number; where one is at fault, there is no list."""
    held = [(each.key, row.values.pop(each.key, None)) for each in (column, *further)]
    parts = [(key, part) for key, part in held if isinstance(part, tuple)]
    if len(parts) == len(held):
        found = first_columns(parts)
        row.further |= {(column.key, each): key for each, key in found.items() if key != column.key}
        row.values[column.key] = tuple(found if column.field.reference is None else sorted(found, key=str))


def _read_cell(row: Row, column: Column, raw: object, grid: Grid, findings: Findings) -> None:
    if isinstance(raw, Formula | Broken):
        findings.faults.append(_computed(row.place(column.key), raw))
        return
    try:
        read = read_value(column.field, raw, grid.epoch)
    except Misread as wrong:
        fault = fault_class(column.field)
        findings.faults.append(fault(row.place(column.key), wrong.zh, wrong.en, raw))
        return
    if column.required and read.value in (None, (), ""):
        findings.faults.append(blank_cell(row, column))
        return
    row.values[column.key] = read.value
    if read.remark is not None:
        place = row.place(column.key)
        findings.notes.append(Note(place.sheet, place.row, place.column, *read.remark))


def _computed(place: Place, raw: Formula | Broken) -> CellFault:
    if isinstance(raw, Formula):
        return FormulaCell(
            place,
            "单元格里是公式，请复制后用“选择性粘贴—数值”粘贴",
            "the cell holds a formula: copy it and paste its value",
            raw.text,
        )
    return WrongValue(
        place, "单元格里是错误值，请填写实际内容", "the cell holds an error: type what is meant", raw.text
    )


def blank_cell(row: Row, column: Column) -> CellFault:
    """The fault of a cell that must be filled and is not."""
    zh, en = wanted(column.field)
    return MissingValue(row.place(column.key), f"必填，{zh}", f"must be filled: {en}")
