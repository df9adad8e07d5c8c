"""A viewer is answered as from a graph without the rows, fields and relationships that are hidden from him."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping

import pytest

from schema.root import schema
from tests.nonleak.asked import in_turns, walks
from tests.nonleak.campaign import SightedCampaign
from tests.nonleak.conftest import Settle
from tests.nonleak.counties import HOLDERS
from tests.nonleak.sweeps import PARTLY_SHOWN, refusals, searches, sweeps
from tests.oracle.documents import Document, documents
from tests.oracle.searching import TEXTS, has_words, text_of

SEED = int(os.environ.get("ZAOXUE_TEST_NONLEAK_SEED", "2025"))
COUNTIES = int(os.environ.get("ZAOXUE_TEST_NONLEAK_COUNTIES", "2"))
"""How many counties are made for each engine; the same seed makes the same ones."""
SOAKED = 10
DOCUMENTS = 26
"""How many documents are made for each county."""
WORDS = ("青", "青溪", "石门", "课件 朗读", "plan", "DES", "朗读，习作", "没有")
SEARCH = """query ($text: String!, $first: Int) {
  search(text: $text, first: $first) { __typename ... on Node { id } } }"""


async def test_generated_documents_are_answered_as_if_what_is_hidden_were_not_there(settle: Settle) -> None:
    assert await _generated(settle, SEED, COUNTIES) > 100


@pytest.mark.soak
async def test_a_thousand_triples_are_answered_as_if_what_is_hidden_were_not_there(settle: Settle) -> None:
    assert await _generated(settle, SEED + 1000, max(COUNTIES, SOAKED)) >= 1000


async def test_every_node_is_shown_with_what_he_may_see_and_by_no_other_id(settle: Settle) -> None:
    found = await settle(SEED)
    asked = list(in_turns(walks(found["nobody"])))
    seen, _ = await _asked(found, asked, f"county {SEED}")
    assert seen["fine"] == seen["short"] == sum(len(holders) for holders, _ in asked)
    assert seen["hidden matters"] > seen["fine"] / 2


async def test_no_list_tells_by_its_order_or_its_conditions_what_is_hidden(settle: Settle) -> None:
    found = await settle(SEED)
    own = {holder: [*searches(asked), *sweeps(asked, PARTLY_SHOWN)] for holder, asked in found.items()}
    seen, executions = await _asked(found, _some(own, 5), f"county {SEED}")
    assert seen["fine"] == seen["short"] == executions > 20
    assert seen["hidden matters"] > executions / 2


async def test_what_no_row_shows_is_refused_in_every_way_it_can_be_asked_by(settle: Settle) -> None:
    found = await settle(SEED)
    own = {holder: list(refusals(asked)) for holder, asked in found.items()}
    seen, executions = await _asked(found, _some(own, 1), f"county {SEED}")
    assert seen["HIDDEN_FIELD"] >= executions > 50
    assert set(seen) <= {"HIDDEN_FIELD", "hidden matters", "fine", "short"}


@pytest.mark.soak
async def test_everything_that_can_be_asked_of_one_list_is_asked_by_everybody(settle: Settle) -> None:
    for number in range(SEED, SEED + 4):
        found = await settle(number)
        for holder, campaign in found.items():
            for document in (*walks(campaign), *sweeps(campaign), *searches(campaign), *refusals(campaign)):
                _, executions = await _asked(found, [([holder], document)], f"county {number}")
                assert executions > 0


async def test_words_find_what_he_may_see_and_by_what_is_shown_of_it(settle: Settle) -> None:
    sizes: set[int] = set()
    for holder, asked in (await settle(SEED)).items():
        for words in WORDS:
            for first in (3, 100):
                told = await _found(asked, words, first)
                assert told == _holding(asked, words)[:first], (holder, words)
                sizes.add(len(told))
    assert len(sizes) > 10


async def _generated(settle: Settle, seed: int, counties: int) -> int:
    """How many triples of graph, viewer and document were asked."""
    seen: Counter[str] = Counter()
    triples = executions = 0
    for number in range(seed, seed + counties):
        found = await settle(number)
        asked = list(in_turns(documents(found["nobody"].ground(), number, DOCUMENTS)))
        told, more = await _asked(found, asked, f"county {number}")
        triples, executions = triples + sum(len(holders) for holders, _ in asked), executions + more
        seen += told
    print(f"{triples} triples of {counties} counties, {executions} executions: {dict(seen)}")
    assert executions > 2 * triples
    # Documents that are refused, or for whose viewer nothing is hidden, compare little.
    assert seen["fine"] > executions / 2
    assert seen["hidden matters"] > executions / 3
    assert seen["HIDDEN_FIELD"] > 0
    assert seen["short"] > executions / 3
    return triples


async def _asked(
    found: Mapping[str, SightedCampaign], asked: Iterable[tuple[list[str], Document]], place: str
) -> tuple[Counter[str], int]:
    """Asks each document as its holders, and expects no difference; what the answers were, and how many."""
    for holders, document in asked:
        for holder in holders:
            told = await found[holder].differing([document])
            assert not told, f"{place}, {holder} of {', '.join(HOLDERS)}\n\n{told[0]}"
    seen = sum((each.seen for each in found.values()), Counter[str]())
    return seen, sum(each.executions for each in found.values())


def _some(own: Mapping[str, list[Document]], share: int) -> Iterable[tuple[list[str], Document]]:
    """One in `share` of what each holder may ask, others for others."""
    for turn, (holder, asked) in enumerate(own.items()):
        for document in asked[turn % share :: share]:
            yield [holder], document


async def _found(asked: SightedCampaign, words: str, first: int) -> list[str]:
    given = {"text": words, "first": first}
    result = await schema.execute(SEARCH, variable_values=given, context_value=asked.context("zh"))
    assert result.errors is None
    assert result.data is not None
    return [each["id"] for each in result.data["search"]]


def _holding(asked: SightedCampaign, words: str) -> list[str]:
    """What of his graph holds the words, the shortest text first."""
    wanted = words.lower().replace("，", " ").split()
    nodes = [node for label in TEXTS for node in asked.graph.labelled(label) if has_words(node, wanted)]
    return [node.key for node in sorted(nodes, key=lambda node: (len(text_of(node)), node.own, node.label))]
