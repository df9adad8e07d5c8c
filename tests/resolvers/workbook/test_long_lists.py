"""A list that one cell does not hold goes on in columns beside it, and is read back from them."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from types import FrameType

import openpyxl
import pytest
from openpyxl.utils.datetime import WINDOWS_EPOCH

from graph.model.needs import Need
from graph.model.resources import Resource
from graph.model.terms import NeedStatus, Pool, Reach, Subject
from resolvers.workbook.faults import Place
from resolvers.workbook.incoming.grid import Grid
from resolvers.workbook.incoming.rows import Findings, parse_rows
from resolvers.workbook.known import KnownIds, KnownOrder
from resolvers.workbook.outgoing.form import MOST_CHARACTERS
from resolvers.workbook.read import read_workbook
from resolvers.workbook.sheets import sheet_of
from resolvers.workbook.write import write_workbook
from tests.resolvers.workbook.office import faults_in_file, faults_of, read, typed
from tests.resolvers.workbook.test_round_trip import cells

DAY = date(2024, 3, 1)
NEED = ["编号", "教师", "主题", "学科", "严重程度", "置信度", "类型", "状态", "形成日期", "规则集", "证据"]
RESOURCE = ["编号", "名称", "资源库", "可用开始"]
ROW = ["n-1", "p-1", "t-1", "数学", 2, 0.5, "个性", "待响应", DAY, "rs"]
EVIDENCE = tuple(f"evidence-{number:021}" for number in range(3_000))
KNOWN = KnownIds(
    {
        "Person": {"p-1": "甲", "p-2": "乙"},
        "Topic": {"t-1": "提问"},
        "RuleSet": {"rs": "默认"},
        "TrainingOrder": {"o-1": ""},
        "Evidence": dict.fromkeys([*EVIDENCE, "z-1", "z-2", "z-3"], ""),
    },
    orders={"o-1": KnownOrder("t-1", "p-2")},
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "长.xlsx"


def need(*evidence: str) -> Need:
    return Need(
        id="n-1",
        teacher="p-1",
        topic="t-1",
        subject=Subject.MATHEMATICS,
        severity=2,
        confidence=0.5,
        reach=Reach.INDIVIDUAL,
        status=NeedStatus.OPEN,
        formed_on=DAY,
        rule_set="rs",
        evidence=evidence,
    )


def test_a_need_with_more_evidence_than_a_cell_holds_comes_back_the_same(path: Path) -> None:
    write_workbook([need(*EVIDENCE)], path)

    header, row, *more = openpyxl.load_workbook(path)["需求"].values
    wide = {str(title): str(value) for title, value in zip(header, row, strict=True) if "证据" in str(title)}
    assert more == []
    assert list(wide) == ["证据", "证据（续2）", "证据（续3）"]
    assert [len(value.split("；")) for value in wide.values()] == [1_057, 1_057, 886]
    assert max(len(value) for value in wide.values()) <= MOST_CHARACTERS
    book = read_workbook(path, KNOWN)
    assert book.nouns == (need(*EVIDENCE),)
    assert book.rows["需求"] == 1
    again = path.with_name("再.xlsx")
    write_workbook(book.nouns, again)
    assert cells(again) == cells(path)


def test_a_list_that_a_cell_just_holds_needs_no_further_column(path: Path) -> None:
    ids = [f"{number:015}" for number in range(2_048)]  # and 2,047 joints: 32,767 characters

    write_workbook([need(*ids)], path)
    (header, row) = openpyxl.load_workbook(path)["需求"].values
    assert len(str(row[header.index("证据")])) == MOST_CHARACTERS
    assert "证据（续2）" not in header

    write_workbook([need(*ids, "9")], path)
    (header, row) = openpyxl.load_workbook(path)["需求"].values
    assert row[header.index("证据（续2）")] == "9"


def test_what_is_written_longer_than_it_is_counts_as_it_is_written(path: Path) -> None:
    ids = tuple(f"{number:04}_x0041_x0042_x0043" for number in range(1_300))  # each escape takes six more

    write_workbook([need(*ids)], path)

    known = KnownIds({**KNOWN.names, "Evidence": dict.fromkeys(ids, "")})
    assert read_workbook(path, known).nouns == (need(*ids),)


def test_words_keep_their_order_and_only_the_sheet_in_need_grows(path: Path) -> None:
    tags = tuple(f"适用于第{number:04}种情境" for number in reversed(range(3_000)))
    resource = Resource(id="z", name="资源", pool=Pool.SOFTWARE, available_from=DAY, context_tags=tags)

    write_workbook([resource, need("z-1")], path)

    book = openpyxl.load_workbook(path)
    assert [cell.value for cell in book["资源"][1] if "适用情境" in str(cell.value)] == [
        "适用情境",
        "适用情境（续2）",
    ]
    assert not [cell.value for cell in book["需求"][1] if "续" in str(cell.value)]
    assert read_workbook(path, KNOWN).nouns == (resource, need("z-1"))


@pytest.mark.parametrize(
    "further",
    [
        "证据（续2）",
        "证据(续 2)",
        "证据（续）",
        "证据（续02）",
        "证据（续００２）",
        "Evidence (continued 2)",
        "Evidence (continued)",
    ],
)
def test_an_office_may_go_on_in_a_column_of_its_own(path: Path, further: str) -> None:
    book = read(path, {"需求": [[*NEED, further], [*ROW, "z-3", "z-1；z-2；z-3"]]}, KNOWN)

    assert book.nouns == (need("z-1", "z-2", "z-3"),)


def test_a_further_column_may_stand_alone_or_be_blank(path: Path) -> None:
    header = [*NEED[:-1], "证据（续2）"]

    assert read(path, {"需求": [header, [*ROW, "z-1"]]}, KNOWN).nouns == (need("z-1"),)
    assert read(path, {"需求": [header, [*ROW, None]]}, KNOWN).nouns == (need(),)


@pytest.mark.parametrize(
    "header",
    [
        ["适用情境（续3）", "适用情境（续2）", "适用情境"],
        ["context_tags (continued 3)", "适用情境（续）", "适用情境"],
    ],
)
def test_the_parts_of_a_list_follow_their_numbers_wherever_they_stand(path: Path, header: list[str]) -> None:
    row = ["z", "资源", Pool.SOFTWARE.zh, DAY, "丁；甲", "丙", "甲；乙"]

    (resource,) = read(path, {"资源": [[*RESOURCE, *header], row]}).nouns

    assert isinstance(resource, Resource)
    assert resource.context_tags == ("甲", "乙", "丙", "丁")


def test_a_value_that_stands_in_two_parts_is_told_where_the_earlier_part_is(path: Path) -> None:
    header = [*NEED[:-1], "证据（续3）", "证据（续2）", "证据"]

    typed(path, {"需求": [header, [*ROW, "z-8；z-9", "z-8", "z-1"]]})

    assert [(fault.place, fault.value) for fault in faults_in_file(path, KNOWN)] == [
        (Place("需求", 2, "K", "证据（续3）"), "z-9"),
        (Place("需求", 2, "L", "证据（续2）"), "z-8"),
    ]


def test_a_number_left_out_is_told_with_what_is_missing(path: Path) -> None:
    (fault,) = faults_in_file(typed(path, {"需求": [[*NEED, "证据（续03）"], [*ROW, "z-1", "z-2"]]}), KNOWN)

    assert fault.zh == (
        "「需求」L1（证据（续03））：有“证据（续3）”而没有“证据（续2）”，请补上这一列，或把编号改为接续的"
    )
    assert fault.en == (
        "'需求' L1 (证据（续03）): there is '证据（续3）' but no '证据（续2）': add that column, or number the "
        "columns without a gap"
    )


def test_a_number_too_low_is_told_with_the_first_there_is(path: Path) -> None:
    (fault,) = faults_in_file(typed(path, {"需求": [[*NEED, "证据（续1）"], [*ROW, "z-1", "z-2"]]}), KNOWN)

    assert "没有这一列，是不是“证据（续2）”？" in fault.zh
    assert "there is no such column; did you mean '证据（续2）'?" in fault.en


def test_each_further_column_costs_as_much_as_the_one_before() -> None:
    once, twice, thrice = (calls_to_read(columns) for columns in (100, 200, 300))

    assert thrice - twice == twice - once


def calls_to_read(columns: int) -> int:
    """How many calls of this package it takes to read a sheet with that many further columns, the last one first."""
    header: list[object] = [*NEED, *(f"证据（续{number}）" for number in range(columns + 1, 1, -1))]
    row: list[object] = [*ROW, *(f"z-{number:03}" for number in range(columns + 1))]
    rows = {1: dict(enumerate(header, 1)), 2: dict(enumerate(row, 1))}
    sheet, findings, calls = sheet_of("需求"), Findings(), 0

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal calls
        calls += event == "call" and frame.f_globals["__name__"].startswith("resolvers.workbook")

    assert sheet is not None
    sys.setprofile(count)
    try:
        (read_row,) = parse_rows(Grid("需求", False, WINDOWS_EPOCH, rows, ()), sheet, findings)
    finally:
        sys.setprofile(None)
    assert findings.faults == []
    assert len(read_row.values["evidence"]) == columns + 1  # type: ignore[arg-type]  # a list's values
    return calls


def test_roles_of_a_session_may_go_on_too(path: Path) -> None:
    header = ["编号", "订单", "序号", "类型", "实施日期", "观摩", "观摩（续2）"]

    book = read(path, {"场次": [header, ["c", "o-1", 1, "培训", DAY, "p-1", "p-2"]]}, KNOWN)

    assert sorted(str(getattr(noun, "person", "")) for noun in book.nouns) == ["", "p-1", "p-2"]


def test_an_unknown_id_is_told_where_it_stands(path: Path) -> None:
    typed(path, {"需求": [[*NEED, "证据（续2）"], [*ROW, "z-1；z-8", "z-1；z-9"]]})

    assert [(fault.place, fault.value) for fault in faults_in_file(path, KNOWN)] == [
        (Place("需求", 2, "K", "证据"), "z-8"),
        (Place("需求", 2, "L", "证据（续2）"), "z-9"),
    ]


@pytest.mark.parametrize(
    ("header", "row", "found"),
    [
        ([*NEED, "证据（续2）", "证据（续2）"], [*ROW, "z-1"], [("需求", "M1", "REPEATED_COLUMN")]),
        ([*NEED, "证据（续）", "证据（续2）"], [*ROW, "z-1"], [("需求", "M1", "REPEATED_COLUMN")]),
        ([*NEED, "证据（续02）", "证据（续）"], [*ROW, "z-1"], [("需求", "M1", "REPEATED_COLUMN")]),
        ([*NEED, "证据（续2）", "Evidence (continued 002)"], [*ROW], [("需求", "M1", "REPEATED_COLUMN")]),
        ([*NEED, "证据（续0）", "证据（续2）"], [*ROW, "z-1"], [("需求", "L1", "UNKNOWN_COLUMN")]),
        ([*NEED, "证据（续1）"], [*ROW, "z-1"], [("需求", "L1", "UNKNOWN_COLUMN")]),
        ([*NEED, "证据（续01）"], [*ROW, "z-1"], [("需求", "L1", "UNKNOWN_COLUMN")]),
        ([*NEED, f"证据（续{'9' * 5_000}）"], [*ROW, "z-1"], [("需求", "L1", "UNKNOWN_COLUMN")]),
        ([*NEED, "证据（续3）"], [*ROW, "z-1"], [("需求", "L1", "MISSING_COLUMN")]),
        ([*NEED[:-1], "证据（续3）"], [*ROW, "z-1"], [("需求", "K1", "MISSING_COLUMN")]),
        (
            [*NEED, "证据（续7）", "证据（续2）", "证据（续4）"],
            [*ROW, "z-1"],
            [("需求", "L1", "MISSING_COLUMN"), ("需求", "N1", "MISSING_COLUMN")],
        ),
        ([*NEED, "状态（续2）"], [*ROW, "z-1"], [("需求", "L1", "UNKNOWN_COLUMN")]),
        ([*NEED, "证据（续2）"], [*ROW, "z-1", "=A1"], [("需求", "L2", "FORMULA_CELL")]),
        ([*NEED, "证据（续2）"], [*ROW, DAY, "z-1"], [("需求", "K2", "WRONG_VALUE")]),
    ],
)
def test_what_is_wrong_with_a_further_column_is_told(
    path: Path, header: list[object], row: list[object], found: list[tuple[str, str, str]]
) -> None:
    assert faults_of(typed(path, {"需求": [header, row]}), KNOWN) == found
