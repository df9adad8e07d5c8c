"""The cells of a workbook's file: opened with care, merged cells filled, blank rows left out."""

from __future__ import annotations

import stat
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import WorkSheetParser

from graph.causes import cause_of
from resolvers.workbook.cells.text import unescape
from resolvers.workbook.cells.values import is_blank
from resolvers.workbook.faults import WorkbookUnreadable

MOST_BYTES = 50 * 2**20
"""Largest file that is opened."""

MOST_UNPACKED_BYTES = 300 * 2**20
"""Most that its parts may come to, unpacked: a small archive can hold a very large sheet."""

MOST_ROWS = 200_000
"""Most filled rows of all sheets together."""

_MOST_FILLED = 5_000_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "请在 Excel 或 WPS 中另存为“Excel 工作簿（.xlsx）”"
_SAVE_AS_EN = "save it as an Excel workbook (.xlsx)"


@dataclass(frozen=True, slots=True)
class Formula:
    """What stands in a cell that computes its value."""

    text: str


@dataclass(frozen=True, slots=True)
class Broken:
    """An error value that Excel shows in place of a result, such as #N/A."""

    text: str


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged stretch of cells, its corners included; rows and columns count from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: `rows` are its filled rows, row number → column number → value, in the file's order."""

    title: str
    hidden: bool
    epoch: datetime
    rows: dict[int, dict[int, object]]
    merges: tuple[Merge, ...]


def read_grids(path: Path) -> Iterator[tuple[Grid, int]]:
    """Each sheet of the file, and how many sheets it has. Raises WorkbookUnreadable."""
    _refuse_strangers(path)
    with _unreadable_otherwise(path):
        reader = ExcelReader(path, read_only=True, keep_links=False)
        reader.read()
        book = reader.wb
    try:
        _refuse_lost_sheets(path, [sheet.name for sheet in reader.parser.sheets], book.sheetnames)
        left = MOST_ROWS
        sheets = book.worksheets
        for sheet in sheets:
            with _unreadable_otherwise(path):
                grid = _grid(sheet, left)
            left -= len(grid.rows)
            yield grid, len(sheets)
    finally:
        book.close()


def _refuse_lost_sheets(path: Path, listed: list[str], there: list[str]) -> None:
    """The reader passes in silence over a sheet that the file lists and does not hold."""
    lost = list((Counter(listed) - Counter(there)).elements())
    if lost:
        raise WorkbookUnreadable(
            f"无法读取 {path.name}：文件已损坏，其中没有工作表{'、'.join(f'「{name}」' for name in lost)}的内容。"
            f"请从原文件重新{_SAVE_AS.removeprefix('请')}",
            f"cannot read {path.name}: it is damaged, the content of {', '.join(map(repr, lost))} is missing; from the "
            f"original file {_SAVE_AS_EN} once more",
            path=str(path),
        )


@contextmanager
def _unreadable_otherwise(path: Path) -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            # openpyxl tells of drop-down lists and the like that it passes over
            warnings.simplefilter("ignore")
            yield
    except WorkbookUnreadable:
        raise
    # a damaged file makes openpyxl fail in any way at all: KeyError, ParseError, zlib.error, ...
    except Exception as error:
        raise WorkbookUnreadable(
            f"无法读取 {path.name}：文件已损坏或不是标准格式。{_SAVE_AS}后再试",
            f"cannot read {path.name}: it is damaged or no standard workbook; {_SAVE_AS_EN} and try again",
            path=str(path),
        ) from error


