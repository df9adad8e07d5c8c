from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from graph.model.alliance import School, Semester
from graph.model.needs import Evidence, Request
from graph.model.orders import Attendance
from graph.model.people import Person
from graph.model.rules import Decision, Recommendation
from graph.model.terms import GradeBand, OrderForm, PersonKind, Reach, Verdict
from resolvers.workbook import write
from resolvers.workbook.faults import WorkbookUnwritable
from resolvers.workbook.outgoing.examples import EXAMPLES
from resolvers.workbook.write import write_workbook

DAY = date(2024, 3, 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "导出.xlsx"


def request(text: str) -> Request:
    return Request(id="q-1", teacher="p-1", topic="t-1", severity=2, text=text, on=DAY)


def rows(path: Path, title: str) -> list[list[object]]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path)[title].iter_rows(min_row=2)]


def test_rows_are_ordered_by_id_and_dates_are_dates(path: Path) -> None:
    later = Semester(id="b", name="春", start=DAY, end=DAY)
    earlier = Semester(id="a", name="秋", start=date(2023, 9, 1), end=DAY)

    write_workbook([later, earlier], path)

    page = openpyxl.load_workbook(path)["学期"]
    midnight = datetime(2024, 3, 1)  # noqa: DTZ001 — Excel knows no time zones
    assert [cell.value for cell in page["A"]] == ["编号", "a", "b"]
    assert (page["C3"].value, page["C3"].number_format) == (midnight, "yyyy-mm-dd")


def test_values_are_written_as_an_office_reads_them(path: Path) -> None:
    person = Person(
        id="007",
        name="张　三",
        kind=PersonKind.RESEARCH_OFFICER,
        grade_bands=(GradeBand.UPPER, GradeBand.LOWER),
        trains=("t-2", "t-1"),
    )

    write_workbook([person, Attendance(id="h", session="c", person="007", present=False)], path)

    assert rows(path, "人员") == [
        ["007", "张三", "教研员", None, None, None, "高年级（5-6）；低年级（1-2）", "t-1；t-2"]
    ]
    assert rows(path, "签到") == [["h", "c", "007", "是", "否"]]


@pytest.mark.parametrize("text", ["=1+1", "=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "#N/A", "=中文"])
def test_a_text_that_looks_like_a_formula_is_written_as_text(path: Path, text: str) -> None:
    write_workbook([request(text)], path)

    cell = openpyxl.load_workbook(path)["主动需求"]["E2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert bool(cell.quotePrefix) == (text[0] in "=+-@")


def test_what_no_cell_can_hold_is_left_out_or_refused(path: Path) -> None:
    write_workbook([request(" 一\x07\r\n二\ud800 ")], path)

    assert rows(path, "主动需求")[0][4] == "一\n二"
    with pytest.raises(WorkbookUnwritable) as caught:
        write_workbook([request("长" * 32_768)], path)
    assert "「主动需求」q-1 的“内容”有 32768 字" in caught.value.zh


def test_a_refused_export_leaves_the_older_file_as_it_was(path: Path) -> None:
    write_workbook([School(id="s-1", name="一小")], path)
    before = path.read_bytes()

    with pytest.raises(WorkbookUnwritable):
        write_workbook([request("长" * 32_768)], path)

    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkbookUnwritable) as caught:
        write_workbook([], tmp_path / "没有" / "导出.xlsx")
    assert caught.value.zh.startswith("写不了")
    assert caught.value.zh.endswith("：文件或目录不存在")
    assert caught.value.en.endswith(": No such file or directory")


def test_evidence_without_its_diagnosis_is_refused(path: Path) -> None:
    with pytest.raises(WorkbookUnwritable, match="the diagnosis of evidence 'z-1'"):
        write_workbook([Evidence(id="z-1", diagnosis="d-1", severity=1)], path)
    assert not path.exists()


def test_a_second_decision_is_refused_rather_than_lost(path: Path) -> None:
    recommendation = next(each for each in EXAMPLES if isinstance(each, Recommendation))
    decisions = [
        Decision(id=code, recommendation=recommendation.id, verdict=Verdict.ACCEPTED, on=DAY)
        for code in ("a", "b")
    ]

    with pytest.raises(WorkbookUnwritable, match="a second decision on recommendation 'b-001'"):
        write_workbook([recommendation, *decisions], path)


def test_more_rows_than_can_be_read_back_are_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "MOST_ROWS", 1)

    with pytest.raises(WorkbookUnwritable, match="2 rows are too many"):
        write_workbook([School(id=code, name="校") for code in "ab"], path)


def test_a_recommendation_not_yet_decided_leaves_the_decision_blank(path: Path) -> None:
    recommendation = Recommendation(
        id="b",
        needs=("n",),
        topic="t",
        reach=Reach.COMMON,
        form=OrderForm.COUNTY_CLASS,
        trainer="p",
        sessions=2,
        rank=1,
        score_millionths=0,
        issued_on=DAY,
        rule_set="rs",
    )

    write_workbook([recommendation], path)

    assert rows(path, "推荐与决定")[0][14:] == [None] * 10


def test_the_rows_of_each_sheet_are_told(path: Path) -> None:
    told = write_workbook([School(id=code, name="校") for code in "ab"], path)

    assert {name: count for name, count in told.items() if count} == {"学校": 2}
    assert list(told) == openpyxl.load_workbook(path, read_only=True).sheetnames


@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_followed_and_stays(path: Path, there: bool) -> None:
    meant = path.with_name("真.xlsx")
    if there:
        meant.write_text("old")
    path.symlink_to(meant.name)

    write_workbook([School(id="s-1", name="一小")], path)

    assert path.is_symlink()
    assert rows(meant, "学校")[0][:2] == ["s-1", "一小"]
    assert sorted(each.name for each in path.parent.iterdir()) == ["导出.xlsx", "真.xlsx"]


@pytest.mark.parametrize("kind", ["pipe", "folder", "link to a pipe", "circle"])
def test_what_is_no_file_is_refused_and_stays(path: Path, kind: str) -> None:
    pipe = path.with_name("pipe")
    if kind == "folder":
        path.mkdir()
    elif kind == "circle":
        path.symlink_to(path.name)
    else:
        os.mkfifo(path if kind == "pipe" else pipe)
        if kind != "pipe":
            path.symlink_to(pipe)
    before = {each: each.lstat() for each in path.parent.iterdir()}

    with pytest.raises(WorkbookUnwritable, match="no regular file") as caught:
        write_workbook([School(id="s-1", name="一小")], path)
    assert caught.value.zh.endswith("：已存在，且不是普通文件")

    assert {each: each.lstat().st_ino for each in path.parent.iterdir()} == {
        each: stat.st_ino for each, stat in before.items()
    }


def test_a_file_of_somebody_else_beside_it_is_left_alone(path: Path) -> None:
    other = path.with_name(path.name + ".part")
    other.write_text("mine")

    write_workbook([School(id="s-1", name="一小")], path)

    assert other.read_text() == "mine"
