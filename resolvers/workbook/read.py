"""From a workbook's file to nouns, or to every fault that it has."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import Faults
from graph.model.nouns import NOUNS
from resolvers.workbook.faults import CellFault, HiddenSheet, Note, Place, Progress, UnknownSheet, silent
from resolvers.workbook.incoming.drafts import Draft, drafts_of
from resolvers.workbook.incoming.grid import Grid, read_grids
from resolvers.workbook.incoming.links import faults_between, settle_topics
from resolvers.workbook.incoming.namesakes import namesakes
from resolvers.workbook.incoming.rows import Findings, holds_rows, parse_rows
from resolvers.workbook.known import KnownIds
from resolvers.workbook.sheets import SHEETS, Sheet, sheet_of

UNREAD_SHEETS = ("说明", "_", "readme", "instructions")
"""How the title of a sheet begins that is for people and holds no rows."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook without a fault.

    `nouns` stand in store order (what is referred to first), those of one kind in the file's order;
    `rows` counts the rows of each sheet by its Chinese name; `notes` say what was read by an assumption.
    """

    nouns: tuple[object, ...]
    rows: Mapping[str, int]
    notes: tuple[Note, ...]


def read_workbook(path: Path, known: KnownIds | None = None, progress: Progress = silent) -> Workbook:
    """The nouns of a workbook whose rows refer to each other and to what is `known` (None: nothing).

    Raises Faults with each fault of the file, in the order of sheets, rows and columns, and
    WorkbookUnreadable where the file is no workbook or too large.
    """
    known = known or KnownIds()
    findings = Findings()
    drafts: list[Draft] = []
    rows: dict[str, int] = {}
    order: dict[str, int] = {}
    for grid, count in read_grids(path):
        order[grid.title] = len(order)
        progress(len(order), count + 1, f"读取「{grid.title}」", f"reading {grid.title!r}")
        sheet = _sheet_for(grid, rows, findings)
        if sheet is not None:
            read = parse_rows(grid, sheet, findings)
            rows[sheet.name] = len(read)
            for row in read:
                drafts.extend(drafts_of(row, findings))
    progress(len(order) + 1, len(order) + 1, "核对各表之间的关系", "checking the sheets against each other")
    settle_topics(drafts, known)
    findings.faults.extend(faults_between(drafts, known))
    findings.faults.extend(namesakes(drafts, known))
    if findings.faults:
        raise Faults([*sorted(findings.faults, key=lambda fault: _where(fault, order))])
    counted = {sheet.name: rows[sheet.name] for sheet in SHEETS if sheet.name in rows}
    return Workbook(_nouns(drafts), counted, tuple(findings.notes))


def _where(fault: CellFault, order: Mapping[str, int]) -> tuple[int, int, int, str]:
    return order.get(fault.sheet, len(order)), fault.row, len(fault.column), fault.column


def _sheet_for(grid: Grid, rows: Mapping[str, int], findings: Findings) -> Sheet | None:
    """The sheet that a grid fills, or None where it is not read (with a fault, if it ought to be)."""
    if not grid.rows or grid.title.strip().casefold().startswith(UNREAD_SHEETS):
        return None
    sheet, place = sheet_of(grid.title), Place(grid.title)
    if sheet is None:
        if not grid.hidden:
            findings.faults.append(_unknown_sheet(grid.title))
        return None
    if sheet.name in rows:
        zh, en = (
            f"“{sheet.name}”出现了两次，请合并成一张表",
            f"{sheet.name!r} is there twice: make it one sheet",
        )
        findings.faults.append(UnknownSheet(place, zh, en))
        return None
    if grid.hidden and holds_rows(grid, sheet):
        zh, en = "这张表是隐藏的，请取消隐藏或删除它", "the sheet is hidden: unhide it or delete it"
        findings.faults.append(HiddenSheet(place, zh, en))
        return None
    return sheet


def _unknown_sheet(title: str) -> CellFault:
    names = [sheet.name for sheet in SHEETS]
    near = difflib.get_close_matches(title, names, n=1, cutoff=0.3)
    zh, en = (
        f"没有这种表，可用的表：{'、'.join(names)}",
        f"there is no such sheet; the sheets are: {', '.join(names)}",
    )
    if near:
        zh, en = f"没有这种表，是不是“{near[0]}”？", f"there is no such sheet; did you mean {near[0]!r}?"
    hint_zh, hint_en = (
        "不导入的表请以“说明”或“_”开头",
        'begin the title of a sheet of your own with "说明" or "_"',
    )
    return UnknownSheet(Place(title), f"{zh}（{hint_zh}）", f"{en} ({hint_en})")


def _distinct(drafts: list[Draft]) -> list[Draft]:
    """Each noun once: the rows of one diagnosis each draft it."""
    found: dict[tuple[type, object], Draft] = {}
    for draft in drafts:
        found.setdefault((draft.cls, draft.values["id"]), draft)
    return list(found.values())


def _nouns(drafts: list[Draft]) -> tuple[object, ...]:
    place = {noun.cls: number for number, noun in enumerate(NOUNS)}
    ordered = sorted(_distinct(drafts), key=lambda draft: place[draft.cls])
    return tuple(draft.noun() for draft in ordered)