def _refuse_strangers(path: Path) -> None:
    """Raise WorkbookUnreadable for whatever can be told to be no workbook without unpacking it."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            # A pipe would be waited for, a device has no end.
            raise WorkbookUnreadable(
                f"打不开 {path}：不是普通文件", f"cannot open {path}: it is no regular file", path=str(path)
            )
        size = found.st_size
        with path.open("rb") as file:
            head = file.read(len(_OLD_OFFICE))
    except OSError as error:
        zh, en = cause_of(error)
        raise WorkbookUnreadable(
            f"打不开 {path}：{zh}", f"cannot open {path}: {en}", path=str(path)
        ) from error
    if size > MOST_BYTES:
        raise _too_large(path, f"{size / 2**20:.0f} MB", f"{MOST_BYTES // 2**20} MB")
    if head == _OLD_OFFICE:
        raise WorkbookUnreadable(
            f"{path.name} 是旧格式（.xls）或有打开密码。请去掉密码，{_SAVE_AS}",
            f"{path.name} is of the old format (.xls) or protected by a password: take the password off and "
            f"{_SAVE_AS_EN}",
            path=str(path),
        )
    if not zipfile.is_zipfile(path):
        raise _no_workbook(path)
    _refuse_archive(path)


def _refuse_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _no_workbook(path) from error
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED_BYTES:
        raise _too_large(
            path, f"{unpacked / 2**20:.0f} MB", f"{MOST_UNPACKED_BYTES // 2**20} MB", packed=True
        )
    if not any(part.filename.startswith("xl/") and part.filename.endswith(".xml") for part in parts):
        raise _no_workbook(path)


def _no_workbook(path: Path) -> WorkbookUnreadable:
    return WorkbookUnreadable(
        f"{path.name} 不是 Excel 工作簿。{_SAVE_AS}",
        f"{path.name} is no Excel workbook: {_SAVE_AS_EN}",
        path=str(path),
    )


def _too_large(path: Path, found: str, most: str, packed: bool = False) -> WorkbookUnreadable:
    zh, en = ("解压后 ", "unpacks to ") if packed else ("", "is of ")
    return WorkbookUnreadable(
        f"{path.name} 过大：{zh}{found}，最多 {most}。请分成几个文件导入",
        f"{path.name} is too large: it {en}{found}, at most {most}; import it in several files",
        path=str(path),
    )


def _grid(sheet: ReadOnlyWorksheet, most_rows: int) -> Grid:
    # the parser under openpyxl's read-only sheets: in one pass it gives the rows and, at the end, the
    # merged cells, which the read-only sheet itself leaves out (openpyxl 3.1; its names are private)
    parts: Any = sheet
    book: Any = sheet.parent
    rows: dict[int, dict[int, object]] = {}
    with parts._get_source() as source:
        parser = WorkSheetParser(
            source,
            parts._shared_strings,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, cells in parser.parse():
            row = {cell["column"]: _value(cell) for cell in cells if not is_blank(cell["value"])}
            if row:
                rows[number] = row
            if len(rows) > most_rows:
                zh = f"「{sheet.title}」行数过多：整个文件最多 {MOST_ROWS} 行。请分成几个文件导入"
                en = f"{sheet.title!r} has too many rows: {MOST_ROWS} in a file at most; import several files"
                raise WorkbookUnreadable(zh, en)
        merges = _merges(parser)
    _fill(rows, merges, sheet.title)
    return Grid(sheet.title, sheet.sheet_state != "visible", book.epoch, rows, merges)


def _value(cell: dict[str, object]) -> object:
    value, kind = cell["value"], cell["data_type"]
    if kind == "f":
        return Formula(str(getattr(value, "text", value)))
    if kind == "e":
        return Broken(str(value))
    return unescape(value) if isinstance(value, str) else value


def _merges(parser: WorkSheetParser) -> tuple[Merge, ...]:
    if parser.merged_cells is None:
        return ()
    return tuple(
        Merge(each.min_row, each.min_col, each.max_row, each.max_col)
        for each in parser.merged_cells.mergeCell
    )


def _fill(rows: dict[int, dict[int, object]], merges: tuple[Merge, ...], title: str) -> None:
    """Give every filled row under a merged cell that cell's value, in the merge's first column."""
    last = max(rows, default=0)
    tall = [merge for merge in merges if merge.bottom > merge.top and merge.left in rows.get(merge.top, ())]
    if sum(min(merge.bottom, last) - merge.top for merge in tall) > _MOST_FILLED:
        raise WorkbookUnreadable(f"「{title}」合并单元格过多", f"{title!r} has too many merged cells")
    for merge in tall:
        value = rows[merge.top][merge.left]
        for number in range(merge.top + 1, min(merge.bottom, last) + 1):
            if number in rows:
                rows[number].setdefault(merge.left, value)
