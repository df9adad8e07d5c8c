"""Whether the engine's files are whole: it has no page checksums and opens a truncated file in silence.

After a clean stop every file must have the size it was left with. After an unclean one no data file may
be smaller than it was last seen, and the engine's own check and a scan of every type must agree.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from graph.embedded.folder import DataFolder, read_json, sync_folder, write_json
from graph.embedded.sql import SqlConsole
from graph.store import ReadOnlyReason

_DATA = (".bucket", ".dict", "idx", ".wal")
"""Files that only grow while they exist; the others are rewritten whole."""
_NEVER_REMOVED = (".bucket", ".dict")
_DOCUMENTS = ("schema.json", "configuration.json")
_CHECKED = (
    "warnings",
    "corruptedRecords",
    "corruptedIndexes",
    "undecodableRecords",
    "unreferencedFiles",
    "topMissingReferences",
    "constraintViolatingRecords",
    "unreachableEdgeRecordsFound",
)
_NAMED = 5
"""How many findings a message names; the log has all."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is known of the database's files.

    `clean` says that the engine had stopped in order; `damage` holds what a check found that no later check
    can see again, because the engine has since written its counters anew.
    """

    clean: bool
    sizes: dict[str, int]
    damage: tuple[str, ...] = ()

    @classmethod
    def read(cls, folder: DataFolder) -> Manifest | None:
        """What was last recorded; None where nothing was, or it can't be read."""
        match read_json(folder.manifest):
            case {"clean": bool(clean), "sizes": dict(sizes), "damage": list(damage)}:
                return cls(clean, {str(name): int(size) for name, size in sizes.items()}, tuple(damage))
        return None

    @classmethod
    def known(cls, before: Manifest | None) -> Manifest:
        """What holds of the files from the moment on that an engine opens them."""
        return cls(False, before.sizes, before.damage) if before else cls(False, {})

    def record(self, folder: DataFolder, previous: Manifest | None) -> None:
        """Puts it on disk, after the files whose sizes it claims."""
        known = previous.sizes if previous else {}
        for name, size in self.sizes.items():
            if known.get(name) != size:
                _sync(folder.database / name)
        if self.sizes:
            sync_folder(folder.database)
        write_json(folder.manifest, {"clean": self.clean, "sizes": self.sizes, "damage": list(self.damage)})


def sizes_of(database: Path) -> dict[str, int]:
    """The size in bytes of every file, by its path inside the database."""
    sizes: dict[str, int] = {}
    for path in sorted(database.rglob("*")):
        try:
            if path.is_file() and not path.name.endswith((".lck", ".tmp")):
                sizes[path.relative_to(database).as_posix()] = path.stat().st_size
        except FileNotFoundError:
            continue  # the engine replaced it meanwhile
    return sizes


def judge_files(folder: DataFolder, manifest: Manifest | None) -> tuple[str, ...]:
    """What is wrong with the files of a stopped engine, before it opens and repairs or hides anything."""
    if not folder.database.is_dir():
        return ()
    present = sizes_of(folder.database)
    findings = [*(manifest.damage if manifest else ()), *_broken_documents(folder.database)]
    if manifest is not None and manifest.clean:
        names = sorted({*manifest.sizes, *present})
        findings += [
            _told(name, present.get(name), manifest.sizes.get(name))
            for name in names
            if present.get(name) != manifest.sizes.get(name)
        ]
    elif manifest is not None:
        findings += [
            _told(name, present.get(name), size)
            for name, size in manifest.sizes.items()
            if _has_shrunk(name, present.get(name), size)
        ]
    return tuple(findings)


def _has_shrunk(name: str, now: int | None, before: int) -> bool:
    if now is None:
        return name.endswith(_NEVER_REMOVED)
    return name.endswith(_DATA) and now < before


def _told(name: str, now: int | None, before: int | None) -> str:
    return f"{name}: {'missing' if now is None else now} / {'unknown' if before is None else before} bytes"


def _broken_documents(database: Path) -> list[str]:
    broken = []
    for name in _DOCUMENTS:
        path = database / name
        try:
            if path.exists() and not isinstance(json.loads(path.read_text("utf-8")), dict):
                broken.append(f"{name}: not an object")
        except ValueError:
            broken.append(f"{name}: cut off")
    return broken


async def judge_contents(console: SqlConsole) -> tuple[str, ...]:
    """What the engine's check finds, and every type whose scan and count differ. Raises: SqlFailed."""
    findings: list[str] = []
    for report in await console.run("CHECK DATABASE"):
        for key in _CHECKED:
            entries = report.get(key)
            if isinstance(entries, list) and entries:
                findings.append(f"{key} ({len(entries)}): {entries[0]}")
    for row in await console.run("SELECT name FROM schema:types"):
        counted, scanned = [
            (await console.run(f"SELECT count(*) AS number FROM `{row['name']}`{scan}"))[0]["number"]
            for scan in ("", " WHERE @rid IS NOT NULL")
        ]
        if counted != scanned:
            findings.append(f"{row['name']}: {scanned} / {counted} records")
    return tuple(findings)


def read_only_reason(folder: DataFolder, findings: tuple[str, ...]) -> ReadOnlyReason | None:
    """What to tell people about `findings`; None where there are none."""
    if not findings:
        return None
    named = "; ".join(findings[:_NAMED]) + (" …" if len(findings) > _NAMED else "")
    backup = folder.newest_backup()
    zh, en = advice(backup)
    return ReadOnlyReason(
        f"数据文件有损坏，现为只读：{named}。{zh}",
        f"data files are damaged, the store is read-only: {named}. {en}",
        findings,
        backup,
    )


def advice(backup: Path | None, *, readable: bool = True) -> tuple[str, str]:
    """What to do about a damaged store, in Chinese and English; `readable` says whether it opens at all."""
    if backup is not None:
        return (
            f"最近的备份是 {backup}，可停止服务后用 zaoxue restore 恢复",
            f"The newest backup is {backup}: stop the service and bring it back with zaoxue restore",
        )
    if readable:
        return (
            "没有备份：可用 zaoxue backup 救出尚能读取的内容，再用 zaoxue restore 恢复；或用 zaoxue export 导出",
            "There is no backup: take out what can still be read with zaoxue backup (then restore), or zaoxue export",
        )
    return (
        "没有备份：请保留此目录备查，并用 --data 另选目录重新开始",
        "There is no backup: keep this folder for an expert, and begin in another one with --data",
    )


def _sync(path: Path) -> None:
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
