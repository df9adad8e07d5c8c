"""Each fault with its cell; a file's faults are found all at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from graph.errors import Faults
from graph.model.people import Person
from graph.model.terms import PersonKind
from resolvers.workbook.faults import CellFault, Place
from resolvers.workbook.known import KnownFeedback, KnownIds, KnownOrder, KnownPerson
from resolvers.workbook.read import read_workbook
from tests.resolvers.workbook.office import Lines, faults_in_file, faults_of, typed

PERSON = ["编号", "姓名", "身份", "同名区分"]
SCHOOL = ["编号", "名称"]
EMPLOYMENT = ["编号", "人员", "学校", "开始", "结束"]
CLASS = ["编号", "教师", "学校", "年级", "班额", "寄宿生", "复式班"]
REQUEST = ["编号", "教师", "主题", "迫切程度", "日期"]
FEEDBACK = ["编号", "场次", "人员", "评分", "日期"]
DAY = date(2024, 3, 1)
KNOWN = KnownIds(
    {
        "Person": {"p-1": "甲", "p-2": "乙", "x-1": "丙"},
        "School": {"s-01": "样例一小"},
        "Topic": {"t-1": "提问", "t-2": "板书"},
        "Session": {"c-1": ""},
        "TrainingOrder": {"o-1": ""},
        "RuleSet": {"rs": "默认"},
        "Rule": {"rs/topic": ""},
        "Need": {"n-1": ""},
        "Semester": {"a": "秋"},
    },
    {
        "p-1": KnownPerson("甲", None, PersonKind.TEACHER),
        "p-2": KnownPerson("乙", None, PersonKind.TEACHER),
        "x-1": KnownPerson("丙", None, PersonKind.EXPERT),
    },
    {"o-1": KnownOrder("t-1", "x-1")},
    {"t-1": "t-2"},
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "有错.xlsx"


def fault_in(path: Path, title: str, *lines: Sequence[object]) -> CellFault:
    """The one fault of a file with that one sheet."""
    (fault,) = faults_in_file(typed(path, {title: lines}), KNOWN)
    return fault


def test_twelve_planted_faults_are_all_found_with_their_cells(path: Path) -> None:
    sheets: dict[str, Lines] = {
        "学校": [SCHOOL, ["s-1", "一小"], ["s-1", "二小"]],
        "人员": [
            PERSON,
            ["p-10", "李明", "教师", None],
            ["p-11", "李明", "教师", None],
            ["p-12", None, "教师", None],
            ["p-13", "王芳", "老师傅", None],
        ],
        "任职": [
            EMPLOYMENT,
            ["e-1", "p-10", "s-1", "2024年13月", None],
            ["e-2", "p-11", "样例一小", "2024/3/1", None],
            ["e-3", "p-99", "s-1", "2024/3/1", "2023/3/1"],
        ],
        "班级学情": [CLASS, ["k-1", "p-10", "s-1", 4, "45人", None, None]],
        "反馈": [FEEDBACK, ["f-1", "c-1", "p-10", 6, DAY], ["f-2", "c-1", "p-11", "=3+1", DAY]],
        "培训": [["编号"], ["y-1"]],
        "主动需求": [[*REQUEST, "备忘录"], ["q-1", "p-10", "t-1", 2, DAY, "急"]],
    }

    assert faults_of(typed(path, sheets), KNOWN) == [
        ("学校", "A3", "DUPLICATE_ID"),
        ("人员", "B2", "NAMESAKE"),
        ("人员", "B3", "NAMESAKE"),
        ("人员", "B4", "MISSING_VALUE"),
        ("人员", "C5", "WRONG_VALUE"),
        ("任职", "D2", "WRONG_DATE"),
        ("任职", "C3", "UNKNOWN_REFERENCE"),
        ("任职", "B4", "UNKNOWN_REFERENCE"),
        ("任职", "E4", "OUT_OF_RANGE"),
        ("班级学情", "E2", "WRONG_NUMBER"),
        ("反馈", "D2", "OUT_OF_RANGE"),
        ("反馈", "D3", "FORMULA_CELL"),
        ("培训", "", "UNKNOWN_SHEET"),
        ("主动需求", "F1", "UNKNOWN_COLUMN"),
    ]


def test_a_fault_says_where_what_stands_there_what_is_wrong_and_what_would_be_right(path: Path) -> None:
    fault = fault_in(path, "任职", EMPLOYMENT, ["e-1", "p-1", "样例一小", DAY])

    assert fault.place == Place("任职", 2, "C", "学校")
    assert fault.value == "样例一小"
    assert fault.message("zh") == (
        "「任职」C2（学校）：“样例一小”：文件和库中都没有这个学校编号，应填已有的学校编号，是不是 s-01（样例一小）？"
    )
    assert fault.message("en") == (
        "'任职' C2 (学校): '样例一小': neither file nor store has a School with this id; "
        "the id of a School is wanted; did you mean s-01（样例一小）?"
    )


def test_the_error_of_a_file_counts_and_joins_its_faults(path: Path) -> None:
    typed(path, {"学校": [SCHOOL, ["s 1", "一小"], ["s-2", None]]})

    with pytest.raises(Faults) as caught:
        read_workbook(path)

    assert caught.value.data == {"count": 2}
    assert caught.value.code == "INVALID_INPUT"
    assert caught.value.message("zh").startswith("「学校」A2（编号）：“s 1”：编号应为 1 至 64 个字符")


@pytest.mark.parametrize(
    ("title", "header", "row", "cell", "code"),
    [
        ("班级学情", CLASS, ["k", "p-1", "s-01", 13, 45, None, None], "D2", "OUT_OF_RANGE"),
        ("班级学情", CLASS, ["k", "p-1", "s-01", 4, 45, 46, None], "F2", "OUT_OF_RANGE"),
        ("班级学情", CLASS, ["k", "p-1", "s-01", 4, 45, None, "或许"], "G2", "WRONG_VALUE"),
        ("班级学情", CLASS, ["k", "x-1", "s-01", 4, 45, None, None], "B2", "DISAGREEMENT"),
        ("班级学情", CLASS, ["k", "p-1", "s-01", 4, "#N/A", None, None], "E2", "WRONG_VALUE"),
        ("教师", ["编号", "教龄"], ["x-1", 3], "A2", "DISAGREEMENT"),
        ("教师", ["编号", "教龄"], [None, 3], "A2", "MISSING_VALUE"),
        ("教师", ["编号", "教龄"], ["p-77", 3], "A2", "UNKNOWN_REFERENCE"),
        ("主动需求", REQUEST, ["q", "p-1", "t-1", 0, DAY], "D2", "OUT_OF_RANGE"),
        ("主动需求", REQUEST, ["q", "p-1", "t-1", 2, "1024-03-01"], "E2", "OUT_OF_RANGE"),
        ("主题", ["编号", "名称", "上级主题"], ["t-3", "追问", "t-3"], "C2", "OUT_OF_RANGE"),
        ("主题", ["编号", "名称", "上级主题"], ["t-2", "板书", "t-1"], "C2", "DISAGREEMENT"),
        ("结对", ["编号", "师傅", "徒弟", "开始"], ["j", "p-1", "p-1", DAY], "C2", "OUT_OF_RANGE"),
        ("结对", ["编号", "师傅", "徒弟", "开始"], ["j", "x-1", "p-1", DAY], "B2", "DISAGREEMENT"),
        ("学校", SCHOOL, ["s:1", "一小"], "A2", "OUT_OF_RANGE"),
        ("学校", SCHOOL, [None, "样例一小"], "A2", "DUPLICATE_ID"),
        (
            "可用时间",
            ["编号", "人员", "学期", "起始周", "结束周", "每周课时"],
            ["v", "p-1", "a", 9, 3, 2],
            "E2",
            "OUT_OF_RANGE",
        ),
        (
            "问卷",
            ["诊断编号", "教师", "学校", "日期", "严重程度"],
            ["d", None, None, DAY, 2],
            "B2",
            "OUT_OF_RANGE",
        ),
        ("问卷", ["教师", "日期", "严重程度", "主题"], ["p-1", DAY, None, "t-1"], "C2", "MISSING_VALUE"),
        (
            "场次",
            ["编号", "订单", "序号", "类型", "实施日期", "协助"],
            ["c", "o-1", 1, "培训", None, "p-1"],
            "E2",
            "MISSING_VALUE",
        ),
        (
            "场次",
            ["编号", "订单", "序号", "类型", "实施日期", "协助", "观摩"],
            ["c", "o-1", 1, "培训", DAY, "p-1", "p-2；p-1"],
            "G2",
            "DUPLICATE_ID",
        ),
        (
            "场次",
            ["编号", "订单", "序号", "类型", "实施日期", "协助"],
            ["c", "o-1", 1, "培训", DAY, "p-1；p-9"],
            "F2",
            "UNKNOWN_REFERENCE",
        ),
    ],
)
def test_each_fault_is_at_its_cell(
    path: Path, title: str, header: list[object], row: list[object], cell: str, code: str
) -> None:
    assert faults_of(typed(path, {title: [header, row]}), KNOWN) == [(title, cell, code)]


def test_a_missing_column_is_one_fault_however_many_rows(path: Path) -> None:
    fault = fault_in(path, "任职", ["编号", "人员", "开始"], ["e-1", "p-1", DAY], ["e-2", "p-2", DAY])

    assert (fault.code, fault.row, fault.zh) == (
        "MISSING_COLUMN",
        1,
        "「任职」第1行（学校）：缺少必填的列“学校”",
    )


def test_an_unknown_column_names_the_nearest(path: Path) -> None:
    fault = fault_in(path, "学校", ["编号", "名称", "所在县区"], ["s-1", "一小", "沿河"])

    assert (fault.code, fault.column, fault.row) == ("UNKNOWN_COLUMN", "C", 1)
    assert "是不是“县区”？" in fault.zh


def test_a_column_twice_and_a_column_without_header_are_faults(path: Path) -> None:
    lines: Lines = [["编号", "名称", "name", None], ["s-1", "一小", "First", "漏了表头"]]

    assert faults_of(typed(path, {"学校": lines})) == [
        ("学校", "C1", "REPEATED_COLUMN"),
        ("学校", "D2", "UNKNOWN_COLUMN"),
    ]


def test_a_sheet_without_a_header_and_a_misspelt_one_are_told(path: Path) -> None:
    sheets: dict[str, Lines] = {"学校": [["甲", "乙"], ["丙", "丁"]], "老师": [["编号"], ["p-1"]]}

    no_header, misspelt = faults_in_file(typed(path, sheets))

    assert (no_header.code, no_header.sheet) == ("MISSING_HEADER", "学校")
    assert (misspelt.code, misspelt.sheet) == ("UNKNOWN_SHEET", "老师")
    assert "是不是“教师”？" in misspelt.zh


def test_a_hidden_sheet_with_rows_is_a_fault_and_an_empty_one_is_not(path: Path) -> None:
    typed(
        path,
        {"学校": [SCHOOL, ["s-1", "一小"]], "学期": [["编号", "名称", "开始", "结束"]], "说明": [["一"]]},
    )
    book = openpyxl.load_workbook(path)
    for title in ("学校", "学期"):
        book[title].sheet_state = "hidden"
    book.save(path)

    assert faults_of(path) == [("学校", "", "HIDDEN_SHEET")]


def test_one_sheet_in_two_languages_is_a_fault(path: Path) -> None:
    sheets: dict[str, Lines] = {"学校": [SCHOOL, ["s-1", "一小"]], "School": [SCHOOL, ["s-2", "二小"]]}

    assert faults_of(typed(path, sheets)) == [("School", "", "UNKNOWN_SHEET")]


def test_rows_of_one_diagnosis_must_agree_across_sheets_too(path: Path) -> None:
    header = ["诊断编号", "教师", "日期", "严重程度"]
    sheets: dict[str, Lines] = {
        "问卷": [header, ["d-1", "p-1", DAY, 2], ["d-1", "p-2", DAY, 1]],
        "访谈": [header, ["d-1", "p-1", DAY, 3]],
    }
    typed(
        path,
        {
            title: [[*lines[0], "内容"], *([*line, f"{title}{n}"] for n, line in enumerate(lines[1:]))]
            for title, lines in sheets.items()
        },
    )

    assert faults_of(path, KNOWN) == [("问卷", "B3", "DISAGREEMENT"), ("访谈", "A2", "DISAGREEMENT")]


def test_two_rows_without_an_id_that_are_one_row_are_a_fault(path: Path) -> None:
    fault = fault_in(path, "任职", EMPLOYMENT, *([None, "p-1", "s-01", DAY] for _ in range(2)))

    assert (fault.code, fault.row) == ("DUPLICATE_ID", 3)
    assert "与「任职」A2（编号）内容相同" in fault.zh


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"得分(百万分点)": 5}, {"K2": "DISAGREEMENT"}),
        ({"贡献": "topic"}, {"K2": "WRONG_VALUE"}),
        (
            {"贡献": "主题=300000", "理由": "主题：一致", "英文理由": "主题: same"},
            {"K2": "UNKNOWN_REFERENCE"},
        ),
        ({"理由": None}, {"L2": "MISSING_VALUE"}),
        ({"英文理由": "topic: same\nwear: little"}, {"M2": "DISAGREEMENT"}),
        ({"理由": "一致"}, {"L2": "WRONG_VALUE"}),
        ({"决定理由": "好"}, {"N2": "MISSING_VALUE", "P2": "MISSING_VALUE"}),
        ({"决定": "不采纳", "决定日期": DAY}, {"O2": "OUT_OF_RANGE"}),
    ],
)
def test_faults_of_a_recommendation(path: Path, changes: dict[str, object], found: dict[str, str]) -> None:
    row: dict[str, object] = {
        "编号": "b-1",
        "需求": "n-1",
        "主题": "t-1",
        "类型": "个性",
        "形式": "校级开小灶",
        "培训者": "p-1",
        "场次数": 2,
        "名次": 1,
        "得分(百万分点)": 300_000,
        "规则集": "rs",
        "贡献": "topic=300000",
        "理由": "topic：一致",
        "英文理由": "topic: same",
        "决定": None,
        "决定理由": None,
        "决定日期": None,
        "推荐日期": DAY,
    }
    row |= changes

    faults = faults_of(typed(path, {"推荐与决定": [list(row), list(row.values())]}), KNOWN)

    assert [(cell, code) for _, cell, code in faults] == list(found.items())


def test_a_rule_set_that_the_store_lacks_is_a_fault(path: Path) -> None:
    header = ["编号", "教师", "主题", "学科", "严重程度", "置信度", "类型", "状态", "形成日期", "规则集"]
    row = ["n-9", "p-1", "t-1", "数学", 2, 0.5, "个性", "待响应", DAY, "rs2"]

    assert faults_of(typed(path, {"需求": [header, row]}), KNOWN) == [("需求", "J2", "UNKNOWN_REFERENCE")]


def test_circles_in_the_topics_are_found_on_each_of_their_rows(path: Path) -> None:
    lines: Lines = [
        ["编号", "名称", "上级主题"],
        ["t-7", "甲", "t-8"],
        ["t-8", "乙", "t-9"],
        ["t-9", "丙", "t-7"],
        ["t-6", "丁", "t-7"],
    ]

    assert faults_of(typed(path, {"主题": lines})) == [
        ("主题", f"C{row}", "DISAGREEMENT") for row in (2, 3, 4)
    ]


RESOURCE = ["编号", "名称", "资源库", "可用开始", "改编自"]
ADAPTED = KnownIds({"Resource": {"z-1": "甲", "z-2": "乙"}}, origins={"z-1": "z-2"})
"""A store in which z-1 was adapted from z-2."""


def test_a_circle_of_adaptations_is_found_across_file_and_store(path: Path) -> None:
    lines: Lines = [
        RESOURCE,
        ["z-2", "乙", "软件资源云", DAY, "z-1"],
        ["z-3", "丙", "软件资源云", DAY, "z-2"],
    ]

    assert faults_of(typed(path, {"资源": lines}), ADAPTED) == [("资源", "E2", "DISAGREEMENT")]


def test_a_row_that_takes_its_own_part_out_of_the_stores_chain_makes_no_circle(path: Path) -> None:
    lines: Lines = [RESOURCE, ["z-2", "乙", "软件资源云", DAY, "z-1"], ["z-1", "甲", "软件资源云", DAY, None]]

    assert faults_of(typed(path, {"资源": lines}), ADAPTED) == []


ATTENDANCE = ["编号", "场次", "人员", "实到"]
ABSENT = KnownIds(
    {**KNOWN.names, "Session": {"c-1": "", "c-2": ""}}, KNOWN.people, absences={"h-1": ("c-1", "p-1")}
)
"""A store in which p-1 is recorded absent from c-1."""


@pytest.mark.parametrize(
    ("attendance", "refused"),
    [
        ([], True),
        ([["h-1", "c-1", "p-1", "否"]], True),
        ([["h-1", "c-1", "p-1", "是"]], False),
        ([["h-1", "c-1", "p-1", None]], False),
        ([["h-2", "c-2", "p-1", "是"]], True),
    ],
)
def test_who_is_recorded_absent_says_nothing_of_the_session(
    path: Path, attendance: Lines, refused: bool
) -> None:
    sheets: dict[str, Lines] = {
        "签到": [ATTENDANCE, *attendance],
        "反馈": [FEEDBACK, ["f-1", "c-1", "p-1", 4, DAY], ["f-2", "c-2", "p-1", 4, DAY]],
    }

    assert faults_of(typed(path, sheets), ABSENT) == ([("反馈", "C2", "DISAGREEMENT")] if refused else [])


def test_absence_and_feedback_in_one_file_disagree(path: Path) -> None:
    sheets: dict[str, Lines] = {
        "签到": [ATTENDANCE, ["h-1", "c-1", "p-1", "否"], ["h-2", "c-1", "p-2", None]],
        "反馈": [FEEDBACK, ["f-1", "c-1", "p-1", 4, DAY], ["f-2", "c-1", "p-2", 4, DAY]],
    }
    (fault,) = faults_in_file(typed(path, sheets), KNOWN)

    assert fault.place == Place("反馈", 2, "C", "人员")
    assert fault.zh == "「反馈」C2（人员）：“p-1”：此人在「签到」D2（实到）登记为未到，不能评价该场次"
    assert fault.en == (
        "'反馈' C2 (人员): 'p-1': '签到' D2 (实到) has this person as absent: no feedback on that session"
    )


HEARD = KnownIds(
    {**KNOWN.names, "Session": {"c-1": "", "c-2": ""}},
    KNOWN.people,
    feedback={"f-1": KnownFeedback("c-1", "p-1", 4)},
)
"""A store in which p-1 gave feedback on c-1."""


@pytest.mark.parametrize(
    ("feedback", "refused"),
    [
        ([], [("签到", "D2", "DISAGREEMENT")]),
        ([["f-1", "c-2", "p-1", 4, DAY]], []),
        ([["f-1", "c-1", "p-1", 4, DAY]], [("反馈", "C2", "DISAGREEMENT")]),
    ],
)
def test_nobody_becomes_absent_who_gave_feedback(
    path: Path, feedback: Lines, refused: list[tuple[str, str, str]]
) -> None:
    lines = [["h-1", "c-1", "p-1", "否"], ["h-2", "c-1", "p-2", "否"], ["h-3", "c-2", "p-2", "否"]]
    sheets: dict[str, Lines] = {"签到": [ATTENDANCE, *lines], "反馈": [FEEDBACK, *feedback]}

    assert faults_of(typed(path, sheets), HEARD) == refused


def test_an_absence_against_the_stores_feedback_is_told_in_words(path: Path) -> None:
    (fault,) = faults_in_file(typed(path, {"签到": [ATTENDANCE, ["h-1", "c-1", "p-1", "否"]]}), HEARD)

    assert fault.zh == "「签到」D2（实到）：此人已评价该场次（库中 f-1），不能登记为未到"
    assert (
        fault.en
        == "'签到' D2 (实到): this person gave feedback on that session (f-1 of the store): not absent"
    )


class TestNamesakes:
    """Two people of one name must be told apart."""

    def test_different_marks_settle_it(self, path: Path) -> None:
        lines: Lines = [PERSON, ["p-3", "李明", "教师", "一小"], ["p-4", "李　明", "教师", "二小"]]

        assert faults_of(typed(path, {"人员": lines})) == []

    @pytest.mark.parametrize(("one", "other"), [(None, None), ("一小", "一小"), ("一小", None)])
    def test_without_them_each_row_is_a_fault(self, path: Path, one: str | None, other: str | None) -> None:
        lines: Lines = [PERSON, ["p-3", "李明", "教师", one], ["p-4", "李　明", "教师", other]]

        assert faults_of(typed(path, {"人员": lines})) == [
            ("人员", "B2", "NAMESAKE"),
            ("人员", "B3", "NAMESAKE"),
        ]

    def test_two_rows_without_ids_are_namesakes_too(self, path: Path) -> None:
        lines: Lines = [PERSON, [None, "李明", "教师", None], [None, "李明", "专家", None]]

        assert [code for _, _, code in faults_of(typed(path, {"人员": lines}))] == ["NAMESAKE", "NAMESAKE"]

    def test_a_namesake_in_the_store_is_named(self, path: Path) -> None:
        fault = fault_in(path, "人员", PERSON, ["p-9", "甲", "教师", "二小"])

        assert fault.code == "NAMESAKE"
        assert "与库中的 p-1同名" in fault.zh

    def test_the_same_person_again_is_no_namesake(self, path: Path) -> None:
        assert faults_of(typed(path, {"人员": [PERSON, ["p-1", "甲", "教师", None]]}), KNOWN) == []

    def test_both_in_the_file_settle_what_the_store_left_open(self, path: Path) -> None:
        lines: Lines = [PERSON, ["p-1", "甲", "教师", "一小"], ["p-9", "甲", "教师", "二小"]]

        assert faults_of(typed(path, {"人员": lines}), KNOWN) == []


def test_known_ids_of_nouns_are_what_the_store_would_say() -> None:
    known = KnownIds.of([Person(id="p-1", name="甲", kind=PersonKind.EXPERT, distinguisher="县")])

    assert known == KnownIds({"Person": {"p-1": "甲"}}, {"p-1": KnownPerson("甲", "县", PersonKind.EXPERT)})


@pytest.mark.parametrize(
    ("merged", "lines", "cell"),
    [
        ("A1:B9", [SCHOOL, ["s-1", "一小"], ["s-2", "二小"]], "A2"),
        ("A1:A9", [SCHOOL, ["s-1", "一小"], ["s-2", "二小"]], "A2"),
        ("B1:B2", [SCHOOL, ["s-1", "一小"], ["s-2", "二小"]], "A2"),
        ("A1:Z99", [["学校表"], SCHOOL, ["s-1", "一小"], ["s-2", "二小"]], "A3"),
        ("A1:A3", [SCHOOL, [None, "一小"], [None, "二小"], ["s-3", "三小"]], "B2"),
    ],
)
def test_a_header_merged_over_rows_is_a_fault_and_no_row_is_lost(
    path: Path, merged: str, lines: Lines, cell: str
) -> None:
    typed(path, {"学校": lines}, merged={"学校": [merged]})

    assert faults_of(path) == [("学校", cell, "MISSING_HEADER")]
