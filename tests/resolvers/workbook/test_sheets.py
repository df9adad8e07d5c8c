from __future__ import annotations

from graph.model.describe import describe
from graph.model.made_ids import made_id
from graph.model.needs import Diagnosis
from graph.model.nouns import NOUNS
from graph.model.orders import Capability
from graph.model.rules import Contribution, Decision, Rule, RuleSet
from resolvers.workbook.outgoing.examples import EXAMPLES
from resolvers.workbook.outgoing.lines import Stock, lines_of
from resolvers.workbook.sheets import SHEETS, fold_header, sheet_of

WITHIN_ANOTHER_SHEET = {Diagnosis, Contribution, Decision, Capability}
NOT_IN_THE_WORKBOOK = {RuleSet, Rule}


def test_every_noun_has_a_sheet_or_a_place_in_one() -> None:
    nouns = {noun.cls for noun in NOUNS}

    assert nouns - {sheet.noun for sheet in SHEETS} == WITHIN_ANOTHER_SHEET | NOT_IN_THE_WORKBOOK


def test_every_field_of_a_sheets_noun_is_a_column() -> None:
    for sheet in SHEETS:
        fields = {field.name for field in describe(sheet.noun).fields}
        assert fields <= {column.key for column in sheet.columns}, sheet.name


def test_no_header_means_two_columns_of_a_sheet() -> None:
    for sheet in SHEETS:
        words = [fold_header(word) for each in sheet.columns for word in {each.header, each.english}]
        assert len(words) == len(set(words)), sheet.name


def test_no_title_means_two_sheets() -> None:
    names = [name for sheet in SHEETS for name in (sheet.name, sheet.english)]

    assert len(set(names)) == 2 * len(SHEETS)
    assert [sheet_of(sheet.name) for sheet in SHEETS] == list(SHEETS)
    assert [sheet_of(f"{sheet.english.upper()}s ") for sheet in SHEETS] == list(SHEETS)
    assert sheet_of("别的") is None


def test_the_sheets_stand_in_the_order_in_which_an_office_thinks() -> None:
    assert [sheet.name for sheet in SHEETS] == [
        "联盟",
        "学校",
        "成员",
        "帮扶小组",
        "人员",
        "学期",
        "教师",
        "任职",
        "可用时间",
        "班级学情",
        "结对",
        "主题",
        "问卷",
        "访谈",
        "课堂观察",
        "主动需求",
        "资源",
        "资源赠予",
        "资源使用",
        "需求组",
        "需求",
        "推荐与决定",
        "订单",
        "场次",
        "签到",
        "反馈",
        "角色",
    ]


def test_identifying_columns_exist() -> None:
    for sheet in SHEETS:
        keys = {column.key for column in sheet.columns}
        assert set(sheet.identity) <= keys, sheet.name


def test_every_sheet_has_one_example() -> None:
    stock = Stock.of(EXAMPLES)

    assert {sheet.name: len(lines_of(sheet, stock)) for sheet in SHEETS} == {
        sheet.name: 1 for sheet in SHEETS
    }


def test_a_made_id_is_the_same_ever_and_another_for_other_content() -> None:
    assert made_id("NeedGroup", "t-1", None) == "need-group-19eefab54329"
    assert made_id("NeedGroup", "t-1", "x") != made_id("NeedGroup", "t-1", None)
