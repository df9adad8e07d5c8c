"""Days that can't be: what is told as done can't lie ahead, and nothing lies before what it follows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from graph.errors import InvalidInput
from graph.model.check import FIRST_YEAR, LAST_YEAR


def wrong_days(field: str, day: date, *, today: date, since: date | None = None) -> Iterator[InvalidInput]:
    """A fault of `field` where the day lies after `today` or before `since`."""
    if day > today:
        yield InvalidInput(
            field,
            f"日期 {day} 在今天（{today}）之后；已发生的事才能登记",
            f"{day} lies ahead of today ({today}); only what has happened is recorded",
            value=day.isoformat(),
        )
    elif since is not None and day < since:
        yield InvalidInput(
            field,
            f"日期 {day} 不得早于 {since}",
            f"{day} must not be before {since}",
            value=day.isoformat(),
        )


def planned_too_early(field: str, day: date, *, since: date, zh: str, en: str) -> Iterator[InvalidInput]:
    """A fault of `field` where an order's day lies before `since`; `zh` and `en` tell what was on that day."""
    if day < since:
        yield InvalidInput(
            field,
            f"日期 {day} 早于{zh}（{since}）；过去的订单请用工作簿导入",
            f"{day} is before {since}, {en}; bring orders of the past by importing a workbook",
            value=day.isoformat(),
        )


def beyond_the_calendar(field: str, day: date) -> Iterator[InvalidInput]:
    """A fault of `field` where the day lies in a year in which no date of an alliance can lie."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        yield InvalidInput(
            field,
            f"日期 {day} 的年份应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间",
            f"the year of {day} should be {FIRST_YEAR} to {LAST_YEAR}",
            value=day.isoformat(),
        )
