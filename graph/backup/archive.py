"""The file of a backup: a zip that holds a manifest, the nodes and the relationships, one JSON value a line."""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from graph.backup.manifest import FORMAT, Manifest
from graph.errors import ZaoxueError
from graph.migrations.run import LAYOUT

NODES, RELATIONSHIPS = "nodes.jsonl", "relationships.jsonl"
_MANIFEST = "manifest.json"
_CHUNK_BYTES = 1 << 20
_NAME = re.compile(r"[^\W\d]\w*")


class BackupDamaged(ZaoxueError):
    """The file is no backup, or a part of it is missing or changed; nothing was restored from it."""

    code = "BACKUP_DAMAGED"


class BackupTooNew(ZaoxueError):
    """The backup was written by a newer version of the service; nothing was restored from it."""

    code = "NEWER_BACKUP"


@dataclass(frozen=True, slots=True)
class Node:
    """One node as the archive keeps it; its properties hold its id."""

    label: str
    properties: dict[str, object]

    @property
    def id(self) -> str:
        """Its own id."""
        return str(self.properties["id"])


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship as the archive keeps it; its ends are named by label and id."""

    kind: str
    from_label: str
    from_id: str
    to_label: str
    to_id: str
    properties: dict[str, object]


class ArchiveWriter:
    """An archive in the making: nodes first, then relationships, then `finish`; counts what it is given."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._zip = archive
        self._hashes: dict[str, str] = {}
        self.nodes: Counter[str] = Counter()
        self.relationships: Counter[str] = Counter()

    @contextmanager
    def member(self, name: str) -> Iterator[Member]:
        """One file of the archive, written line by line inside the block."""
        with self._zip.open(name, "w", force_zip64=True) as stream:
            member = Member(self, stream)
            yield member
        self._hashes[name] = member.digest.hexdigest()

    def finish(self, versions: Mapping[str, int], *, made_at: str, unread: int) -> Manifest:
        """Adds the manifest, as the last; `versions` are the numbers of the Version nodes."""
        manifest = Manifest(
            layout=versions.get("layout", 0),
            version=versions.get("graph", 0),
            made_at=made_at,
            nodes=dict(self.nodes),
            relationships=dict(self.relationships),
            members=self._hashes,
            unread=unread,
        )
        self._zip.writestr(_MANIFEST, manifest.written())
        return manifest


class Member:
    """One file of an archive in the making."""

    def __init__(self, archive: ArchiveWriter, stream: IO[bytes]) -> None:
        self._archive, self._stream = archive, stream
        self.digest = hashlib.sha256()

    def add_nodes(self, nodes: Iterable[Node]) -> None:
        """Appends nodes. Raises TypeError for a value that JSON has no word for."""
        values: list[dict[str, object]] = []
        for node in nodes:
            self._archive.nodes[node.label] += 1
            values.append({"label": node.label, "properties": node.properties})
        self._append(values)

    def add_relationships(self, relationships: Iterable[Relationship]) -> None:
        """Appends relationships. Raises TypeError for a value that JSON has no word for."""
        values: list[dict[str, object]] = []
        for each in relationships:
            self._archive.relationships[each.kind] += 1
            line: dict[str, object] = {
                "kind": each.kind,
                "from": [each.from_label, each.from_id],
                "to": [each.to_label, each.to_id],
            }
            values.append({**line, "properties": each.properties} if each.properties else line)
        self._append(values)

    def _append(self, values: list[dict[str, object]]) -> None:
        text = "".join(json.dumps(value, ensure_ascii=False, sort_keys=True) + "\n" for value in values)
        # A lone surrogate has no UTF-8 form: an engine may still hand one out.
        content = text.encode("utf-8", "surrogatepass")
        self.digest.update(content)
        self._stream.write(content)


@contextmanager
def writing(path: Path) -> Iterator[ArchiveWriter]:
    """An archive that replaces what the file at `path` holds; on disk after the block."""
    with path.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            yield ArchiveWriter(archive)
        file.flush()
        os.fsync(file.fileno())


def now() -> str:
    """This instant as a manifest has it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def is_plain_name(name: str) -> bool:
    """Whether a label or kind can stand in a statement as it is."""
    return _NAME.fullmatch(name) is not None


def read_manifest(path: Path) -> Manifest:
    """What the backup at `path` says of itself; its contents are not looked at.

    Raises: BackupDamaged, BackupTooNew.
    """
    with _opened(path) as archive:
        manifest = Manifest.from_bytes(archive.read(_MANIFEST))
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
                raise _damaged(path, f"{name} is not what was written")
    return manifest


def read_nodes(path: Path) -> Iterator[Node]:
    """The nodes of a backup, those of one label together. Raises: BackupDamaged."""
    for value in _lines(path, NODES):
        match value:
            case {"label": str(label), "properties": dict(properties)} if is_plain_name(label):
                yield Node(label, properties)
            case _:
                raise _damaged(path, f"no node: {value!r:.100}")


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
                raise _damaged(path, f"no relationship: {value!r:.100}")


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
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, NotImplementedError) as error:
        raise _damaged(path, str(error)) from error
    except OSError as error:
        raise _damaged(path, error.strerror or str(error)) from error


def _damaged(path: Path, what: str) -> BackupDamaged:
    return BackupDamaged(
        f"{str(path)!r} 不是完整的备份（{what}）；未作任何改动，请换另一份备份",
        f"{str(path)!r} is no whole backup ({what}); nothing was changed: take another one",
        path=str(path),
        what=what,
    )
