from __future__ import annotations

from datetime import date, datetime, time

import pytest

from graph.model.alliance import Membership, School
from graph.model.describe import Field, describe
from graph.model.needs import Need
from graph.model.orders import Attendance
from graph.model.people import ClassContext, Employment, Person, Teacher
from graph.model.resources import Resource
from graph.model.terms import AgeBand, Connectivity, GradeBand, Side, Subject
from resolvers.workbook.cells.dates import Misread
from resolvers.workbook.cells.values import Read, read_value

AS_EXCEL_GIVES_IT = datetime(2024, 3, 1)  # noqa: DTZ001 — Excel knows no time zones


def field(cls: type, name: str) -> Field:
    return describe(cls).field(name)


def value(cls: type, name: str, raw: object) -> object:
    return read_value(field(cls, name), raw).value


def misread(cls: type, name: str, raw: object) -> str:
    with pytest.raises(Misread) as caught:
        read_value(field(cls, name), raw)
    return caught.value.zh


@pytest.mark.parametrize("raw", [45, 45.0, "45", " ４５ ", "45.0"])
def test_a_whole_number_in_any_form(raw: object) -> None:
    assert value(ClassContext, "class_size", raw) == 45


def test_thousands_may_be_set_apart() -> None:
    assert value(School, "download_limit_bytes", "20,000,000") == 20_000_000
    assert value(School, "download_limit_bytes", "２０，０００") == 20_000


@pytest.mark.parametrize(
    ("raw", "zh"),
    [
        ("45人", "应为整数，只写数字：45"),
        ("四十五", "应为整数"),
        (45.5, "应为整数，如 45"),
        (True, "应为整数"),
        (AS_EXCEL_GIVES_IT, "应为整数"),
        ("1,23", "应为整数"),
        ("9" * 5_000, "应为整数，数字太长"),
        (float("inf"), "这个数字超出 Excel 的范围"),
    ],
)
def test_what_is_no_whole_number_is_told(raw: object, zh: str) -> None:
    assert misread(ClassContext, "class_size", raw) == zh


def test_a_share_is_no_percentage() -> None:
    assert value(Need, "confidence", "0.8") == 0.8
    assert misread(Need, "confidence", "80%") == "应为数字，请写 0.8"


@pytest.mark.parametrize("raw", ["是", "有", "yes", "TRUE", "√", "1", 1, True, "Ｙ"])
def test_yes_in_any_form(raw: object) -> None:
    assert value(Attendance, "present", raw) is True


@pytest.mark.parametrize("raw", ["否", "无", "no", "False", "×", "0", 0, False])
def test_no_in_any_form(raw: object) -> None:
    assert value(Attendance, "present", raw) is False


@pytest.mark.parametrize("raw", ["请假", "x", 2])
def test_neither_yes_nor_no(raw: object) -> None:
    assert misread(Attendance, "present", raw) == "应为 是 或 否"


@pytest.mark.parametrize(
    "raw", ["数学", "mathematics", "MATHEMATICS", "Mathematics ", "ＭＡＴＨＥＭＡＴＩＣＳ"]
)
def test_a_coded_value_by_label_or_name(raw: str) -> None:
    assert value(Person, "subject", raw) is Subject.MATHEMATICS


def test_a_coded_value_by_the_stem_of_its_label() -> None:
    assert value(Membership, "side", "helped") is Side.HELPED
    assert value(Person, "grade_bands", "中年级、高年级（5－6）") == (GradeBand.MIDDLE, GradeBand.UPPER)
    assert value(Teacher, "age_band", "30～39岁") is AgeBand.FROM_30
    assert value(School, "connectivity", "none") is Connectivity.NONE


def test_an_unknown_coded_value_is_told_the_labels_and_the_nearest() -> None:
    assert misread(School, "connectivity", "不稳") == "应为：良好、不稳定、无网络（是不是 不稳定？）"
    assert misread(School, "connectivity", "5G") == "应为：良好、不稳定、无网络"


def test_ids_may_be_numbers_and_lists_are_sorted_and_without_repeats() -> None:
    assert value(Employment, "person", 20010.0) == "20010"
    assert value(Person, "trains", "t-2；t-1、t-2") == ("t-1", "t-2")


def test_an_id_that_excel_has_spoilt_is_told() -> None:
    assert "15 位" in misread(Employment, "person", 522228199001011234)
    assert "变成了日期" in misread(Employment, "person", AS_EXCEL_GIVES_IT)
    assert "变成了日期" in misread(Resource, "volume", time(8))


def test_a_text_may_be_a_number() -> None:
    assert value(Resource, "lesson", 3.0) == "3"


@pytest.mark.parametrize("raw", ["至今", "present"])
def test_an_end_may_be_still_open(raw: str) -> None:
    assert value(Employment, "end", raw) is None


def test_a_month_at_an_end_is_its_last_day_with_a_remark() -> None:
    read = read_value(field(Employment, "end"), "2024年2月")

    assert read == Read(
        date(2024, 2, 29), ("“2024年2月”读作 2024-02-29", "'2024年2月' was read as 2024-02-29")
    )
