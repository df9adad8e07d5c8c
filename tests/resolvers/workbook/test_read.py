from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from graph.model.alliance import School, Semester
from graph.model.made_ids import made_id
from graph.model.needs import Diagnosis, Evidence, Request
from graph.model.orders import Capability, Session
from graph.model.people import Employment, Person, Teacher
from graph.model.rules import Contribution, Decision, Recommendation, Rule, RuleSet
from graph.model.terms import (
    EmploymentRole,
    GradeBand,
    Instrument,
    OrderForm,
    PersonKind,
    Provenance,
    Reach,
    RuleKind,
    Rung,
    SchoolLevel,
    SessionKind,
    Subject,
    Verdict,
)
from resolvers.workbook.faults import Note
from resolvers.workbook.known import KnownIds, KnownOrder
from resolvers.workbook.read import read_workbook
from tests.resolvers.workbook.office import Lines, read, typed

PERSON = ["编号", "姓名", "身份", "同名区分"]
SCHOOL = ["编号", "名称"]
DAY = date(2024, 3, 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "县教育局.xlsx"


def stored(*nouns: object) -> KnownIds:
    return KnownIds.of(nouns)


def teacher(code: str, name: str = "甲") -> Person:
    return Person(id=code, name=name, kind=PersonKind.TEACHER)


def test_a_plain_sheet_becomes_nouns_in_the_order_of_the_store(path: Path) -> None:
    book = read(
        path,
        {
            "任职": [["编号", "人员", "学校", "开始"], ["e-1", "p-1", "s-1", "2020/9/1"]],
            "人员": [PERSON, ["p-1", "甲", "教师", None]],
            "学校": [SCHOOL, ["s-1", "一小"]],
        },
    )

    assert book.nouns == (
        School(id="s-1", name="一小"),
        teacher("p-1"),
        Employment(id="e-1", person="p-1", school="s-1", role=EmploymentRole.TEACHER, start=date(2020, 9, 1)),
    )
    assert book.rows == {"学校": 1, "人员": 1, "任职": 1}


def test_english_titles_headers_and_values_are_read_in_any_order(path: Path) -> None:
    book = read(
        path,
        {
            "Persons": [["Grade Bands", "KIND", "name", "id"], ["grades 1-2", "teacher", "Li", "p-1"]],
            "school": [["id", "name", "level"], ["s-1", "First", "PRIMARY"]],
        },
    )

    assert book.nouns == (
        School(id="s-1", name="First", level=SchoolLevel.PRIMARY),
        Person(id="p-1", name="Li", kind=PersonKind.TEACHER, grade_bands=(GradeBand.LOWER,)),
    )


def test_a_title_above_blank_lines_between_and_marks_in_the_header_do_no_harm(path: Path) -> None:
    book = read(
        path,
        {
            "学校": [
                ["沿河县学校一览表（2024年）"],
                [],
                ["编号 *", " 名 称（必填）", "备注"],
                [" ｓ－１ ", "一小\u00a0", "请核对"],
                [None, "\u3000", None],
                ["s-2", "二小\u200b", None],
                [],
            ]
        },
    )

    assert book.nouns == (School(id="s-1", name="一小"), School(id="s-2", name="二小"))


def test_a_school_merged_over_its_teachers_is_the_school_of_each(path: Path) -> None:
    typed(
        path,
        {
            "任职": [
                ["学校", "编号", "人员", "开始"],
                ["s-1", "e-1", "p-1", "2020年9月1日"],
                [None, "e-2", "p-2", "2021年9月1日"],
                ["s-2", "e-3", "p-3", "2021年9月1日"],
            ]
        },
        merged={"任职": ["A2:A3"]},
    )
    known = stored(
        *(teacher(f"p-{number}", "甲乙丙"[number - 1]) for number in (1, 2, 3)),
        School(id="s-1", name="一小"),
        School(id="s-2", name="二小"),
    )

    schools = [each.school for each in read_workbook(path, known).nouns if isinstance(each, Employment)]

    assert schools == ["s-1", "s-1", "s-2"]


def test_a_header_merged_over_two_lines_is_one_header(path: Path) -> None:
    typed(
        path,
        {
            "教师": [
                ["教师情况", None, None, None],
                ["编号", "教龄", "数字素养", None],
                [None, None, "数字化意识", "数字化应用"],
                ["p-1", "８", 3, 4],
            ]
        },
        merged={"教师": ["A1:D1", "A2:A3", "B2:B3", "C2:D2"]},
    )

    book = read_workbook(path, stored(teacher("p-1")))

    assert book.nouns == (Teacher(id="p-1", years_taught=8, digital_awareness=3, digital_application=4),)


def test_a_merged_line_under_the_header_belongs_to_it(path: Path) -> None:
    lines: Lines = [["编号", "名称"], [None, None], ["s-1", "一小"]]
    typed(path, {"学校": lines}, merged={"学校": ["A1:A2", "B1:B2"]})

    assert read_workbook(path).nouns == (School(id="s-1", name="一小"),)


def test_dates_as_offices_write_them_and_what_was_assumed(path: Path) -> None:
    book = read(
        path,
        {
            "学期": [
                ["编号", "名称", "开始", "结束"],
                ["a", "秋", DAY, "２０２４年７月"],
                ["b", "春", 45352, 20240712],
            ]
        },
    )

    assert book.nouns == (
        Semester(id="a", name="秋", start=DAY, end=date(2024, 7, 31)),
        Semester(id="b", name="春", start=DAY, end=date(2024, 7, 12)),
    )
    assert book.notes == (
        Note("学期", 2, "D", "“２０２４年７月”读作 2024-07-31", "'２０２４年７月' was read as 2024-07-31"),
    )


def test_a_file_with_the_epoch_of_1904_gives_the_same_days(path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.MAC_EPOCH
    page = book.create_sheet("学期")
    page.append(["编号", "名称", "开始", "结束"])
    page.append(["a", "秋", DAY, DAY])
    book.save(path)

    assert read_workbook(path).nouns == (Semester(id="a", name="秋", start=DAY, end=DAY),)


def test_an_example_is_passed_over_and_one_below_others_is_told(path: Path) -> None:
    book = read(path, {"学校": [SCHOOL, ["#例 s-0", "示例"], ["s-1", "一小"], ["例：s-2", "二小"]]})

    assert book.nouns == (School(id="s-1", name="一小"),)
    assert [(note.row, note.en) for note in book.notes] == [
        (4, "the row is marked as an example and was not read")
    ]


def test_sheets_for_people_empty_ones_and_hidden_lists_are_left_alone(path: Path) -> None:
    book = openpyxl.Workbook()
    for title in ("说明（必读）", "_草稿", "选项"):
        book.create_sheet(title).append(["随便写"])
    book["选项"].sheet_state = "hidden"
    book.save(path)

    assert read_workbook(path).nouns == ()


def test_a_blank_id_is_made_from_what_identifies_the_row_and_stays_the_same(path: Path) -> None:
    lines: dict[str, Lines] = {"学校": [["编号", "名称", "县区", "设备数"], [None, "一小", "沿河县", 3]]}
    changed: dict[str, Lines] = {"学校": [["编号", "名称", "县区", "设备数"], [None, "一小", "沿河县", 9]]}

    first, again, other = read(path, lines), read(path, lines), read(path, changed)

    (school,) = first.nouns
    assert isinstance(school, School)
    assert school.id == "school-7dfbec3bb586"
    assert first == again
    assert [each.id for each in other.nouns if isinstance(each, School)] == [school.id]


def test_rows_of_one_diagnosis_share_it(path: Path) -> None:
    header = ["诊断编号", "教师", "日期", "主题", "严重程度", "内容"]
    topics = KnownIds({"Person": {"p-1": "甲"}, "Topic": {"t-1": "提问", "t-2": "板书"}})
    book = read(
        path,
        {"问卷": [header, ["d-1", "p-1", DAY, "t-1", 2, "少"], ["d-1", "p-1", DAY, "t-2", 0, None]]},
        topics,
    )

    diagnosis, *evidence = book.nouns
    assert diagnosis == Diagnosis(id="d-1", instrument=Instrument.SURVEY, teacher="p-1", on=DAY)
    assert [
        (each.diagnosis, each.topic, each.severity, each.text)
        for each in evidence
        if isinstance(each, Evidence)
    ] == [("d-1", "t-1", 2, "少"), ("d-1", "t-2", 0, None)]


def test_a_diagnosis_without_a_number_is_one_a_teacher_day_and_observer(path: Path) -> None:
    header = ["编号", "教师", "日期", "诊断人", "严重程度"]
    known = KnownIds({"Person": {"p-1": "甲", "p-2": "乙", "p-3": "丙"}})
    book = read(
        path,
        {
            "课堂观察": [
                header,
                ["z-1", "p-1", DAY, "p-3", 1],
                ["z-2", "p-1", DAY, "p-3", 2],
                ["z-3", "p-2", DAY, "p-3", 2],
            ]
        },
        known,
    )

    soundings = [each for each in book.nouns if isinstance(each, Diagnosis)]
    assert [(each.teacher, each.by, each.instrument) for each in soundings] == [
        ("p-1", "p-3", Instrument.OBSERVATION),
        ("p-2", "p-3", Instrument.OBSERVATION),
    ]
    assert [each.diagnosis for each in book.nouns if isinstance(each, Evidence)] == [
        soundings[0].id,
        soundings[0].id,
        soundings[1].id,
    ]


def test_roles_in_a_session_become_rungs_in_the_topic_of_its_order(path: Path) -> None:
    header = ["编号", "订单", "序号", "类型", "实施日期", "学时", "有支持主讲", "协助"]
    known = KnownIds(
        {"TrainingOrder": {"o-1": ""}, "Person": {"p-1": "甲", "p-2": "乙"}, "Topic": {"t-1": "提问"}},
        orders={"o-1": KnownOrder("t-1", "x-1")},
    )

    book = read(path, {"场次": [header, ["x-1", "o-1", 1, "培训", DAY, 2, "p-1", "p-2"]]}, known)

    assert book.nouns == (
        Session(id="x-1", order="o-1", number=1, kind=SessionKind.MAIN, delivered_on=DAY, hours=2.0),
        role("x-1", "p-1", Rung.LED_WITH_SUPPORT),
        role("x-1", "p-2", Rung.ASSISTED),
    )


def test_roles_in_sessions_whose_ids_hold_a_slash_are_kept_apart(path: Path) -> None:
    header = ["编号", "订单", "序号", "类型", "实施日期", "学时", "协助"]
    known = KnownIds(
        {"TrainingOrder": {"o-1": ""}, "Person": {"1/P1": "甲", "P1": "乙"}, "Topic": {"t-1": "提问"}},
        orders={"o-1": KnownOrder("t-1", "x-1")},
    )
    lines = [["O", "o-1", 1, "培训", DAY, 2, "1/P1"], ["O/1", "o-1", 2, "培训", DAY, 2, "P1"]]

    book = read(path, {"场次": [header, *lines]}, known)

    assert [each for each in book.nouns if isinstance(each, Capability)] == [
        role("O", "1/P1", Rung.ASSISTED),
        role("O/1", "P1", Rung.ASSISTED),
    ]


def role(session: str, person: str, rung: Rung) -> Capability:
    """What follows from that role in a session of the day."""
    code = made_id("Capability", session, person)
    return Capability(id=code, session=session, person=person, topic="t-1", rung=rung, on=DAY)


_PROPOSAL = [
    "编号",
    "需求",
    "主题",
    "类型",
    "形式",
    "培训者",
    "场次数",
    "名次",
    "得分(百万分点)",
    "推荐日期",
]
_RATED = (
    RuleSet(id="rs", name="默认", version="1", adopted_on=DAY, content="{}"),
    *(
        Rule(
            id=f"rs/{key}",
            rule_set="rs",
            key=key,
            kind=RuleKind.SOFT,
            sentence_zh="一",
            sentence_en="a",
            provenance=Provenance.OURS,
        )
        for key in ("topic", "wear")
    ),
    teacher("p-1"),
    teacher("p-2", "乙"),
)
"""The rule set and the people that the row of a recommendation refers to."""
_PROPOSED = (
    Recommendation(
        id="b-1",
        needs=("n-1", "n-2"),
        topic="t-1",
        reach=Reach.INDIVIDUAL,
        form=OrderForm.SCHOOL_CLINIC,
        trainer="p-1",
        sessions=2,
        rank=1,
        score_millionths=350_000,
        issued_on=DAY,
        rule_set="rs",
    ),
    Contribution(
        id="b-1/topic",
        recommendation="b-1",
        rule="rs/topic",
        millionths=300_000,
        because_zh="一致",
        because_en="same",
    ),
    Contribution(
        id="b-1/wear",
        recommendation="b-1",
        rule="rs/wear",
        millionths=50_000,
        because_zh="少",
        because_en="little",
    ),
    Decision(
        id="b-1/decision",
        recommendation="b-1",
        verdict=Verdict.CHANGED,
        reason="时间冲突",
        on=DAY,
        trainer="p-2",
    ),
)
"""What that row stands for."""


def test_a_recommendation_comes_with_its_contributions_and_its_decision(path: Path) -> None:
    more = ["规则集", "贡献", "理由", "英文理由", "决定", "决定理由", "决定日期", "改为培训者"]
    row = ["b-1", "n-2；n-1", "t-1", "个性", "校级开小灶", "p-1", 2, 1, 350_000, DAY]
    rest = ["rs", "topic=300000；wear=50000", "wear：少\ntopic：一致", "topic: same\nwear: little"]
    known = stored(*_RATED)
    names = {**known.names, "Need": {"n-1": "", "n-2": ""}, "Topic": {"t-1": "提问"}}

    book = read(
        path,
        {"推荐与决定": [_PROPOSAL + more, [*row, *rest, "修改后采纳", "时间冲突", DAY, "p-2"]]},
        KnownIds(names, known.people),
    )

    assert book.nouns == _PROPOSED


def test_progress_is_told_sheet_by_sheet(path: Path) -> None:
    steps: list[tuple[int, int, str]] = []
    typed(path, {"学校": [SCHOOL], "人员": [PERSON]})

    read_workbook(path, progress=lambda step, total, zh, en: steps.append((step, total, zh)))

    assert steps == [(1, 3, "读取「学校」"), (2, 3, "读取「人员」"), (3, 3, "核对各表之间的关系")]


def test_a_request_with_full_width_digits_is_read(path: Path) -> None:
    known = KnownIds({"Person": {"p-1": "甲"}, "Topic": {"t-1": "提问"}})
    header = ["编号", "教师", "主题", "迫切程度", "日期"]

    book = read(path, {"主动需求": [header, ["q-1", "p-1", "t-1", "３", "2024.3.1"]]}, known)

    assert book.nouns == (Request(id="q-1", teacher="p-1", topic="t-1", severity=3, on=DAY),)


def test_a_topic_without_a_subject_is_for_every_teacher(path: Path) -> None:
    (topic,) = read(path, {"主题": [["编号", "名称", "学科"], ["t-1", "提问", None]]}).nouns

    assert getattr(topic, "subject") is Subject.GENERAL  # noqa: B009 — the nouns are told apart by class


def test_a_row_without_an_id_again_is_the_one_that_the_store_made_of_it(path: Path) -> None:
    lines: dict[str, Lines] = {"学校": [SCHOOL, [None, "一小"]]}
    first = read(path, lines)

    assert read(path, lines, KnownIds.of(first.nouns)) == first
