"""A workbook comes in whole or not at all, in one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from graph.errors import Faults
from graph.model.describe import Identified
from graph.model.nouns import NOUNS
from graph.model.orders import Capability, Session
from graph.model.people import Person
from graph.model.rules import Contribution, Decision, Recommendation
from graph.nodes import load, load_some
from graph.store import Store
from graph.writing import version
from resolvers.exchange import check_workbook, export_workbook, import_workbook
from resolvers.rules import keep_rules
from resolvers.workbook.sheets import SHEETS
from resolvers.workbook.template import write_template
from tests.journeys.filling import Form, fill, filled
from tests.journeys.spring import RULES, Ordered, nouns_of_the_workbook, on
from tests.journeys.standing import unchanged
from tests.resolvers.traces import last_audit

DAY = on(date(2025, 3, 10))


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "template.xlsx"
    write_template(path)
    return path


async def nouns_in(store: Store) -> list[Identified]:
    nouns: list[Identified] = []
    for noun in NOUNS:
        nouns += await load(store.read, noun.cls)
    return nouns


async def test_a_right_workbook_is_checked_without_a_trace(
    store: Store, template: Path, tmp_path: Path
) -> None:
    path = fill(template, tmp_path / "county.xlsx")
    async with unchanged(store):
        found = await check_workbook(store, path, RULES)
    assert await check_workbook(None, path, RULES) == found
    assert sum(found.rows.values()) == 74
    assert [(each.sheet, each.row, each.column, each.en) for each in found.notes[:1]] == [
        ("联盟", 3, "C", "'2022年9月' was read as 2022-09-01")
    ]


async def test_it_is_written_in_one_step_and_again_it_changes_no_noun(
    store: Store, template: Path, tmp_path: Path
) -> None:
    path = fill(template, tmp_path / "county.xlsx")
    await keep_rules(store, DAY, RULES)
    before = await version(store.read)
    brought = await import_workbook(store, DAY, path)
    nouns = await nouns_in(store)
    assert brought.rows["人员"] == 14
    assert await version(store.read) == before + 1
    action, actor, subjects = await last_audit(store)
    assert (action, actor, len(subjects)) == ("importWorkbook", "clerk", len(nouns_of_the_workbook()))

    await import_workbook(store, DAY, path)
    assert await nouns_in(store) == nouns


async def test_one_fault_anywhere_and_nothing_is_written(
    store: Store, template: Path, tmp_path: Path
) -> None:
    form = filled(template)
    form.put("反馈", "b-1", "评分", 6)
    path = form.save(tmp_path / "wrong.xlsx")
    async with unchanged(store):
        with pytest.raises(Faults):
            await import_workbook(store, DAY, path)


async def test_rows_refer_to_what_the_store_holds_and_replace_it(
    county: Store, template: Path, tmp_path: Path
) -> None:
    form = Form(template)
    form.append(
        "人员", [{"编号": "p-12", "姓名": "石丁", "身份": "教师", "学科": "语文", "可培训主题": "t-yd"}]
    )
    before = (await load_some(county.read, Person, ["p-12"]))["p-12"]
    await import_workbook(county, DAY, form.save(tmp_path / "one.xlsx"))
    after = (await load_some(county.read, Person, ["p-12"]))["p-12"]
    # A row is whole: the grade band that it no longer names is taken away.
    assert after == replace(before, trains=("t-yd",), grade_bands=())


async def test_what_a_row_no_longer_names_is_taken_back(
    formed: Store, ordered: Ordered, tmp_path: Path
) -> None:
    await export_workbook(formed, tmp_path / "out.xlsx")
    decisions = [each.id for each in await load(formed.read, Decision)]
    roles = [each.person for each in await load(formed.read, Capability)]
    form = Form(tmp_path / "out.xlsx")
    sheet = next(each for each in SHEETS if each.noun is Recommendation)
    for column in sheet.columns:
        if column.key.startswith("decision."):
            form.put(sheet.name, ordered.recommendation, column.header, None)
    form.put(sheet.name, ordered.recommendation, sheet.column("contributions").header, None)
    for key in ("because_zh", "because_en"):
        form.put(sheet.name, ordered.recommendation, sheet.column(key).header, None)
    form.put(sheet.name, ordered.recommendation, sheet.column("score_millionths").header, 0)
    meetings = next(each for each in SHEETS if each.noun is Session)
    form.put(meetings.name, "o-12-1", meetings.column("assisted").header, None)
    await import_workbook(formed, DAY, form.save(tmp_path / "in.xlsx"))

    assert (len(decisions), sorted(roles)) == (1, ["p-03", "p-11"])
    assert await load(formed.read, Decision) == []
    assert [each.person for each in await load(formed.read, Capability)] == ["p-03"]
    contributions = await load(formed.read, Contribution)
    assert contributions != []
    assert ordered.recommendation not in {each.recommendation for each in contributions}


async def test_an_empty_store_gives_the_empty_form(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    assert await export_workbook(store, path) == 0
    book = openpyxl.load_workbook(path, read_only=True)
    assert {page.title: sum(1 for _ in page.iter_rows(min_row=2)) for page in book}["学校"] == 0
    book.close()
