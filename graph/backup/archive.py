"""Reading the file of a backup: a zip that holds a manifest, the nodes and the relationships, a JSON value a line."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.backup.manifest import FORMAT, MANIFEST, NODES, RELATIONSHIPS, Manifest, NotAManifest
from graph.backup.records import Node, Relationship, is_plain_name
from graph.causes import cause_of
from graph.errors import ZaoxueError
from graph.migrations.run import LAYOUT

_CHUNK_BYTES = 1 << 20
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    RecursionError,
    NotImplementedError,
    OSError,
)


class BackupDamaged(ZaoxueError):
    """The file is no backup, or a part of it is missing or changed; nothing was restored from it."""

    code = "BACKUP_DAMAGED"


class BackupTooNew(ZaoxueError):
    """The backup was written by a newer version of the service; nothing was restored from it."""

    code = "NEWER_BACKUP"


def read_manifest(path: Path) -> Manifest:
    """What the backup at `path` says of itself; its contents are not looked at.

    Raises: BackupDamaged, BackupTooNew.
    """
    with _opened(path) as archive:
        manifest = Manifest.from_bytes(archive.read(MANIFEST))
    if manifest.format > FORMAT or manifest.layout > LAYOUT:
        raise BackupTooNew(
            f"备份 {str(path)!r} 由较新的版本写成（格式 {manifest.format}，布局 {manifest.layout}；本程序支持到"
            f" {FORMAT} 和 {LAYOUT}）；请升级程序，未作任何改动",
            f"{str(path)!r} was written by a newer version (format {manifest.format}, layout {manifest.layout};"
            f" this one knows {FORMAT} and {LAYOUT}); upgrade the program (nothing was changed)",
            path=str(path),
            format=manifest.format,
            layout=manifest.layout,
        )
    return manifest


def check_archive(path: Path) -> Manifest:
    """The manifest of a backup every byte of which is as it was written.

    Raises: BackupDamaged, BackupTooNew.
    """
    manifest = read_manifest(path)
    with _opened(path) as archive:
        for name in (NODES, RELATIONSHIPS):
            digest = hashlib.sha256()
            with archive.open(name) as stream:
                while chunk := stream.read(_CHUNK_BYTES):
                    digest.update(chunk)
            if digest.hexdigest() != manifest.members.get(name):
                raise _damaged(path, f"{name} 与写入时不同", f"{name} is not what was written")
    return manifest


def read_nodes(path: Path) -> Iterator[Node]:
    """The nodes of a backup, those of one label together. Raises: BackupDamaged."""
    for value in _lines(path, NODES):
        match value:
            case {"label": str(label), "properties": dict(properties)} if is_plain_name(label):
                yield Node(label, properties)
            case _:
                raise _damaged(path, f"不是节点：{value!r:.100}", f"no node: {value!r:.100}")


def read_relationships(path: Path) -> Iterator[Relationship]:
    """The relationships of a backup. Raises: BackupDamaged."""
    for value in _lines(path, RELATIONSHIPS):
        match value:
            case {
                "kind": str(kind),
                "from": [str(start), str(start_id)],
                "to": [str(end), str(end_id)],
                **more,
            } if all(map(is_plain_name, (kind, start, end))):
                properties = more.get("properties", {})
                assert isinstance(properties, dict)
                yield Relationship(kind, start, start_id, end, end_id, properties)
            case _:
                raise _damaged(path, f"不是关系：{value!r:.100}", f"no relationship: {value!r:.100}")


def _lines(path: Path, name: str) -> Iterator[dict[str, object]]:
    with _opened(path) as archive, archive.open(name) as stream:
        for line in stream:
            yield json.loads(line.decode("utf-8", "surrogatepass"))


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The open file; whatever breaks inside the block is told as BackupDamaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except NotAManifest as error:
        raise _damaged(path, *error.cause) from error
    except KeyError as error:
        raise _damaged(path, *_missing(error)) from error
    except _UNREADABLE as error:
        raise _damaged(path, *cause_of(error)) from error


def _missing(error: KeyError) -> tuple[str, str]:
    """What zipfile says of a file that the archive does not hold: it names the file in its sentence alone."""
    en = str(error.args[0])
    named = re.search("'.+'", en)
    return f"缺少其中的文件 {named[0]}" if named else f"英文原文：{en}", en


def _damaged(path: Path, what_zh: str, what: str) -> BackupDamaged:
    return BackupDamaged(
        f"{str(path)!r} 不是完整的备份（{what_zh}）；未作任何改动，请换另一份备份",
        f"{str(path)!r} is no whole backup ({what}); nothing was changed: take another one",
        path=str(path),
        what=what,
    )
