"""Hours of a session that are out of range: refused, but for what an older version of the store has taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from graph.errors import Faults
from graph.model.orders import Session
from graph.model.terms import SessionKind
from graph.nodes import load_some, save
from graph.store import Store, Transaction
from resolvers.exchange import export_workbook, import_workbook
from resolvers.workbook.known import KnownIds, KnownOrder
from tests.journeys.spring import DAYS, on
from tests.journeys.standing import unchanged
from tests.resolvers.workbook.office import Lines, faults_of, typed

HEADER = ["编号", "订单", "序号", "类型", "实施日期", "学时"]
DAY = date(2024, 3, 1)
KNOWN = KnownIds(
    {"TrainingOrder": {"o-1": ""}, "Session": {"c-1": "", "c-2": "", "c-3": ""}},
    orders={"o-1": KnownOrder("t-1", "p-1")},
    hours={"c-1": 30.0, "c-2": 0.0},
)
"""A store that took 30 hours of c-1 and none of c-2 before they were refused."""


@pytest.mark.parametrize(
    ("session", "hours", "refused"),
    [
        ("c-1", 30, False),
        ("c-1", 4, False),
        ("c-1", 31, True),
        ("c-1", 0, True),
        ("c-2", 0, False),
        ("c-2", 30, True),
        ("c-3", 30, True),
        ("c-9", 30, True),
    ],
)
def test_hours_that_the_store_has_taken_come_in_again_and_no_others(
    tmp_path: Path, session: str, hours: float, refused: bool
) -> None:
    lines: Lines = [HEADER, [session, "o-1", 1, "培训", DAY, hours]]
    path = typed(tmp_path / "场次.xlsx", {"场次": lines})

    assert faults_of(path, KNOWN) == ([("场次", "F2", "OUT_OF_RANGE")] if refused else [])


def test_only_hours_out_of_range_are_known() -> None:
    hours = {"c-1": 30.0, "c-2": 0.0, "c-3": 24.0, "c-4": None}
    sessions = [
        Session(id=code, order="o-1", number=1, kind=SessionKind.MAIN, delivered_on=DAY, hours=each)
        for code, each in hours.items()
    ]

    assert KnownIds.of(sessions).hours == {"c-1": 30.0, "c-2": 0.0}


async def test_an_older_stores_export_comes_in_again(formed: Store, tmp_path: Path) -> None:
    path = tmp_path / "older.xlsx"

    async def work(transaction: Transaction) -> None:
        session = (await load_some(transaction.run, Session, ["o-12-1"]))["o-12-1"]
        await save(transaction.run, [replace(session, hours=30.0)])

    await formed.write(work)
    await export_workbook(formed, path)
    await import_workbook(formed, on(DAYS[0]), path)
    assert (await load_some(formed.read, Session, ["o-12-1"]))["o-12-1"].hours == 30.0

    book = openpyxl.load_workbook(path)
    for row in book["场次"].iter_rows(min_row=2):
        for cell in row:
            if cell.value == 30:
                cell.value = 31
    book.save(path)
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await import_workbook(formed, on(DAYS[0]), path)
    assert [fault.code for fault in refused.value.faults] == ["OUT_OF_RANGE"]
