"""The empty form: every sheet with its header and one example that is not read, and how to fill it."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook as Book
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from resolvers.workbook.faults import Progress, silent
from resolvers.workbook.outgoing.examples import EXAMPLES
from resolvers.workbook.outgoing.form import cells_of, mark_example, text_cell
from resolvers.workbook.outgoing.lines import Stock, lines_of
from resolvers.workbook.sheets import SHEETS, Sheet
from resolvers.workbook.write import page_of, saved_whole

EXAMPLE_MARK = "#例 "
"""What a template's example row begins with, so that it is not read."""

_GUIDE = (
    ("填写说明", "How to fill this workbook"),
    ("一张表填一类内容；用不到的表留空或删除。表名和表头不要改。", "Leave out the sheets you do not use."),
    (
        "表头带 * 的列必填；鼠标停在表头上可看说明。",
        "Columns marked * must be filled; each header has a remark.",
    ),
    (
        f"第 2 行以“{EXAMPLE_MARK.strip()}”开头，是示例，不会导入；可以删除，也可以把它改成自己的内容（去掉“#例”）。",
        "Line 2 is an example and is not read; delete it, or take off the mark and make it your own.",
    ),
    (
        "各表之间用编号互相引用，例如“任职”的“人员”填“人员”表的编号，不填姓名。",
        "Rows refer to each other by id, not by name.",
    ),
    (
        "编号可用汉字、字母、数字和 - _ . /，最多 64 个字符。空着的编号首次导入时自动生成，导出后可见。",
        "An id has up to 64 letters, digits and - _ . /; a blank one is made at import and seen on export.",
    ),
    (
        "编号相同的行再次导入是更新：以新行为准，空白单元格会清除原有内容。",
        "A row with a known id is an update: the new row counts whole, a blank cell clears what was there.",
    ),
    ("同名的人必须在“同名区分”中写明区别。", "Namesakes must be told apart in 同名区分."),
    (
        "日期可写 2024/3/1、2024-03-01、2024年3月1日；只写 2024年3月 时，开始类按 1 日，结束类按月末。",
        "Dates: 2024-03-01, 2024/3/1; a month alone is its first day, or its last for the end of a stretch.",
    ),
    (
        "一个单元格填多个值时用“；”隔开；放不下时，在旁边加一列接着填，表头如“证据（续2）”。",
        "Several values in one cell are joined by ；; what it can't hold goes on in a column headed 证据（续2）.",
    ),
    (
        "请填写数值，不要填公式；自用的列以“备注”开头，自用的表以“说明”或“_”开头，都不会导入。",
        'No formulas. Columns of your own begin with "备注", sheets of your own with "说明" or "_".',
    ),
    (
        "导入前可先试运行（zaoxue import --dry-run 文件），会列出每一处问题所在的表、行、列。",
        "Try it first with zaoxue import --dry-run FILE: it names each fault with sheet, row and column.",
    ),
)


def write_template(path: Path, progress: Progress = silent) -> None:
    """Write the empty form to `path`; it can be imported as it is and holds no row.

    Raises WorkbookUnwritable where the file cannot be written.
    """
    stock = Stock.of(EXAMPLES)
    with saved_whole(path) as book:
        _write_guide(book)
        for step, sheet in enumerate(SHEETS, 1):
            progress(step, len(SHEETS), f"写入「{sheet.name}」", f"writing {sheet.name!r}")
            page = page_of(book, sheet, 0)
            page.append(_example(page, sheet, stock))


def _example(page: WriteOnlyWorksheet, sheet: Sheet, stock: Stock) -> list[Cell | None]:
    cells = cells_of(page, sheet, lines_of(sheet, stock)[0])
    first = cells[0]
    assert first is not None, f"the example of {sheet.name} has no id"
    cells[0] = text_cell(page, f"{EXAMPLE_MARK}{first.value}")
    mark_example(cells)
    return cells


def _write_guide(book: Book) -> None:
    page = book.create_sheet("说明")
    assert isinstance(page, WriteOnlyWorksheet)
    page.column_dimensions["A"].width = 70  # type: ignore[attr-defined]  # openpyxl's stubs leave it out
    page.column_dimensions["B"].width = 70  # type: ignore[attr-defined]  # as above
    for number, texts in enumerate(_GUIDE):
        cells = [text_cell(page, text) for text in texts]
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 0)
        page.append(cells)
