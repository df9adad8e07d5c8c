"""Writing the file of a backup: a zip that holds the nodes, the relationships and a manifest."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from graph.backup.manifest import MANIFEST, Manifest
from graph.backup.records import Node, Relationship


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
        self._zip.writestr(MANIFEST, manifest.written())
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
