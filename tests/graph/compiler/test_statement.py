"""The exact statements: what is fetched, in which order, and that no given value is in the text."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from graph.compiler.compiler import Compiler
from graph.compiler.conditions import HiddenField
from graph.compiler.cursors import bind, write_cursor
from graph.compiler.ordering import keys_of
from tests.graph.compiler.orchards import Recorder, asking, call, first_answer, orchard_compiler


async def _asked(
    document: str, variables: dict[str, object] | None = None, compiler: Compiler | None = None
) -> tuple[str, dict[str, object]]:
    compiler, read = compiler or orchard_compiler(), Recorder()
    await first_answer(compiler, call(compiler, document, variables), asking(read))
    ((statement, parameters),) = read.asked
    return statement, parameters


async def test_a_nested_selection_is_one_statement_with_a_subquery_for_each_level() -> None:
    statement, parameters = await _asked(
        """{ orchards(first: 2) {
            edges { node { id name trees(first: 3) { edges { node { height } } } helpers { name } } } } }"""
    )
    assert statement == (
        "CALL () { MATCH (n0:Orchard) WITH n0 ORDER BY n0.name, n0.id LIMIT $first0 "
        "RETURN collect([n0.id, n0.name]) AS r0, collect(n0) AS l0 }\n"
        "CALL (l0) { UNWIND l0 AS p1 CALL (p1) { MATCH (p1)<-[:IN]-(n1:Tree) "
        "WITH DISTINCT n1 ORDER BY n1.height DESC, n1.id LIMIT $first1 RETURN n1 } "
        "RETURN collect([n1.id, n1.height, p1.id]) AS r1 }\n"
        "CALL (l0) { UNWIND l0 AS p2 MATCH (p2)<-[:AT]-(n2h0:Care)-[:OF]->(n2:Helper) "
        "WHERE n2h0.start <= $today AND (n2h0.end IS NULL OR n2h0.end >= $today) "
        "WITH n2, collect(DISTINCT p2.id) AS g2 ORDER BY n2.name, n2.id "
        "RETURN collect([n2.id, n2.kind, n2.name, g2]) AS r2 }\n"
        "RETURN r0, r1, r2"
    )
    assert parameters == {"first0": 2, "first1": 3, "today": "2024-09-01"}


async def test_a_type_of_several_on_a_label_is_asked_for_by_its_constant() -> None:
    statement, _ = await _asked("{ orchards { edges { node { gardeners { totalCount } } } } }")
    assert statement == (
        "CALL () { MATCH (n0:Orchard) WITH n0 ORDER BY n0.name, n0.id LIMIT $first0 "
        "RETURN collect([n0.id]) AS r0, collect(n0) AS l0 }\n"
        "CALL (l0) { UNWIND l0 AS q1 MATCH (q1)<-[:AT]-(m1h0:Care)-[:OF]->(m1:Helper) "
        "WHERE m1h0.start <= $today AND (m1h0.end IS NULL OR m1h0.end >= $today) AND m1.kind = 'GARDENER' "
        "WITH q1, count(DISTINCT m1) AS k1 RETURN collect([q1.id, k1]) AS t1 }\n"
        "RETURN r0, t1"
    )


async def test_a_count_alone_fetches_no_rows_and_obeys_the_filters() -> None:
    statement, parameters = await _asked(
        '{ orchards(text: "Ap", name: "x", helper: "Helper:h1") { totalCount } }'
    )
    assert statement == (
        "CALL () { MATCH (m0:Orchard) WHERE m0.name = $name0 "
        "AND (toLower(m0.name) CONTAINS $text0 OR toLower(m0.note) CONTAINS $text0) "
        "AND EXISTS { MATCH (m0)<-[:AT]-(m0_helper_h0:Care)-[:OF]->(m0_helper:Helper) "
        "WHERE m0_helper.id = $helper0 } RETURN count(m0) AS t0 }\nRETURN t0"
    )
    assert parameters == {"first0": 20, "name0": "x", "text0": "ap", "helper0": "h1"}


async def test_only_has_next_page_fetches_one_row_more() -> None:
    _, plain = await _asked("{ orchards(first: 5) { edges { cursor } } }")
    _, peeking = await _asked("{ orchards(first: 5) { edges { cursor } pageInfo { hasNextPage } } }")
    assert (plain["first0"], peeking["first0"]) == (5, 6)


@pytest.mark.parametrize(
    ("keys", "condition"),
    [
        (
            ["b", "2"],
            "(n0.name > $after0_0 OR n0.name IS NULL OR (n0.name = $after0_0 AND (n0.id > $after0_1)))",
        ),
        ([None, "2"], "((n0.name IS NULL AND (n0.id > $after0_1)))"),
    ],
)
async def test_a_cursor_resumes_after_its_keys_and_null_keys_come_last(
    keys: list[object], condition: str
) -> None:
    cursor = write_cursor(keys, bind("Query.orchards", keys_of(("name", "id")), {}, None), b"secret")
    statement, parameters = await _asked(
        "query ($c: String) { orchards(after: $c) { edges { node { id } } } }", {"c": cursor}
    )
    assert f"MATCH (n0:Orchard) WHERE {condition} WITH n0 " in statement
    assert parameters["after0_1"] == "2"


async def test_what_a_caller_gives_is_never_in_the_text() -> None:
    document = "query ($name: String, $first: Int) { orchards(name: $name, first: $first) { totalCount edges { cursor } } }"
    compiler = orchard_compiler()
    first, _ = await _asked(document, {"name": "' RETURN 1 //", "first": 7}, compiler)
    second, _ = await _asked(document, {"name": "b", "first": 8}, compiler)
    assert first == second
    assert "//" not in first
    assert "7" not in first


async def test_a_selection_of_nothing_stored_asks_nothing() -> None:
    compiler, read = orchard_compiler(), Recorder()
    answer = await first_answer(compiler, call(compiler, "{ orchards { __typename } }"), asking(read))
    assert answer is not None
    assert read.asked == []


class _OnlyMine:
    key = "mine"
    parameters: Mapping[str, object] = {"viewer_id": "v1"}

    def predicate(self, label: str, variable: str) -> str | None:
        return None if label == "Care" else f"{variable}.owner = $viewer_id"

    def value(self, label: str, variable: str, name: str) -> str | None:
        shown = f"CASE WHEN {variable}.owner = $viewer_id THEN {variable}.height END"
        return shown if (label, name) == ("Tree", "height") else None

    def link(self, label: str, variable: str, relationship: str, end: str) -> str | None:
        return f"{variable}.is_open" if (label, relationship, end) == ("Care", "AT", "Orchard") else None

    def hides(self, label: str, name: str) -> bool:
        return name == "note"


async def test_visibility_is_asked_at_every_node_that_is_matched() -> None:
    compiler, read = orchard_compiler(), Recorder()
    document = """{ orchards(helper: "Helper:h1") {
        totalCount edges { node { helpers { name } trees { totalCount edges { cursor } } } } } }"""
    await first_answer(compiler, call(compiler, document), asking(read, _OnlyMine()))
    ((statement, parameters),) = read.asked
    for variable in ("n0", "m0", "n0_helper", "m0_helper", "n1", "n2", "m2"):
        assert f"({variable}.owner = $viewer_id)" in statement
    assert parameters["viewer_id"] == "v1"


async def test_a_relationship_is_followed_where_the_node_that_it_starts_from_shows_it() -> None:
    compiler, read = orchard_compiler(), Recorder()
    document = (
        """{ orchards(helper: "Helper:h1") { edges { node { helpers { name } trees { totalCount } } } } }"""
    )
    await first_answer(compiler, call(compiler, document), asking(read, _OnlyMine()))
    ((statement, _),) = read.asked
    for variable in ("n0_helper_h0", "n1h0"):
        assert f"({variable}.is_open)" in statement
    assert statement.count(".is_open") == 2


async def test_a_masked_property_is_masked_where_it_is_selected_and_where_it_sorts() -> None:
    compiler, read = orchard_compiler(), Recorder()
    document = "{ orchards { edges { node { trees { edges { node { height } } } } } } }"
    await first_answer(compiler, call(compiler, document), asking(read, _OnlyMine()))
    ((statement, _),) = read.asked
    masked = "CASE WHEN n1.owner = $viewer_id THEN n1.height END"
    assert f"ORDER BY {masked} DESC, n1.id" in statement
    assert f"collect([n1.id, {masked}, p1.id])" in statement
    assert statement.count("n1.height") == 2


async def test_to_filter_by_what_is_hidden_is_refused() -> None:
    compiler, read = orchard_compiler(), Recorder()
    entry = call(compiler, '{ orchards(text: "a") { totalCount } }')
    with pytest.raises(HiddenField) as refused:
        await first_answer(compiler, entry, asking(read, _OnlyMine()))
    assert (refused.value.field, read.asked) == ("text", [])
