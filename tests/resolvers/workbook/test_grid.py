"""Files that are no workbook, or one too large, are refused with one message."""

from __future__ import annotations

import os
import signal
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from resolvers.workbook.faults import WorkbookUnreadable
from resolvers.workbook.incoming import grid
from resolvers.workbook.read import read_workbook
from tests.resolvers.workbook.office import typed


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "数据.xlsx"


def refusal(path: Path) -> str:
    with pytest.raises(WorkbookUnreadable) as caught:
        read_workbook(path)
    assert caught.value.code == "WORKBOOK_UNREADABLE"
    return caught.value.zh


@pytest.mark.parametrize(
    "content",
    [b"", "编号,名称\ns-1,一小\n".encode("gb18030"), b"PK\x03\x04 cut off", b"<html></html>", b"\x00" * 4096],
)
def test_a_file_of_another_kind_is_no_workbook(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    assert refusal(path) == "数据.xlsx 不是 Excel 工作簿。请在 Excel 或 WPS 中另存为“Excel 工作簿（.xlsx）”"


def test_an_old_or_locked_file_is_told_what_to_do(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512)

    assert "旧格式（.xls）或有打开密码" in refusal(path)


def test_a_missing_file_and_a_folder_cannot_be_opened(path: Path) -> None:
    assert refusal(path) == f"打不开 {path}：文件或目录不存在"
    assert refusal(path.parent) == f"打不开 {path.parent}：不是普通文件"


def test_another_archive_is_no_workbook(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "<office/>")

    assert "不是 Excel 工作簿" in refusal(path)


def test_a_damaged_sheet_is_told_as_such(path: Path) -> None:
    typed(path, {"学校": [["编号", "名称"], ["s-1", "一小"]]})
    whole = path.with_name("whole.xlsx")
    path.rename(whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            target.writestr(part.filename, content[:300] if "sheet1" in part.filename else content)

    assert refusal(path).startswith("无法读取 数据.xlsx：文件已损坏")


def _changed(path: Path, part: str, change: Callable[[bytes], bytes | None]) -> None:
    """Writes one part of the file anew, or leaves it out."""
    whole = path.with_name("whole.xlsx")
    path.rename(whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for each in source.infolist():
            content: bytes | None = source.read(each)
            if each.filename == part:
                content = change(source.read(each))
            if content is not None:
                target.writestr(each.filename, content)


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("xl/worksheets/sheet1.xml", lambda _: None),
        ("xl/workbook.xml", lambda content: content.replace(b' r:id="rId1"', b"")),
        ("xl/_rels/workbook.xml.rels", lambda content: content.replace(b"sheet1.xml", b"sheet9.xml")),
    ],
)
def test_a_sheet_that_is_listed_and_not_there_is_named_and_no_other_is_read(
    path: Path, part: str, change: Callable[[bytes], bytes | None]
) -> None:
    typed(path, {"学校": [["编号", "名称"], ["s-1", "一小"]], "主题": [["编号", "名称"], ["t-1", "提问"]]})
    _changed(path, part, change)

    assert refusal(path) == (
        "无法读取 数据.xlsx：文件已损坏，其中没有工作表「学校」的内容。"
        "请从原文件重新在 Excel 或 WPS 中另存为“Excel 工作簿（.xlsx）”"
    )


def test_a_pipe_is_not_waited_for(path: Path) -> None:
    os.mkfifo(path)
    signal.setitimer(signal.ITIMER_REAL, 10)  # where it is read, the alarm ends the run
    try:
        told = refusal(path)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)

    assert told == f"打不开 {path}：不是普通文件"


def test_a_file_of_200_megabytes_is_refused_before_it_is_opened(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200 * 2**20)

    assert refusal(path) == "数据.xlsx 过大：200 MB，最多 50 MB。请分成几个文件导入"


def test_a_small_file_that_unpacks_to_a_very_large_one_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grid, "MOST_UNPACKED_BYTES", 4 * 2**20)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/bomb.xml", b" " * (5 * 2**20))

    assert path.stat().st_size < 2**20
    assert refusal(path) == "数据.xlsx 过大：解压后 5 MB，最多 4 MB。请分成几个文件导入"


def test_more_rows_than_a_file_may_hold_are_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MOST_ROWS", 3)
    typed(path, {"学校": [["编号", "名称"], ["s-1", "甲"]], "学期": [["编号"], ["a"], ["b"]]})

    assert refusal(path) == "「学期」行数过多：整个文件最多 3 行。请分成几个文件导入"


def test_merges_of_whole_columns_cost_no_more_than_the_rows_there(path: Path) -> None:
    typed(
        path,
        {"学校": [["编号", "名称", "县区"], ["s-1", "甲", "沿河"], ["s-2", "乙", None]]},
        merged={"学校": ["C2:C1048576"]},
    )

    (read, count), *_ = grid.read_grids(path)

    assert count == 1
    assert read.rows[3] == {1: "s-2", 2: "乙", 3: "沿河"}
    assert read.merges == (grid.Merge(2, 3, 1048576, 3),)


def test_formulas_of_every_kind_and_errors_are_told_apart_from_texts(path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.create_sheet("学校")
    page.append(["=A2", "#REF!", "文字"])
    page["D1"] = ArrayFormula("D1:D2", "=SUM(A1:A2)")
    page["E1"] = "=一段文字"
    page["E1"].data_type = "s"
    book.save(path)

    cells = next(read for read, _ in grid.read_grids(path) if read.title == "学校").rows[1]

    assert cells == {
        1: grid.Formula("=A2"),
        2: grid.Broken("#REF!"),
        3: "文字",
        4: grid.Formula("=SUM(A1:A2)"),
        5: "=一段文字",
    }
