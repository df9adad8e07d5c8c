"""`zaoxue import` and `zaoxue export`."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

from graph.errors import ZaoxueError
from graph.store import Store
from resolvers.exchange import Brought, check_workbook, export_workbook, import_workbook, is_imported
from resolvers.rules import packaged_rules
from resolvers.workbook.template import write_template
from server.cli.standing import Standing
from server.cli.telling import Step, counted, progress, say
from server.opening import administrator_now, is_absent, open_graph
from server.settings import Settings

_UNSURE = (
    "工作簿可能已写入；同一个文件再导入一次不会重复写入",
    "the workbook may have been written; the same file again is not written twice",
)
_WRITTEN = ("工作簿已整个写入", "the whole workbook was written")
_NOT_WRITTEN = ("工作簿没有写入", "nothing of the workbook was written")


class FileExists(ZaoxueError):
    """The file to write is there already; it is not overwritten unless told so."""

    code = "FILE_EXISTS"


async def bring_in(settings: Settings, path: Path, standing: Standing, *, dry_run: bool) -> int:
    """Import a workbook, whole or not at all; with `dry_run` only look for faults."""
    if dry_run:
        _tell(await _looked_through(settings, path), dry_run=True)
        return 0
    async with open_graph(settings, "zaoxue import") as store:
        with progress("导入 import") as step:
            brought = await _written(store, path, standing, step)
        # Before the engine is stopped: a Ctrl+C from here on leaves no doubt.
        _tell(brought, dry_run=False)
    return 0


async def _looked_through(settings: Settings, path: Path) -> Brought:
    with progress("检查 check") as step:
        if is_absent(settings):
            return await check_workbook(None, path, packaged_rules(), step)
        async with open_graph(settings, "zaoxue import", prepare=False) as store:
            return await check_workbook(store, path, packaged_rules(), step)


async def _written(store: Store, path: Path, standing: Standing, step: Step) -> Brought:
    caller = administrator_now()
    standing.holds(*_UNSURE)
    try:
        brought = await import_workbook(store, caller, path, step)
    except asyncio.CancelledError:
        with contextlib.suppress(ZaoxueError):  # without an engine to ask it stays unsure
            standing.holds(*(_WRITTEN if await is_imported(store, caller) else _NOT_WRITTEN))
        raise
    standing.holds(*_WRITTEN)
    return brought


def _tell(brought: Brought, *, dry_run: bool) -> None:
    for note in brought.notes:
        say(f"「{note.sheet}」{note.column}{note.row}：{note.zh}", f"    {note.en}")
    rows = sum(brought.rows.values())
    told = _by_sheet(brought.rows)
    if dry_run:
        say(f"检查通过，共 {rows} 行：{told}", f"no fault in {counted(rows, 'row')}; nothing was written")
    else:
        say(f"已导入 {rows} 行：{told}", f"imported {counted(rows, 'row')}")


def _by_sheet(rows: Mapping[str, int]) -> str:
    return "，".join(f"{sheet} {count}" for sheet, count in rows.items() if count) or "没有内容"


async def bring_out(settings: Settings, path: Path, *, force: bool) -> int:
    """Export everything into a workbook of the import's form."""
    _refuse_present(path, force)
    async with open_graph(settings, "zaoxue export") as store:
        with progress("导出 export") as step:
            rows = await export_workbook(store, path, step)
    count = sum(rows.values())
    say(f"已导出 {count} 行到 {path}：{_by_sheet(rows)}", f"exported {counted(count, 'row')} to {path}")
    return 0


async def template(path: Path, *, force: bool) -> int:
    """Write the empty form with headers, drop-down lists and one example a sheet."""
    _refuse_present(path, force)
    await asyncio.to_thread(write_template, path)
    say(f"模板已写入 {path}", f"the template is in {path}")
    return 0


def _refuse_present(path: Path, force: bool) -> None:
    # Not path.exists(): that raises where the folder may not be looked into; the writer says so in words. A link
    # that leads nowhere counts as well: somebody made it.
    if os.path.lexists(path) and not force:
        raise FileExists(
            f"文件 {str(path)!r} 已存在；换一个名称，或加 --force 覆盖",
            f"{str(path)!r} exists; choose another name, or --force to overwrite it",
        )
