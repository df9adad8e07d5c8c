from __future__ import annotations

from datetime import date, datetime, time

import pytest
from openpyxl.utils.datetime import MAC_EPOCH

from resolvers.workbook.cells.dates import DateRead, Misread, read_date

FIRST_OF_MARCH = date(2024, 3, 1)
AS_EXCEL_GIVES_IT = datetime(2024, 3, 1)  # noqa: DTZ001 — Excel knows no time zones


@pytest.mark.parametrize(
    "raw",
    [
        AS_EXCEL_GIVES_IT,
        AS_EXCEL_GIVES_IT.replace(hour=8),
        FIRST_OF_MARCH,
        "2024/3/1",
        "2024-03-01",
        "2024.3.1",
        "2024年3月1日",
        "2024年3月1号",
        "2024 年 3 月 1 日",
        "２０２４年３月１日",
        "２０２４．３．１",
        "2024—3—1",
        "20240301",
        "2024-03-01 00:00:00",
        20240301,
        45352,
        45352.5,
    ],
)
def test_each_way_of_writing_a_day_is_that_day(raw: object) -> None:
    assert read_date(raw, closes=False) == DateRead(FIRST_OF_MARCH)


@pytest.mark.parametrize("raw", ["2024年3月", "2024/3", "2024-03", "2024.3", "２０２４年３月"])
def test_a_month_is_its_first_day_or_at_an_end_its_last_and_says_so(raw: str) -> None:
    assert read_date(raw, closes=False) == DateRead(FIRST_OF_MARCH, assumed=True)
    assert read_date(raw, closes=True) == DateRead(date(2024, 3, 31), assumed=True)


def test_a_serial_number_counts_from_the_epoch_of_its_file() -> None:
    assert read_date(43890, closes=False, epoch=MAC_EPOCH).day == FIRST_OF_MARCH


@pytest.mark.parametrize(
    ("raw", "zh"),
    [
        ("2024年13月", "没有 13 月，月份应为 1 至 12"),
        ("2023-02-29", "2023年2月没有 29 日，应为 1 至 28"),
        ("20240230", "2024年2月没有 30 日，应为 1 至 29"),
        (20241301, "没有 13 月，月份应为 1 至 12"),
        (2024.3, "数字分不清月份，请写成 2024年3月1日"),
    ],
)
def test_a_day_that_the_calendar_lacks_is_told(raw: object, zh: str) -> None:
    with pytest.raises(Misread) as caught:
        read_date(raw, closes=False)
    assert caught.value.zh == zh


@pytest.mark.parametrize("raw", ["去年", "3月1日", "24.3.1", "", True, 2024, -5, 1e9, time(8), "0000-01-01"])
def test_what_is_no_date_is_told_how_to_write_one(raw: object) -> None:
    with pytest.raises(Misread) as caught:
        read_date(raw, closes=False)
    assert caught.value.zh == "应为日期，如 2024-03-01 或 2024年3月1日"
    assert caught.value.en == "a date is wanted, such as 2024-03-01"
