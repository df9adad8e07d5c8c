"""`zaoxue backup` and `zaoxue restore`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from graph.backup.folder import backup_path, restore_folder
from graph.backup.manifest import Manifest
from graph.backup.restore import restore_backup
from graph.backup.take import take_backup
from server.cli.telling import counted, progress, say
from server.opening import open_graph
from server.settings import Settings


async def back_up(settings: Settings, path: Path | None) -> int:
    """Everything in one file; from a damaged store, what can be read."""
    async with open_graph(settings, "zaoxue backup") as store:
        read_only = store.read_only is not None
        path = path or backup_path(settings.data, datetime.now(UTC), read_only=read_only)
        with progress("备份 backup") as step:
            manifest = await take_backup(store, path, step)
    say(
        f"已备份 {manifest.node_count} 个节点、{manifest.relationship_count} 条关系到 {path}",
        f"backed up {_counted(manifest)} to {path}",
    )
    if manifest.unread:
        say(f"有 {manifest.unread} 条记录无法读出", f"{counted(manifest.unread, 'record')} could not be read")
    return 0


async def restore(settings: Settings, path: Path) -> int:
    """A backup into an empty store; a damaged embedded store is set aside first and kept."""
    if settings.neo4j is not None:
        async with open_graph(settings, "zaoxue restore", prepare=False) as store:
            with progress("恢复 restore") as step:
                manifest = await restore_backup(store, path, step)
    else:
        with progress("恢复 restore") as step:
            restored = await restore_folder(settings.data, path, step)
        manifest = restored.manifest
        if restored.set_aside is not None:
            say(f"损坏的文件已移到 {restored.set_aside}", f"the damaged files are in {restored.set_aside}")
    say(
        f"已恢复 {manifest.node_count} 个节点、{manifest.relationship_count} 条关系（备份时间 {manifest.made_at}）",
        f"restored {_counted(manifest)} of {manifest.made_at}",
    )
    return 0


def _counted(manifest: Manifest) -> str:
    nodes, relationships = manifest.node_count, manifest.relationship_count
    return f"{counted(nodes, 'node')} and {counted(relationships, 'relationship')}"
