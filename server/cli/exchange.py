"""`zaoxue import` and `zaoxue export`."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from graph.errors import ZaoxueError
from resolvers.exchange import check_workbook, export_workbook, import_workbook
from resolvers.rules import packaged_rules
from resolvers.workbook.template import write_template
from server.cli.telling import progress, say
from server.opening import administrator_now, is_absent, open_graph
from server.settings import Settings


class FileExists(ZaoxueError):
    """The file to write is there already; it is not overwritten unless told so."""

    code = "FILE_EXISTS"


async def bring_in(settings: Settings, path: Path, *, dry_run: bool) -> int:
    """Import a workbook, whole or not at all; with `dry_run` only look for faults."""
    with progress("导入 import") as step:
        if dry_run and is_absent(settings):
            brought = await check_workbook(None, path, packaged_rules(), step)
        else:
            async with open_graph(settings, "zaoxue import", prepare=not dry_run) as store:
                if dry_run:
                    brought = await check_workbook(store, path, packaged_rules(), step)
                else:
                    brought = await import_workbook(store, administrator_now(), path, step)
    for note in brought.notes:
        say(f"「{note.sheet}」{note.column}{note.row}：{note.zh}", f"    {note.en}")
    rows = sum(brought.rows.values())
    told = "，".join(f"{sheet} {count}" for sheet, count in brought.rows.items() if count)
    if dry_run:
        say(f"检查通过，共 {rows} 行：{told}", f"no fault in {rows} rows; nothing was written")
    else:
        say(f"已导入 {rows} 行：{told}", f"imported {rows} rows")
    return 0


async def bring_out(settings: Settings, path: Path, *, force: bool) -> int:
    """Export everything into a workbook of the import's form."""
    _refuse_present(path, force)
    async with open_graph(settings, "zaoxue export") as store:
        with progress("导出 export") as step:
            count = await export_workbook(store, path, step)
    say(f"已导出 {count} 条记录到 {path}", f"exported {count} records to {path}")
    return 0


async def template(path: Path, *, force: bool) -> int:
    """Write the empty form with headers, drop-down lists and one example a sheet."""
    _refuse_present(path, force)
    await asyncio.to_thread(write_template, path)
    say(f"模板已写入 {path}", f"the template is in {path}")
    return 0


def _refuse_present(path: Path, force: bool) -> None:
    # Not path.exists(): that raises where the folder may not be looked into; the writer says so in words.
    if os.path.exists(path) and not force:
        raise FileExists(
            f"文件 {str(path)!r} 已存在；换一个名称，或加 --force 覆盖",
            f"{str(path)!r} exists; choose another name, or --force to overwrite it",
        )
