"""The look of a sheet and its cells: headers with remarks, drop-down lists, dates and texts as such."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation

from graph.model.terms import Term
from resolvers.workbook.cells.text import LIST_JOINT, characters, clean_name, clean_text, escape
from resolvers.workbook.cells.values import is_closing, wanted
from resolvers.workbook.faults import WorkbookUnwritable
from resolvers.workbook.outgoing.lines import Line
from resolvers.workbook.sheets import ZH_OF_LABEL, Column, Sheet

MOST_CHARACTERS = 32_767
"""Most that Excel keeps in one cell; openpyxl would cut the rest off silently."""

_LONGEST_LIST = 255
_EMPTY_ROWS = 2_000
_FORMULA_STARTS = ("=", "+", "-", "@")
_HEADER_FONT = Font(bold=True)
_HEADER_FILL = PatternFill("solid", fgColor="DDEBF7")
_REQUIRED_FILL = PatternFill("solid", fgColor="FCE4D6")
_EXAMPLE_FONT = Font(italic=True, color="808080")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def lay_out(page: WriteOnlyWorksheet, sheet: Sheet, rows: int) -> None:
    """Write the header of a sheet and prepare its columns for `rows` rows and as many as one may add."""
    # what openpyxl's types don't know of a page that is written row by row
    parts: Any = page
    parts.freeze_panes = "B2"
    for number, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(number)
        parts.column_dimensions[letter].width = _width(column)
        if _is_code(column):
            # else Excel turns codes like 007 or 3-1 into numbers and dates as they are typed
            parts.column_dimensions[letter].number_format = "@"
        choices = _choices(column)
        if choices:
            parts.data_validations.append(_drop_down(choices, f"{letter}2:{letter}{rows + _EMPTY_ROWS}"))
    page.append([_header_cell(page, column) for column in sheet.columns])


def cells_of(page: WriteOnlyWorksheet, sheet: Sheet, line: Line) -> list[Cell | None]:
    """The cells of one row. Raises WorkbookUnwritable for a text that no cell can hold."""
    return [_cell(page, column, line.get(column.key), sheet, line) for column in sheet.columns]


def mark_example(cells: Iterable[Cell | None]) -> None:
    """Make a row look like the example that it is."""
    for cell in cells:
        if cell is not None:
            cell.font = _EXAMPLE_FONT


def _cell(page: WriteOnlyWorksheet, column: Column, value: object, sheet: Sheet, line: Line) -> Cell | None:
    plain = plain_value(column, value)
    if plain is None:
        return None
    if isinstance(plain, str):
        if (length := characters(plain)) > MOST_CHARACTERS:
            zh = f"「{sheet.name}」{line.get('id')} 的“{column.header}”有 {length} 字，一个单元格放不下"
            en = f"{sheet.name!r} {line.get('id')}: {column.header!r} has {length} characters, too many"
            raise WorkbookUnwritable(
                f"{zh}（最多 {MOST_CHARACTERS}）", f"{en} for a cell ({MOST_CHARACTERS})"
            )
        cell = text_cell(page, plain)
        if _is_code(column):
            cell.number_format = "@"
        return cell
    if isinstance(plain, date):
        cell = WriteOnlyCell(page, datetime.combine(plain, time()))
        cell.number_format = "yyyy-mm-dd"
        return cell
    return _number_cell(page, plain)


def _number_cell(page: WriteOnlyWorksheet, number: float) -> Cell:
    """A cell that holds the number to its last bit: openpyxl itself would write 16 digits (3.1)."""
    cell = WriteOnlyCell(page, repr(number))
    cell.data_type = "n"
    return cell


def text_cell(page: WriteOnlyWorksheet, text: str) -> Cell:
    """A cell that holds the text as text, whatever it begins with."""
    cell = WriteOnlyCell(page, escape(text))
    # openpyxl takes "=..." for a formula and "#N/A" for an error
    cell.data_type = "s"
    if text.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True
    return cell


def plain_value(column: Column, value: object) -> str | int | float | date | None:
    """What a cell shows of a value: 是/否, labels, ids joined by ；, cleaned texts; None for a blank."""
    if value is None or value in ((), ""):
        return None
    if isinstance(value, tuple):
        parts = sorted(value) if column.field.reference is not None else value
        return LIST_JOINT.join(str(plain_value(column, part)) for part in parts)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Term):
        return value.zh
    if isinstance(value, int | float | date):
        return value
    text = str(value)
    if _is_code(column):
        return text
    return (clean_name(text) if column.field.name == "name" else clean_text(text)) or None


def _is_code(column: Column) -> bool:
    return column.field.reference is not None or column.field.name == "id"


def _width(column: Column) -> float:
    wide = 40 if column.field.name in ("text", "reason", "remark", "what_changed") else 0
    return max(wide, 12, 2.2 * len(column.title) + 2)


def _choices(column: Column) -> list[str]:
    if column.field.many:
        return []
    if issubclass(column.field.kind, Term):
        return [term.zh for term in column.field.kind]
    return ["是", "否"] if column.field.kind is bool else []


def _drop_down(choices: list[str], cells: str) -> DataValidation:
    listed = ",".join(choices)
    if len(listed) > _LONGEST_LIST - 2:
        raise ValueError(f"a drop-down list holds {_LONGEST_LIST} characters at most: {listed!r}")
    made = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, sqref=cells)
    # a warning only: English labels are read as well
    made.errorStyle = "warning"
    made.error = "请从下拉列表中选择"
    made.showErrorMessage = True
    return made


def _header_cell(page: WriteOnlyWorksheet, column: Column) -> Cell:
    cell = WriteOnlyCell(page, column.title)
    cell.font = _HEADER_FONT
    cell.fill = _REQUIRED_FILL if column.required else _HEADER_FILL
    cell.alignment = _WRAPPED
    cell.comment = Comment(_remark(column), "zaoxue", width=320, height=190)
    return cell


def _remark(column: Column) -> str:
    """What a column is for and takes, in both languages."""
    zh, en = _wanted(column)
    field = column.field
    lines = [
        f"{column.header}（{'必填' if column.required else '可空'}）",
        *([field.note_zh] if field.note_zh else []),
        zh,
        "",
        f"{column.english} ({'required' if column.required else 'may be blank'}): {field.en}",
        *([field.note_en] if field.note_en else []),
        en,
    ]
    return "\n".join(lines)


def _wanted(column: Column) -> tuple[str, str]:
    field = column.field
    if field.name == "id" and not column.required:
        return (
            "本单位已有的编号；空着则首次导入时自动生成，导出时写出",
            "the office's own code; left blank, one is made at import and written on export",
        )
    zh, en = wanted(field)
    if field.reference is not None:
        kind = ZH_OF_LABEL[field.reference.label]
        zh, en = f"填{kind}的编号", f"id of a {field.reference.label}"
    if field.many:
        zh, en = f"{zh}；可填多个，用“；”隔开", f"{en}; several are joined by ；"
    if column.continues:
        zh, en = f"{zh}；接着写前一列放不下的", f"{en}; goes on where the column before is full"
    if field.minimum is not None or field.maximum is not None:
        low, high = (("" if bound is None else f"{bound:g}") for bound in (field.minimum, field.maximum))
        zh, en = f"{zh}，{low} 至 {high}".rstrip(" 至"), f"{en}, {low} to {high}".removesuffix(" to ")
    if is_closing(field):
        zh, en = f"{zh}；只写月份按当月最后一天", f"{en}; a month alone means its last day"
    return zh, en
