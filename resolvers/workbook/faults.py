"""What can be wrong with a workbook: the file as a whole, or one cell, row, column or sheet of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.errors import InvalidInput, ZaoxueError

Progress = Callable[[int, int, str, str], None]
"""Told of each step: its number from 1, how many there are, what it is in Chinese and in English."""


def silent(step: int, total: int, zh: str, en: str) -> None:
    """A progress callback that tells nobody."""


class WorkbookUnreadable(ZaoxueError):
    """The file is no workbook that can be read, or is too large; nothing in it was looked at."""

    code = "WORKBOOK_UNREADABLE"


class WorkbookUnwritable(ZaoxueError):
    """The nouns do not fit the workbook's form, so that something would be lost."""

    code = "WORKBOOK_UNWRITABLE"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a workbook: `row` from 1 and `column` "A", "B", ...; 0 and "" where the whole is meant."""

    sheet: str
    row: int = 0
    column: str = ""
    header: str = ""

    @property
    def zh(self) -> str:
        """The place as a Chinese reader looks it up, such as 「人员」C5（姓名）."""
        return f"「{self.sheet}」{self._cell('第{}行')}" + (f"（{self.header}）" if self.header else "")

    @property
    def en(self) -> str:
        """The place in English; sheet and header stay as they stand in the file."""
        told = f"{self.sheet!r} {self._cell('row {}')}".rstrip()
        return told + (f" ({self.header})" if self.header else "")

    def _cell(self, row_alone: str) -> str:
        if self.row and self.column:
            return f"{self.column}{self.row}"
        return row_alone.format(self.row) if self.row else self.column


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was read by an assumption, which the office may want to check."""

    sheet: str
    row: int
    column: str
    zh: str
    en: str


_MOST_SHOWN = 80
_DIGITS, _MOST_DIGITS = 15, 308


class CellFault(InvalidInput):
    """One thing wrong at one place: what stands there, what is wrong, what would be right."""

    code = "WRONG_CELL"

    def __init__(self, place: Place, zh: str, en: str, value: object = None) -> None:
        shown = None if value is None else _shown(value)
        seen_zh = "" if shown is None else f"“{shown}”："
        seen_en = "" if shown is None else f"{shown!r}: "
        super().__init__(
            place.header or place.sheet,
            f"{place.zh}：{seen_zh}{zh}",
            f"{place.en}: {seen_en}{en}",
            sheet=place.sheet,
            row=place.row,
            column=place.column,
            header=place.header,
            value=shown,
        )
        self.place = place
        self.value = shown

    @property
    def sheet(self) -> str:
        """Name of the sheet, as it stands in the file."""
        return self.place.sheet

    @property
    def row(self) -> int:
        """Number of the row, from 1; 0 where no row is meant."""
        return self.place.row

    @property
    def column(self) -> str:
        """Letter of the column; "" where no column is meant."""
        return self.place.column

    @property
    def header(self) -> str:
        """Header of the column; "" where no column is meant."""
        return self.place.header


def _shown(value: object) -> str:
    """What stands in the cell, shortened where it is long; of a number the 15 digits that Excel has of it."""
    is_large = isinstance(value, int) and 10**_DIGITS <= abs(value) < 10**_MOST_DIGITS
    text = f"{value:.{_DIGITS}g}" if is_large else str(value)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


class UnknownSheet(CellFault):
    """No sheet of the form bears this name."""

    code = "UNKNOWN_SHEET"


class HiddenSheet(CellFault):
    """A hidden sheet holds rows that nobody would see being imported."""

    code = "HIDDEN_SHEET"


class MissingHeader(CellFault):
    """None of the first rows of a sheet is its header."""

    code = "MISSING_HEADER"


class UnknownColumn(CellFault):
    """No column of the sheet bears this header."""

    code = "UNKNOWN_COLUMN"


class RepeatedColumn(CellFault):
    """Two columns of a sheet bear the same header."""

    code = "REPEATED_COLUMN"


class MissingColumn(CellFault):
    """A column that every row needs, or one between the columns of a long list, is not there."""

    code = "MISSING_COLUMN"


class MissingValue(CellFault):
    """A cell that must be filled is empty."""

    code = "MISSING_VALUE"


class WrongValue(CellFault):
    """A text, code or id that the column does not allow."""

    code = "WRONG_VALUE"


class WrongDate(CellFault):
    """Not a date, or none that the calendar holds."""

    code = "WRONG_DATE"


class WrongNumber(CellFault):
    """Not a number, or not a whole one."""

    code = "WRONG_NUMBER"


class FormulaCell(CellFault):
    """The cell holds a formula, whose value this reader does not compute."""

    code = "FORMULA_CELL"


class OutOfRange(CellFault):
    """The value is of the right kind, but not one that the noun allows."""

    code = "OUT_OF_RANGE"


class UnknownReference(CellFault):
    """The id is neither in the file nor in the store."""

    code = "UNKNOWN_REFERENCE"


class DuplicateId(CellFault):
    """Two rows bear the same id."""

    code = "DUPLICATE_ID"


class Disagreement(CellFault):
    """Two rows, or two cells, contradict each other."""

    code = "DISAGREEMENT"


class Namesake(CellFault):
    """Two people share a name and nothing tells them apart."""

    code = "NAMESAKE"
