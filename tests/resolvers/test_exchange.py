"""A workbook comes in whole or not at all, in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from graph.access.viewer import Viewer
from graph.errors import Faults, Forbidden
from graph.model.describe import Identified
from graph.model.needs import Topic
from graph.model.nouns import NOUNS
from graph.model.orders import Capability, Feedback, Session, TrainingOrder
from graph.model.people import Person
from graph.model.roles import RoleAssignment
from graph.model.rules import Contribution, Decision, Recommendation
from graph.model.terms import RoleKind, Subject
from graph.nodes import load, load_some, save
from graph.store import Store, Transaction
from graph.writing import Outcome, commit, version
from resolvers.exchange import check_workbook, export_workbook, import_workbook, is_imported
from resolvers.roles import Granting, grant_role, revoke_role
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


async def test_a_circle_of_adaptations_does_not_come_in_by_two_files(
    county: Store, template: Path, tmp_path: Path
) -> None:
    def adapted(code: str, origin: str) -> Path:
        form = Form(template)
        row = {"编号": code, "名称": code, "资源库": "软件资源云", "可用开始": "2024/9/1", "改编自": origin}
        form.append("资源", [row])
        return form.save(tmp_path / f"{code}.xlsx")

    await import_workbook(county, DAY, adapted("z-1", "z-2"))
    async with unchanged(county):
        with pytest.raises(Faults) as refused:
            await import_workbook(county, DAY, adapted("z-2", "z-1"))
    assert [fault.code for fault in refused.value.faults] == ["DISAGREEMENT"]


async def test_feedback_by_whom_the_store_has_as_absent_is_refused(
    formed: Store, trained: Ordered, template: Path, tmp_path: Path
) -> None:
    form = Form(template)
    row = {"场次": trained.sessions[0], "人员": "p-10", "评分": 4, "日期": "2025/3/31"}
    form.append("反馈", [row])
    path = form.save(tmp_path / "feedback.xlsx")
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await import_workbook(formed, DAY, path)
    assert [fault.code for fault in refused.value.faults] == ["DISAGREEMENT"]


class Meanwhile:
    """A progress callback that lets others write in the midst of each reading, and counts the readings."""

    def __init__(self, *writes: Callable[[int], Awaitable[object]]) -> None:
        self.readings = 0
        self._writes = writes
        self._loop = asyncio.get_running_loop()

    def __call__(self, step: int, total: int, zh: str, en: str) -> None:
        if step == 1:
            self.readings += 1
            for write in self._writes:
                asyncio.run_coroutine_threadsafe(
                    asyncio.wait_for(write(self.readings), 20), self._loop
                ).result()


async def test_an_older_file_gives_no_revoked_role_back(store: Store, template: Path, tmp_path: Path) -> None:
    await import_workbook(store, DAY, fill(template, tmp_path / "county.xlsx"))
    officer = Granting("li.si", RoleKind.RESEARCH_OFFICER, DAY.today - timedelta(days=9), county="样例县")
    kept = await grant_role(store, DAY, officer)
    older = tmp_path / "older.xlsx"
    await export_workbook(store, older)
    await revoke_role(store, DAY, kept, None)
    async with unchanged(store):
        with pytest.raises(Faults) as refused:
            await import_workbook(store, DAY, older)
        with pytest.raises(Faults):
            await check_workbook(store, older, RULES)
    assert [each.code for each in refused.value.faults] == ["DISAGREEMENT"]
    newer = tmp_path / "newer.xlsx"
    await export_workbook(store, newer)
    assert (await import_workbook(store, DAY, newer)).rows["角色"] == 1


async def test_a_file_makes_nobody_absent_whose_feedback_the_store_has(
    formed: Store, trained: Ordered, template: Path, tmp_path: Path
) -> None:
    heard, absent = Form(template), Form(template)
    who = {"场次": trained.sessions[0], "人员": "p-05"}
    heard.append("反馈", [{"编号": "f-9", **who, "评分": 4, "日期": "2025/3/31"}])
    await import_workbook(formed, DAY, heard.save(tmp_path / "feedback.xlsx"))
    absent.append("签到", [{**who, "实到": "否"}])
    path = absent.save(tmp_path / "absent.xlsx")
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await import_workbook(formed, DAY, path)
    assert [fault.code for fault in refused.value.faults] == ["DISAGREEMENT"]
    assert "(f-9 of the store)" in refused.value.faults[0].message("en")


async def test_a_trainers_feedback_on_his_own_training_is_refused(
    formed: Store, trained: Ordered, template: Path, tmp_path: Path
) -> None:
    (order,) = (await load_some(formed.read, TrainingOrder, [trained.order])).values()
    assert order.assistant is not None
    form = Form(template)
    leaders = (order.trainer, order.assistant)
    form.append(
        "反馈",
        [{"场次": trained.sessions[0], "人员": each, "评分": 5, "日期": "2025/3/31"} for each in leaders],
    )
    path = form.save(tmp_path / "feedback.xlsx")
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await import_workbook(formed, DAY, path)
        with pytest.raises(Faults):
            await check_workbook(formed, path, RULES)
    assert [fault.data["value"] for fault in refused.value.faults] == list(leaders)
    assert "不能评价自己的培训" in refused.value.faults[0].message("zh")


async def test_such_feedback_that_the_store_has_comes_in_again_but_not_with_another_rating(
    formed: Store, trained: Ordered, tmp_path: Path
) -> None:
    (order,) = (await load_some(formed.read, TrainingOrder, [trained.order])).values()
    own = Feedback(id="f-9", session=trained.sessions[0], person=order.trainer, rating=4, on=DAY.today)

    async def take(transaction: Transaction) -> Outcome:
        await save(transaction.run, [own])
        return Outcome({})

    await commit(formed, DAY.command("other", 0), take)
    await export_workbook(formed, tmp_path / "out.xlsx")
    before = await nouns_in(formed)
    await import_workbook(formed, DAY, tmp_path / "out.xlsx")
    assert own in before
    assert await nouns_in(formed) == before

    form = Form(tmp_path / "out.xlsx")
    form.put("反馈", "f-9", "评分", 5)
    path = form.save(tmp_path / "better.xlsx")
    async with unchanged(formed):
        with pytest.raises(Faults) as refused:
            await import_workbook(formed, DAY, path)
    assert [fault.code for fault in refused.value.faults] == ["DISAGREEMENT"]


async def test_only_an_administrator_imports(store: Store, template: Path, tmp_path: Path) -> None:
    path = fill(template, tmp_path / "county.xlsx")
    for role in (None, *(each for each in RoleKind if each is not RoleKind.ADMINISTRATOR)):
        held = () if role is None else (RoleAssignment(id="k", holder="me", role=role, start=DAY.today),)
        async with unchanged(store):
            with pytest.raises(Forbidden) as refused:
                await import_workbook(store, replace(DAY, viewer=Viewer("me", held)), path)
        assert refused.value.data == {"verb": "importWorkbook", "roles": ["ADMINISTRATOR"]}


async def test_others_write_while_a_file_is_read_and_it_is_read_once(
    county: Store, template: Path, tmp_path: Path
) -> None:
    path = fill(template, tmp_path / "county.xlsx")
    before = await version(county.read)

    async def other(reading: int) -> None:
        await commit(county, DAY.command("other", reading), _nothing)

    meanwhile = Meanwhile(other)
    await import_workbook(county, DAY, path, meanwhile)
    assert meanwhile.readings == 1
    assert await version(county.read) == before + 2


@pytest.mark.parametrize(("moves", "readings"), [(1, 2), (2, 3), (3, 4)])
async def test_a_file_is_read_again_where_what_it_refers_to_has_moved(
    county: Store, template: Path, tmp_path: Path, moves: int, readings: int
) -> None:
    form = Form(template)
    form.append(
        "人员", [{"编号": "p-12", "姓名": "石丁", "身份": "教师", "学科": "语文", "可培训主题": "t-yd"}]
    )
    path = form.save(tmp_path / "one.xlsx")

    async def topic(reading: int) -> None:
        async def work(transaction: Transaction) -> Outcome:
            await save(transaction.run, [Topic(id=f"new-{reading}", name="新主题", subject=Subject.CHINESE)])
            return Outcome({})

        if reading <= moves:
            await commit(county, DAY.command("other", reading), work)

    meanwhile = Meanwhile(topic)
    await import_workbook(county, DAY, path, meanwhile)
    assert meanwhile.readings == readings
    assert (await load_some(county.read, Person, ["p-12"]))["p-12"].trains == ("t-yd",)


async def test_what_a_file_refers_to_and_others_remove_meanwhile_is_a_fault(
    county: Store, template: Path, tmp_path: Path
) -> None:
    form = Form(template)
    form.append(
        "人员", [{"编号": "p-new", "姓名": "新老师", "身份": "教师", "学科": "语文", "可培训主题": "t-lone"}]
    )
    path = form.save(tmp_path / "one.xlsx")

    async def there(transaction: Transaction) -> Outcome:
        await save(transaction.run, [Topic(id="t-lone", name="新主题", subject=Subject.CHINESE)])
        return Outcome({})

    async def gone(transaction: Transaction) -> Outcome:
        await transaction.run("MATCH (t:Topic {id: 't-lone'}) DETACH DELETE t")
        return Outcome({})

    async def remove(reading: int) -> None:
        if reading == 1:
            await commit(county, DAY.command("other", reading), gone)

    await commit(county, DAY.command("other", 0), there)
    with pytest.raises(Faults) as refused:
        await import_workbook(county, DAY, path, Meanwhile(remove))
    assert [fault.code for fault in refused.value.faults] == ["UNKNOWN_REFERENCE"]
    assert await load_some(county.read, Person, ["p-new"]) == {}


async def test_whether_an_import_was_written_can_be_asked(
    county: Store, template: Path, tmp_path: Path
) -> None:
    caller = replace(DAY, at=DAY.at + timedelta(seconds=7))
    assert not await is_imported(county, caller)
    await import_workbook(county, caller, fill(template, tmp_path / "county.xlsx"))
    assert await is_imported(county, caller)
    assert not await is_imported(county, replace(caller, actor="somebody else"))


async def _nothing(_: Transaction) -> Outcome:
    return Outcome({})


async def test_an_empty_store_gives_the_empty_form(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    assert set((await export_workbook(store, path)).values()) == {0}
    book = openpyxl.load_workbook(path, read_only=True)
    assert {page.title: sum(1 for _ in page.iter_rows(min_row=2)) for page in book}["学校"] == 0
    book.close()
