from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook as Book

from resolvers.workbook.read import read_workbook
from resolvers.workbook.sheets import SHEETS
from resolvers.workbook.template import write_template


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "模板.xlsx"
    write_template(path)
    return path


@pytest.fixture(scope="module")
def book(path: Path) -> Book:
    return openpyxl.load_workbook(path)


def test_the_template_can_be_imported_as_it_is_and_holds_no_row(path: Path) -> None:
    book = read_workbook(path)

    assert book.nouns == ()
    assert book.notes == ()
    assert book.rows == {sheet.name: 0 for sheet in SHEETS}


def test_it_has_a_guide_and_every_sheet(book: Book) -> None:
    assert book.sheetnames == ["说明", *(sheet.name for sheet in SHEETS)]


def test_every_sheet_has_a_frozen_header_with_a_remark_each_and_one_example(book: Book) -> None:
    for sheet in SHEETS:
        page = book[sheet.name]
        assert page.freeze_panes == "B2"
        assert [cell.value for cell in page[1]] == [column.title for column in sheet.columns]
        assert all(cell.comment is not None and cell.font.b for cell in page[1])
        assert page.max_row == 2
        assert str(page["A2"].value).startswith("#例")


def test_a_remark_says_what_is_wanted_in_both_languages(book: Book) -> None:
    remark = book["班级学情"]["F1"].comment

    assert remark is not None
    assert remark.text == (
        "班额（必填）\n应为整数，1 至 200\n\nclass_size (required): pupils\na whole number is wanted, 1 to 200"
    )


def test_coded_values_and_yes_or_no_have_drop_down_lists(book: Book) -> None:
    lists = {
        (sheet.name, str(each.sqref)): each.formula1
        for sheet in SHEETS
        for each in book[sheet.name].data_validations.dataValidation
    }

    assert lists["成员", "D2:D2000"] == '"支援校,受援校"'
    assert lists["签到", "E2:E2000"] == '"是,否"'
    assert ("人员", "G2:G2000") not in lists
    assert len(lists) == 33


def test_codes_typed_below_stay_texts(book: Book) -> None:
    assert book["学校"].column_dimensions["A"].number_format == "@"


def test_progress_is_told_for_each_sheet(tmp_path: Path) -> None:
    steps: list[int] = []

    write_template(tmp_path / "t.xlsx", lambda step, total, zh, en: steps.append(step))

    assert steps == list(range(1, len(SHEETS) + 1))
