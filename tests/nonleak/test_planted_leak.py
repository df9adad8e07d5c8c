"""A leak planted in any rule, or in any place that asks the rules, is found by a fixed number of documents."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest

import pytest

from tests.nonleak.asked import in_turns, walks
from tests.nonleak.campaign import SightedCampaign
from tests.nonleak.conftest import Settle
from tests.nonleak.leaks import LEAKS, Leak
from tests.nonleak.sweeps import sweeps
from tests.oracle.documents import Document, documents

COUNTY = 2025
COUNT = 40
"""How many generated documents may be needed beside the walks and the sweeps; each is asked by several holders."""


@pytest.mark.parametrize("leak", LEAKS, ids=lambda each: each.name)
async def test_a_planted_leak_is_found(settle: Settle, leak: Leak, monkeypatch: pytest.MonkeyPatch) -> None:
    found = await settle(COUNTY)
    asked = _in_mixed_order(found)
    leak.plant(monkeypatch)
    for number, (holder, document) in enumerate(asked, start=1):
        # Marked, so that no text from before is used.
        if await found[holder].first_differing([document], mark=f"\n# {leak.name}"):
            print(f"{leak.name}: found by triple {number}, of {holder}")
            return
    pytest.fail(f"{len(asked)} triples did not show it")


def _in_mixed_order(found: Mapping[str, SightedCampaign]) -> list[tuple[str, Document]]:
    """Generated documents, walks and sweeps in turn, each with one of those who ask it."""
    ground = found["nobody"].ground()
    made = [list(in_turns(documents(ground, COUNTY, COUNT))), list(in_turns(walks(found["nobody"])))]
    lists = [[(holder, each) for holders, each in part for holder in holders] for part in made]
    lists.append([(holder, each) for holder, asked in found.items() for each in sweeps(asked)][::3])
    return [each for turn in zip_longest(*lists) for each in turn if each is not None]
