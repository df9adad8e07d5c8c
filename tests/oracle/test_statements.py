"""Each graph read that is kept is one statement, and which one stands in the folder `statements`, for review.

ZAOXUE_WRITE_STATEMENTS=1 writes that folder anew; without it a statement that is missing or different fails.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio

from graph.access.viewer import Viewer, load_viewer
from graph.model.roles import RoleAssignment
from graph.model.terms import RoleKind
from graph.nodes import save
from graph.store import Transaction
from graph.words import index_of
from schema.root import schema
from tests.oracle.campaign import Campaign
from tests.oracle.corpus import FOLDER, graph_reads, mixed
from tests.oracle.declarations import read_declarations
from tests.oracle.sent import Sent, bindings, part, send, send_again

KEPT = Path(__file__).parent / "statements"
"""NAME.cypher for the administrator, NAME.ROLE.cypher for others; one text for each way a document's variables lead."""
DOCUMENTS = graph_reads()
UNSENT = {"bad-root": "BAD_PAGE_SIZE", "invalid": "BAD_REQUEST", "variables": "BAD_REQUEST"}
"""Documents that are refused before anything is sent, whole or with some of their variables, and how it is told."""
NEVER = ("bad-root", "invalid")
"""Those of them that no variables let through."""
BESIDE = sorted(path.stem for path in (FOLDER / "mixed").glob("*.graphql"))
_SINCE = date(2024, 9, 1)
ROLES = {
    "teacher": RoleAssignment(
        id="ra-1", holder="teacher", role=RoleKind.TEACHER, person="p-05", start=_SINCE
    ),
    "officer": RoleAssignment(
        id="ra-2", holder="officer", role=RoleKind.RESEARCH_OFFICER, county="样例县", start=_SINCE
    ),
}
BY_ROLE = [(name, role) for name in ("between", "tab-04-teacher", "twice") for role in ROLES]
"""What is looked at with others' eyes too: pages, a teacher's diagnoses and needs, evidence."""

# The text is the same on both engines, and what is sent does not depend on who answers.
on_embedded = pytest.mark.parametrize("engine_address", ["embedded"], indirect=True)


@pytest_asyncio.fixture(scope="module")
async def viewers(campaign: Campaign) -> Mapping[str, Viewer]:
    """A holder of each of the roles."""

    async def work(transaction: Transaction) -> None:
        await save(transaction.run, list(ROLES.values()))

    await campaign.store.write(work)
    read, today = campaign.store.read, campaign.today
    return {role: await load_viewer(read, role, today) for role in ROLES}


@on_embedded
@pytest.mark.parametrize("name", DOCUMENTS)
async def test_a_graph_read_is_one_statement(campaign: Campaign, name: str) -> None:
    document, texts = DOCUMENTS[name], list[str]()
    for variables in await bindings(campaign, document):
        sent = await send(campaign, document.text, variables)
        again = await send_again(campaign, document.text, variables)
        if name in UNSENT and not sent.graph:
            assert (sent.total, sent.data, {*sent.codes}) == (0, None, {UNSENT[name]})
            continue
        assert len(sent.graph) == sent.total == 1
        if not sent.codes:
            _expect_the_same_short_way(name, sent, again)
        texts += sent.graph
    assert bool(texts) is (name not in NEVER)
    if texts:
        _compare(name, texts)


def _expect_the_same_short_way(name: str, sent: Sent, again: Sent | None) -> None:
    """A document that was answered goes the short way from then on, but where its root asks for a __typename."""
    if again is None:
        assert name == "keys"
    else:
        assert (again.graph, again.total, again.data) == (sent.graph, 1, sent.data)


@on_embedded
@pytest.mark.parametrize(("name", "role"), BY_ROLE)
async def test_a_graph_read_is_one_statement_under_a_role(
    campaign: Campaign, viewers: Mapping[str, Viewer], name: str, role: str
) -> None:
    document = DOCUMENTS[name]
    assert len(viewers[role].assignments) == 1
    sent = await send(campaign, document.text, document.bindings[0], viewers[role])
    assert len(sent.graph) == sent.total == 1
    _compare(f"{name}.{role}", sent.graph)


@on_embedded
@pytest.mark.parametrize("name", BESIDE)
async def test_what_is_computed_leaves_the_graph_read_beside_it_one_statement(
    campaign: Campaign, name: str
) -> None:
    document = mixed()[name]
    (variables,) = document.bindings
    whole = await send(campaign, document.text, variables)
    assert whole.codes == []
    graph = await send(campaign, part(document.text, is_computed=False), variables)
    assert len(graph.graph) == graph.total == 1
    rest = await send(campaign, part(document.text, is_computed=True), variables)
    assert Counter(whole.graph) == Counter(graph.graph + rest.graph)
    assert whole.total == 1 + rest.total


def test_no_statement_is_kept_that_nothing_sends() -> None:
    sent = {f"{name}.cypher" for name in DOCUMENTS if name not in NEVER}
    sent |= {f"{name}.{role}.cypher" for name, role in BY_ROLE}
    left = {path.name for path in KEPT.iterdir()} - sent
    if _writes():
        for name in left:
            (KEPT / name).unlink()
        return
    assert not left, f"delete {sorted(left)}"


def test_values_stand_beside_a_statement_and_never_in_it() -> None:
    """Spelled out is only what is declared: the tags by which kinds of persons are told apart, names of indexes."""
    kinds = read_declarations(schema._schema).kinds.values()
    tags = {each.constant[1] for each in kinds if each.constant}
    texts = [(KEPT / f"{name}.cypher").read_text("utf-8") for name in DOCUMENTS if name not in NEVER]
    quoted = {found for text in texts for found in re.findall(r"[\"'](.*?)[\"']", text)}
    assert quoted
    assert quoted <= tags | {index_of(label) for label in ("Topic", "Resource", "School", "Person")}
    assert not [text for text in texts if re.search(r"(=|<|>|IN|CONTAINS|STARTS WITH) *\d", text)]


def _writes() -> bool:
    return os.environ.get("ZAOXUE_WRITE_STATEMENTS", "") not in ("", "0")


def _compare(name: str, texts: Iterable[str]) -> None:
    """The texts are those kept under that name, each once, in the order of the variables."""
    path = KEPT / f"{name}.cypher"
    found = "\n\n".join(dict.fromkeys(texts)) + "\n"
    if _writes():
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
    assert path.exists(), f"no statement is kept for {name}: write it with ZAOXUE_WRITE_STATEMENTS=1"
    assert found == path.read_text(encoding="utf-8")
