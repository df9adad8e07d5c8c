"""What can still be read of a damaged store: each type is scanned on its own, and no index is asked.

An index or a relationship's record that lost its end makes an ordinary statement fail or come back short
(measured with ArcadeDB 26.11.1.dev2, each kind of file cut in half). A scan without a condition, with both
ends told by the engine's own ids, read every record that was left in all of these cases.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.backup.manifest import NODES, RELATIONSHIPS, Manifest
from graph.backup.reading import count_records, labels_in
from graph.backup.records import Node, Relationship, is_plain_name
from graph.backup.telling import Progress
from graph.backup.writing import ArchiveWriter, now, writing
from graph.errors import ZaoxueError
from graph.nodes import Run
from graph.refusals import EngineFailed

_NODES = "MATCH (n:{label}) RETURN collect([elementId(n), properties(n)]) AS found"
# Each relationship is kept at both of its ends: what one has lost the other may still have.
_RELATIONSHIPS = tuple(
    f"MATCH {pattern} RETURN collect([elementId(r), type(r), elementId({start}), elementId({end}), properties(r)])"
    " AS found"
    for pattern, start, end in (("(n:{label})-[r]->(m)", "n", "m"), ("(n:{label})<-[r]-(m)", "m", "n"))
)


class NothingReadable(ZaoxueError):
    """A damaged store of which no record can be read; no backup was written."""

    code = "NOTHING_READABLE"


type _Names = dict[str, tuple[str, str]]
"""Label and id of each node that was read, by the engine's id."""


async def salvage(run: Run, draft: Path, progress: Progress) -> Manifest:
    """Writes what can be read into the file `draft`; memory grows with the graph."""
    made_at, claimed = now(), await count_records(run)
    with writing(draft) as archive:
        labels = [label for label in await labels_in(run) if is_plain_name(label)]
        versions, names = await _save_nodes(run, archive, labels)
        if not names:
            raise NothingReadable(
                "已损坏的数据中没有任何记录还能读取；没有写出备份，请保留数据目录备查",
                "no record of the damaged store can be read any more; no backup was written: keep the folder for an expert",
                claimed=claimed,
            )
        progress(archive.nodes.total(), claimed, "读取 reading")
        await _save_relationships(run, archive, labels, names)
        saved = archive.nodes.total() + archive.relationships.total()
        progress(claimed, claimed, "读取 reading")
        return archive.finish(versions, made_at=made_at, unread=max(0, claimed - saved))


async def _save_nodes(run: Run, archive: ArchiveWriter, labels: list[str]) -> tuple[dict[str, int], _Names]:
    versions: dict[str, int] = {}
    names: _Names = {}
    seen: set[tuple[str, str]] = set()
    with archive.member(NODES) as member:
        for label in labels:
            nodes = []
            for own, properties in await _found(run, _NODES.format(label=label)):
                name = (label, properties.get("id"))
                # Without its id nothing can refer to it any more.
                if not isinstance(name[1], str) or name in seen:
                    continue
                seen.add(name)
                names[own] = name
                nodes.append(Node(label, properties))
                if label == "Version" and isinstance(properties.get("number"), int):
                    versions[name[1]] = properties["number"]
            member.add_nodes(nodes)
    return versions, names


async def _save_relationships(run: Run, archive: ArchiveWriter, labels: list[str], names: _Names) -> None:
    seen: set[str] = set()
    with archive.member(RELATIONSHIPS) as member:
        for label in labels:
            for statement in _RELATIONSHIPS:
                rows = await _found(run, statement.format(label=label))
                member.add_relationships(sorted(_whole(rows, names, seen), key=_place))


def _whole(rows: list[list[Any]], names: _Names, seen: set[str]) -> Iterator[Relationship]:
    """The relationships of which both ends were read, each once."""
    for own, kind, start, end, properties in rows:
        if own not in seen and start in names and end in names and is_plain_name(kind):
            seen.add(own)
            yield Relationship(kind, *names[start], *names[end], properties or {})


def _place(relationship: Relationship) -> tuple[str, str, str]:
    return relationship.kind, relationship.from_label, relationship.to_label


async def _found(run: Run, statement: str) -> list[list[Any]]:
    try:
        found: list[list[Any]] = (await run(statement))[0]["found"]
    except EngineFailed:
        return []
    return found
