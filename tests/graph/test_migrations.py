"""A store is brought to the present layout once, and one from the future is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.embedded.supervisor import EmbeddedEngine
from graph.migrations.run import LAYOUT, NewerStore, layout_of, migrate
from graph.migrations.searched import SEARCHED_NOUNS
from graph.migrations.steps import STEPS
from graph.model.nouns import LABELS
from graph.refusals import Conflict
from graph.store import ReadOnlyReason, Store, Transaction, count_statements
from graph.writing import version
from tests.graph.backup.graphs import make_graph, whole_graph


async def _set_layout(store: Store, number: int) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.run("MERGE (v:Version {id: 'layout'}) SET v.number = $number", number=number)

    await store.write(work)


def test_steps_are_numbered_from_one_without_a_gap() -> None:
    assert [step.number for step in STEPS] == list(range(1, LAYOUT + 1))


async def test_a_new_folder_is_brought_to_the_present_layout(data_dir: Path) -> None:
    async with await EmbeddedEngine.start(data_dir) as engine:
        store = await Store.open(engine.address)
        assert await layout_of(store) == 0

        applied = await migrate(store)

        assert applied == list(STEPS)
        assert await layout_of(store) == LAYOUT
        assert await version(store.read) == 0
        await store.close()


async def test_migrating_again_applies_nothing(store: Store) -> None:
    await make_graph(store)
    before = await whole_graph(store)

    with count_statements() as counted:
        assert await migrate(store) == []

    assert counted.total == 1
    assert await whole_graph(store) == before


async def test_a_step_that_was_killed_half_way_is_applied_again_without_harm(store: Store) -> None:
    await make_graph(store)
    before = await whole_graph(store)
    await _set_layout(store, 0)

    assert await migrate(store) == list(STEPS)

    assert await whole_graph(store) == before


async def test_a_newer_store_is_refused_and_unchanged(store: Store) -> None:
    await make_graph(store)
    await _set_layout(store, LAYOUT + 1)
    before = await whole_graph(store)

    with pytest.raises(NewerStore) as refused:
        await migrate(store)

    assert refused.value.data == {"present": LAYOUT + 1, "supported": LAYOUT}
    assert "请升级程序" in refused.value.zh
    assert await whole_graph(store) == before
    await _set_layout(store, LAYOUT)


async def test_a_read_only_store_is_checked_and_left_as_it_is(store: Store) -> None:
    await _set_layout(store, 0)
    before = await whole_graph(store)
    damaged = await Store.open(store.address)
    damaged.read_only = ReadOnlyReason("有损坏", "damaged")

    assert await migrate(damaged) == []

    assert await whole_graph(store) == before
    await damaged.close()


@pytest.mark.parametrize("label", [*LABELS, "AuditEntry", "OutboxEvent", "Receipt", "Version"])
async def test_no_two_nodes_of_a_label_have_one_id(store: Store, label: str) -> None:
    async def make_one(transaction: Transaction) -> None:
        await transaction.run(f"CREATE (:{label} {{id: 'one'}})")

    await store.write(make_one)

    with pytest.raises(Conflict):
        await store.write(make_one)


async def test_what_was_stored_before_pseudonyms_gets_one_and_keeps_what_it_has(store: Store) -> None:
    async def as_before(transaction: Transaction) -> None:
        await transaction.run(
            "CREATE (:Person {id: 'p'}), (:Person {id: 'q', pseudonym: 'kept'}), (:Mentorship {id: 'm'}),"
            " (:TrainingOrder {id: 'o'}), (:Session {id: 's'}), (:School {id: 'x'})"
        )

    await store.write(as_before)
    await _set_layout(store, 2)

    await migrate(store)

    rows = await store.read(
        "MATCH (n) WHERE n.pseudonym IS NOT NULL WITH n ORDER BY n.id RETURN n.id AS id, n.pseudonym AS name"
    )
    assert [row["id"] for row in rows] == ["m", "o", "p", "q", "s"]
    assert len({str(row["name"]) for row in rows}) == 5
    assert next(row["name"] for row in rows if row["id"] == "q") == "kept"


async def test_what_was_stored_before_texts_were_searched_is_found_by_its_words(store: Store) -> None:
    async def as_before(transaction: Transaction) -> None:
        await transaction.run(
            "CREATE (:Topic {id: 't', name: '作业设计', name_en: 'Homework'}), (:School {id: 's', name: '石桥小学'}),"
            " (:Evidence {id: 'e'}), (:Evidence {id: 'f', text: '！'}), (:Person {id: 'p', name: '石 桥'})"
        )
        await transaction.run(
            "UNWIND range(1, 4100) AS i CREATE (:Request {id: toString(i), text: '第' + i})"
        )

    await store.write(as_before)
    await _set_layout(store, 3)

    await migrate(store)

    rows = await store.read(
        "MATCH (n) WHERE n.searched IS NOT NULL AND NOT n:Request WITH n ORDER BY n.id"
        " RETURN collect([n.id, n.searched]) AS rows"
    )
    assert rows[0]["rows"] == [
        ["p", " 石桥 桥"],
        ["s", " 石桥 桥小 小学 学"],
        ["t", " 作业 业设 设计 计 homework"],
    ]
    assert await _found(store, "Topic", "+设计 +home*") == ["t"]
    assert await _found(store, "School", "+桥*") == ["s"]
    assert await _found(store, "Request", "+4100*") == ["4100"]
    assert len(await _found(store, "Request", "+第*")) == 4100


async def _found(store: Store, label: str, query: str) -> list[str]:
    rows = await store.read(
        f"CALL db.index.fulltext.queryNodes('{label}[searched]', $query) YIELD node"
        " WITH node ORDER BY node.id RETURN collect(node.id) AS ids",
        query=query,
    )
    ids = rows[0]["ids"]
    assert isinstance(ids, list)
    return ids


@pytest.mark.parametrize("label", [noun.label for noun in SEARCHED_NOUNS])
async def test_every_searched_noun_has_an_index(store: Store, label: str) -> None:
    async def make_one(transaction: Transaction) -> None:
        await transaction.run(f"CREATE (:{label} {{id: 'one', searched: ' 教师 师'}})")

    await store.write(make_one)

    assert await _found(store, label, "+教师") == ["one"]
