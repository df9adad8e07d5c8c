"""Plans are kept and shared, levels hold on both engines, and empty levels stay empty."""

from __future__ import annotations

from graph.compiler.compiler import Compiler
from graph.compiler.plan import Completed, Raw
from graph.store import Store, Transaction, count_statements
from tests.graph.compiler.orchards import Recorder, asking, call, first_answer, orchard_compiler

NESTED = """query ($deep: Boolean = true, $first: Int) { orchards(first: $first) { totalCount edges { node {
    id trees { totalCount edges { node { height orchard { name } } } } helpers @include(if: $deep) { id }
} } } }"""


async def _planted(transaction: Transaction) -> None:
    await transaction.run(
        """CREATE (a:Orchard {id: 'a', name: 'A'}), (b:Orchard {id: 'b', name: 'B'}),
                  (:Tree {id: 't1', height: 3})-[:IN]->(a), (:Tree {id: 't2'})-[:IN]->(a),
                  (:Tree {id: 't3', height: 7})-[:IN]->(a)"""
    )


async def _ask(compiler: Compiler, store: Store, document: str, **variables: object) -> object:
    answer = await first_answer(compiler, call(compiler, document, variables), asking(store.read))
    assert isinstance(answer, Completed)
    return answer.value


async def test_levels_are_put_together_and_empty_ones_are_empty_lists(store: Store) -> None:
    await store.write(_planted)
    with count_statements() as counted:
        answer = await _ask(orchard_compiler(), store, NESTED)
    assert counted.total == 1
    trees = [
        {"node": {"height": height, "orchard": {"name": "A"}}} for height in (None, 7, 3)
    ]  # descending: null first
    assert answer == {
        "totalCount": 2,
        "edges": [
            {"node": {"id": "Orchard:a", "trees": {"totalCount": 3, "edges": trees}, "helpers": []}},
            {"node": {"id": "Orchard:b", "trees": {"totalCount": 0, "edges": []}, "helpers": []}},
        ],
    }


async def test_an_empty_graph_answers_with_an_empty_page(store: Store) -> None:
    assert await _ask(orchard_compiler(), store, NESTED) == {"totalCount": 0, "edges": []}


async def test_an_empty_page_still_counts(store: Store) -> None:
    await store.write(_planted)
    assert await _ask(orchard_compiler(), store, NESTED, first=0) == {"totalCount": 2, "edges": []}


async def test_nodes_are_fetched_by_id_and_missing_ones_are_left_out(store: Store) -> None:
    await store.write(_planted)
    compiler = orchard_compiler()
    entry = call(compiler, '{ orchard(id: "x") { name } }')
    kind = compiler.catalogue.object_type("Orchard")
    found = await compiler.nodes(entry, kind, {"Orchard": ["b", "gone", "b"]}, asking(store.read))
    assert found == {("Orchard", "b"): Completed({"name": "B"})}


async def test_the_same_document_keeps_its_plan_whatever_the_values() -> None:
    compiler, read = orchard_compiler(), Recorder()
    entry = call(compiler, NESTED, {"first": 1})
    given: list[dict[str, object]] = [{"first": 1}, {"first": 2}, {"first": 2, "deep": False}]
    for variables in given:
        again = call(compiler, entry.operation.definition, variables)
        await first_answer(compiler, again, asking(read))
    assert len(compiler._plans) == 2  # one with, one without `helpers`
    assert [parameters["first0"] for _, parameters in read.asked] == [1, 2, 2]


async def test_kept_plans_are_bounded() -> None:
    compiler, read = orchard_compiler(kept_plans=3), Recorder()
    for _ in range(10):
        await first_answer(compiler, call(compiler, NESTED), asking(read))
    assert (len(compiler._plans), len(compiler._conditions)) == (3, 3)


async def test_stored_nonsense_is_handed_over_raw(store: Store) -> None:
    async def planted(transaction: Transaction) -> None:
        await transaction.run("CREATE (:Orchard {id: 'a'})")

    await store.write(planted)
    compiler = orchard_compiler()
    entry = call(compiler, "{ orchards { edges { node { name } } } }")
    answer = await first_answer(compiler, entry, asking(store.read))
    assert answer == Raw(
        "OrchardConnection", {"edges": [Raw("OrchardEdge", {"node": Raw("Orchard", {"name": None})})]}
    )
