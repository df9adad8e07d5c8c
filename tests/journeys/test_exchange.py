"""Out into a workbook, into an empty store, and out again: the same in every cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from graph.embedded.supervisor import EmbeddedEngine
from graph.migrations.run import migrate
from graph.model.needs import Diagnosis, Evidence, Need
from graph.nodes import load, save
from graph.store import Store, Transaction
from graph.writing import Outcome, commit
from resolvers.exchange import export_workbook, import_workbook
from resolvers.rules import keep_rules
from seeds.loader import load_sample
from tests.journeys.spring import RULES, on, whole_spring
from tests.journeys.standing import everything

TODAY = on(date(2025, 5, 1))
TRACES = frozenset({"AuditEntry", "OutboxEvent", "Receipt", "Version"})
"""What writing leaves beside the nouns: the workbook tells of none of it."""


async def test_the_small_county_after_its_spring_comes_back_the_same(store: Store, tmp_path: Path) -> None:
    await whole_spring(store)
    first, second, third = (tmp_path / f"{number}.xlsx" for number in (1, 2, 3))
    count = await export_workbook(store, first)
    told = await nouns_in(store)
    rows = rows_by_sheet(first)
    assert (rows["订单"], rows["场次"], rows["签到"], rows["反馈"]) == (2, 4, 16, 4)

    await empty(store)
    await keep_rules(store, TODAY, RULES)
    brought = await import_workbook(store, TODAY, first)
    assert dict(brought.rows) == rows == dict(count)
    assert await nouns_in(store) == told
    assert await export_workbook(store, second) == count
    assert differing_cells(first, second) == []

    await import_workbook(store, TODAY, first)
    assert await nouns_in(store) == told
    await export_workbook(store, third)
    assert differing_cells(first, third) == []


async def test_a_need_with_more_evidence_than_a_cell_holds_comes_back_the_same(
    store: Store, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    await whole_spring(store)
    ids = await _add_evidence(store, 1_600)
    count = await export_workbook(store, first)
    told = await nouns_in(store)
    page = openpyxl.load_workbook(first, read_only=True)["需求"]
    assert [cell.value for cell in next(page.rows) if "证据" in str(cell.value)] == ["证据", "证据（续2）"]

    await empty(store)
    await keep_rules(store, TODAY, RULES)
    await import_workbook(store, TODAY, first)
    assert await nouns_in(store) == told
    assert set(ids) <= {id for need in await load(store.read, Need) for id in need.evidence}
    assert await export_workbook(store, second) == count
    assert differing_cells(first, second) == []


async def _add_evidence(store: Store, number: int) -> list[str]:
    """The ids of so many more remarks, all of the first need."""

    async def work(transaction: Transaction) -> Outcome:
        need, *_ = await load(transaction.run, Need)
        sounding, *_ = await load(transaction.run, Diagnosis)
        new = [
            Evidence(id=f"evidence-of-one-{each:05}", diagnosis=sounding.id, topic=need.topic, severity=2)
            for each in range(number)
        ]
        await save(transaction.run, [*new, replace(need, evidence=(*need.evidence, *(e.id for e in new)))])
        return Outcome({"ids": [each.id for each in new]})

    answer = await commit(store, TODAY.command("other", number), work)
    return list(answer["ids"])  # type: ignore[call-overload, no-any-return]  # made above


async def test_the_sample_comes_back_the_same(tmp_path: Path) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    async with await EmbeddedEngine.start(tmp_path / "one") as engine:
        store = await Store.open(engine.address)
        await migrate(store)
        await load_sample(store)
        count = await export_workbook(store, first)
        told = Counter(label for label, _, _ in await nouns_in(store))
        await store.close()
    async with await EmbeddedEngine.start(tmp_path / "other") as engine:
        store = await Store.open(engine.address)
        await migrate(store)
        await keep_rules(store, on(date(2022, 9, 1)), RULES)
        brought = await import_workbook(store, TODAY, first)
        assert await export_workbook(store, second) == count
        assert Counter(label for label, _, _ in await nouns_in(store)) == told
        await store.close()
    assert sum(brought.rows.values()) > 10_000
    assert differing_cells(first, second) == []


@pytest.mark.parametrize("change", ["value", "row"])
def test_a_difference_would_be_seen(tmp_path: Path, change: str) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["编号", "评分"])
    page.append(["f-1", 4])
    book.save(first)
    if change == "row":
        page.append(["f-2", 5])
    else:
        page["B2"] = 4.5
    book.save(second)
    found = {
        "value": [("Sheet", "B2", 4, 4.5)],
        "row": [("Sheet", "A3", None, "f-2"), ("Sheet", "B3", None, 5)],
    }
    assert differing_cells(first, second) == found[change]


def differing_cells(first: Path, second: Path) -> list[tuple[str, str, object, object]]:
    """Sheet, cell and both values of every cell that two workbooks do not share; 4 and 4.0 differ."""
    one, other = dict(cells(first)), dict(cells(second))
    return [
        (*place, one.get(place), other.get(place))
        for place in dict.fromkeys([*one, *other])
        if repr(one.get(place)) != repr(other.get(place))
    ]


def cells(path: Path) -> Iterator[tuple[tuple[str, str], object]]:
    """Every filled cell of a workbook, by sheet and coordinate."""
    book = openpyxl.load_workbook(path, read_only=True)
    for page in book:
        for row in page.iter_rows():
            for cell in row:
                if cell.value is not None:
                    yield (page.title, cell.coordinate), cell.value
    book.close()


def rows_by_sheet(path: Path) -> dict[str, int]:
    """How many rows each sheet holds below its header; a workbook that was exported has nothing else."""
    book = openpyxl.load_workbook(path, read_only=True)
    rows = {page.title: sum(1 for _ in page.iter_rows(min_row=2)) for page in book}
    book.close()
    return {title: count for title, count in rows.items() if title != "说明"}


async def nouns_in(store: Store) -> list[tuple[str, str, str]]:
    """Label and content of every node that is a noun, its relationships told with it."""
    nodes, relationships = await everything(store)
    told = [(str(node["label"]), "", str(sorted(_content(node)))) for node in nodes]
    told += [(str(each["label"]), str(each["id"]), f"{each['type']} {each['to']}") for each in relationships]
    return sorted(each for each in told if each[0] not in TRACES)


def _content(node: dict[str, object]) -> list[tuple[str, str]]:
    properties = node["properties"]
    assert isinstance(properties, dict)
    # The day on which a store took its rules in is the store's own, and so are its pseudonyms.
    own = ("adopted_on", "pseudonym")
    return [(name, str(value)) for name, value in properties.items() if name not in own]


async def empty(store: Store) -> None:
    """Takes out everything but what the migrations had left."""

    async def work(transaction: Transaction) -> None:
        await transaction.run("MATCH (n) WHERE NOT n:Version DETACH DELETE n")

    await store.write(work)
