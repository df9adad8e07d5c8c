"""Dates as offices write them: 2024/3/1, 2024年3月, 20240301, full-width digits, Excel's serial numbers."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

_DAY = re.compile(
    r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})(?:日|号)?(?:[T]?0{1,2}:00(?::00(?:\.0+)?)?)?"
)
_MONTH = re.compile(r"(\d{4})(?:年(\d{1,2})月?|[-/.](\d{1,2}))")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SPACE = re.compile(r"\s+")
_DASHES = re.compile("[\u2010-\u2015\u2212]")

FIRST_SERIAL, LAST_SERIAL = 18264, 73415
"""Excel's numbers for 1950-01-01 and 2100-12-31: what lies outside is no date of ours."""


class Misread(Exception):
    """Why a value is not what its column wants, and what would be right, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


@dataclass(frozen=True, slots=True)
class DateRead:
    """A date, and whether only its month was written, so that the day is an assumption."""

    day: date
    assumed: bool = False


def read_date(raw: object, closes: bool, epoch: datetime = WINDOWS_EPOCH) -> DateRead:
    """The date of a cell. A month alone is its first day, or its last where the field `closes` a stretch.

    Raises Misread for what is no date, or none that the calendar holds.
    """
    if isinstance(raw, datetime):
        return DateRead(raw.date())
    if isinstance(raw, date):
        return DateRead(raw)
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise _no_date()
    if isinstance(raw, str):
        return _of_text(raw, closes)
    return _of_number(raw, epoch)


def _of_text(raw: str, closes: bool) -> DateRead:
    text = _SPACE.sub("", _DASHES.sub("-", unicodedata.normalize("NFKC", raw)))
    if found := _DAY.fullmatch(text) or _PACKED.fullmatch(text):
        return DateRead(_on_calendar(*(int(part) for part in found.groups())))
    if found := _MONTH.fullmatch(text):
        year, month = int(found[1]), int(found[2] or found[3])
        first = _on_calendar(year, month, 1)
        last = calendar.monthrange(year, month)[1]
        return DateRead(first.replace(day=last) if closes else first, assumed=True)
    raise _no_date()


def _of_number(raw: float, epoch: datetime) -> DateRead:
    if raw == int(raw) and (found := _PACKED.fullmatch(str(int(raw)))):
        return DateRead(_on_calendar(*(int(part) for part in found.groups())))
    if FIRST_SERIAL <= raw <= LAST_SERIAL:
        day = from_excel(raw, epoch)
        if isinstance(day, datetime):
            return DateRead(day.date())
    if FIRST_SERIAL > raw >= 1950 and raw != int(raw):
        # 2024.1 is January or October: Excel drops the nought of 2024.10
        raise Misread(
            "数字分不清月份，请写成 2024年3月1日", "a number leaves the month open: write 2024-03-01"
        )
    raise _no_date()


def _on_calendar(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise Misread(f"没有 {month} 月，月份应为 1 至 12", f"there is no month {month}: 1 to 12")
    if year < 1:
        raise _no_date()
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        zh = f"{year}年{month}月没有 {day} 日，应为 1 至 {last}"
        raise Misread(zh, f"{year}-{month:02} has no day {day}: 1 to {last}")
    return date(year, month, day)


def _no_date() -> Misread:
    return Misread("应为日期，如 2024-03-01 或 2024年3月1日", "a date is wanted, such as 2024-03-01")
