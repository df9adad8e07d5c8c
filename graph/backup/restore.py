"""Bringing a backup back into an empty store: everything in it, or nothing."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import batched, groupby
from pathlib import Path

from graph.backup.archive import check_archive, read_nodes, read_relationships
from graph.backup.manifest import Manifest
from graph.backup.records import Relationship
from graph.backup.telling import Progress, silent
from graph.errors import ZaoxueError
from graph.migrations.run import migrate
from graph.nodes import Run
from graph.store import Store, Transaction

PAGE = 2_000
"""Records written by one statement."""

# What every prepared store holds before anybody has written to it.
_OF_EVERY_STORE = "n:RuleSet OR n:Rule OR n:AuditEntry"
_ALL = "MATCH (n) RETURN count(n) AS number"
_ANYTHING = f"MATCH (n) WHERE NOT (n:Version OR {_OF_EVERY_STORE}) RETURN count(n) AS number"
_CLEAR = f"MATCH (n) WHERE {_OF_EVERY_STORE} DETACH DELETE n"
_LOCK = "MATCH (v:Version {id: 'graph'}) SET v.number = v.number RETURN v.number AS number"
# MERGE: the migrations have left the Version nodes.
_NODES = "UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row"
# MERGE: reads take each relationship to be there once, whatever an archive says.
_RELATIONSHIPS = (
    "UNWIND $rows AS row MATCH (n:{start} {{id: row.start}}) MATCH (m:{end} {{id: row.end}})"
    " MERGE (n)-[r:{kind}]->(m) SET r = row.properties RETURN count(*) AS number"
)
_COUNT_NODES = "MATCH (n:{label}) RETURN count(n) AS number"
_COUNT_RELATIONSHIPS = "MATCH ()-[r:{kind}]->() RETURN count(r) AS number"
# A damaged store may have lost its version, not its audit: the next write must not take a number again.
_CATCH_UP = (
    "MATCH (a:AuditEntry) WITH max(a.number) AS newest MATCH (v:Version {id: 'graph'})"
    " WHERE v.number < newest SET v.number = newest"
)


class StoreNotEmpty(ZaoxueError):
    """The store holds something already; nothing was changed."""

    code = "STORE_NOT_EMPTY"


class RestoreDiffers(ZaoxueError):
    """The store did not take what the backup holds; nothing was kept of it."""

    code = "RESTORE_DIFFERS"


async def restore_backup(store: Store, path: Path, progress: Progress = silent) -> Manifest:
    """Everything of the backup at `path` in a store that holds no more than a rule set, in one transaction; what it was.

    A relationship that the backup holds more than once comes in once, and is counted so.

    Raises: BackupDamaged, BackupTooNew, StoreNotEmpty, RestoreDiffers, NewerStore, and what the store raises; the
    store is as it was then.
    """
    manifest = await asyncio.to_thread(check_archive, path)
    await migrate(store)

    async def work(transaction: Transaction) -> Mapping[str, int]:
        await _refuse_content(transaction.run, store)
        await transaction.run(_CLEAR)
        return await _write(transaction.run, path, manifest, progress)

    relationships = await store.write(work)
    # A backup of an older layout goes through the steps that it has not seen.
    await migrate(store)
    return replace(manifest, relationships=relationships)


async def _refuse_content(run: Run, store: Store) -> None:
    await run(_LOCK)
    content = (await run(_ANYTHING))[0]["number"]
    if content:
        # Counted as a backup counts them: two numbers of one store must not differ unexplained.
        number = (await run(_ALL))[0]["number"]
        raise StoreNotEmpty(
            f"图库中已有 {number} 个节点（{content} 个是内容，其余是规则、写入记录与版本）；"
            "备份只能恢复到没有内容的图库，未作任何改动。"
            "请用 --data 另选空目录（或换一个空的 Neo4j 数据库）再恢复",
            f"the store holds {number} nodes ({content} are content, the others rules, records of writes and"
            " versions); a backup is restored into a store without content only (nothing was changed): choose an"
            " empty folder with --data, or an empty Neo4j database",
            nodes=number,
            content=content,
            uri=store.address.uri,
        )


async def _write(run: Run, path: Path, manifest: Manifest, progress: Progress) -> dict[str, int]:
    """Writes the records; how many relationships of each kind there are then."""
    total = manifest.node_count + manifest.relationship_count
    nodes: Counter[str] = Counter()
    relationships: Counter[str] = Counter()
    for label, page in _pages(read_nodes(path), lambda node: node.label):
        await run(_NODES.format(label=label), rows=[node.properties for node in page])
        nodes[label] += len(page)
        progress(nodes.total(), total, "写入 writing")
    for (kind, start, end), few in _pages(read_relationships(path), _ends):
        await _connect(run, kind, start, end, few)
        relationships[kind] += len(few)
        progress(nodes.total() + relationships.total(), total, "写入 writing")
    await run(_CATCH_UP)
    found = {label: (await run(_COUNT_NODES.format(label=label)))[0]["number"] for label in nodes}
    _compare("nodes", found, manifest.nodes)
    # The lines read, each of which found its ends: a doubled one is one relationship of two lines.
    _compare("relationships", relationships, manifest.relationships)
    return {kind: (await run(_COUNT_RELATIONSHIPS.format(kind=kind)))[0]["number"] for kind in relationships}


async def _connect(run: Run, kind: str, start: str, end: str, few: list[Relationship]) -> None:
    rows = [{"start": each.from_id, "end": each.to_id, "properties": each.properties} for each in few]
    written = await run(_RELATIONSHIPS.format(kind=kind, start=start, end=end), rows=rows)
    _compare("relationships", {kind: written[0]["number"]}, {kind: len(few)})


def _ends(relationship: Relationship) -> tuple[str, str, str]:
    return relationship.kind, relationship.from_label, relationship.to_label


def _pages[T, K](records: Iterable[T], alike: Callable[[T], K]) -> Iterator[tuple[K, list[T]]]:
    """Neighbours that are alike, at most PAGE of them at a time."""
    for key, group in groupby(records, alike):
        for page in batched(group, PAGE):
            yield key, list(page)


def _compare(what: str, found: Mapping[str, int], promised: Mapping[str, int]) -> None:
    if dict(found) != dict(promised):
        differing = {
            name: (found.get(name, 0), promised.get(name, 0))
            for name in sorted({*found, *promised})
            if found.get(name, 0) != promised.get(name, 0)
        }
        raise RestoreDiffers(
            f"恢复后的数量与备份不符（{differing}）；未作任何改动",
            f"the counts of {what} after restoring are not those of the backup ({differing}); nothing was changed",
            differing=differing,
        )
