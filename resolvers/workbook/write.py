"""From nouns to a workbook's file, in the form in which it can be read back."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook as Book
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from graph.causes import cause_of
from resolvers.workbook.faults import Progress, WorkbookUnwritable, silent
from resolvers.workbook.incoming.grid import MOST_ROWS
from resolvers.workbook.outgoing.form import cells_of, lay_out
from resolvers.workbook.outgoing.lines import Stock, lines_of
from resolvers.workbook.outgoing.spread import spread
from resolvers.workbook.sheets import SHEETS, Sheet


def write_workbook(nouns: Iterable[object], path: Path, progress: Progress = silent) -> dict[str, int]:
    """Write the nouns, given in any order, as rows ordered by id; how many rows each sheet got.

    Rule sets and rules have no sheet, and several nouns may share a row. A file at `path` is replaced once the new one is whole. Raises WorkbookUnwritable where something
    has no place in the form, or the file cannot be written.
    """
    stock = Stock.of(nouns)
    filled = {sheet.name: lines_of(sheet, stock) for sheet in SHEETS}
    total = sum(len(lines) for lines in filled.values())
    if total > MOST_ROWS:
        raise WorkbookUnwritable(
            f"共 {total} 行，一个工作簿最多 {MOST_ROWS} 行；请分联盟导出，整库请用 backup",
            f"{total} rows are too many for a workbook ({MOST_ROWS}); export by alliance, or use backup",
        )
    with saved_whole(path) as book:
        for step, sheet in enumerate(SHEETS, 1):
            progress(step, len(SHEETS), f"写入「{sheet.name}」", f"writing {sheet.name!r}")
            wide, lines = spread(sheet, filled[sheet.name])
            page = page_of(book, wide, len(lines))
            for line in lines:
                page.append(cells_of(page, wide, line))
    return {name: len(lines) for name, lines in filled.items()}


def page_of(book: Book, sheet: Sheet, rows: int) -> WriteOnlyWorksheet:
    """A new page of the book with that sheet's header, prepared for so many rows."""
    page = book.create_sheet(sheet.name)
    assert isinstance(page, WriteOnlyWorksheet)
    lay_out(page, sheet, rows)
    return page


@contextlib.contextmanager
def saved_whole(path: Path) -> Iterator[Book]:
    """A new book that takes its place at `path` once it is whole, or that of the file that a link there means.

    Raises WorkbookUnwritable, also for what is no file and would be lost: a folder, a pipe, a device.
    """
    target = Path(os.path.realpath(path))
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        if os.path.lexists(target) and not target.is_file():
            raise _unwritable(path, "已存在，且不是普通文件", "it exists and is no regular file")
        with part.open("xb") as file:
            book = Book(write_only=True)
            book.properties.creator = "zaoxue"
            try:
                yield book
                book.save(file)
            except BaseException:
                _abandon(book)
                raise
        part.replace(target)
    except OSError as error:
        raise _unwritable(path, *cause_of(error)) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def _unwritable(path: Path, zh: str, en: str) -> WorkbookUnwritable:
    return WorkbookUnwritable(f"写不了 {path}：{zh}", f"cannot write {path}: {en}", path=str(path))


def _abandon(book: Book) -> None:
    """Close the pages of a book that will not be saved, with the temporary file that each is written to."""
    for page in book.worksheets:
        parts: Any = page
        if not parts.closed:
            parts.close()
        parts._writer.cleanup()
